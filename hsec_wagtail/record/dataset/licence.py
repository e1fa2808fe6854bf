"""The licence of the data of a section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string

__all__ = ["Licence", "licence"]


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence of the data; both are empty where the site gives none."""

    name: str = ""
    url: str = ""


def licence(section: Any) -> Licence:
    """Return the licence that the settings of the site of ``section`` give; none without such settings."""
    try:
        record_settings = import_string("hsec_wagtail.models.site_record.record_settings")
    except ImportError:
        return Licence()
    given = record_settings(section.get_site(), section.locale)
    return Licence(given.licence, given.licence_url)
