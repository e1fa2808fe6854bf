"""Initiatives in the API: the same rows as the list of a section, by the same filter."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from hsec_wagtail.api import parameters
from hsec_wagtail.api.base import PublicPages, RowsAPIViewSet
from hsec_wagtail.api.links import PageLinks, expand
from hsec_wagtail.blocks.edtf import date_in_words
from hsec_wagtail.blocks.initiatives import show_initiative
from hsec_wagtail.models.register import Initiative, InitiativeDate
from hsec_wagtail.record.formats.items import say_update
from hsec_wagtail.record.initiatives import InitiativeList
from hsec_wagtail.record.read_rows import read_parts

__all__ = ["InitiativesAPIViewSet"]

_BY_NAME = {one.name: one for one in (parameters.FORUM, parameters.TOPIC, parameters.FROM)}


class InitiativesAPIViewSet(RowsAPIViewSet):
    """Initiatives, newest first, undated ones last."""

    endpoint_name = "initiatives"
    model = Initiative
    item = "Initiative"
    summary = "Initiatives, newest first, undated ones last"
    filters = (
        parameters.FORUM,
        parameters.TOPIC,
        parameters.STATUS,
        parameters.FROM,
        parameters.TO,
        parameters.TEXT,
        parameters.SECTION,
        parameters.LOCALE,
        parameters.LANGUAGE,
    )

    def get_queryset(self) -> QuerySet[Initiative]:
        """Return what is asked for.

        Raises:
            BadRequestError: It asks for something that there is not.
        """
        pages = PublicPages(self.request)
        found = InitiativeList(None, self.request.GET, section_ids=pages.section_ids)
        rows = found.rows
        for fault in found.filter.faults:
            self._check(fault.parameter, fault.value, pages)
        for name, kept in (("forum", found.filter.forums), ("topic", found.filter.topics)):
            if name in self.request.GET and not kept:
                rows = rows.none()
        if language := parameters.LANGUAGE.first(self.request.GET):
            rows = rows.filter(language=language)
        return rows

    def _check(self, name: str, value: str, pages: PublicPages) -> None:
        """Refuse ``value`` unless it is the slug of a page that only has no initiatives."""
        if name == "from" or not pages.of_type(name).filter(slug=value).exists():
            _BY_NAME[name].refuse(value)

    def describe(self, rows: list[Initiative]) -> list[dict[str, Any]]:
        """Return what the API says of ``rows``."""
        read_parts(rows)
        own = {pk for row in rows for pk in (row.page_id, row.forum_id, row.section_id)}
        topics = {filed.topic_id for row in rows for filed in row.own_topics}
        links = PageLinks(own | topics, self.request)
        rows = [row for row in rows if row.page_id in links.pages]
        texts = expand([(links.pages[row.page_id].locale_id, row.html) for row in rows])
        return [self._say(row, text, links) for row, text in zip(rows, texts, strict=True)]

    def _say(self, row: Initiative, text: Any, links: PageLinks) -> dict[str, Any]:
        dates = row.own_dates
        given = [{"edtf": one.edtf, "label": one.label, "text": one.words} for one in dates]
        shown = show_initiative({"text": text, "dates": given}, language=row.language)
        topics = (links.link(filed.topic_id) for filed in row.own_topics)
        return {
            "id": row.block_id,
            "meta": {
                "type": row._meta.label,
                "detail_url": self.detail_url(row.page_id, row.block_id),
            },
            "url": f"{links.url(row.page_id)}#{row.block_id}",
            "text": row.text,
            "html": str(shown.html),
            "dates": [_say_date(date, row.language) for date in dates],
            "forum": links.link(row.forum_id),
            "topics": [topic for topic in topics if topic],
            "section": links.link(row.section_id),
            "page": links.link(row.page_id),
            "status": row.status,
            "language": row.language,
            "updated": say_update(row),
        }


def _say_date(date: InitiativeDate, language: str) -> dict[str, Any]:
    return {
        "edtf": date.edtf,
        "words": date_in_words(date.edtf, language=language),
        "precision": date.precision,
        "earliest": date.earliest,
        "latest": date.latest,
        "label": date.label,
        "text": date.words,
    }
