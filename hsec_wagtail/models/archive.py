"""Which pages belong to an archive, and what they say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hsec_wagtail.blocks.notices import historical_notices
from hsec_wagtail.models.captures import Capture, captures_of
from hsec_wagtail.models.context import notices_above, sections_above
from hsec_wagtail.models.site_record import RecordSettings, record_settings

__all__ = ["Archive", "archive_of", "capture_of", "is_archived", "settings_of"]


@dataclass(frozen=True, slots=True)
class Archive:
    """The banner of an archived page.

    Attributes:
        notice: What an archive is, in the words of the site.
        capture: The copy that was imported; None for a page that an editor wrote.
    """

    notice: str
    capture: Capture | None


def archive_of(page: Any, request: Any = None) -> Archive | None:
    """Return what ``page`` says of the archive that it belongs to, None if it belongs to none."""
    if not is_archived(page):
        return None
    return Archive(settings_of(page, request).archive_notice, capture_of(page))


def is_archived(page: Any) -> bool:
    """Return whether a historical notice is about the whole of ``page``, or a section that it belongs to has ended."""
    if historical_notices(page.body.raw_data):
        return True
    sections = sections_above(page)
    if page.hsec_page_type == "section":
        sections = [page, *sections]
    ended = any(section.status == section.Status.ENDED for section in sections)
    return ended or bool(notices_above(page))


def capture_of(page: Any) -> Capture | None:
    """Return the capture of ``page``, asked for once."""
    if not hasattr(page, "_hsec_capture"):
        page._hsec_capture = captures_of([page]).get(page.pk) if page.pk else None
    found: Capture | None = page._hsec_capture
    return found


def settings_of(page: Any, request: Any = None) -> RecordSettings:
    """Return what the site of ``page`` says of its record in the language of the page, asked for once."""
    if not hasattr(page, "_hsec_record_settings"):
        parts = page.get_url_parts(request) if page.path else None
        page._hsec_record_settings = record_settings(parts[0] if parts else None, page.locale)
    found: RecordSettings = page._hsec_record_settings
    return found
