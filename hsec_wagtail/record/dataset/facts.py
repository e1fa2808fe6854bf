"""Facts of the data of a section: how many initiatives, of which version, with which checksum, under which licence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.core.cache import caches
from django.db.models import Count, Max

from hsec_wagtail import conf
from hsec_wagtail.blocks.today import in_utc
from hsec_wagtail.models.archive import settings_of
from hsec_wagtail.models.register import InitiativeTopic, no_moment
from hsec_wagtail.page_models import base_page_model
from hsec_wagtail.record.formats.tables import as_csv
from hsec_wagtail.record.initiatives import InitiativeList
from hsec_wagtail.record.release import release

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["Dataset", "checksum", "describe"]

#: Initiatives of which the checksum is made while the page is asked for: in less than a second or so.
_AT_ONCE = 2000
#: A month; the key changes with the data.
_SECONDS = 30 * 86_400


@dataclass(frozen=True, slots=True)
class Dataset:
    """The data of a section.

    Attributes:
        count: Initiatives.
        updated: The last change that matters to readers; None if none is known.
        version: Day of that change and count.
        checksum: SHA-256 of the CSV; "" where it would take long and nobody has asked for it yet.
        licence: As the settings of the site name it; "" where they do not.
        licence_url: Of the licence.
    """

    count: int
    updated: datetime | None
    version: str
    checksum: str
    licence: str
    licence_url: str


def describe(found: InitiativeList, section: Any, request: HttpRequest) -> Dataset:
    """Return the facts of ``found``, all initiatives of ``section``, in a constant number of queries."""
    rows = found.rows.order_by().aggregate(count=Count("pk"), updated=Max("updated"))
    known = rows["updated"] is not None and rows["updated"] > no_moment()
    updated = in_utc(rows["updated"]) if known else None
    said = settings_of(section, request)
    return Dataset(
        count=rows["count"],
        updated=updated,
        version=f"{updated:%Y-%m-%d}.{rows['count']}" if updated else str(rows["count"]),
        checksum=(
            checksum(found, section, request)
            if rows["count"] <= _AT_ONCE
            else _cache().get(_key(_state(found, section, request)), "")
        ),
        licence=said.licence,
        licence_url=said.licence_url,
    )


def checksum(found: InitiativeList, section: Any, request: HttpRequest) -> str:
    """Return the SHA-256 of the CSV of ``found``, made once for each state of the data; memory does not grow with it."""
    state = _state(found, section, request)
    known = _cache().get(_key(state))
    if known:
        return str(known)
    digest = sha256()
    for piece in as_csv(found, section, request):
        digest.update(piece.encode())
    # What changed meanwhile may be in it or not.
    if _state(found, section, request) == state:
        _cache().set(_key(state), digest.hexdigest(), _SECONDS)
    return digest.hexdigest()


def _cache() -> Any:
    # It is a property of the data, and is kept where answers are not, too.
    return caches[conf.get("HSEC_CACHE") or "default"]


def _key(state: str) -> str:
    return f"hsec-sha256-{state}"


def _state(found: InitiativeList, section: Any, request: HttpRequest) -> str:
    """Return a hash of all that the CSV depends on, without reading the initiatives.

    Their rows are written afresh when their page changes, with new ids; titles and addresses are those of pages.
    """
    # A deployment may bring other columns, labels or settings.
    digest = sha256(f"{release()}\0{section.get_full_url(request)}".encode())
    rows = found.rows.order_by()
    digest.update(repr(sorted(rows.aggregate(Count("pk"), Max("pk")).items())).encode())
    for named in _named_pages(rows):
        digest.update(repr(named).encode())
    return digest.hexdigest()


def _named_pages(rows: Any) -> Iterator[tuple[Any, ...]]:
    """Yield what the CSV says of the pages that tell initiatives, of forums and of topics; three queries."""
    topics = InitiativeTopic.objects.filter(initiative__in=rows.values("pk"))
    for ids in (rows.values("page"), rows.values("forum"), topics.values("topic")):
        pages = base_page_model().objects.filter(pk__in=ids).order_by("pk")
        yield from pages.values_list("pk", "title", "slug", "url_path", "live").iterator()
