"""Runs of lines that belong together: to one list, or to one paragraph with line breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hsec_wagtail.importer.reading.readers.lines import Line
from hsec_wagtail.importer.reading.readers.links import is_address
from hsec_wagtail.importer.reading.readers.phrases import is_announcement

__all__ = ["continues", "is_lone_link", "join_broken_lines", "split_at_lists"]


def join_broken_lines(run: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of ``run``, those that only line breaks of a saved page separate as one."""
    part: list[Line] = []
    for line in run:
        if part and not _goes_on(part[-1], line):
            yield _joined(part)
            part = []
        part.append(line)
    if part:
        yield _joined(part)


def _joined(part: Sequence[Line]) -> Line:
    if len(part) == 1:
        return part[0]
    return replace(part[0], end=part[-1].end, text="\n".join(line.text for line in part))


def _goes_on(line: Line, following: Line) -> bool:
    """Tell whether only a line break stands between a line and the ``following`` one of the same text."""
    if not line.mark or not following.mark or line.mark.block != following.mark.block:
        return False
    special = any(
        (part.is_link and not _shows_address(part))
        or part.is_item
        or part.is_marked
        or is_announcement(part.text)
        for part in (line, following)
    )
    return not special and not line.text.endswith(":")


def is_lone_link(lines: Sequence[Line]) -> bool:
    """Tell whether ``lines`` are one paragraph behind an image, and that one link."""
    mark = lines[0].mark
    by_image = mark is not None and mark.item is not None and mark.item.root < 0
    return len(lines) == 1 and by_image and bool(mark and mark.href)


def _shows_address(line: Line) -> bool:
    """Tell whether a line is an address of the web or of a mailbox, as below the name of an office."""
    return is_address(line.text) or ("@" in line.text and " " not in line.text)


def split_at_lists(chunk: Sequence[Line]) -> list[list[Line]]:
    """Split a chunk where a list begins or ends; an indented line below an item belongs to it."""
    parts: list[list[Line]] = []
    in_list = False
    for line in chunk:
        hangs = in_list and bool(line.indent) and not line.is_marked
        if parts and in_list == (line.is_item or hangs):
            parts[-1].append(line)
        else:
            parts.append([line])
            in_list = line.is_item
    return parts


def continues(first: Line, other: Line) -> bool:
    """Tell whether a list goes on with ``other`` after one blank line."""
    alike = first.bullet == other.bullet and bool(first.ordinal) == bool(other.ordinal)
    return other.is_item and alike and other.gap <= 1
