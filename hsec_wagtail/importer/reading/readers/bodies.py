"""The lines below a heading as the nodes of a body: paragraphs, lists, actions, links, notices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document.nodes import BodyNode
from hsec_wagtail.importer.document.values import Span
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.ledger import Chrome
from hsec_wagtail.importer.reading.profile import Profile
from hsec_wagtail.importer.reading.readers.bare_lists import (
    dated_rows,
    is_broken_list,
    lost_bullets,
    trimmed,
)
from hsec_wagtail.importer.reading.readers.inline_runs import (
    continues,
    is_lone_link,
    join_broken_lines,
    split_at_lists,
)
from hsec_wagtail.importer.reading.readers.lines import Line, Style, chunks, count_up
from hsec_wagtail.importer.reading.readers.links import is_address, link_at
from hsec_wagtail.importer.reading.readers.markdown_lines import (
    LineKind,
    ListEntry,
    details,
    entries,
    kinds,
    quote,
    table,
)
from hsec_wagtail.importer.reading.readers.membership import (
    members_in,
    members_of_list,
    members_of_table,
)
from hsec_wagtail.importer.reading.readers.phrases import (
    introduces_actions,
    is_announcement,
    points_outside,
)
from hsec_wagtail.importer.reading.readers.prose import (
    dates_in,
    inline_html,
    paragraph_html,
    split_intro,
)
from hsec_wagtail.importer.reading.source import Source
from hsec_wagtail.importer.text.words import normalise

__all__ = ["Body", "BodyReader"]

_LONGEST_HEADING = 255
_SHORT_NAME = re.compile(r"\s*\([^()]*\)\s*\Z")


@dataclass(slots=True)
class Body:
    """The body made of the lines; ``expected`` is when an announced page is to come, as EDTF."""

    nodes: list[BodyNode] = field(default_factory=list)
    chrome: list[Chrome] = field(default_factory=list)
    warnings: list[Message] = field(default_factory=list)
    expected: str | None = None

    @property
    def announced(self) -> bool:
        """Whether the page is only announced."""
        return bool(self.nodes) and all(
            isinstance(node, nodes.Notice) and node.kind == "announced" for node in self.nodes
        )


class BodyReader:
    """Makes bodies of the lines of one source.

    Args:
        source: Where the lines stand.
        language: Language of the prose.
        profile: Habits of the site, if known.
        only_marked: Only lines that the markup makes headings are headings; those that look like one are not.
    """

    def __init__(
        self,
        source: Source,
        *,
        language: str,
        profile: Profile | None,
        only_marked: bool = False,
    ) -> None:
        self._source = source
        self._language = language
        self._actions = profile.actions if profile else []
        self._announced = profile.announced if profile else []
        self._levels: dict[int, int] = {}
        self._only_marked = only_marked

    def read(self, lines: Sequence[Line], *, title: str) -> Body:
        """Return the body that ``lines`` make below the heading ``title``."""
        body = Body()
        self._levels = _levels(lines)
        parts = list(kinds(lines))
        for n, (kind, part) in enumerate(parts):
            match kind:
                case LineKind.LIST if is_lone_link(part):
                    self._link_with_image(body, part[0])
                case LineKind.LIST:
                    self._marked_list(body, part)
                case LineKind.TABLE:
                    self._table(body, part)
                case LineKind.QUOTE:
                    if intro := self._take_intro(body):
                        self._paragraph(body, intro)
                    body.nodes.append(quote(self._source, part))
                case LineKind.DETAILS if node := details(self._source, part):
                    body.nodes.append(node)
                case _:
                    below = parts[n + 1][1][0] if n + 1 < len(parts) else None
                    self._plain(body, part, below, title)
        return body

    def _plain(self, body: Body, lines: Sequence[Line], below: Line | None, title: str) -> None:
        """Take lines that are grouped only by their look and their words."""
        parts = [run for chunk in chunks(lines) for run in split_at_lists(chunk)]
        n = 0
        while n < len(parts):
            run = parts[n]
            following = parts[n + 1][0] if n + 1 < len(parts) else below
            if run[0].is_item and not self._is_numbered_heading(run, following):
                items = list(run)
                while n + 1 < len(parts) and continues(items[0], parts[n + 1][0]):
                    n += 1
                    items += parts[n]
                spans, ordered = self._items(items, body)
                self._list(body, self._entries(spans), ordered=ordered)
            elif is_broken_list(
                self._source, run, self._language, introduced=self._introduction(body) is not None
            ):
                self._bare_list(body, run, [line.span for line in run])
            elif bare := lost_bullets(self._source, run, self._actions):
                self._bare_list(body, run, bare)
            else:
                self._lines(body, run, following, title)
            n += 1

    def _marked_list(self, body: Body, lines: list[Line]) -> None:
        """Take lines that markup makes a list; bullets and numbers among their characters are left out."""
        ordinals = [self._text(line.ordinal) for line in lines if line.ordinal]
        opening = [line for line in lines if line.mark and line.mark.opens_item]
        counted = bool(ordinals) and len(ordinals) == len(opening) and count_up(ordinals)
        bare: list[Line] = []
        for line in lines:
            if line.ordinal and not counted:
                bare.append(replace(line, start=line.ordinal[0]))
                continue
            bare.append(line)
            if line.outer < line.start:
                body.chrome.append(Chrome((line.outer, line.start), line.marker))
        items = entries(self._source, bare)
        first = lines[0].mark.item if lines[0].mark else None
        self._list(body, items, ordered=counted or bool(first and first.in_ordered))

    def _link_with_image(self, body: Body, line: Line) -> None:
        """Take a lone link behind an image such as an arrow."""
        link = link_at(self._source, line.span) or nodes.Link(label=line.text, span=line.span)
        self._link(body, link, line)

    def _table(self, body: Body, lines: list[Line]) -> None:
        grid = lines[0].mark.grid if lines[0].mark else None
        if grid is None:
            return
        if events := dated_rows(self._source, grid, self._language):
            self._list(body, events, ordered=False)
            return
        number = lines[0].ordinal
        if number and grid.filled and number[1] <= grid.filled[0][0][0]:
            # It stands alone above the table.
            self._paragraph(body, number)
        body.nodes.append(table(self._source, lines, grid))
        if members := members_of_table(self._source, grid.filled, self._language):
            body.nodes.append(nodes.Members(display="text", items=members))

    def _entries(self, spans: Sequence[Span]) -> list[ListEntry]:
        return [ListEntry(span, inline_html(self._source, span)) for span in spans]

    @staticmethod
    def _is_numbered_heading(run: list[Line], following: Line | None) -> bool:
        return (
            len(run) == 1
            and run[0].is_label
            and following is not None
            and (following.is_prose or bool(following.bullet))
            and following.gap <= 1
        )

    def _items(self, run: list[Line], body: Body) -> tuple[list[Span], bool]:
        """Return where the items of a list stand, and whether they are numbered."""
        heads = [line for line in run if line.is_item]
        numbers = [self._text(line.ordinal) for line in heads if line.ordinal]
        ordered = len(numbers) == len(heads) and count_up(numbers)
        spans: list[Span] = []
        for line in run:
            if not line.is_item:
                spans[-1] = (spans[-1][0], line.end)
            elif line.ordinal and not ordered:
                # The page would number the items anew, and these numbers are another count.
                spans.append((line.ordinal[0], line.end))
            else:
                body.chrome.append(Chrome((line.outer, line.start), line.marker))
                spans.append(line.span)
        return spans, ordered

    def _list(self, body: Body, found: list[ListEntry], *, ordered: bool) -> None:
        intro = self._take_intro(body)
        dated = [(entry, dates_in(self._source, entry.span, self._language)) for entry in found]
        intro_text = self._text(intro) if intro else ""
        if any(dates for _, dates in dated) or introduces_actions(intro_text, self._actions):
            actions = [
                nodes.Initiative(
                    html=f"<p>{entry.html}</p>{entry.more}", dates=dates, span=entry.span
                )
                for entry, dates in dated
            ]
            html = paragraph_html(self._source, intro) if intro else ""
            body.nodes.append(nodes.Initiatives(intro=html, intro_span=intro, items=actions))
            return
        if intro:
            self._paragraph(body, intro)
        items = [nodes.ListItem(html=entry.html + entry.more, span=entry.span) for entry in found]
        body.nodes.append(nodes.ListNode(ordered=ordered, items=items))
        spans = [entry.span for entry in found]
        if members := members_of_list(self._source, spans, self._language):
            body.nodes.append(nodes.Members(display="text", items=members))

    def _introduction(self, body: Body) -> Span | None:
        """Return where the last paragraph stands if it ends with a colon."""
        last = body.nodes[-1] if body.nodes else None
        if not isinstance(last, nodes.Paragraph) or last.span is None:
            return None
        return last.span if self._text(last.span).endswith(":") else None

    def _take_intro(self, body: Body) -> Span | None:
        """Remove and return the last paragraph's last sentence where it ends with a colon."""
        last = self._introduction(body)
        if last is None:
            return None
        body.nodes.pop()
        before, intro = split_intro(self._source, last)
        if before:
            self._paragraph(body, before)
        return intro

    def _bare_list(self, body: Body, run: list[Line], items: list[Span]) -> None:
        intro = trimmed(self._source, (run[0].start, min(items[0][0], run[0].end)))
        if intro[0] < intro[1]:
            self._paragraph(body, intro)
        taken = Message(
            "taken-for-list", first=run[0].number, last=run[-1].number, count=len(items)
        )
        body.warnings.append(taken)
        self._list(body, self._entries(items), ordered=False)

    def _lines(self, body: Body, run: list[Line], following: Line | None, title: str) -> None:
        """Take the lines of a run one by one, a label with the address below it together."""
        n = 0
        run = list(join_broken_lines(run))
        while n < len(run):
            below = run[n + 1] if n + 1 < len(run) else None
            if (
                below
                and not below.gap
                and run[n].is_label
                and "\n" not in run[n].text
                and is_address(below.text)
                and (link := link_at(self._source, (run[n].start, below.end)))
            ):
                self._link(body, link, run[n])
                n += 1
            else:
                self._lone(body, run[n], below or following, title)
            n += 1

    def _lone(self, body: Body, line: Line, following: Line | None, title: str) -> None:
        # A number before what is no item of a list belongs to it.
        span = (line.ordinal[0], line.end) if line.ordinal else line.span
        if is_announcement(line.text, self._announced):
            html = paragraph_html(self._source, span)
            body.nodes.append(nodes.Notice(kind="announced", html=html, span=span))
            dates = dates_in(self._source, line.span, self._language)
            body.expected = body.expected or (dates[0].edtf if dates else None)
        elif "\n" not in line.text and (link := link_at(self._source, line.span)):
            self._link(body, link, line)
        elif self._is_link(line, title):
            self._link(body, nodes.Link(label=line.text, span=line.span), line)
        elif len(line.text) <= _LONGEST_HEADING and self._is_heading(line, following):
            level = 3 if line.style is Style.HASHES and line.depth > 3 else 2
            level = self._levels.get(_rank(line), level)
            anchor = line.mark.anchors[0] if line.mark and line.mark.anchors else ""
            body.nodes.append(
                nodes.Heading(text=self._text(span), level=level, anchor=anchor, span=span)
            )
        else:
            if self._is_unclear(line):
                body.warnings.append(Message("unclear-line", line=line.number, text=line.text))
            self._paragraph(body, span)

    def _is_unclear(self, line: Line) -> bool:
        """Tell whether a line may be something else than the paragraph that is made of it."""
        told = self._only_marked or "\n" in line.text
        return line.is_label and not told and not line.text.endswith(":")

    def _is_link(self, line: Line, title: str) -> bool:
        """Tell whether a line is a link whose address the capture does not show."""
        if not line.is_label or line.is_item or line.is_marked:
            return False
        return (
            line.is_link
            or points_outside(line.text)
            or normalise(line.text)
            in {
                normalise(title),
                normalise(_SHORT_NAME.sub("", title)),
            }
        )

    def _is_heading(self, line: Line, following: Line | None) -> bool:
        if line.is_marked:
            return True
        return (
            not self._only_marked
            and line.is_label
            and not line.text.endswith(":")
            and following is not None
            and (following.is_prose or following.is_item)
            and (following.gap > 0 or following.is_item or line.style is not Style.PLAIN)
            and line.text[:1].isupper()
        )

    def _link(self, body: Body, link: nodes.Link, line: Line) -> None:
        if line.outer < line.start:
            body.chrome.append(Chrome((line.outer, line.start), line.marker))
        body.nodes.append(nodes.LinkNode(label=link.label, url=link.url, span=link.span))
        if not link.url:
            body.warnings.append(Message("target-unknown", line=line.number, label=line.text))

    def _paragraph(self, body: Body, span: Span) -> None:
        body.nodes.append(nodes.Paragraph(html=paragraph_html(self._source, span), span=span))
        members = members_in(self._source, span, self._language)
        if members:
            body.nodes.append(nodes.Members(display="text", items=members))

    def _text(self, span: Span) -> str:
        return " ".join(self._source.text[slice(*span)].split())


def _rank(line: Line) -> int:
    """Return how deep a heading of a saved page is: one by its element goes before one by its look."""
    return line.depth if line.style is Style.HASHES else line.depth + 6


def _levels(lines: Sequence[Line]) -> dict[int, int]:
    """Return the levels of the headings of a saved page by their ranks; text captures have none."""
    ranks = sorted({_rank(line) for line in lines if line.mark and line.is_marked})
    return {rank: min(level, 4) for level, rank in enumerate(ranks, 2)}
