"""Views of its record that a section routes to beside its pages, at addresses in its language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

__all__ = ["VIEWS", "SectionView"]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A view of a section.

    Attributes:
        slug: The part of its address, translatable.
        function: Dotted path of ``view(section, request, *path) -> HttpResponse``, where ``path`` is what
            follows in the address.
        label: What links to it are called; "" for a view that is not offered to readers.
    """

    slug: Any
    function: str
    label: Any = ""


#: Those of every section, in the order in which they are offered.
VIEWS = {
    # Also shown for a question in the address of the section.
    "search": SectionView(
        pgettext_lazy("part of an address", "search"),
        "hsec_wagtail.record.search.views.search",
    ),
    "initiatives": SectionView(
        pgettext_lazy("part of an address", "initiatives"),
        "hsec_wagtail.record.views.initiatives",
        _("Initiatives"),
    ),
    "timeline": SectionView(
        pgettext_lazy("part of an address", "timeline"),
        "hsec_wagtail.record.timeline.views.timeline",
        _("Timeline"),
    ),
    "members": SectionView(
        pgettext_lazy("part of an address", "members"),
        "hsec_wagtail.record.members.views.members",
        _("Members"),
    ),
    "data": SectionView(
        pgettext_lazy("part of an address", "data"),
        "hsec_wagtail.record.dataset.views.data",
        _("Data and downloads"),
    ),
    "changes": SectionView(
        pgettext_lazy("part of an address", "changes"),
        "hsec_wagtail.record.history.views.changes",
        _("What changed"),
    ),
    "cite": SectionView(
        pgettext_lazy("part of an address", "cite"),
        "hsec_wagtail.record.cite.views.cite",
    ),
}
