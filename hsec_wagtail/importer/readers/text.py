"""The reader of text captures: what a person saved or copied from a page as plain text."""

from __future__ import annotations

from collections.abc import Sequence

from hsec_wagtail.importer.profile import Profile
from hsec_wagtail.importer.readers.base import Reading
from hsec_wagtail.importer.readers.capture import read_lines
from hsec_wagtail.importer.readers.wrapping import meant_lines
from hsec_wagtail.importer.source import Source

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
    return read_lines(
        source,
        meant_lines(source),
        format="text",
        profiles=profiles,
        profile=profile,
        language=language,
    )
