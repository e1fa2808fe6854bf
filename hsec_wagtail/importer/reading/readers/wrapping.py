"""Unwrapping: lines that a capture broke are joined, rows of labels are split."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from hsec_wagtail.importer.reading.readers.jump_links import heading_names
from hsec_wagtail.importer.reading.readers.lines import LONGEST_LABEL, Line, Style, split_lines
from hsec_wagtail.importer.reading.source import Source
from hsec_wagtail.importer.text.words import normalise

__all__ = ["meant_lines", "soft_ends"]

#: Widths at which text is wrapped, in characters.
_NARROWEST, _WIDEST = 40, 120
_BAR = re.compile(r"\s[|•·]\s")
_LONGEST_PART = 60


def meant_lines(source: Source) -> list[Line]:
    """Return the lines of ``source``: wrapped ones joined, rows of labels split at their bars."""
    lines = _joined(source, split_lines(source))
    return list(_split_rows(source, _spread(lines)))


def _joined(source: Source, lines: list[Line]) -> list[Line]:
    width = _width(lines)
    joined: list[Line] = []
    last: Line | None = None
    for n, line in enumerate(lines):
        following = lines[n + 1] if n + 1 < len(lines) else None
        if last is not None and (
            _goes_on(last, line, following, width)
            if width
            else _is_broken_off(joined[-1], last, line)
        ):
            joined[-1] = replace(joined[-1], end=line.end)
        else:
            joined.append(line)
        last = line
    return [_with_text(source, line) for line in joined]


def _is_broken_off(first: Line, last: Line, line: Line) -> bool:
    """Tell whether the sentence that ``first`` begins goes on in ``line``, where lines have no width.

    Items of a list that lost its bullets begin with small letters too, and follow a colon.
    """
    unfinished = len(last.text) >= _NARROWEST and not last.text.endswith((".", "!", "?", ";"))
    begun = first.text[:1].isupper() and not first.is_item and ":" not in last.text
    return unfinished and begun and _may_go_on(last, line) and line.text[:1].islower()


def _with_text(source: Source, line: Line) -> Line:
    text = " ".join(source.text[line.start : line.end].split())
    if text == line.text:
        return line
    plain = line.style is Style.CAPITALS and not text.isupper()
    return replace(line, text=text, style=Style.PLAIN if plain else line.style)


def _width(lines: Sequence[Line]) -> int:
    """Return the width at which the capture was wrapped, or 0 where a line's end means something.

    Wrapped lines end where the next word would not have fitted; nearly all of them.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if _may_go_on(a, b)]
    width = max((a.width for a, _ in pairs), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    wider = sum(1 for line in lines if line.width > width and not line.has_address)
    long = [(a, b) for a, b in pairs if a.width >= width / 2]
    full = sum(1 for a, b in long if _is_full(a, b, width))
    return width if full > 2 and full >= len(long) * 0.7 and wider <= len(lines) // 20 else 0


def _may_go_on(line: Line, following: Line) -> bool:
    return not (following.gap or following.is_item or line.is_marked or following.is_marked)


def _is_full(line: Line, following: Line, width: int) -> bool:
    word = following.text.partition(" ")[0]
    return line.width + 1 + len(word) > width


def _goes_on(last: Line, line: Line, following: Line | None, width: int) -> bool:
    if _may_go_on(last, line):
        return _is_full(last, line, width)
    # A dash within a sentence may come to stand at the beginning of a line.
    return (
        line.bullet in {"-", "–", "—"}
        and not (line.gap or last.is_item or last.text.endswith((":", ";", ".")))
        and last.width + 2 + len(line.text.partition(" ")[0]) > width
        and not (following and following.bullet)
    )


def _spread(lines: list[Line]) -> list[Line]:
    """Return ``lines``; where a capture has no blank lines at all, each line is its own paragraph."""
    if len(lines) < 5 or sum(1 for line in lines if line.gap) > len(lines) // 20:
        return lines
    if max(len(line.text) for line in lines) <= LONGEST_LABEL:
        return lines
    return lines[:1] + [
        replace(line, gap=1)
        if not line.gap and not (line.is_item and above.is_item) and not _hangs(line, above)
        else line
        for above, line in pairwise(lines)
    ]


def _hangs(line: Line, above: Line) -> bool:
    return bool(line.indent) and above.is_item and not line.is_item


def _split_rows(source: Source, lines: Sequence[Line]) -> Iterator[Line]:
    """Yield ``lines``, rows of labels label by label: those above and below all prose, and jump links."""
    prose = [n for n, line in enumerate(lines) if line.is_prose or line.bullet]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    names = heading_names(lines)
    for n, line in enumerate(lines):
        parts = list(_split_at_bars(source, line)) if _BAR.search(line.text) else []
        if len(parts) < 3 or not all(0 < len(part.text) <= _LONGEST_PART for part in parts):
            yield line
        elif n < first or n > last or all(names[normalise(part.text)] for part in parts):
            yield from parts
        else:
            yield line


def _split_at_bars(source: Source, line: Line) -> Iterator[Line]:
    start = line.start
    gap = line.gap
    for match in [*_BAR.finditer(source.text, line.start, line.end), None]:
        end = match.start() if match else line.end
        text = " ".join(source.text[start:end].split())
        part = replace(line, start=start, end=end, text=text, gap=gap, style=Style.PLAIN)
        yield part if start == line.start else replace(part, ordinal=None, bullet="", outer=start)
        start, gap = (match.end() if match else end), 0


def soft_ends(text: str) -> frozenset[int]:
    """Return the numbers, from 0, of the lines of ``text`` that go on in the next line."""
    source = Source(name="", text=text, sha256="")
    soft: set[int] = set()
    for line in meant_lines(source):
        soft.update(range(source.line_of(line.start) - 1, source.line_of(line.end) - 1))
    in_item = False
    for above, line in pairwise(split_lines(source)):
        in_item = (above.is_item or in_item) and _hangs_below_item(above, line)
        if in_item:
            soft.add(above.number - 1)
    return frozenset(soft)


def _hangs_below_item(above: Line, line: Line) -> bool:
    """Tell whether ``line`` stands right below ``above``, indented as the text of an item is."""
    deeper = len(line.indent.expandtabs()) > len(above.indent.expandtabs()) or not above.is_item
    return bool(line.indent) and deeper and not (line.gap or line.is_item or line.is_marked)
