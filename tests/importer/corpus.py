"""The corpus of captures, and readings in the form in which their expectations are kept.

``python -m tests.importer.corpus`` writes the expectations anew; look at what changed before you keep it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hsec_wagtail.importer.messages import said
from hsec_wagtail.importer.reading.readers import Reading, read

CAPTURES = Path(__file__).parent / "captures"

#: Fields that say where a node stands or how it is named, not what it says.
_PLACES = frozenset(
    {"span", "title_span", "lead_span", "intro_span", "heading_span", "id", "source", "format"}
)


def names() -> list[str]:
    """Return the names of the captures."""
    return sorted(path.stem for path in CAPTURES.glob("*.txt"))


def capture(name: str) -> Reading:
    """Return the capture ``name`` as read."""
    path = CAPTURES / f"{name}.txt"
    return read(path.read_bytes(), name=path.name)


def summary(reading: Reading) -> dict[str, Any]:
    """Return what a reading says, without places and without what is empty."""
    return {
        "profile": reading.profile,
        "document": _meaning(reading.document.model_dump(mode="json")),
        "chrome": {str(reason): words for reason, words in reading.ledger.chrome.items()},
        "warnings": said(reading.warnings),
    }


def _meaning(value: Any) -> Any:
    if isinstance(value, list):
        return [_meaning(part) for part in value]
    if not isinstance(value, dict):
        return value
    is_page = "children" in value
    return {
        name: _meaning(part)
        for name, part in value.items()
        if name not in _PLACES and part not in ("", None, []) and (name != "key" or is_page)
    }


def expected(name: str) -> dict[str, Any]:
    """Return what the capture ``name`` is to be read as."""
    data: dict[str, Any] = json.loads(
        (CAPTURES / f"{name}.expected.json").read_text(encoding="utf-8")
    )
    return data


if __name__ == "__main__":
    for each in names():
        text = json.dumps(summary(capture(each)), ensure_ascii=False, indent=1)
        (CAPTURES / f"{each}.expected.json").write_text(text + "\n", encoding="utf-8")
