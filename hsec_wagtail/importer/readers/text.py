"""The reader of text captures: what a person saved or copied from a page as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from hsec_wagtail.importer import document as doc
from hsec_wagtail.importer.keys import key_from, set_keys
from hsec_wagtail.importer.leaves import leaves
from hsec_wagtail.importer.ledger import Chrome, Ledger
from hsec_wagtail.importer.profile import Profile, recognise
from hsec_wagtail.importer.readers.base import Reading
from hsec_wagtail.importer.readers.bodies import Body, BodyReader
from hsec_wagtail.importer.readers.lines import Line, is_wrapped, split_lines
from hsec_wagtail.importer.readers.phrases import guess_language
from hsec_wagtail.importer.readers.prose import short_name
from hsec_wagtail.importer.readers.zones import Section, find_zones
from hsec_wagtail.importer.source import Source
from hsec_wagtail.importer.words import normalise

__all__ = ["read_text"]


def read_text(
    source: Source, *, profiles: Sequence[Profile], profile: Profile | None, language: str | None
) -> Reading:
    """Return the section that the text capture ``source`` shows.

    Args:
        source: The capture.
        profiles: Those that may recognise it by themselves.
        profile: The one that was asked for; it must fit.
        language: What was asked for; otherwise the profile's, otherwise guessed.

    Raises:
        ProfileError: ``profile`` matches nothing in the capture.
    """
    lines = split_lines(source)
    if profile is None:
        profile = recognise(profiles, frozenset(normalise(line.text) for line in lines))
    language = language or (profile.language if profile else "") or guess_language(source.text)
    capture = _Capture(source, lines, profile, language)
    document = capture.document()
    set_keys(document)
    warnings = list(capture.warnings)
    if profile is None:
        warnings.insert(0, "No profile knows this site; it was read by general rules.")
    return Reading(
        document=document,
        ledger=Ledger(source, leaves(document), capture.chrome),
        source=source,
        format="text",
        profile=profile.name if profile else "",
        warnings=tuple(warnings),
    )


class _Capture:
    """The zones of a capture on their way to a document."""

    def __init__(
        self, source: Source, lines: Sequence[Line], profile: Profile | None, language: str
    ) -> None:
        self._source = source
        zones = find_zones(lines, profile)
        wrapped = is_wrapped(lines)
        self._zones = zones
        self._profile = profile
        self._language = language
        self._reader = BodyReader(source, language=language, profile=profile, wrapped=wrapped)
        self.warnings = list(zones.warnings)
        self.chrome: list[Chrome] = []
        self._claim(zones.masthead, "masthead")
        self._claim(zones.navigation, "navigation")
        self._claim(zones.counters, "counter")
        self._claim(zones.trail, "breadcrumb")
        self._claim(zones.jumps, "jump link, repeated as a heading")
        self._claim(zones.footer, "footer")

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
            trail=[line.text for line in self._zones.trail],
            page=page,
            navigation=self._navigation(),
        )
        _resolve_labels(document)
        return document

    def _claim(self, lines: Sequence[Line], reason: str) -> None:
        for line in lines:
            # From the marker on, so that a number before a label is claimed with it.
            start = line.ordinal[0] if line.ordinal else line.start
            self.chrome.append(Chrome((start, line.end), reason))

    def _page(self) -> doc.Page:
        title = self._zones.title
        text = title.text if title else PurePath(self._source.name).stem
        body = self._read(self._zones.opening, text)
        lead = ""
        lead_span = None
        first = body.nodes[0] if body.nodes else None
        if isinstance(first, doc.Paragraph):
            lead, lead_span = first.html, first.span
            del body.nodes[0]
        return doc.Page(
            type="section",
            key=key_from(text),
            title=text[:255],
            title_span=title.span if title else None,
            lead=lead,
            lead_span=lead_span,
            status="announced" if body.announced and not self._zones.sections else "active",
            body=body.nodes,
            quick_links=[self._group(lines) for lines in self._zones.quick_links],
            children=self._forums(),
        )

    def _forums(self) -> list[doc.Page]:
        taken: set[str] = set()
        forums: list[doc.Page] = []
        for section in self._zones.sections:
            forum = self._forum(section)
            forum.key = _free(forum.key, taken)
            taken.add(forum.key)
            forums.append(forum)
        return forums

    def _forum(self, section: Section) -> doc.Page:
        heading = section.heading
        if heading.ordinal:
            self.chrome.append(Chrome(heading.ordinal, "heading number"))
        body = self._read(section.lines, heading.text)
        end = section.lines[-1].end if section.lines else heading.end
        short = short_name(heading.text, self._source.text[heading.end : end])
        if not section.lines:
            self.warnings.append(f"Line {heading.number}: nothing stands below {heading.text!r}.")
        return doc.Page(
            type="forum",
            key=key_from(heading.text),
            title=heading.text[:255],
            title_span=heading.span,
            short_name=short,
            anchor=key_from(short or heading.text),
            status="announced" if body.announced else "active",
            body=body.nodes,
            span=(heading.start, end),
        )

    def _read(self, lines: Sequence[Line], title: str) -> Body:
        body = self._reader.read(lines, title=title)
        self.chrome += body.chrome
        self.warnings += body.warnings
        return body

    def _group(self, lines: Sequence[Line]) -> doc.LinkGroup:
        for line in lines:
            if line.ordinal:
                self.chrome.append(Chrome(line.ordinal, "list number"))
        heading, *links = lines
        return doc.LinkGroup(
            heading=heading.text,
            heading_span=heading.span,
            slug=key_from(heading.text),
            links=[doc.Link(label=line.text, span=line.span) for line in links],
        )

    def _navigation(self) -> list[doc.LinkGroup]:
        lines = self._zones.navigation
        if not lines:
            return []
        habit = self._profile.navigation if self._profile else None
        return [
            doc.LinkGroup(
                heading=habit.heading if habit else "",
                slug=habit.slug if habit else "site-navigation",
                links=[doc.Link(label=line.text[:255], span=line.span) for line in lines],
                span=(lines[0].start, lines[-1].end),
            )
        ]


def _free(key: str, taken: set[str]) -> str:
    candidate = key
    n = 2
    while candidate in taken:
        candidate = f"{key}-{n}"
        n += 1
    return candidate


def _resolve_labels(document: doc.Document) -> None:
    """Point quick links whose label is the title of a page of the document to that page."""
    titles = {normalise(page.title): page.key for page in document.page.walk()}
    for group in document.page.quick_links:
        for link in group.links:
            if not link.url:
                link.page = titles.get(normalise(link.label))
