"""The report of phrases on public pages that were true on the day on which they were written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column
from wagtail.rich_text import get_text_for_indexing

from hsec_wagtail.admin.places import block_edit_url
from hsec_wagtail.admin.reports.base import (
    LinkColumn,
    PageFilterSet,
    PageReport,
    choice_filter,
    read_pages,
)
from hsec_wagtail.admin.reports.claims import COUNT, RULES, Claim, find_claims, find_counts
from hsec_wagtail.admin.reports.parity import LISTS
from hsec_wagtail.blocks.raw_places import raw_places, raw_texts

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["StaleClaim", "StaleClaimsReport"]

#: Blocks whose words are those of others.
_QUOTED = frozenset({"quote"})
#: Blocks that may introduce the list that follows.
_BEFORE = frozenset({"paragraph", "heading"})

_PARAGRAPH = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>", re.IGNORECASE)
_QUOTATION = re.compile(r"<blockquote.*?</blockquote>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class StaleClaim:
    """A phrase on a page that may be stale."""

    page_id: int
    page: str
    block_id: str
    language: str
    claim: Claim

    @property
    def phrase(self) -> str:
        """The phrase."""
        return self.claim.phrase

    @property
    def sentence(self) -> str:
        """The phrase in its sentence."""
        return self.claim.sentence

    @property
    def why(self) -> str:
        """The reason why it may be stale."""
        return self.claim.why

    @property
    def edit_url(self) -> str:
        """The address at which the block is edited."""
        return block_edit_url(self.page_id, self.block_id)


def page_claims(page: Any) -> Iterator[tuple[str, Claim]]:
    """Yield the phrases of ``page`` that may be stale, with the ids of their blocks, in the order of the page."""
    language = page.locale.language_code
    for claim in find_claims(_plain(page.lead), language=language):
        yield "", claim
    for place in raw_places(page.body.raw_data, "body"):
        if place.type not in _QUOTED:
            for _name, text in raw_texts(place.value):
                # Addresses, dates and codes have no blanks.
                if " " in text:
                    for claim in find_claims(_plain(text), language=language):
                        yield place.id, claim
    yield from _counts(page.body.raw_data, language)


def _counts(data: Any, language: str) -> Iterator[tuple[str, Claim]]:
    """Yield what is said of the number of entries in a list, in its introduction or just before it."""
    before: tuple[str, Any] = ("", "")
    for block in data:
        value, block_id = block["value"], str(block.get("id") or "")
        name = LISTS.get(block["type"])
        if name and isinstance(value, Mapping):
            count = len(value.get(name) or ())
            for place, texts in ((before[0], before[1]), (block_id, value.get("intro") or "")):
                for _name, text in raw_texts(texts):
                    for claim in find_counts(_plain(text), language=language, count=count):
                        yield place, claim
        before = (block_id, value) if block["type"] in _BEFORE else ("", "")


def _plain(html: str) -> str:
    """Return the words of a text that may be rich, a bar between paragraphs; without quotations."""
    if "<" not in html:
        return unescape(html)
    return get_text_for_indexing(_PARAGRAPH.sub(" | ", _QUOTATION.sub(" | ", html)))


class ClaimsFilterSet(PageFilterSet):
    """Which phrases, beside the filters of pages."""

    phrase = choice_filter(_("Phrase"), (*((rule.name, rule.label) for rule in RULES), COUNT))


class StaleClaimsReport(PageReport):
    """The phrases on public pages that may be stale."""

    page_title = _("Stale claims")
    header_icon = "warning"
    address = "hsec-stale-claims"
    index_url_name = "hsec_stale_claims"
    index_results_url_name = "hsec_stale_claims_results"
    all_well = _("No phrase that grows stale was found on the public pages that you may edit.")
    filterset_class = ClaimsFilterSet
    export_filename = "stale-claims"
    columns = [
        LinkColumn("page", label=_("Page"), get_url=lambda one: one.edit_url),
        Column("phrase", label=_("Phrase")),
        Column("sentence", label=_("Sentence")),
        Column("why", label=_("Why")),
        Column("language", label=_("Language")),
    ]
    export_headings = {
        "page_id": _("Page id"),
        "page": _("Page"),
        "phrase": _("Phrase"),
        "sentence": _("Sentence"),
        "why": _("Why"),
        "language": _("Language"),
    }

    def rows(self, pages: QuerySet[Any]) -> Iterator[StaleClaim]:
        """Yield the phrases."""
        asked = self.asked("phrase")
        for page in read_pages(pages.filter(live=True, alias_of=None)):
            for block_id, claim in page_claims(page):
                if not asked or claim.rule == asked:
                    language = page.locale.language_code
                    yield StaleClaim(page.pk, page.title, block_id, language, claim)
