"""The lines below a heading as the nodes of a body: paragraphs, lists, actions, links, notices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from hsec_wagtail.importer import document as doc
from hsec_wagtail.importer.ledger import Chrome
from hsec_wagtail.importer.profile import Profile
from hsec_wagtail.importer.readers.lines import Line, Style, chunks
from hsec_wagtail.importer.readers.phrases import (
    introduces_actions,
    is_announcement,
    points_outside,
)
from hsec_wagtail.importer.readers.prose import (
    dates_in,
    members_in,
    paragraph_html,
    split_intro,
    text_html,
)
from hsec_wagtail.importer.source import Source
from hsec_wagtail.importer.words import normalise

__all__ = ["Body", "BodyReader"]

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)


@dataclass(slots=True)
class Body:
    """What was made of the lines."""

    nodes: list[doc.BodyNode] = field(default_factory=list)
    chrome: list[Chrome] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

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
        wrapped: Whether line breaks mean nothing.
    """

    def __init__(
        self, source: Source, *, language: str, profile: Profile | None, wrapped: bool
    ) -> None:
        self._source = source
        self._language = language
        self._wrapped = wrapped
        self._actions = profile.actions if profile else []
        self._announced = profile.announced if profile else []
        self._prefix = profile.link_prefix if profile else ""

    def read(self, lines: Sequence[Line], *, title: str) -> Body:
        """Return the body that ``lines`` make below the heading ``title``."""
        body = Body()
        pending = [run for chunk in chunks(lines) for run in self._runs(chunk)]
        n = 0
        while n < len(pending):
            run = pending[n]
            if run[0].is_item:
                while n + 1 < len(pending) and self._continues(run, pending[n + 1]):
                    n += 1
                    run = [*run, *pending[n]]
                self._list(body, self._items(run, body))
            elif items := self._lost_bullets(run):
                self._bare_list(body, run, items)
            else:
                following = pending[n + 1][0] if n + 1 < len(pending) else None
                self._lone(body, run, following, title)
            n += 1
        return body

    def _runs(self, chunk: list[Line]) -> list[list[Line]]:
        """Part a chunk where a list begins or ends; without wrapping every line stands alone."""
        runs: list[list[Line]] = []
        for n, line in enumerate(chunk):
            starts_list = line.is_item and not (runs and runs[-1][0].is_item)
            hangs = (
                runs and runs[-1][0].is_item and (self._wrapped or line.indent) and not line.is_item
            )
            if n == 0 or starts_list:
                runs.append([line])
            elif line.is_item or hangs or self._wrapped or not runs[-1][0].is_item:
                runs[-1].append(line)
            else:
                runs.append([line])
        return runs

    @staticmethod
    def _continues(run: list[Line], following: list[Line]) -> bool:
        """Tell whether a list goes on after one blank line."""
        first, other = run[0], following[0]
        alike = first.bullet == other.bullet and bool(first.ordinal) == bool(other.ordinal)
        return other.is_item and alike and other.gap <= 1

    def _items(self, run: list[Line], body: Body) -> list[doc.Span]:
        spans: list[doc.Span] = []
        for line in run:
            if line.is_item:
                spans.append(line.span)
                if line.ordinal:
                    body.chrome.append(Chrome(line.ordinal, "list number"))
                elif line.bullet == "o":
                    body.chrome.append(Chrome(self._marker(line), "bullet"))
            else:
                spans[-1] = (spans[-1][0], line.end)
        return spans

    def _marker(self, line: Line) -> doc.Span:
        start = self._source.text.rfind("o", 0, line.start)
        return (start, start + 1)

    def _list(self, body: Body, spans: list[doc.Span]) -> None:
        intro = self._take_intro(body)
        dated = [(span, dates_in(self._source, span, self._language)) for span in spans]
        intro_text = self._text(intro) if intro else ""
        if any(dates for _, dates in dated) or introduces_actions(intro_text, self._actions):
            body.nodes.append(
                doc.Initiatives(
                    intro=paragraph_html(self._source, intro) if intro else "",
                    intro_span=intro,
                    items=[
                        doc.Initiative(
                            html=paragraph_html(self._source, span), dates=dates, span=span
                        )
                        for span, dates in dated
                    ],
                )
            )
            return
        if intro:
            self._paragraph(body, intro)
        items = [doc.ListItem(html=text_html(self._text(span)), span=span) for span in spans]
        body.nodes.append(doc.ListNode(items=items))

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
        if self._wrapped or len(run) < 2:
            return None
        head = run[0].text
        rest = [line.span for line in run[1:]]
        if not all(line.is_label and not line.text.endswith(":") for line in run[1:]):
            return None
        if head.endswith(":"):
            return rest
        colon = self._source.text.rfind(":", run[0].start, run[0].end)
        if colon < 0 or not introduces_actions(
            self._text((run[0].start, colon + 1)), self._actions
        ):
            return None
        first = self._trim((colon + 1, run[0].end))
        return [first, *rest]

    def _bare_list(self, body: Body, run: list[Line], items: list[doc.Span]) -> None:
        intro = self._trim((run[0].start, min(items[0][0], run[0].end)))
        self._paragraph(body, intro)
        body.warnings.append(
            f"Lines {run[0].number} to {run[-1].number}: {len(items)} short lines below an introduction"
            " are taken for a list that lost its bullets."
        )
        self._list(body, items)

    def _lone(self, body: Body, run: list[Line], following: Line | None, title: str) -> None:
        if not self._wrapped and len(run) > 1:
            for n, line in enumerate(run):
                self._lone(body, [line], run[n + 1] if n + 1 < len(run) else following, title)
            return
        line = run[0]
        span = (line.start, run[-1].end)
        if is_announcement(self._text(span), self._announced):
            html = paragraph_html(self._source, span)
            body.nodes.append(doc.Notice(kind="announced", html=html, span=span))
        elif len(run) == 1 and self._is_link(line, title):
            self._link(body, line)
        elif len(run) == 1 and self._is_heading(line, following):
            level = 3 if line.style is Style.HASHES and line.depth > 3 else 2
            body.nodes.append(doc.Heading(text=line.text, level=level, span=span))
        else:
            if len(run) == 1 and line.is_label and not line.text.endswith(":"):
                body.warnings.append(
                    f"Line {line.number}: {line.text!r} may be a heading or a link; kept as a paragraph."
                )
            self._paragraph(body, span)

    def _is_link(self, line: Line, title: str) -> bool:
        if _ADDRESS.search(line.text):
            label = _ADDRESS.sub("", line.text).strip(" <>()[]:-–—")
            return len(label) <= 80 and not label.endswith((".", "!", "?"))
        if not line.is_label or line.is_item:
            return False
        if self._prefix and line.indent.endswith(self._prefix):
            return True
        bare = normalise(re.sub(r"\s*\([^()]*\)\s*\Z", "", title))
        return points_outside(line.text) or normalise(line.text) in {bare, normalise(title)}

    @staticmethod
    def _is_heading(line: Line, following: Line | None) -> bool:
        if line.style in {Style.HASHES, Style.UNDERLINED}:
            return True
        return (
            line.is_label
            and not line.text.endswith(":")
            and following is not None
            and (following.is_prose or following.is_item)
            and (following.gap > 0 or following.is_item or line.style is not Style.PLAIN)
            and line.text[:1].isupper()
        )

    def _link(self, body: Body, line: Line) -> None:
        if line.ordinal:
            body.chrome.append(Chrome(line.ordinal, "list number"))
        match = _ADDRESS.search(line.text)
        if match is None:
            body.nodes.append(doc.LinkNode(label=line.text[:255], span=line.span))
            body.warnings.append(
                f"Line {line.number}: the target of the link {line.text!r} is not known."
            )
            return
        address = match.group().rstrip(".,;:)>]")
        label = _ADDRESS.sub("", line.text).strip(" <>()[]:-–—") or address
        url = address if address.lower().startswith("http") else f"http://{address}"
        body.nodes.append(doc.LinkNode(label=label[:255], url=url, span=line.span))

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
