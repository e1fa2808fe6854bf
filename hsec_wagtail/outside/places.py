"""Where published pages and quick links lead out of the site."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from wagtail.models import Site

from hsec_wagtail.blocks.raw_places import raw_places, raw_texts
from hsec_wagtail.importer.text.sequences import batched
from hsec_wagtail.models import OutsideLink, OutsidePlace, QuickLinksSnippet
from hsec_wagtail.models.queries import page_content_types
from hsec_wagtail.outside.addresses import comparable
from hsec_wagtail.page_models import base_page_model

__all__ = ["note_places", "outside_urls"]

#: Pages whose bodies are in memory at once.
_CHUNK = 100
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_WEB = re.compile(r"https?://[^/?#\s]", re.IGNORECASE)
#: Longest address that is kept.
_LONGEST = 2000

#: Id of the block and address.
_Found = set[tuple[str, str]]


def note_places() -> int:
    """Write where everything that is published links out of the site, and return to how many addresses.

    The links of a chunk of pages are exchanged at a time, so that memory is bounded; what is known of an address
    stays as long as something links to it.
    """
    own = set(Site.objects.values_list("hostname", flat=True))
    pages = base_page_model()._default_manager.filter(
        live=True, alias_of=None, content_type__in=page_content_types()
    )
    OutsidePlace.objects.filter(group=None).exclude(page__in=pages).delete()
    for ids in batched(list(pages.order_by("pk").values_list("pk", flat=True)), _CHUNK):
        chunk = base_page_model()._default_manager.filter(pk__in=ids).specific()
        _exchange("page", ids, {page.pk: _of_page(page, own) for page in chunk})
    groups = QuickLinksSnippet.objects.filter(live=True)
    OutsidePlace.objects.filter(page=None).exclude(group__in=groups).delete()
    for ids in batched(list(groups.order_by("pk").values_list("pk", flat=True)), _CHUNK):
        some = QuickLinksSnippet.objects.filter(pk__in=ids)
        _exchange("group", ids, {one.pk: set(_in_body(one.links, "links", own)) for one in some})
    OutsideLink.objects.filter(places=None).delete()
    return OutsideLink.objects.count()


def _of_page(page: Any, own: Collection[str]) -> _Found:
    found = set(_in_body(page.body, "body", own))
    return found | {("", url) for url in outside_urls(page.lead, own)}


def _in_body(body: Any, field: str, own: Collection[str]) -> Iterator[tuple[str, str]]:
    for place in raw_places(body.raw_data, field):
        for _name, text in raw_texts(place.value):
            for url in outside_urls(text, own):
                yield place.id[:36], url


def outside_urls(text: str, own: Collection[str]) -> Iterator[str]:
    """Yield the addresses on the web that ``text`` is or, as rich text, links to; none of the hosts ``own``."""
    written = [unescape(one or other) for one, other in _HREF.findall(text)] or [text]
    for one in written:
        url = comparable(one)
        if _WEB.match(url) and len(url) <= _LONGEST and not re.search(r"[\s\x00-\x1f\x7f]", url):
            try:
                host = urlsplit(url).hostname
            except ValueError:
                continue
            if host and host not in own:
                yield url


def _exchange(kind: str, ids: Sequence[int], found: dict[int, _Found]) -> None:
    """Write the links of the pages or groups ``ids`` instead of those that were known."""
    digests = {url: _digest(url) for links in found.values() for _block, url in links}
    with transaction.atomic():
        OutsideLink.objects.bulk_create(
            [OutsideLink(url=url, digest=digest) for url, digest in digests.items()],
            ignore_conflicts=True,
        )
        known = OutsideLink.objects.filter(digest__in=digests.values())
        pks = dict(known.values_list("digest", "pk"))
        OutsidePlace.objects.filter(**{f"{kind}__in": ids}).delete()
        OutsidePlace.objects.bulk_create(
            OutsidePlace(link_id=pks[digests[url]], block_id=block, **{f"{kind}_id": pk})
            for pk, links in found.items()
            for block, url in sorted(links)
        )


def _digest(url: str) -> str:
    return sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
