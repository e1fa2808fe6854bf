"""The guard of what is left out: what neither its form nor other pages prove to be no content is kept."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.readers.headings import names_in
from hsec_wagtail.importer.reading.readers.lines import Line
from hsec_wagtail.importer.reading.readers.marks import Zone
from hsec_wagtail.importer.reading.readers.phrases import (
    chrome_reason,
    disclaims,
    leads_back,
    names_an_office,
)
from hsec_wagtail.importer.text.urls import leads_to_document
from hsec_wagtail.importer.text.words import normalise, words

__all__ = ["Guard", "much_left_out"]

#: A page that loses more than this part of its words needs a look.
_MUCH = 5

#: More words than these are no label of a menu, and no line of a masthead or a footer.
_LONGEST_LINE = 12
#: Nor of what the markup itself calls so.
_LONGEST_DECLARED = 40
#: A menu of a text capture, whose lines do not show that they were links, has at least so many, each so short.
_FEWEST_LABELS = 3
_LONGEST_BARE_LABEL = 5

_GUARDED = frozenset({Zone.NAVIGATION, Zone.MASTHEAD, Zone.FOOTER})


class Guard:
    """Tells which lines may be left out.

    Args:
        named: What the window called the page.
        repeated: Lines, normalised, that other pages of the import have in such places, too.
    """

    def __init__(self, named: str, repeated: Container[str]) -> None:
        self._names = names_in(named)
        self._repeated = repeated
        #: Lines, normalised, that only other pages can prove to be no content.
        self.doubtful: dict[str, None] = {}
        #: Lines, normalised, that their form leaves out, with the number of their words.
        self.left_out: list[tuple[str, int]] = []
        self.warnings: list[Message] = []

    def split(self, lines: Sequence[Line], zone: Zone) -> tuple[list[Line], list[Line]]:
        """Return those of ``lines``, all in ``zone``, that may be left out, and those to be kept."""
        if zone not in _GUARDED:
            return list(lines), []
        bare_menu = _is_bare_menu(lines)
        out: list[Line] = []
        kept: list[Line] = []
        for line in lines:
            if bare_menu or self._is_unmistakable(line, zone):
                self.left_out.append((normalise(line.text), len(words(line.text))))
                out.append(line)
            else:
                (out if self._is_repeated(line) else kept).append(line)
        if kept:
            reason: Message = zone.value
            self.warnings.append(
                Message(
                    "kept-as-content",
                    first=kept[0].number,
                    last=kept[-1].number,
                    count=_count(kept),
                    reason=reason,
                )
            )
        return out, kept

    def _is_repeated(self, line: Line) -> bool:
        text = normalise(line.text)
        self.doubtful[text] = None
        return text in self._repeated

    def _is_unmistakable(self, line: Line, zone: Zone) -> bool:
        """Tell whether a line is short and shows by itself that it is no content."""
        count = len(words(line.text))
        if line.mark and leads_to_document(line.mark.href):
            return False
        if line.is_link or (line.mark and line.mark.href):
            return count <= _LONGEST_LINE
        if chrome_reason(line.text) or leads_back(line.text):
            return True
        if line.mark and line.mark.declared:
            return count <= (_LONGEST_DECLARED if zone is Zone.FOOTER else _LONGEST_LINE)
        if zone is Zone.FOOTER and disclaims(line.text):
            return True
        if count > _LONGEST_LINE:
            return False
        if zone is Zone.FOOTER:
            # Small print at the end of the page; within the page it is the foot of a part.
            return not (line.mark and line.mark.region)
        if zone is Zone.NAVIGATION and line.mark and line.mark.zone is zone:
            # A heading of its groups.
            return count <= _LONGEST_BARE_LABEL
        return names_an_office(line.text) or normalise(line.text) in self._names


def much_left_out(left_out: Iterable[tuple[str, int]], count: int) -> list[Message]:
    """Return a warning if ``left_out``, lines with their words, are much of a page of ``count`` words."""
    lost = sum(number for _, number in left_out)
    return [Message("much-left-out", lost=lost, count=count)] if lost * _MUCH > count else []


def _is_bare_menu(lines: Sequence[Line]) -> bool:
    labels = [line for line in lines if not names_an_office(line.text)]
    return len(labels) >= _FEWEST_LABELS and all(
        not line.mark and line.is_label and len(words(line.text)) <= _LONGEST_BARE_LABEL
        for line in labels
    )


def _count(lines: Iterable[Line]) -> int:
    return sum(len(words(line.text)) for line in lines)
