"""The lines below a heading as the nodes of a body: paragraphs, lists, actions, links, notices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from hsec_wagtail.importer import document as doc
from hsec_wagtail.importer.ledger import Chrome
from hsec_wagtail.importer.profile import Profile
from hsec_wagtail.importer.readers.lines import Line, Style, chunks
from hsec_wagtail.importer.readers.links import is_address, link_at
from hsec_wagtail.importer.readers.members import members_in, members_of_list
from hsec_wagtail.importer.readers.ordinals import count_up
from hsec_wagtail.importer.readers.phrases import (
    introduces_actions,
    is_announcement,
    points_outside,
)
from hsec_wagtail.importer.readers.prose import dates_in, paragraph_html, split_intro, text_html
from hsec_wagtail.importer.source import Source
from hsec_wagtail.importer.words import normalise

__all__ = ["Body", "BodyReader"]

_LONGEST_HEADING = 255
_SHORT_NAME = re.compile(r"\s*\([^()]*\)\s*\Z")
_BETWEEN_ITEMS = re.compile(r"[;,](?: (?:and|or|et|ou))?\Z")


@dataclass(slots=True)
class Body:
    """What was made of the lines; ``expected`` is when an announced page is to come, as EDTF."""

    nodes: list[doc.BodyNode] = field(default_factory=list)
    chrome: list[Chrome] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    expected: str | None = None

    @property
    def announced(self) -> bool:
        """Whether the page is only announced."""
        return bool(self.nodes) and all(
            isinstance(node, doc.Notice) and node.kind == "announced" for node in self.nodes
        )


class BodyReader:
    """Makes bodies of the lines of one source.

    Args:
        source: Where the lines stand.
        language: Language of the prose.
        profile: Habits of the site, if known.
    """

    def __init__(self, source: Source, *, language: str, profile: Profile | None) -> None:
        self._source = source
        self._language = language
        self._actions = profile.actions if profile else []
        self._announced = profile.announced if profile else []

    def read(self, lines: Sequence[Line], *, title: str) -> Body:
        """Return the body that ``lines`` make below the heading ``title``."""
        body = Body()
        runs = [run for chunk in chunks(lines) for run in _runs(chunk)]
        n = 0
        while n < len(runs):
            run = runs[n]
            following = runs[n + 1][0] if n + 1 < len(runs) else None
            if run[0].is_item and not self._is_numbered_heading(run, following):
                items = list(run)
                while n + 1 < len(runs) and _continues(items[0], runs[n + 1][0]):
                    n += 1
                    items += runs[n]
                spans, ordered = self._items(items, body)
                self._list(body, spans, ordered=ordered)
            elif bare := self._lost_bullets(run):
                self._bare_list(body, run, bare)
            else:
                self._lines(body, run, following, title)
            n += 1
        return body

    @staticmethod
    def _is_numbered_heading(run: list[Line], following: Line | None) -> bool:
        return (
            len(run) == 1
            and run[0].is_label
            and following is not None
            and (following.is_prose or bool(following.bullet))
            and following.gap <= 1
        )

    def _items(self, run: list[Line], body: Body) -> tuple[list[doc.Span], bool]:
        """Return where the items of a list stand, and whether they are numbered."""
        heads = [line for line in run if line.is_item]
        numbers = [self._text(line.ordinal) for line in heads if line.ordinal]
        ordered = len(numbers) == len(heads) and count_up(numbers)
        spans: list[doc.Span] = []
        for line in run:
            if not line.is_item:
                spans[-1] = (spans[-1][0], line.end)
            elif line.ordinal and not ordered:
                # The page would number the items anew, and these numbers are another count.
                spans.append((line.ordinal[0], line.end))
            else:
                reason = "list number" if line.ordinal else "bullet"
                body.chrome.append(Chrome((line.outer, line.start), reason))
                spans.append(line.span)
        return spans, ordered

    def _list(self, body: Body, spans: list[doc.Span], *, ordered: bool) -> None:
        intro = self._take_intro(body)
        dated = [(span, dates_in(self._source, span, self._language)) for span in spans]
        intro_text = self._text(intro) if intro else ""
        if any(dates for _, dates in dated) or introduces_actions(intro_text, self._actions):
            actions = [
                doc.Initiative(html=paragraph_html(self._source, span), dates=dates, span=span)
                for span, dates in dated
            ]
            html = paragraph_html(self._source, intro) if intro else ""
            body.nodes.append(doc.Initiatives(intro=html, intro_span=intro, items=actions))
            return
        if intro:
            self._paragraph(body, intro)
        items = [doc.ListItem(html=text_html(self._text(span)), span=span) for span in spans]
        body.nodes.append(doc.ListNode(ordered=ordered, items=items))
        if members := members_of_list(self._source, spans, self._language):
            body.nodes.append(doc.Members(display="text", items=members))

    def _take_intro(self, body: Body) -> doc.Span | None:
        """Take back the last paragraph's last sentence where it ends with a colon."""
        last = body.nodes[-1] if body.nodes else None
        if not isinstance(last, doc.Paragraph) or last.span is None:
            return None
        if not self._text(last.span).endswith(":"):
            return None
        body.nodes.pop()
        before, intro = split_intro(self._source, last.span)
        if before:
            self._paragraph(body, before)
        return intro

    def _lost_bullets(self, run: list[Line]) -> list[doc.Span] | None:
        """Return the items of a list that lost its bullets: an introduction, then short lines.

        The first item may stand on the line of the introduction, behind its colon.
        """
        if len(run) < 2 or any(line.is_link for line in run):
            return None
        rest = [line.span for line in run[1:]]
        labels = all(line.is_label and not line.text.endswith(":") for line in run[1:])
        if not labels and not all(_BETWEEN_ITEMS.search(line.text) for line in run[1:-1]):
            return None
        if not labels and len(run) == 2:
            return None
        if run[0].text.endswith(":"):
            return rest
        head = self._source.text[slice(*run[0].span)]
        colon = max((match.start() for match in re.finditer(r":(?=\s)", head)), default=-1)
        if colon < 0 or not introduces_actions(" ".join(head[: colon + 1].split()), self._actions):
            return None
        return [self._trim((run[0].start + colon + 1, run[0].end)), *rest]

    def _bare_list(self, body: Body, run: list[Line], items: list[doc.Span]) -> None:
        intro = self._trim((run[0].start, min(items[0][0], run[0].end)))
        self._paragraph(body, intro)
        body.warnings.append(
            f"Lines {run[0].number} to {run[-1].number}: {len(items)} short lines below an introduction"
            " are taken for a list that lost its bullets."
        )
        self._list(body, items, ordered=False)

    def _lines(self, body: Body, run: list[Line], following: Line | None, title: str) -> None:
        """Take the lines of a run one by one, a label with the address below it together."""
        n = 0
        while n < len(run):
            after = run[n + 1] if n + 1 < len(run) else following
            span = (run[n].start, after.end) if after else run[n].span
            if (
                after
                and not after.gap
                and run[n].is_label
                and is_address(after.text)
                and (link := link_at(self._source, span))
            ):
                self._link(body, link, run[n])
                n += 1
            else:
                self._lone(body, run[n], after, title)
            n += 1

    def _lone(self, body: Body, line: Line, following: Line | None, title: str) -> None:
        if is_announcement(line.text, self._announced):
            html = paragraph_html(self._source, line.span)
            body.nodes.append(doc.Notice(kind="announced", html=html, span=line.span))
            dates = dates_in(self._source, line.span, self._language)
            body.expected = body.expected or (dates[0].edtf if dates else None)
        elif link := link_at(self._source, line.span):
            self._link(body, link, line)
        elif self._is_link(line, title):
            self._link(body, doc.Link(label=line.text, span=line.span), line)
        elif len(line.text) <= _LONGEST_HEADING and self._is_heading(line, following):
            level = 3 if line.style is Style.HASHES and line.depth > 3 else 2
            span = (line.ordinal[0], line.end) if line.ordinal else line.span
            body.nodes.append(doc.Heading(text=self._text(span), level=level, span=span))
        else:
            if line.is_label and not line.text.endswith(":"):
                body.warnings.append(
                    f"Line {line.number}: {line.text!r} may be a heading or a link; kept as a paragraph."
                )
            self._paragraph(body, line.span)

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

    @staticmethod
    def _is_heading(line: Line, following: Line | None) -> bool:
        if line.is_marked:
            return True
        return (
            line.is_label
            and not line.text.endswith(":")
            and following is not None
            and (following.is_prose or following.is_item)
            and (following.gap > 0 or following.is_item or line.style is not Style.PLAIN)
            and line.text[:1].isupper()
        )

    def _link(self, body: Body, link: doc.Link, line: Line) -> None:
        body.nodes.append(doc.LinkNode(label=link.label, url=link.url, span=link.span))
        if not link.url:
            body.warnings.append(
                f"Line {line.number}: the target of the link {line.text!r} is not known."
            )

    def _paragraph(self, body: Body, span: doc.Span) -> None:
        body.nodes.append(doc.Paragraph(html=paragraph_html(self._source, span), span=span))
        members = members_in(self._source, span, self._language)
        if members:
            body.nodes.append(doc.Members(display="text", items=members))

    def _text(self, span: doc.Span) -> str:
        return " ".join(self._source.text[slice(*span)].split())

    def _trim(self, span: doc.Span) -> doc.Span:
        text = self._source.text[slice(*span)]
        return (span[0] + len(text) - len(text.lstrip()), span[1] - len(text) + len(text.rstrip()))


def _runs(chunk: list[Line]) -> list[list[Line]]:
    """Part a chunk where a list begins or ends; an indented line below an item belongs to it."""
    runs: list[list[Line]] = []
    in_list = False
    for line in chunk:
        hangs = in_list and bool(line.indent) and not line.is_marked
        if runs and in_list == (line.is_item or hangs):
            runs[-1].append(line)
        else:
            runs.append([line])
            in_list = line.is_item
    return runs


def _continues(first: Line, other: Line) -> bool:
    """Tell whether a list goes on with ``other`` after one blank line."""
    alike = first.bullet == other.bullet and bool(first.ordinal) == bool(other.ordinal)
    return other.is_item and alike and other.gap <= 1
