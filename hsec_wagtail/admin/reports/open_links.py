"""The report of labels without a target: links whose page nobody knew when they were imported or written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column
from wagtail.models import Locale, Revision

from hsec_wagtail.admin.places import block_edit_url, group_edit_url
from hsec_wagtail.admin.reports.base import LinkColumn, PageReport, read_pages
from hsec_wagtail.blocks.raw_links import is_unresolved
from hsec_wagtail.blocks.raw_places import raw_places
from hsec_wagtail.importer.text.sequences import batched
from hsec_wagtail.models import QuickLinksSnippet
from hsec_wagtail.models.labels import place_label

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["OpenLinksReport", "PlacedLabel"]

#: Groups of links that are in memory at once.
_CHUNK = 200


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label without a target.

    Attributes:
        where: The title of the page, or the heading of the group of quick links.
        block: The place in the editor's words.
    """

    where: str
    block: str
    label: str
    language: str
    edit_url: str


def unresolved(data: Any, field: str) -> Iterator[tuple[str, str, str]]:
    """Yield label, place and block id of each link in ``data`` that leads nowhere."""
    for place in raw_places(data, field):
        is_link = place.type == "link" and isinstance(place.value, Mapping)
        if is_link and is_unresolved(place.value):
            yield str(place.value["label"]), place_label(place.steps), place.id


def _on_pages(pages: QuerySet[Any]) -> Iterator[PlacedLabel]:
    for page in read_pages(pages.filter(alias_of=None), drafts=True):
        for label, block, block_id in unresolved(page.body.raw_data, "body"):
            url = block_edit_url(page.pk, block_id)
            title = page.get_admin_display_title()
            yield PlacedLabel(title, block, label, page.locale.language_code, url)


def _in_groups(groups: QuerySet[QuickLinksSnippet]) -> Iterator[PlacedLabel]:
    languages = dict(Locale.objects.values_list("pk", "language_code"))
    for some in batched(list(groups.order_by("sort_order", "pk")), _CHUNK):
        drafts = [one.latest_revision_id for one in some if one.has_unpublished_changes]
        revisions = Revision.objects.in_bulk(drafts)
        for group in some:
            revision = revisions.get(group.latest_revision_id)
            newest = group.with_content_json(revision.content) if revision else group
            for label, block, block_id in unresolved(newest.links.raw_data, "links"):
                url = group_edit_url(group.pk, block_id)
                yield PlacedLabel(str(newest), block, label, languages[group.locale_id], url)


class OpenLinksReport(PageReport):
    """The labels without a target on pages and in quick links, in their newest drafts."""

    page_title = _("Unresolved links")
    header_icon = "link"
    address = "hsec-unresolved-links"
    index_url_name = "hsec_unresolved_links"
    index_results_url_name = "hsec_unresolved_links_results"
    all_well = _("Every link on the pages and in the quick links that you may edit has a target.")
    export_filename = "unresolved-links"
    columns = [
        LinkColumn("where", label=_("Page or quick links"), get_url=lambda one: one.edit_url),
        Column("block", label=_("Block")),
        Column("label", label=_("Label")),
        Column("language", label=_("Language")),
    ]
    export_headings = {
        "where": _("Page or quick links"),
        "block": _("Block"),
        "label": _("Label"),
        "language": _("Language"),
    }

    def rows(self, pages: QuerySet[Any]) -> Iterator[PlacedLabel]:
        """Yield the links."""
        yield from _on_pages(pages)
        yield from _in_groups(self.groups(pages))
