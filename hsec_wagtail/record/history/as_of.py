"""A page as it stood on a day: ``?as-of=2004-04-30``, with the headers of RFC 7089 (Memento)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.http import http_date

from hsec_wagtail.blocks.today import another_day, day_of, in_utc, today
from hsec_wagtail.models.context import page_context
from hsec_wagtail.models.serving import AS_OF_PARAMETER
from hsec_wagtail.models.versions import PublishedVersion
from hsec_wagtail.record.history.changes import changes_url
from hsec_wagtail.record.history.moments import read_moment, version_url
from hsec_wagtail.record.history.past import Standing, page_at, standing_at

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

__all__ = ["PastView", "VersionLink", "serve"]


@dataclass(frozen=True, slots=True)
class VersionLink:
    """A version of a page: when it began, as a day, and its address."""

    day: date
    url: str


@dataclass(frozen=True, slots=True)
class PastView:
    """A page as it stood then, or why it cannot be shown, for the templates.

    Attributes:
        reason: "" where it is shown; else unreadable, future, unknown, earlier or withdrawn.
        day: The day that was asked for; none where it cannot be read.
        since: Since when the page stood so.
        until: Until when; none where it stands so today.
        url: Address of the page of today.
        previous: The version before.
        following: The version after.
        known: The first version.
        compared: Address of the difference from what stands today; "" if there is none.
    """

    reason: str
    url: str
    day: date | None = None
    since: date | None = None
    until: date | None = None
    previous: VersionLink | None = None
    following: VersionLink | None = None
    known: VersionLink | None = None
    compared: str = ""


def serve(page: Any, request: HttpRequest) -> HttpResponse:
    """Return ``page`` as everybody could read it at the moment that the query string asks for.

    Where nothing is known of that moment, the answer says why, with status 404; a page that existed then is
    shown from its first known version on, by a redirect.
    """
    url = page.get_url(request) or ""
    before = read_moment(request.GET.get(AS_OF_PARAMETER, ""))
    if before is None:
        return _explain(page, request, PastView("unreadable", url))
    day = day_of(before - timedelta(microseconds=1))
    if day > today():
        return _explain(page, request, PastView("future", url, day))
    standing = standing_at(page, before)
    if standing.first is None or standing.newest is None:
        return _explain(page, request, PastView("unknown", url, day))
    current = standing.current
    if current is None:
        if page.first_published_at and day_of(page.first_published_at) <= day:
            return HttpResponseRedirect(version_url(url, standing.first))
        return _explain(page, request, _view("earlier", url, day, standing))
    if not current.is_shown or current.content is None:
        return _explain(page, request, _view("withdrawn", url, day, standing))
    view = _view("", url, day, standing, compared=_compared(page, current, standing, request))
    then = page_at(page, current, before, request)
    with another_day(day):
        response = _show(then, request, view)
        response.render()
    _add_memento(response, page, standing, request)
    return response


def _view(reason: str, url: str, day: date, standing: Standing, *, compared: str = "") -> PastView:
    return PastView(
        reason,
        url,
        day,
        since=day_of(standing.since) if standing.since else None,
        until=day_of(standing.until) if standing.until else None,
        previous=_link(url, standing.previous),
        following=_link(url, standing.until),
        known=_link(url, standing.first),
        compared=compared,
    )


def _link(url: str, moment: datetime | None) -> VersionLink | None:
    return VersionLink(day_of(moment), version_url(url, moment)) if moment else None


def _compared(
    page: Any, current: PublishedVersion, standing: Standing, request: HttpRequest
) -> str:
    if standing.newest is None or standing.newest.pk == current.pk:
        return ""
    changes = changes_url(page, current.section_id, request)
    query = f"?page={page.pk}&from={current.pk}&to={standing.newest.pk}"
    return f"{changes}diff/{query}" if changes else ""


def _show(then: Any, request: HttpRequest, view: PastView) -> TemplateResponse:
    context = {**then.get_context(request), "hsec_as_of": view}
    response = TemplateResponse(request, then.get_template(request), context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _explain(page: Any, request: HttpRequest, view: PastView) -> TemplateResponse:
    context = {"page": page, "self": page, **page_context(page), "hsec_as_of": view}
    response = TemplateResponse(request, "hsec_wagtail/as_of_unknown.html", context, status=404)
    response["X-Robots-Tag"] = "noindex"
    return response


def _add_memento(
    response: HttpResponse, page: Any, standing: Standing, request: HttpRequest
) -> None:
    """Add the headers of RFC 7089; nothing varies by Accept-Datetime, which is not answered."""
    url = page.get_full_url(request) or ""
    links = [f'<{url}>; rel="original"']
    others = {
        "first": standing.first,
        "last": standing.last,
        "prev": standing.previous,
        "next": standing.until,
    }
    for name, moment in others.items():
        if moment is not None and moment != standing.since:
            address = version_url(url, moment)
            links.append(f'<{address}>; rel="{name} memento"; datetime="{_http(moment)}"')
    if standing.since is not None:
        response["Memento-Datetime"] = _http(standing.since)
    response["Link"] = ", ".join(links)


def _http(moment: datetime) -> str:
    return http_date(in_utc(moment).timestamp())
