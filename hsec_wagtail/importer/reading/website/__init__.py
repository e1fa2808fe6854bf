"""Several saved pages as one section: read one by one, ordered as a tree, linked to one another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.messages import stored
from hsec_wagtail.importer.reading.files.bundle import Bundle
from hsec_wagtail.importer.reading.profile import Profile
from hsec_wagtail.importer.reading.website.finalize import Finisher
from hsec_wagtail.importer.reading.website.index import Index
from hsec_wagtail.importer.reading.website.page_types import settle_types
from hsec_wagtail.importer.reading.website.read_pages import PageReadOptions, read_files
from hsec_wagtail.importer.reading.website.section import SiteReading, SiteSection
from hsec_wagtail.importer.reading.website.spool import Spool
from hsec_wagtail.importer.reading.website.tree import build_tree

__all__ = ["SiteReading", "SiteSection", "read_site"]


def read_site(
    bundle: Bundle,
    *,
    profile: Profile | str | Path | None = None,
    profiles: Sequence[Profile] = (),
    format: str | None = None,
    language: str | None = None,
    base_url: str | None = None,
    strict: bool = False,
    **limits: int,
) -> SiteReading:
    """Return the one section that the pages of ``bundle`` make.

    Every page is read by itself and spooled; memory does not grow with their number.

    Args:
        bundle: The files; it may be closed afterwards.
        profile: As for :func:`hsec_wagtail.importer.reading.read`, for each of the pages.
        profiles: As for ``read``.
        format: Of each of the pages.
        language: Of all pages.
        base_url: Address of the folder that the files were in, or of a page in it.
        strict: Refuse all if one file cannot be read; else it is left out, with a warning.
        limits: Bounds of the readers: ``max_bytes``, ``max_nodes``, ``max_depth``.

    Raises:
        ImportContentError: No file can be read, or ``strict``, one cannot; the text says which and why.
    """
    spool = Spool()
    index = Index(spool)
    options = PageReadOptions(profile, profiles, format, language, base_url, strict, limits)
    warnings = [*bundle.warnings, *read_files(bundle, index, options)]
    top, guesses = build_tree(index)
    settle_types(index, top)
    finisher = Finisher(index, top)
    finisher.place()
    finisher.finish()
    first = doc.Document.model_validate(spool.get("document", top))
    section = SiteSection(
        spool=spool,
        language=language or first.language,
        source_key=first.source_key,
        navigation=finisher.navigation(first),
        trail=first.trail,
    )
    warnings += [*guesses, *finisher.warnings, *index.twice(), *index.foreign(section.language)]
    spool.put(
        "source",
        0,
        {
            **(record := spool.get("source", 0)),
            "warnings": [*stored(warnings), *record["warnings"]],
        },
    )
    return SiteReading(bundle.name, section, base_url or "", spool, tuple(warnings))
