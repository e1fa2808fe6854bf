"""The lines of a page as a section document, whether they come from a text capture or a saved page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from datetime import date
from pathlib import PurePath

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.keys import key_from, set_keys, slug_from
from hsec_wagtail.importer.document.texts import leaves
from hsec_wagtail.importer.errors import ProfileError, ReadError
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.ledger import Chrome, Ledger
from hsec_wagtail.importer.reading.profile import Profile, knows_some, recognise
from hsec_wagtail.importer.reading.readers.base import Reading
from hsec_wagtail.importer.reading.readers.bodies import Body, BodyReader
from hsec_wagtail.importer.reading.readers.day_orders import order_warnings
from hsec_wagtail.importer.reading.readers.doubts import much_left_out
from hsec_wagtail.importer.reading.readers.lines import Line
from hsec_wagtail.importer.reading.readers.links import link_at, with_links
from hsec_wagtail.importer.reading.readers.phrases import guess_language
from hsec_wagtail.importer.reading.readers.prose import dates_in, short_name
from hsec_wagtail.importer.reading.readers.wrapping import meant_lines
from hsec_wagtail.importer.reading.readers.zones import (
    LONGEST_TITLE,
    LineSection,
    Links,
    find_zones,
    navigation_places,
)
from hsec_wagtail.importer.reading.source import Source
from hsec_wagtail.importer.text.words import normalise

__all__ = ["read_lines", "read_text"]


def read_lines(
    source: Source,
    lines: Sequence[Line],
    *,
    format: str,
    profiles: Sequence[Profile],
    profile: Profile | None,
    language: str | None,
    title: str = "",
    repeated: Container[str] = frozenset(),
) -> Reading:
    """Return the section that ``lines`` show.

    Args:
        source: Where the lines stand.
        lines: Those that say something.
        format: What the reading is to call its format.
        profiles: Those that may recognise the page by themselves.
        profile: The one that was asked for; it must fit.
        language: What was asked for; otherwise the profile's, otherwise guessed.
        title: What the window showed as the title of the page, if that is known.
        repeated: Lines, normalised, that other pages have in places of no content, too.

    Raises:
        ProfileError: ``profile`` matches nothing in the lines.
    """
    if not lines:
        raise ReadError("no-word", name=source.name)
    if profile is None:
        profile = _recognise(profiles, lines)
    else:
        _check_fits(profile, lines, source.name)
    language = language or (profile.language if profile else "") or guess_language(source.text)
    capture = _Capture(source, lines, profile, language, title, repeated)
    document = capture.document()
    set_keys(document)
    warnings = [*capture.warnings, *order_warnings(source, language)]
    if profile is None:
        warnings.insert(0, Message("no-profile"))
    warnings += much_left_out(capture.left_out, len(source.words))
    return Reading(
        document=document,
        ledger=Ledger(source, leaves(document), capture.chrome),
        source=source,
        format=format,
        profile=profile.name if profile else "",
        warnings=tuple(warnings),
        doubtful=capture.doubtful,
        left_out=capture.left_out,
    )


def _labels(lines: Sequence[Line]) -> frozenset[str]:
    return frozenset(normalise(line.text) for line in lines)


def _recognise(profiles: Sequence[Profile], lines: Sequence[Line]) -> Profile | None:
    fitting = [
        profile
        for profile in profiles
        if profile.navigation is None or navigation_places(lines, profile.navigation)
    ]
    return recognise(fitting, _labels(lines))


def _check_fits(profile: Profile, lines: Sequence[Line], name: str) -> None:
    if profile.navigation is None and not knows_some(profile, _labels(lines)):
        raise ProfileError("profile-without-labels", name=name, profile=profile.name)


class _Capture:
    """The zones of a capture on their way to a document."""

    def __init__(
        self,
        source: Source,
        lines: Sequence[Line],
        profile: Profile | None,
        language: str,
        title: str,
        repeated: Container[str],
    ) -> None:
        self._source = source
        lines = with_links(source, lines, profile.link_prefix if profile else "")
        zones = find_zones(source, lines, profile, named=title, repeated=repeated)
        self._zones = zones
        self._profile = profile
        self._named = title
        self._language = language
        marked = sum(1 for line in lines if line.mark and line.mark.heading) > 1
        self._reader = BodyReader(source, language=language, profile=profile, only_marked=marked)
        self.warnings = [*zones.guard.warnings, *zones.warnings]
        self.doubtful = tuple(zones.guard.doubtful)
        self.left_out = tuple(zones.guard.left_out)
        # From the marker on, so that a number before a label is claimed with it.
        self.chrome = [Chrome((line.outer, line.end), reason) for line, reason in zones.chrome]

    def document(self) -> doc.Document:
        """Return the document; links of the page to itself and its parts are resolved."""
        page = self._page()
        document = doc.Document(
            language=self._language,
            source=doc.SourceInfo(
                name=PurePath(self._source.name).name,
                # Not the file's name: the next capture of the page will have another one.
                key=f"{self._profile.name if self._profile else 'capture'}/{page.key}",
                sha256=self._source.sha256,
                length=len(self._source.text),
            ),
            trail=self._zones.trail,
            page=page,
            navigation=self._navigation(),
        )
        _resolve_labels(document)
        return document

    def _page(self) -> doc.Page:
        title = self._zones.title
        text = title.text if title else self._name()
        if title:
            self._leave_marker(title, Message("heading-number"))
        body = self._read(self._zones.opening, text)
        lead = ""
        lead_span = None
        first = body.nodes[0] if body.nodes else None
        if isinstance(first, nodes.Paragraph):
            lead, lead_span = first.html, first.span
            del body.nodes[0]
        # Below the lead: it heads nothing, and introduces nothing.
        body.nodes[:0] = self._read(self._zones.above, text).nodes
        return doc.Page(
            type="section",
            key=key_from(text),
            slug=slug_from(text),
            title=text,
            title_span=title.span if title else None,
            lead=lead,
            lead_span=lead_span,
            status="announced" if body.announced and not self._zones.sections else "active",
            changed=self._changed(),
            body=body.nodes,
            quick_links=[self._group(group) for group in self._zones.quick_links],
            children=self._forums(key_from(text)),
        )

    def _name(self) -> str:
        """Return what stands for a title that the page does not show."""
        return self._named[:LONGEST_TITLE] or PurePath(self._source.name).stem[:100] or "capture"

    def _leave_marker(self, line: Line, reason: Message) -> None:
        if line.outer < line.start:
            self.chrome.append(Chrome((line.outer, line.start), reason))

    def _changed(self) -> date | None:
        """Return the day that the page says it was changed, if it says one."""
        for line in self._zones.modified:
            for found in dates_in(self._source, line.span, self._language):
                if re.fullmatch(r"\d{4}-\d\d-\d\d", found.edtf):
                    return date.fromisoformat(found.edtf)
        return None

    def _forums(self, taken: str) -> list[doc.Page]:
        """Return the pages of the sections; no two have the same key, nor that which is ``taken``."""
        keys, anchors = Counter([taken]), Counter[str]()
        forums = [self._forum(section) for section in self._zones.sections]
        for forum in forums:
            forum.key = _free(forum.key, keys)
            forum.anchor = _free(forum.anchor, anchors)
        return forums

    def _forum(self, section: LineSection) -> doc.Page:
        heading = section.heading
        self._leave_marker(heading, Message("heading-number"))
        body = self._read(section.lines, heading.text)
        end = section.lines[-1].end if section.lines else heading.end
        short = short_name(heading.text, self._source.text[heading.end : end])
        if not section.lines:
            self.warnings.append(
                Message("nothing-below-heading", line=heading.number, heading=heading.text)
            )
        return doc.Page(
            type="forum",
            key=key_from(heading.text),
            slug=slug_from(heading.text),
            title=heading.text,
            title_span=heading.span,
            short_name=short,
            anchor=next(iter(heading.mark.anchors if heading.mark else ()), "")
            or slug_from(short or heading.text),
            status="announced" if body.announced else "active",
            expected=body.expected if body.announced else None,
            body=body.nodes,
            span=(heading.start, end),
        )

    def _read(self, lines: Sequence[Line], title: str) -> Body:
        body = self._reader.read(lines, title=title)
        self.chrome += body.chrome
        self.warnings += body.warnings
        return body

    def _group(self, group: Links) -> nodes.LinkGroup:
        heading = group.heading
        for line in [heading, *group.lines]:
            if line:
                self._leave_marker(line, line.marker)
        return nodes.LinkGroup(
            heading=heading.text if heading else "",
            heading_span=heading.span if heading else None,
            slug=slug_from(heading.text) if heading else "links",
            links=[self._link(line) for line in group.lines],
        )

    def _link(self, line: Line) -> nodes.Link:
        return link_at(self._source, line.span) or nodes.Link(label=line.text, span=line.span)

    def _navigation(self) -> list[nodes.LinkGroup]:
        lines = self._zones.navigation
        if not lines:
            return []
        if lines[0].mark and not (self._profile and self._profile.navigation):
            return self._menus(lines)
        habit = self._profile.navigation if self._profile else None
        return [
            nodes.LinkGroup(
                heading=habit.heading if habit else "",
                slug=habit.slug if habit else "site-navigation",
                links=[nodes.Link(label=line.text, span=line.span) for line in lines],
                span=(lines[0].start, lines[-1].end),
            )
        ]

    def _menus(self, lines: Sequence[Line]) -> list[nodes.LinkGroup]:
        """Return the menus of a saved page; what is no link heads one, unless it names the page itself."""
        own = normalise(self._zones.title.text) if self._zones.title else ""
        groups: list[nodes.LinkGroup] = []
        region = None
        slugs = Counter[str]()
        for line in lines:
            is_head = not line.is_link and not line.is_item and normalise(line.text) != own
            if is_head or line.mark is None or line.mark.region != region or not groups:
                region = line.mark.region if line.mark else None
                heading = line.text if is_head else ""
                slug = _free(slug_from(heading)[:80] if heading else "site-navigation", slugs)
                groups.append(nodes.LinkGroup(heading=heading, slug=slug, span=line.span))
            if not is_head:
                groups[-1].links.append(self._link(line))
                groups[-1].span = ((groups[-1].span or line.span)[0], line.end)
        return groups


def _free(name: str, taken: Counter[str]) -> str:
    """Return ``name``, or with a number where it is taken, and take it."""
    free = name
    while taken[free]:
        taken[name] += 1
        free = f"{name}-{taken[name]}"
    taken[free] += 1
    return free


def _resolve_labels(document: doc.Document) -> None:
    """Point quick links whose label is the title of a page of the document to that page."""
    titles = {normalise(page.title): page.key for page in document.page.walk()}
    for group in document.page.quick_links:
        for link in group.links:
            if not link.url:
                link.page = titles.get(normalise(link.label))


#: Elements and texts that a line is in a saved page: the beginning of an element, its text, its end.
_NODES_OF_LINE = 3


def read_text(
    source: Source,
    *,
    profiles: Sequence[Profile],
    profile: Profile | None,
    language: str | None,
    max_nodes: int,
    repeated: Container[str] = frozenset(),
) -> Reading:
    """Return the section that the text capture ``source`` shows.

    Args:
        source: The capture.
        profiles: Those that may recognise it by themselves.
        profile: The one that was asked for; it must fit.
        language: What was asked for; otherwise the profile's, otherwise guessed.
        max_nodes: Most elements and texts of the capture, counted as if it were a saved page.
        repeated: Lines, normalised, that other pages have in places of no content, too.

    Raises:
        ProfileError: ``profile`` matches nothing in the capture.
        ReadError: More lines than are read.
    """
    _check_lines(source, max_nodes)
    return read_lines(
        source,
        meant_lines(source),
        format="text",
        profiles=profiles,
        profile=profile,
        language=language,
        repeated=repeated,
    )


def _check_lines(source: Source, max_nodes: int) -> None:
    count = 0
    for number, line in enumerate(source.text.splitlines(), 1):
        count += _NODES_OF_LINE if line.strip() else 0
        if count > max_nodes:
            raise ReadError("too-many-nodes", name=source.name, line=number, most=max_nodes)
