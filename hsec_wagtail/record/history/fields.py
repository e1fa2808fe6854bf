"""The values of a page that its versions keep, and a page with those of one of them."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

__all__ = ["content_of", "digest_of", "page_with"]

#: Columns that say where a page is, or how editors work on it, not what readers read there.
_OF_THE_ROW = frozenset(
    {
        "anchor",
        "anchor_aliases",
        "depth",
        "draft_title",
        "expire_at",
        "expired",
        "first_published_at",
        "go_live_at",
        "has_unpublished_changes",
        "last_published_at",
        "latest_revision_created_at",
        "live",
        "locked",
        "locked_at",
        "numchild",
        "path",
        "show_in_menus",
        "slug",
        "translation_key",
        "url_path",
    }
)


def content_of(page: Any) -> dict[str, Any]:
    """Return the values of the own fields of ``page`` as JSON can keep them; no query.

    What relates it to other objects, such as an image of a site's own page type, is not kept.
    """
    return {
        field.name: None if field.value_from_object(page) is None else field.value_to_string(page)
        for field in _own_fields(page)
    }


def digest_of(content: Mapping[str, Any]) -> str:
    """Return what tells one ``content`` from another."""
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def page_with(page: Any, content: Mapping[str, Any]) -> Any:
    """Return a copy of ``page``, a page of today with the fields of its type, that says ``content``.

    Its place, its address and its relations are those of today. It is to be shown, never to be saved.
    """
    then = copy.copy(page)
    for field in _own_fields(page):
        if field.name in content:
            setattr(then, field.name, field.to_python(content[field.name]))
    return then


def _own_fields(page: Any) -> Iterator[Any]:
    for field in page._meta.concrete_fields:
        if field.remote_field is None and not field.primary_key and field.name not in _OF_THE_ROW:
            yield field
