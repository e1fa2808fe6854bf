"""The corpus of saved pages: what each is to be read as, by hand, and readings in the same form.

``python -m tests.importer.pages`` writes the pinned readings anew; look at what changed before you keep it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from hsec_wagtail.importer.reading.readers import Reading, read

PAGES = Path(__file__).parent


def names() -> list[str]:
    """Return the names of the pages."""
    return sorted(path.stem for path in PAGES.glob("*.html"))


def data(name: str) -> bytes:
    """Return the bytes of the page ``name``."""
    return (PAGES / f"{name}.html").read_bytes()


def markup(name: str) -> str:
    """Return the markup of the page ``name``, decoded as its expectation says."""
    return data(name).decode(encoding(name))


def encoding(name: str) -> str:
    """Return the true encoding of the page ``name``."""
    return str(expectation(name).get("encoding", "utf-8"))


@cache
def page(name: str) -> Reading:
    """Return the page ``name`` as read."""
    return read(data(name), name=f"{name}.html")


def twins() -> list[str]:
    """Return the names of the text captures that there is the page of, too."""
    return sorted(path.stem for path in (PAGES / "twins").glob("*.html"))


def twin(name: str) -> Reading:
    """Return the page that the text capture ``name`` was taken from, as read."""
    return read((PAGES / "twins" / f"{name}.html").read_bytes(), name=f"{name}.html")


@cache
def expectation(name: str) -> dict[str, Any]:
    """Return what the page ``name`` is to be read as, as it is written by hand."""
    found: dict[str, Any] = yaml.safe_load(
        (PAGES / f"{name}.expect.yaml").read_text(encoding="utf-8")
    )
    return found


def pinned(name: str) -> dict[str, Any]:
    """Return the whole reading of the page ``name`` as it was last looked at."""
    found: dict[str, Any] = json.loads(
        (PAGES / f"{name}.expected.json").read_text(encoding="utf-8")
    )
    return found
