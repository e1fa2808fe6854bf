"""Queries over a section's pages: whole lists at a time, in a constant number."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Q, QuerySet, Subquery

from wagtail.models import get_page_models

from hsec_wagtail.blocks.privacy import private_paths
from hsec_wagtail.page_models import base_page_model, page_models

__all__ = [
    "ancestor_paths",
    "breadcrumb_pages",
    "children_by_type",
    "children_of_each",
    "is_of_another_day",
    "neighbours",
    "page_content_types",
    "page_type_of",
    "pages_by_id",
    "readable",
    "rows_above",
    "sibling_anchors",
    "stored_page",
    "translated_anchor",
    "translations",
    "translations_of_each",
]

#: Neighbours on each side that a page offers: a section may have a thousand forums.
_MOST_NEIGHBOURS = 8


def readable(page: Any, request: Any = None) -> Q:
    """Return the condition that a page may be shown on ``page``: live, and not more private than it.

    Who reads a private page passed its restriction, so what lies under the same one may be shown.
    One query, or none where the answer to ``request`` asked before.
    """
    condition = Q(live=True)
    for path in private_paths(request):
        if not page.path.startswith(path):
            condition &= ~Q(path__startswith=path)
    return condition


def children_by_type(page: Any, request: Any = None) -> dict[str, list[Any]]:
    """Return the children of ``page`` that may be shown on it, by page type, in the order of the tree.

    Forums come with the fields of their type, the others, which are only linked, without. One query
    for privacy, one for the children, and one for forums if there are any. None for a page as it stood on another
    day, which brings them along as ``hsec_children``.
    """
    if is_of_another_day(page):
        return dict(page.hsec_children)
    if page.pk is None:
        return _no_children()
    return children_of_each([page], request)[page.pk]


def is_of_another_day(page: Any) -> bool:
    """Return whether ``page`` is one as it stood on another day, with its children of that day."""
    return getattr(page, "hsec_children", None) is not None


def children_of_each(pages: Sequence[Any], request: Any = None) -> dict[int, dict[str, list[Any]]]:
    """Return the same of each of ``pages``, by its id; as many queries as for one."""
    found = {page.pk: _no_children() for page in pages}
    if not pages:
        return found
    kinds, step = page_content_types(), base_page_model().steplen
    parents = {page.path: page for page in pages}
    below = [
        Q(path__startswith=page.path, depth=page.depth + 1) & readable(page, request)
        for page in pages
    ]
    rows = base_page_model().objects.filter(reduce(or_, below), content_type__in=kinds)
    for child in rows.order_by("path"):
        child._cached_parent_obj = parents[child.path[:-step]]
        found[child._cached_parent_obj.pk][kinds[child.content_type_id]].append(child)
    _put_in_forums(found.values())
    return found


def _no_children() -> dict[str, list[Any]]:
    return {page_type: [] for page_type in page_models()}


def _put_in_forums(found: Iterable[dict[str, list[Any]]]) -> None:
    """Exchange the forums of ``found`` for those with the fields of their type; one query if there are any."""
    ids = [child.pk for children in found for child in children["forum"]]
    whole = page_models()["forum"]._default_manager.in_bulk(ids) if ids else {}
    for children in found:
        for place, child in enumerate(children["forum"]):
            whole[child.pk]._cached_parent_obj = child._cached_parent_obj
            children["forum"][place] = whole[child.pk]


def neighbours(page: Any, request: Any = None) -> list[Any]:
    """Return the nearest pages of the same type beside ``page`` that may be shown on it, in the order of the tree.

    Two queries, and one for privacy where the answer to ``request`` did not ask before.
    """
    if not page.path:
        return []
    kinds = [pk for pk, kind in page_content_types().items() if kind == page.hsec_page_type]
    pages = base_page_model().objects.sibling_of(page).select_related("locale")
    beside = pages.filter(readable(page, request), content_type__in=kinds)
    before = beside.filter(path__lt=page.path).order_by("-path")[:_MOST_NEIGHBOURS]
    after = beside.filter(path__gt=page.path).order_by("path")[:_MOST_NEIGHBOURS]
    return [*reversed(before), *after]


def page_content_types() -> dict[int, str]:
    """Return our page types by the ids of their content types, those that a site derives from them too."""
    models = {
        model: page_type
        for page_type, ours in page_models().items()
        for model in get_page_models()
        if issubclass(model, ours)
    }
    found = ContentType.objects.get_for_models(*models)
    return {content_type.pk: models[model] for model, content_type in found.items()}


def page_type_of(content_type_id: int) -> str:
    """Return section, forum, topic or policy; "" for pages of other types.

    No query where the content type is cached.
    """
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return next(
        (kind for kind, ours in page_models().items() if model and issubclass(model, ours)), ""
    )


def ancestor_paths(path: str, *, inclusive: bool = True) -> list[str]:
    """Return the tree paths of the pages above the page at ``path``, the root first."""
    step = base_page_model().steplen
    return [path[:end] for end in range(step, len(path) + (1 if inclusive else 0), step)]


def breadcrumb_pages(page: Any, *, root_paths: Collection[str]) -> list[Any]:
    """Return the live pages above ``page``, from that of a site's root page on; one query.

    Each has the trail of a section as ``hsec_trail``, None where it is none.

    Args:
        page: A page with a place in the tree, saved or not.
        root_paths: The ``url_path`` of each root page that counts.
    """
    roots = tuple(root_paths)
    return [one for one in rows_above([page]) if one.url_path.startswith(roots)]


def rows_above(pages: Iterable[Any]) -> QuerySet[Any]:
    """Return the live pages above ``pages`` but the root of the tree, the outermost first, each with its ``hsec_trail``."""
    paths = {path for page in pages for path in ancestor_paths(page.path, inclusive=False)}
    section = page_models()["section"]._default_manager.filter(pk=OuterRef("pk"))
    found: QuerySet[Any] = base_page_model().objects.filter(path__in=paths, live=True, depth__gt=1)
    return found.annotate(hsec_trail=Subquery(section.values("trail"))).order_by("path")


def translations(page: Any, request: Any = None) -> list[Any]:
    """Return the translations of ``page`` that may be shown on it, itself among them, by language; two queries."""
    return translations_of_each([page], request)[page.translation_key]


def translations_of_each(pages: Sequence[Any], request: Any = None) -> dict[Any, list[Any]]:
    """Return the same of each of ``pages``, by its translation key; as many queries as for one."""
    found: dict[Any, list[Any]] = {page.translation_key: [] for page in pages}
    if not found:
        return found
    wanted = [Q(translation_key=page.translation_key) & readable(page, request) for page in pages]
    rows = base_page_model().objects.filter(reduce(or_, wanted)).select_related("locale")
    for one in rows.order_by("locale__language_code"):
        found[one.translation_key].append(one)
    return found


def stored_page(page: Any) -> Any | None:
    """Return anchor, aliases and dates of publication of ``page`` as the database has them; None for a new page."""
    if page.pk is None:
        return None
    rows: QuerySet[Any] = type(page)._default_manager.filter(pk=page.pk)
    return rows.only("anchor", "anchor_aliases", "first_published_at", "live").first()


def sibling_anchors(page: Any, *, parent: Any = None) -> set[str]:
    """Return the anchors of the other pages of this type in the same place."""
    if parent is None and not page.path:
        return set()
    pages = type(page)._default_manager
    beside = (
        pages.child_of(parent) if parent is not None else pages.sibling_of(page, inclusive=False)
    )
    return set(beside.exclude(pk=page.pk).exclude(anchor="").values_list("anchor", flat=True))


def translated_anchor(page: Any) -> str:
    """Return the anchor that another translation of ``page`` has, "" if there is none."""
    others = type(page)._default_manager.filter(translation_key=page.translation_key)
    found = others.exclude(anchor="").values_list("anchor", flat=True).order_by("pk").first()
    return found or ""


def pages_by_id(ids: Iterable[int]) -> dict[int, Any]:
    """Return the pages of ``ids`` with their locales, without the fields of their types; at most one query."""
    wanted = set(ids)
    if not wanted:
        return {}
    found: dict[int, Any] = base_page_model().objects.select_related("locale").in_bulk(wanted)
    return found
