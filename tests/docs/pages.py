"""The pages of the documentation, and what is in them: links, examples, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: Every page that people read, by its path from the root.
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(
        [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")]
    )
}
#: Those that say what to do on a site.
FOR_SITES = {
    name: text for name, text in PAGES.items() if name.startswith("docs/") or name == "README.md"
}

_EXAMPLE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def examples(text: str, language: str) -> list[str]:
    """Return the examples in ``language`` that a page shows."""
    return [example for found, example in _EXAMPLE.findall(text) if found == language]


def all_examples(language: str) -> list[tuple[str, str]]:
    """Return (name of the page and number, example) of all pages that say what to do on a site."""
    return [
        (f"{name}-{number}", example)
        for name, text in FOR_SITES.items()
        for number, example in enumerate(examples(text, language), 1)
    ]


def without_examples(text: str) -> str:
    """Return a page without its examples."""
    return _EXAMPLE.sub("", text)


def section(text: str, heading: str) -> str:
    """Return what a page says below the heading that begins with ``heading``, up to the next one."""
    found = re.search(
        rf"^(#+) {re.escape(heading)}.*?$(.*?)(?=^#+ |\Z)", text, re.DOTALL | re.MULTILINE
    )
    assert found, heading
    return found[2]


def rows(text: str) -> list[list[str]]:
    """Return the cells of the tables in ``text``, without the rows at their heads."""
    lines = text.splitlines()
    return [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
        for number, line in enumerate(lines)
        if line.startswith("|")
        and not line.startswith("| ---")
        and not (number + 1 < len(lines) and lines[number + 1].startswith("| ---"))
    ]


def anchors(text: str) -> set[str]:
    """Return the anchors of the headings of a page, as hosts of Markdown make them."""
    headings = re.findall(r"^#+ (.*)$", without_examples(text), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings
    }


def links(text: str) -> Iterator[str]:
    """Yield the targets of the links of a page."""
    yield from re.findall(r"\]\(([^)\s]+)\)", without_examples(text))


def console(text: str) -> list[str]:
    """Return the commands that a page tells to type, without their comments."""
    lines = [line for example in examples(text, "console") for line in example.splitlines()]
    return [line[2:].partition(" #")[0].strip() for line in lines if line.startswith("$ ")]
