"""Summaries of pages, a line each: for lists of pages and for search engines."""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

from django.utils.html import strip_tags

__all__ = ["add_texts", "plain_text", "summary_of"]

#: How much of a body is taken: as much as search engines show.
LENGTH = 200
#: Blocks whose beginning is not what a page is about.
_PASSED_OVER = frozenset({"heading", "image", "quote", "contact"})
#: What begins or ends a line; marks within a word do not part it.
_BREAK = re.compile(
    r"<(?=/?(?:p|li|ul|ol|br|hr|div|h[1-6]|table|tr|t[dh]|blockquote|embed)\b)", re.IGNORECASE
)


def summary_of(page: Any) -> str:
    """Return the description of ``page``, else its lead, else the beginning of its body, else "".

    No query; a page without the fields of its type has only its description.
    """
    return (
        page.search_description
        or plain_text(getattr(page, "lead", ""))
        or textwrap.shorten(_beginning(page), LENGTH, placeholder=" …")
    )


def add_texts(pages: Iterable[Any]) -> None:
    """Give those of our ``pages`` that need it for their summary lead and body; at most a query for each type."""
    bare: dict[type[Any], dict[int, Any]] = defaultdict(dict)
    for page in pages:
        model = page.specific_class
        if getattr(model, "hsec_page_type", "") and not _is_ready(page):
            bare[model][page.pk] = page
    for model, by_id in bare.items():
        rows = model._default_manager.filter(pk__in=by_id).values_list("pk", "lead", "body")
        for pk, lead, body in rows:
            by_id[pk].lead, by_id[pk].body = lead, body


def plain_text(html: Any) -> str:
    """Return the words of ``html`` without its tags, in one line."""
    return " ".join(unescape(strip_tags(_BREAK.sub(" <", str(html or "")))).split())


def _is_ready(page: Any) -> bool:
    """Return whether ``summary_of`` needs no query."""
    if page.search_description:
        return True
    absent = {"lead", "body"} - set(page.__dict__)
    return "lead" not in absent and ("body" not in absent or bool(plain_text(page.lead)))


def _beginning(page: Any) -> str:
    """Return the first text of the body: of its first paragraph, else of what else it begins with."""
    raw = list(getattr(getattr(page, "body", None), "raw_data", ()))
    paragraphs = (plain_text(one["value"]) for one in raw if one["type"] == "paragraph")
    return next(filter(None, paragraphs), "") or next(filter(None, _texts(raw)), "")


def _texts(raw: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for one in raw:
        value = one["value"]
        if one["type"] not in _PASSED_OVER and isinstance(value, Mapping):
            yield plain_text(value.get("intro") or value.get("text"))
