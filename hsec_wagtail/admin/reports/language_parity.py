"""The report of what pages have in one language and not in the other, block by block."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column
from wagtail.models import Locale

from hsec_wagtail.admin.places import block_edit_url
from hsec_wagtail.admin.reports.base import (
    LinkColumn,
    PageFilterSet,
    PageReport,
    choice_filter,
    read_pages,
)
from hsec_wagtail.admin.reports.parity import Difference, Part, compare, parts_of
from hsec_wagtail.blocks import BodyBlock
from hsec_wagtail.blocks.edtf import date_in_words
from hsec_wagtail.blocks.today import day_of
from hsec_wagtail.importer.text.sequences import batched
from hsec_wagtail.models.queries import page_content_types
from hsec_wagtail.page_models import base_page_model
from hsec_wagtail.record.rows import last_change

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["LanguageParityReport", "ParityRow"]

#: Pages with their translations that are in memory at once.
_FAMILIES = 50

KINDS = {
    "missing": _("only in one language"),
    "count": _("another number of entries"),
    "dates": _("other dates"),
    "older": _("translation older than the original"),
}


@dataclass(frozen=True, slots=True)
class ParityRow:
    """A difference between a page and its translation.

    Attributes:
        block: The kind of block, in the editor's words; "" for the whole page.
        here, there: What the page and the translation have.
    """

    page: str
    page_url: str
    translation: str
    translation_url: str
    kind: str
    block: str
    here: str
    there: str

    @property
    def problem(self) -> str:
        """The kind, in words."""
        return str(KINDS[self.kind])


class _Pair:
    """A page and a translation of it, compared."""

    def __init__(self, page: Any, translation: Any) -> None:
        self._page, self._translation = page, translation
        self._language = get_language() or settings.LANGUAGE_CODE

    def rows(self) -> Iterator[ParityRow]:
        """Yield the differences."""
        changed, its = (day_of(last_change(one)) for one in (self._page, self._translation))
        if changed > its:
            yield self._row("older", here=date_format(changed), there=date_format(its))
        bodies = [parts_of(one.body.raw_data) for one in (self._page, self._translation)]
        for found in compare(*bodies):
            yield self._difference(found)

    def _difference(self, found: Difference) -> ParityRow:
        here, there = found.here, found.there
        said = {
            "missing": self._text,
            "count": lambda part: str(len(part.items)) if part else "",
            "dates": self._dates,
        }[found.kind]
        return self._row(
            found.kind,
            block=_block_label(here or there),
            here=said(here),
            there=said(there),
            here_id=here.id if here else "",
            there_id=there.id if there else "",
        )

    def _text(self, part: Part | None) -> str:
        return (part.text or self._dates(part) or gettext("(no words)")) if part else ""

    def _dates(self, part: Part | None) -> str:
        said = [date_in_words(one, language=self._language) for one in (part.dates if part else ())]
        return "; ".join(said) or gettext("undated")

    def _row(
        self,
        kind: str,
        *,
        here: str,
        there: str,
        block: str = "",
        here_id: str = "",
        there_id: str = "",
    ) -> ParityRow:
        page, translation = self._page, self._translation
        return ParityRow(
            page=f"{page.title} ({page.locale.language_code})",
            page_url=block_edit_url(page.pk, here_id),
            translation=f"{translation.title} ({translation.locale.language_code})",
            translation_url=block_edit_url(translation.pk, there_id),
            kind=kind,
            block=block,
            here=here,
            there=there,
        )


def _block_label(part: Part | None) -> str:
    """Return the name that editors know for the kind of ``part``; items have that of their list."""
    name = part.type if part else ""
    if name == "item":
        return gettext("entry of a list")
    block = BodyBlock.base_blocks.get(name)
    return str(block.label) if block is not None else name.replace("_", " ")


class ParityFilterSet(PageFilterSet):
    """The kind of difference, beside the filters of pages."""

    kind = choice_filter(_("Difference"), tuple(KINDS.items()))


class LanguageParityReport(PageReport):
    """The differences between published pages and their translations.

    A page is compared if the user may edit it or its translation, and at least look at both in the explorer.
    """

    page_title = _("Language parity")
    header_icon = "globe"
    address = "hsec-language-parity"
    index_url_name = "hsec_language_parity"
    index_results_url_name = "hsec_language_parity_results"
    all_well = _("The published pages that you may edit have the same in all their languages.")
    filterset_class = ParityFilterSet
    export_filename = "language-parity"
    columns = [
        LinkColumn("page", label=_("Page"), get_url=lambda one: one.page_url),
        LinkColumn("translation", label=_("Translation"), get_url=lambda one: one.translation_url),
        Column("problem", label=_("Difference")),
        Column("block", label=_("Block")),
        Column("here", label=_("On the page")),
        Column("there", label=_("In the translation")),
    ]
    export_headings = {
        "page": _("Page"),
        "translation": _("Translation"),
        "problem": _("Difference"),
        "block": _("Block"),
        "here": _("On the page"),
        "there": _("In the translation"),
    }

    def rows(self, pages: QuerySet[Any]) -> Iterator[ParityRow]:
        """Yield the differences."""
        kind = self.asked("kind")
        asked = set(pages.values_list("pk", flat=True))
        for family in self._families(asked):
            original, *translations = family
            for translation in translations:
                if original.pk in asked or translation.pk in asked:
                    for row in _Pair(original, translation).rows():
                        if not kind or row.kind == kind:
                            yield row

    def _families(self, asked: set[int]) -> Iterator[list[Any]]:
        """Yield the pages with translations, a list for each that has the original first."""
        visible = self.permission_policy.explorable_instances(self.request.user)
        public = visible.filter(live=True, alias_of=None, content_type__in=page_content_types())
        default = Locale.get_default().pk
        ids: dict[UUID, list[tuple[bool, int]]] = defaultdict(list)
        for key, locale, pk in public.order_by("path").values_list(
            "translation_key", "locale_id", "pk"
        ):
            ids[key].append((locale != default, pk))
        several = [
            [pk for _other, pk in sorted(family)]
            for family in ids.values()
            if len(family) > 1 and any(pk in asked for _other, pk in family)
        ]
        for some in batched(several, _FAMILIES):
            wanted = [pk for family in some for pk in family]
            found = base_page_model()._default_manager.filter(pk__in=wanted)
            by_id = {page.pk: page for page in read_pages(found)}
            for family in some:
                members = [by_id[pk] for pk in family if pk in by_id]
                if len(members) > 1:
                    yield members
