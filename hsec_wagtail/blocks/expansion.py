"""Many rich text sources made into HTML for the public at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from wagtail.models import get_page_models
from wagtail.rich_text import expand_db_html, features
from wagtail.rich_text.rewriters import FIND_A_TAG, extract_attrs

from hsec_wagtail.blocks.references import References

__all__ = ["expand_many"]


def expand_many(
    sources: Iterable[str | None], *, references: References | None = None
) -> list[SafeString]:
    """Return the HTML for the public of each rich text source, as Wagtail's ``expand_db_html`` does.

    A link leads to the translation of its page in the language of ``references``, by default the active
    one; if there is none, to the page itself, and says its language.

    The queries do not grow with the sources: one for all page links and at most three for their
    translations, one for all document links. A site's own handler for page links is asked for each
    source apart.
    """
    texts = [source or "" for source in sources]
    if not _page_links_are_wagtails():
        return [SafeString(expand_db_html(text)) for text in texts]
    plain = [place for place, text in enumerate(texts) if "<a" in text or "<embed" in text]
    linked = [texts[place] for place in plain]
    for place, html in zip(plain, _expand(linked, references or References()), strict=True):
        texts[place] = html
    return [mark_safe(text) for text in texts]  # noqa: S308 - as Wagtail does with rich text


def _page_links_are_wagtails() -> bool:
    from wagtail.rich_text.pages import PageLinkHandler  # noqa: PLC0415 - needs loaded models

    return features.get_link_types().get("page") is PageLinkHandler


def _expand(texts: list[str], references: References) -> list[str]:
    """Take the page links out, have Wagtail expand the rest in one go, and put them in again."""
    if not texts:
        return []
    token = uuid4().hex
    ids: list[str] = []

    def take_out(match: re.Match[str]) -> str:
        attrs = extract_attrs(match[1])
        if attrs.get("linktype") != "page":
            return match[0]
        ids.append(attrs.get("id", ""))
        # Without linktype and href, Wagtail leaves it as it is.
        return f'<a data-hsec-{token}="{len(ids) - 1}">'

    marked = [FIND_A_TAG.sub(take_out, text) for text in texts]
    put_in = _page_tags(ids, references)
    place = re.compile(rf'<a data-hsec-{token}="(\d+)">')
    return [
        place.sub(lambda match: put_in(ids[int(match[1])]), text)
        for text in _expand_joined(marked, f"<!--{token}-->")
    ]


def _expand_joined(texts: list[str], separator: str) -> list[str]:
    parts: list[str] = expand_db_html(separator.join(texts)).split(separator)
    # A tag that is not closed may swallow the separator after it.
    return parts if len(parts) == len(texts) else [expand_db_html(text) for text in texts]


def _page_tags(ids: list[str], references: References) -> Callable[[str], str]:
    """Return what gives the opening tag of a link to the page of an id."""
    from wagtail.rich_text.pages import PageLinkHandler  # noqa: PLC0415 - needs loaded models

    known = {page_id for page_id in ids if page_id.isascii() and page_id.isdigit()}
    found = PageLinkHandler.get_model().objects.filter(pk__in=sorted(known))
    pages = {str(page.pk): page for page in found}
    wanted = {page_id: pages[str(int(page_id))] for page_id in known if str(int(page_id)) in pages}
    references.add(wanted.values())
    shown = _with_own_urls([references.localized(page) for page in wanted.values()])
    languages = [references.foreign_language(page) for page in shown]
    links = dict(zip(wanted, zip(_urls(shown), languages, strict=True), strict=True))

    def tag(page_id: str) -> str:
        url, language = links.get(page_id, (None, ""))
        if not url:
            return "<a>"
        marked = f' hreflang="{escape(language)}"' if language else ""
        return f'<a href="{escape(url)}"{marked}>'

    return tag


def _with_own_urls(pages: list[Any]) -> list[Any]:
    """Return the pages; those whose type has URLs of its own kind as that type.

    For the others the base page knows the URL, and no query for their type is needed.
    """
    from wagtail.rich_text.pages import PageLinkHandler  # noqa: PLC0415 - needs loaded models

    base = PageLinkHandler.get_model()
    if not any(_has_own_urls(model, base) for model in get_page_models()):
        return pages
    own = {page.pk for page in pages if _has_own_urls(page.specific_class, base)}
    special = base.objects.filter(pk__in=own).defer_streamfields().specific().in_bulk()
    return [special.get(page.pk, page) for page in pages]


def _has_own_urls(page_type: type[Any] | None, base: type[Any]) -> bool:
    names = ("get_url_parts", "get_url", "url", "localized")
    return page_type is not None and any(
        getattr(page_type, name) is not getattr(base, name) for name in names
    )


def _urls(pages: list[Any]) -> list[str | None]:
    """Return the pages' URLs; the sites' root paths are looked up once."""
    roots = None
    urls = []
    for page in pages:
        if roots is not None:
            # Where Wagtail keeps them for a page that has no request to keep them on.
            page._wagtail_cached_site_root_paths = roots
        urls.append(page.url)
        roots = getattr(page, "_wagtail_cached_site_root_paths", None)
    return urls
