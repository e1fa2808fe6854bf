"""A block as the site shows it, alone: in the head and inside the containers of the site's own base template.

The block picker shows each block in a frame of its own. Only the site's base template knows its style sheets,
its fonts and the elements around the content that they depend on; so it is rendered in full, and all that
neither styles nor holds the block is taken out of the result: header, menus, footer, scripts.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup, Tag

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from wagtail.models import Site

from hsec_wagtail import conf
from hsec_wagtail.base_template import django_engine, frame_source, get_frame

__all__ = ["preview_document"]

logger = logging.getLogger(__name__)

TEMPLATE = "hsec_wagtail/block_preview_page.html"
_MARK = "data-hsec-preview"
_METAS = frozenset({"viewport", "color-scheme", "theme-color"})
_LINKS = frozenset({"stylesheet", "preload", "preconnect", "icon"})


def preview_document(context: Mapping[Any, Any]) -> SafeString:
    """Return an HTML document that shows ``bound_block`` of the context of a block's preview as pages of the site do.

    A base template that cannot be rendered outside a page of its site is logged, and ours shows the block.
    """
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    page = site.root_page.specific if site else None
    values = {
        # Before there is a page in the context: the block is not on it.
        "block_html": context["bound_block"].render({"request": request}),
        "page_title": context.get("page_title", ""),
        "page": page,
        "self": page,
        "hsec_wrapper_class": conf.get("HSEC_WRAPPER_CLASS"),
    }
    try:
        html = render_to_string(TEMPLATE, {**values, "hsec_frame": get_frame()}, request)
    except Exception:
        # Whatever the tags of a site raise where they miss something, editors still see the block.
        logger.exception("The site's base template does not show a block alone")
        html = render_to_string(TEMPLATE, {**values, "hsec_frame": _own_frame()}, request)
    return _alone(html, title=str(values["page_title"]))


def _own_frame() -> Any:
    defaults = conf.DEFAULTS
    source = frame_source(defaults["HSEC_BASE_TEMPLATE"], defaults["HSEC_BASE_BLOCKS"])
    return django_engine().from_string(source)


def _alone(html: str, *, title: str) -> SafeString:
    """Return ``html`` with the marked element, the elements around it, and what styles them."""
    soup = BeautifulSoup(html, "html.parser")
    marked = soup.select_one(f"[{_MARK}]")
    if marked is None:
        return mark_safe(html)  # noqa: S308 - what was rendered
    del marked[_MARK]
    inside = {id(marked), *(id(parent) for parent in marked.parents)}
    for parent in marked.parents:
        for child in list(parent.children):
            if id(child) not in inside and not (parent is soup and not isinstance(child, Tag)):
                _keep_styles(child)
    _name(soup, title)
    return mark_safe(str(soup))  # noqa: S308 - a part of what was rendered


def _keep_styles(element: Any) -> None:
    """Take ``element`` out of its document, unless it styles the rest; of a head keep what does."""
    if isinstance(element, Tag) and element.name == "head":
        for child in list(element.children):
            _keep_styles(child)
    elif not _styles(element):
        element.extract()


def _styles(element: Any) -> bool:
    if not isinstance(element, Tag):
        return False
    if element.name == "meta":
        return element.has_attr("charset") or element.get("name") in _METAS
    if element.name == "link":
        return bool(_LINKS & set(element.get_attribute_list("rel")))
    return element.name in ("style", "base")


def _name(soup: BeautifulSoup, title: str) -> None:
    """Give the document its title, and keep it out of search engines."""
    head = soup.head
    if head is None:
        return
    named = soup.new_tag("title")
    named.string = title
    head.append(named)
    head.append(soup.new_tag("meta", attrs={"name": "robots", "content": "noindex"}))
