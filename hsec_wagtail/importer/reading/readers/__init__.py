"""Readers: from bytes to a section document, with every word accounted for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from hsec_wagtail.importer.document.names import LANGUAGE
from hsec_wagtail.importer.errors import ReadError, SourceError
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.files.packaged import find_profile, packaged_profiles
from hsec_wagtail.importer.reading.profile import Profile
from hsec_wagtail.importer.reading.readers.base import Readable, Reading, check_nothing_lost
from hsec_wagtail.importer.reading.readers.capture import read_text
from hsec_wagtail.importer.reading.readers.document_reader import looks_like_fixture, read_fixture
from hsec_wagtail.importer.reading.readers.html import MAX_DEPTH, MAX_NODES, PageBounds, read_html
from hsec_wagtail.importer.reading.readers.html.encoding import decode_page, looks_like_html
from hsec_wagtail.importer.reading.source import MAX_BYTES, Source, decode
from hsec_wagtail.importer.text.encoded_twice import decoded_once_more
from hsec_wagtail.importer.text.file_names import readable_name
from hsec_wagtail.importer.text.urls import is_web_address

__all__ = ["FORMATS", "Readable", "Reading", "check_nothing_lost", "check_options", "read"]

#: What ``format`` may be.
FORMATS = ("fixture", "html", "text")

# As a document holds them.
_LONGEST_NAME = 255
_LONGEST_URL = 2000


def read(
    data: bytes,
    *,
    name: str,
    format: str | None = None,
    profile: Profile | str | Path | None = None,
    profiles: Sequence[Profile] = (),
    language: str | None = None,
    base_url: str | None = None,
    max_bytes: int = MAX_BYTES,
    max_nodes: int = MAX_NODES,
    max_depth: int = MAX_DEPTH,
    repeated: Container[str] = frozenset(),
    strict: bool = True,
) -> Reading:
    """Return what ``data`` says as a section document, with the ledger of its words.

    Args:
        data: The source as it lies on disk.
        name: Its name in messages.
        format: One of :data:`FORMATS`; by default detected.
        profile: A profile, the name of a known one, or the path of a file; by default the known one that
            recognises the source.
        profiles: Profiles that are known beside the packaged ones.
        language: Language of the source; by default the profile's, or guessed.
        base_url: Address the source was saved from, kept with the document; what a saved page links to is
            relative to it.
        max_bytes: Largest source.
        max_nodes: Most elements and texts of a saved page, or of a capture if it were one.
        max_depth: Most elements within elements of a saved page.
        repeated: Lines, normalised, that other pages of an import have in places of no content, too.
        strict: Refuse a text whose encoding can only be guessed.

    Raises:
        ImportContentError: The source cannot be read; the text says where, and the remedy.
    """
    check_options(format=format, language=language, base_url=base_url)
    known = (*profiles, *packaged_profiles())
    chosen = find_profile(str(profile), known) if isinstance(profile, str | Path) else profile
    name = readable_name(name)
    if len(PurePath(name).name) > _LONGEST_NAME:
        raise ReadError("name-too-long", name=name, most=_LONGEST_NAME)
    if format == "html" or (format is None and looks_like_html(data, name)):
        bounds = PageBounds(max_bytes=max_bytes, max_nodes=max_nodes, max_depth=max_depth)
        reading = read_html(
            data,
            name=name,
            profiles=known,
            profile=chosen,
            language=language,
            base_url=base_url,
            bounds=bounds,
            repeated=repeated,
        )
    else:
        source, warnings = _decoded(data, name=name, max_bytes=max_bytes, strict=strict)
        if format == "fixture" or (format is None and looks_like_fixture(source)):
            reading = read_fixture(source)
        else:
            reading = _read_text(source, known, chosen, language, max_nodes, repeated)
        reading = replace(reading, warnings=(*warnings, *reading.warnings))
        if base_url and reading.document.source:
            reading.document.source.url = base_url
    origin = reading.document.source
    if reading.format != "fixture" and origin and origin.url:
        reading.document.page.addresses = [origin.url]
    return reading


def _decoded(
    data: bytes, *, name: str, max_bytes: int, strict: bool
) -> tuple[Source, tuple[Message, ...]]:
    """Return the text of ``data``, and warnings if its encoding was guessed."""
    try:
        return decode(data, name=name, max_bytes=max_bytes), ()
    except SourceError as error:
        if strict or error.message.code != "not-utf-8":
            raise
    decoded = decode_page(data)
    source = Source(name=name, text=decoded.text, sha256=hashlib.sha256(data).hexdigest())
    return source, decoded.warnings


def check_options(
    *, format: str | None = None, language: str | None = None, base_url: str | None = None
) -> None:
    """Refuse options that fit no source.

    Raises:
        ReadError: One is not among its choices, or malformed.
    """
    if format not in {None, *FORMATS}:
        raise ReadError("format-unknown", format=str(format), known=FORMATS)
    if language is not None and not re.fullmatch(LANGUAGE, language):
        raise ReadError("language-unknown", language=language)
    if base_url is not None:
        _check_address(base_url)


def _check_address(url: str) -> None:
    if not url.lower().startswith(("http://", "https://")):
        raise ReadError("not-an-address-on-the-web", url=url)
    odd = re.search(r"[\s\x7f<>\"\ud800-\udfff]", url)
    if odd or len(url) > _LONGEST_URL or not is_web_address(url):
        raise ReadError("not-an-address", url=url[:200])


def _read_text(
    source: Source,
    profiles: Sequence[Profile],
    profile: Profile | None,
    language: str | None,
    max_nodes: int,
    repeated: Container[str],
) -> Reading:
    text = decoded_once_more(source.text)
    reading = read_text(
        source if text is None else replace(source, text=text),
        profiles=profiles,
        profile=profile,
        language=language,
        max_nodes=max_nodes,
        repeated=repeated,
    )
    if text is None:
        return reading
    return replace(reading, warnings=(Message("encoded-twice"), *reading.warnings))
