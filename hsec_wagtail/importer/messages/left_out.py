"""Reasons why words of a source are no content."""

from __future__ import annotations

from hsec_wagtail.importer.messages.templates import Catalogue, gettext_noop

__all__ = ["LEFT_OUT"]

LEFT_OUT: Catalogue = {
    "banner-in-frame": gettext_noop("banner in a frame"),
    "breadcrumb": gettext_noop("breadcrumb"),
    "bullet": gettext_noop("bullet"),
    "counter": gettext_noop("counter"),
    "date-modified": gettext_noop("date modified"),
    "footer": gettext_noop("footer"),
    "form": gettext_noop("form"),
    "heading-number": gettext_noop("heading number"),
    "jump-link": gettext_noop("jump link, repeated as a heading"),
    "language-switch": gettext_noop("language switch"),
    "link-to-top": gettext_noop("link to the top of the page"),
    "list-number": gettext_noop("list number"),
    "masthead": gettext_noop("masthead"),
    "menu-in-frame": gettext_noop("menu in a frame"),
    "navigation": gettext_noop("navigation"),
    "no-frames": gettext_noop("text for browsers without frames"),
    "print-or-mail": gettext_noop("print link or mail link"),
    "quick-links": gettext_noop("quick links"),
    "quick-links-repeated": gettext_noop("repeated quick links of %(title)s"),
    "search-form": gettext_noop("search form"),
    "skip-link": gettext_noop("skip link"),
}
