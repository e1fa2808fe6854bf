"""Memberships in the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from hsec_wagtail.api import parameters
from hsec_wagtail.api.base import PublicPages, RowsAPIViewSet
from hsec_wagtail.api.links import PageLinks
from hsec_wagtail.blocks.codes import country_name
from hsec_wagtail.blocks.edtf import date_in_words, read_edtf
from hsec_wagtail.blocks.today import today
from hsec_wagtail.models.register import Membership
from hsec_wagtail.record.members.listing import certainly_not

__all__ = ["MembershipsAPIViewSet"]


class MembershipsAPIViewSet(RowsAPIViewSet):
    """Memberships by name."""

    endpoint_name = "memberships"
    model = Membership
    item = "Membership"
    summary = "Memberships of countries and organisations in forums, by name"
    filters = (
        parameters.FORUM,
        parameters.COUNTRY,
        parameters.ROLE,
        parameters.ON,
        parameters.SECTION,
        parameters.LOCALE,
        parameters.LANGUAGE,
    )

    def get_queryset(self) -> QuerySet[Membership]:
        """Return what is asked for.

        Raises:
            BadRequestError: It asks for something that there is not.
        """
        query = self.request.GET
        pages = PublicPages(self.request)
        rows = Membership.objects.filter(section__in=pages.section_ids)
        if slugs := parameters.FORUM.read(query):
            rows = rows.filter(forum__in=_forum_ids(pages, slugs))
        if countries := parameters.COUNTRY.read(query):
            rows = rows.filter(country__in=countries)
        if roles := parameters.ROLE.read(query):
            rows = rows.filter(role__in=roles)
        if language := parameters.LANGUAGE.first(query):
            rows = rows.filter(language=language)
        if on := parameters.ON.first(query):
            rows = rows.exclude(_certainly_not_on(on))
        return rows.order_by("name", "id")

    def describe(self, rows: list[Membership]) -> list[dict[str, Any]]:
        """Return what the API says of ``rows``."""
        own = {pk for row in rows for pk in (row.page_id, row.forum_id, row.section_id)}
        links = PageLinks(own, self.request)
        return [self._say(row, links) for row in rows if row.page_id in links.pages]

    def _say(self, row: Membership, links: PageLinks) -> dict[str, Any]:
        return {
            "id": row.block_id,
            "meta": {
                "type": row._meta.label,
                "detail_url": self.detail_url(row.page_id, row.block_id),
            },
            "url": links.url(row.page_id),
            "name": row.name,
            "country": row.country,
            "country_name": country_name(row.country, language=row.language) or row.country,
            "role": row.role,
            "since": _term(row.since, row.since_earliest, row.since_latest, row.language),
            "until": _term(row.until, row.until_earliest, row.until_latest, row.language),
            "forum": links.link(row.forum_id),
            "section": links.link(row.section_id),
            "page": links.link(row.page_id),
            "language": row.language,
        }


def _forum_ids(pages: PublicPages, slugs: list[str]) -> list[int]:
    found = list(pages.of_type("forum").filter(slug__in=slugs).values_list("pk", "slug"))
    for slug in slugs:
        if slug not in {known for _pk, known in found}:
            parameters.FORUM.refuse(slug)
    return [pk for pk, _slug in found]


def _certainly_not_on(asked: str) -> Q:
    """Return the condition that somebody was certainly no member at any time of ``asked``."""
    span = read_edtf(asked)
    if span is None or span.earliest is None or span.latest is None:
        parameters.ON.refuse(asked)
    return certainly_not(span.earliest, span.latest, today=today())


def _term(edtf: str, earliest: date | None, latest: date | None, language: str) -> dict[str, Any]:
    words = date_in_words(edtf, language=language)
    return {"edtf": edtf, "words": words, "earliest": earliest, "latest": latest}
