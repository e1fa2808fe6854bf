"""Settings of the app with their defaults, read at call time so that tests can override them."""

from __future__ import annotations

from typing import Any

from django.conf import settings

__all__ = ["DEFAULTS", "PARTS_TO_LEAVE_OUT", "get"]

#: What a site may show itself.
PARTS_TO_LEAVE_OUT = ("breadcrumb", "description", "metadata", "title")

#: Every setting, with the value it has where a site does not set it.
DEFAULTS: dict[str, Any] = {
    #: Template that the public pages extend; the default is a complete page of our own.
    "HSEC_BASE_TEMPLATE": "hsec_wagtail/base.html",
    #: Our blocks -> the names of the base template's blocks that they fill ("" to leave one out).
    "HSEC_BASE_BLOCKS": {"title": "title", "head": "head", "main": "main"},
    #: Classes of an element around our pages, such as the site's container; none without any.
    "HSEC_WRAPPER_CLASS": "",
    #: What the site shows itself: some of breadcrumb, description, metadata, title.
    "HSEC_LEAVE_OUT": (),
    #: A site's own blocks in the bodies of our pages: names -> dotted paths of their classes.
    "HSEC_BODY_BLOCKS": {},
    #: Paths of the site's own reader profiles, which are known beside the packaged ones.
    "HSEC_PROFILES": (),
    #: Name of the cache that keeps public answers; None: none is kept, and none can be asked for by its ETag.
    "HSEC_CACHE": "default",
    #: Labels of apps and models ("app", "app.Model") of the site whose rows no page shows.
    "HSEC_UNSHOWN_MODELS": (),
    #: Link hsec.css through {% hsec_css %}.
    "HSEC_CSS": True,
    #: Results on one page of the section search.
    "HSEC_SEARCH_PAGE_SIZE": 20,
    #: Initiatives on one page of a list.
    "HSEC_LIST_PAGE_SIZE": 50,
    #: Largest source an import reads, in bytes.
    "HSEC_MAX_SOURCE_BYTES": 20_000_000,
    #: Most elements and texts of a saved page; a line of a text capture counts as three.
    "HSEC_MAX_NODES": 200_000,
    #: Most elements within elements of a saved page; browsers build trees that deep.
    "HSEC_MAX_DEPTH": 512,
    #: Most files of one import, and of one archive.
    "HSEC_MAX_FILES": 20_000,
    #: Most bytes that all files of one import have together, unpacked.
    "HSEC_MAX_TOTAL_BYTES": 1_000_000_000,
    #: How many times its own size an archive may unpack to.
    "HSEC_MAX_EXPANSION": 100,
    #: Longest that an import may take, in seconds; None for no limit.
    "HSEC_MAX_SECONDS": 3600,
}


def get(name: str) -> Any:
    """Return the site's value of the setting ``name``, or its default."""
    return getattr(settings, name, DEFAULTS[name])
