"""Places in the tree for new pages: django-treebeard's arithmetic, without a query for each page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from treebeard.exceptions import PathOverflow

from django.db import connection

from hsec_wagtail.models.table_rows import on_primary, tables_of
from hsec_wagtail.page_models import base_page_model

__all__ = ["PathAllocator", "children_range"]


@dataclass(slots=True)
class _Spot:
    """The facts about a parent that its children need."""

    path: str
    url_path: str
    locale_id: int
    #: Step of the last child, 0 if there is none.
    last: int


@dataclass(slots=True)
class PathAllocator:
    """Gives new pages their places: each the last child of its parent, in the order of the calls."""

    _spots: dict[int, _Spot] = field(default_factory=dict)
    #: Pages placed since the last flush, whose number of children can still be set.
    _open: dict[int, Any] = field(default_factory=dict)
    #: Parents in the database -> children they got since the last flush.
    _gained: dict[int, int] = field(default_factory=dict)

    def place(self, page: Any, parent_id: int) -> None:
        """Set path, depth, url_path and numchild of ``page``, and the parent's locale if it has none.

        ``page`` has its primary key and its slug. The parent is in the database, or was placed before.

        Raises:
            PathOverflow: The tree is too deep, or the parent has too many children.
        """
        above = self._spots.get(parent_id) or self._find(parent_id)
        above.last += 1
        page.path = _step(above.path, above.last)
        page.depth = len(page.path) // base_page_model().steplen
        page.numchild = 0
        page.url_path = f"{above.url_path}{page.slug}/"
        if page.locale_id is None:
            page.locale_id = above.locale_id
        self._spots[page.pk] = _Spot(page.path, page.url_path, page.locale_id, 0)
        self._open[page.pk] = page
        if parent_id in self._open:
            self._open[parent_id].numchild += 1
        else:
            self._gained[parent_id] = self._gained.get(parent_id, 0) + 1

    def flush(self) -> None:
        """Write how many children the parents gained that were in the database before; one statement."""
        quote = connection.ops.quote_name
        table = tables_of(base_page_model())[0]
        key = quote(base_page_model()._meta.pk.column)
        if self._gained:
            with connection.cursor() as cursor:
                cursor.executemany(
                    f"UPDATE {quote(table.name)} SET {quote('numchild')} = {quote('numchild')} + %s"  # noqa: S608 - names of tables
                    f" WHERE {key} = %s",
                    [(count, parent_id) for parent_id, count in self._gained.items()],
                )
        self._gained.clear()
        self._open.clear()

    def _find(self, parent_id: int) -> _Spot:
        """Return the spot of a page in the database, whose row is locked from now on."""
        pages = on_primary(base_page_model()._default_manager)
        row = pages.select_for_update().values_list("path", "url_path", "locale_id")
        path, url_path, locale_id = row.get(pk=parent_id)
        step = base_page_model().steplen
        # Not the number of children: it may be wrong on an old site, and then a path would be taken.
        last = (
            pages.filter(path__range=children_range(path), depth=len(path) // step + 1)
            .order_by("-path")
            .values_list("path", flat=True)
            .first()
        )
        number = base_page_model()._str2int(last[-step:]) if last else 0
        spot = self._spots[parent_id] = _Spot(path, url_path, locale_id, number)
        return spot


def children_range(path: str) -> tuple[str, str]:
    """Return the first and the last path that children of the page at ``path`` can have."""
    first, last = base_page_model()._get_children_path_interval(path)
    return first, last


def _step(above: str, number: int) -> str:
    """Return the path of the child ``number`` of the page at ``above``."""
    model = base_page_model()
    depth = len(above) // model.steplen + 1
    path: str = model._get_path(above, depth, number)
    if len(path) > min(depth * model.steplen, model._meta.get_field("path").max_length):
        raise PathOverflow(f"There is no place for another page at {above!r} in the tree.")
    return path
