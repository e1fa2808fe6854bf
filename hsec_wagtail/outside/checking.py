"""Asking for the links that are due, the longest unasked first, no host twice in a short time."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from wagtail.models import Site

from hsec_wagtail.models import OutsideLink
from hsec_wagtail.outside.fetch import Answer, Asker, Reason

__all__ = ["check_links", "site_agent"]

State = OutsideLink.State

#: Answers of servers that let in no program, or not so many of them.
_UNCERTAIN = frozenset({401, 403, 407, 408, 425, 429, 451, 503, 999})
_NOT_ASKED = frozenset({Reason.ADDRESS, Reason.PRIVATE})


def site_agent() -> str:
    """Return how servers are told who asks: this app, and where its site is."""
    site = Site.objects.filter(is_default_site=True).first()
    root = getattr(settings, "WAGTAILADMIN_BASE_URL", "") or (site.root_url if site else "")
    # A header has no other signs.
    named = "".join(sign for sign in str(root) if "!" <= sign <= "~")
    return f"hsec_wagtail link check (+{named})" if named else "hsec_wagtail link check"


def check_links(
    asker: Asker, *, limit: int, again_after: timedelta, delay: float
) -> Iterator[OutsideLink]:
    """Ask for at most ``limit`` links that were not asked for since ``again_after``, and yield each as it is now.

    Each is written at once, so that nothing is lost when this ends early. Between two questions to one host there
    are at least ``delay`` seconds.
    """
    before = timezone.now() - again_after
    due = OutsideLink.objects.filter(Q(checked_at=None) | Q(checked_at__lt=before))
    chosen = due.order_by(F("checked_at").asc(nulls_first=True), "pk")[:limit]
    asked: dict[str, float] = {}
    for link in _in_turn(list(chosen)):
        host = _host(link)
        wait = asked.get(host, float("-inf")) + delay - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        answer = asker.ask(link.url)
        asked[host] = time.monotonic()
        _write(link, answer)
        yield link


def _host(link: OutsideLink) -> str:
    try:
        return urlsplit(link.url).hostname or ""
    except ValueError:
        return ""


def _in_turn(links: Iterable[OutsideLink]) -> Iterator[OutsideLink]:
    """Yield one link of each host after the other, so that hosts rest while others are asked."""
    by_host: dict[str, deque[OutsideLink]] = defaultdict(deque)
    for link in links:
        by_host[_host(link)].append(link)
    rest: deque[Any] = deque(by_host.values())
    while rest:
        links_of_host = rest.popleft()
        yield links_of_host.popleft()
        if links_of_host:
            rest.append(links_of_host)


def _write(link: OutsideLink, answer: Answer) -> None:
    now = timezone.now()
    link.state, link.status = _state(answer), answer.status
    link.reason, link.target, link.checked_at = answer.reason.value, answer.target, now
    if link.state == State.BROKEN:
        link.first_failed_at = link.first_failed_at or now
    elif link.state in (State.WORKS, State.MOVED):
        link.first_failed_at, link.last_worked_at = None, now
    link.save(
        update_fields=[
            "state", "status", "reason", "target", "checked_at", "first_failed_at", "last_worked_at",
        ]
    )  # fmt: skip


def _state(answer: Answer) -> State:
    if answer.reason in _NOT_ASKED:
        return State.REFUSED
    if answer.status is None:
        return State.BROKEN
    if answer.status in _UNCERTAIN:
        return State.UNCERTAIN
    if answer.status >= 400:
        return State.BROKEN
    return State.MOVED if answer.target else State.WORKS
