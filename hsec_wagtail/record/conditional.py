"""Answers that are not made again while nothing of what they say has changed.

They carry ETag and Last-Modified, by which a browser, a feed reader or a proxy asks whether its copy is
still true; and pages without a query string are kept in the site's cache. Everything that an answer depends
on is part of the key: nothing has to be removed from any cache, by whichever process.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponseNotModified
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date, parse_etags

from hsec_wagtail import conf
from hsec_wagtail.blocks.privacy import forget_private, may_be_named
from hsec_wagtail.blocks.today import today
from hsec_wagtail.record.release import STARTED, release
from hsec_wagtail.record.versions import version

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

__all__ = ["answer"]

#: Seconds that an answer is kept; its key changes with the day.
_KEPT = 86_400
#: A time that is nearer is not said: a second, or a transaction, may have seen two changes.
_SETTLED = timedelta(minutes=1)
#: The cookie of django.contrib.messages, which speaks to one visitor alone.
_MESSAGES = "messages"
#: In a page with one of them, each answer is another; their form is that of Django and django-csp.
_EACH_TIME = (b"nonce=", b"csrfmiddlewaretoken")


@dataclass(frozen=True, slots=True)
class _State:
    """All that an answer depends on, as a key; ``changed`` is None where its time cannot be said yet."""

    key: str
    changed: datetime | None
    is_kept: bool

    @property
    def etag(self) -> str:
        # Weak: what a proxy compresses is still the same.
        return f'W/"{self.key}"'


def answer(
    page: Any, request: HttpRequest, make: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Return what ``make`` makes, or "not modified", or the same answer as it was made before.

    Never for visitors who are logged in or have a session, for private pages and for previews. Three queries at most, four where it is made.
    """
    state = _state(page, request)
    if state is None:
        return make()
    if _is_known(request, state):
        return _prepared(HttpResponseNotModified(), state)
    if state.is_kept and (kept := _cache().get(state.key)):
        return _again(request, kept, state)
    if not _is_still_public(page, request):
        return make()
    response = make()
    if isinstance(response, TemplateResponse) and not response.is_rendered:
        response.add_post_render_callback(lambda made: _finish(made, request, state))
        return response
    return _finish(response, request, state)


def _is_known(request: HttpRequest, state: _State) -> bool:
    """Return whether the visitor has the answer, by its ETag, which is only given with one of status 200.

    A time or "*" does not say that there is such an answer: they are looked at once there is one.
    """
    if {"If-Match", "If-Unmodified-Since"}.intersection(request.headers):
        return False
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return state.etag.removeprefix("W/") in {etag.removeprefix("W/") for etag in known}


def _is_still_public(page: Any, request: HttpRequest) -> bool:
    """Read ``page`` anew, as it was read before the version, and return whether everybody may still see it."""
    try:
        page.refresh_from_db()
    except ObjectDoesNotExist:
        return False
    return may_be_named(page, request=request)


def _state(page: Any, request: HttpRequest) -> _State | None:
    """Return what the answer to ``request`` depends on; None where it is made for this visitor alone."""
    if not _is_for_everybody(request):
        return None
    # Before all that the answer shows, which is then at least as new.
    now = version()
    forget_private(request)
    if now is None or not may_be_named(page, request=request):
        return None
    parts = (
        now.key,
        release(),
        today().isoformat(),
        translation.get_language(),
        request.build_absolute_uri(),
        page.pk,
    )
    key = sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:40]
    changed = max(now.changed, _midnight(), STARTED)
    settled = changed + _SETTLED < datetime.now(tz=UTC)
    # Query strings come from outside: they would fill any cache.
    is_kept = request.method == "GET" and not request.META.get("QUERY_STRING")
    return _State(f"hsec-{key}", changed if settled else None, is_kept)


def _is_for_everybody(request: HttpRequest) -> bool:
    if settings.DEBUG or not conf.get("HSEC_CACHE") or request.method not in ("GET", "HEAD"):
        return False
    known = {settings.SESSION_COOKIE_NAME, _MESSAGES}.intersection(request.COOKIES)
    special = {"Authorization", "X-Requested-With"}.intersection(request.headers)
    user = getattr(request, "user", None)
    return not (
        known
        or special
        or getattr(request, "is_preview", False)
        or (user is not None and user.is_authenticated)
    )


def _midnight() -> datetime:
    """Return when the day began on which the answer is given."""
    midnight = datetime.combine(today(), time())
    zone = timezone.get_current_timezone() if settings.USE_TZ else None
    return midnight.replace(tzinfo=zone) if zone else midnight.astimezone()


def _finish(response: HttpResponseBase, request: HttpRequest, state: _State) -> HttpResponseBase:
    """Let ``response`` be asked for again, and keep it, if it was made for everybody; or return "not modified"."""
    if response.status_code != 200 or response.cookies or _is_personal(request):
        return response
    content = None if response.streaming else response.content  # type: ignore[attr-defined]
    if content is not None and any(sign in content for sign in _EACH_TIME):
        return response
    if state.is_kept and content is not None:
        headers = [(name, value) for name, value in response.items() if name != "Content-Length"]
        _cache().set(state.key, (content, headers), _KEPT)
    return _unless_known(response, request, state)


def _is_personal(request: HttpRequest) -> bool:
    """Return whether making the answer asked for a token of this visitor, or remembered something of them."""
    session = getattr(request, "session", None)
    used_token = bool(request.META.get("CSRF_COOKIE_NEEDS_UPDATE"))
    return used_token or bool(session is not None and session.modified)


def _again(
    request: HttpRequest, kept: tuple[bytes, list[tuple[str, str]]], state: _State
) -> HttpResponseBase:
    content, headers = kept
    response = TemplateResponse(request, [], {})
    response.content = content
    for name, value in headers:
        response[name] = value
    return _unless_known(response, request, state)


def _unless_known(
    response: HttpResponseBase, request: HttpRequest, state: _State
) -> HttpResponseBase:
    """Return ``response``, of status 200, or what the conditions of ``request`` ask for instead."""
    _describe(response, state)
    changed = int(state.changed.timestamp()) if state.changed else None
    # Its stubs know no responses that are streamed.
    found: Any = get_conditional_response(request, state.etag, changed, cast("Any", response))
    return response if found is response else _prepared(found, state)


def _prepared(response: HttpResponseBase, state: _State) -> HttpResponseBase:
    """Return ``response``, which has no content, as sites may look into it in a serve() of their own."""
    response.context_data = {}  # type: ignore[attr-defined]
    _describe(response, state)
    return response


def _describe(response: HttpResponseBase, state: _State) -> None:
    """Say which state ``response`` is of, and that caches have to ask whether it still is."""
    response["ETag"] = state.etag
    if state.changed:
        response["Last-Modified"] = http_date(state.changed.timestamp())
    if not response.has_header("Cache-Control"):
        # Without it, browsers guess from the time of the change how long they need not ask.
        patch_cache_control(response, no_cache=True)
    patch_vary_headers(response, ["Cookie"])


def _cache() -> Any:
    return caches[conf.get("HSEC_CACHE")]
