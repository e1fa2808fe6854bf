"""Conflicts as comments for editors, beside the field or the block that both sides changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from wagtail.blocks import Block, StreamValue, StructBlock
from wagtail.blocks.list_block import ListValue
from wagtail.models import Comment

from hsec_wagtail.blocks.grid import GridBlock
from hsec_wagtail.importer.planning.diff import visible_text
from hsec_wagtail.importer.planning.merge import Conflict
from hsec_wagtail.importer.planning.steps import ItemKind, Step
from hsec_wagtail.models.labels import place_label
from hsec_wagtail.page_models import base_page_model

__all__ = ["comment_on", "comment_path"]

#: How much of a text a comment quotes, in characters.
_QUOTED = 400


def comment_on(steps: Iterable[Step], *, user: Any | None) -> dict[tuple[str, str], list[int]]:
    """Make a comment for each new conflict of pages, and return their ids by item, in the order of the conflicts.

    A comment is somebody's: without a user none is made, and the report and the log say it alone.
    """
    if user is None:
        return {}
    made: dict[tuple[str, str], list[int]] = {}
    for step in steps:
        if step.kind is ItemKind.PAGE and step.conflicts and not step.noted:
            page = base_page_model().objects.get(pk=step.pk).get_latest_revision_as_object()
            comments = [
                Comment(
                    page_id=step.pk,
                    user=user,
                    text=_comment_text(conflict),
                    contentpath=comment_path(page, conflict.path),
                )
                for conflict in step.conflicts
            ]
            for comment in comments:
                comment.save()
            made[step.identity] = [comment.pk for comment in comments]
    return made


def comment_path(page: Any, path: str) -> str:
    """Return the content path of the field of ``page`` at ``path``, or of the nearest.

    Wagtail shows comments beside single fields only, not beside a stream, a struct or a list as a whole, and
    what an editor deleted is not in the form.
    """
    name, *steps = path.split(".")
    value = getattr(page, name, None)
    if not isinstance(value, StreamValue):
        return name
    found = _field_below(value.stream_block, value, steps)
    return ".".join([name, *found]) if found else "title"


def _field_below(block: Block, value: Any, steps: Sequence[str]) -> list[str] | None:
    """Return the steps to a field inside ``value``: along ``steps`` as far as they lead, then to the first one."""
    if isinstance(block, GridBlock):
        # The cells of a table are one field, which has no comments; the table's caption has.
        return None
    children = _children(block, value)
    if children is None:
        return []
    wanted = [child for child in children if child[0] in steps[:1]]
    for step, child_block, child_value in [*wanted, *children]:
        below = _field_below(child_block, child_value, steps[1:] if step in steps[:1] else ())
        if below is not None:
            return [step, *below]
    return None


def _children(block: Block, value: Any) -> list[tuple[str, Block, Any]] | None:
    """Return the parts of ``value`` as the editing form nests them; None for a field."""
    if isinstance(value, StreamValue):
        return [(child.id, child.block, child.value) for child in value]
    if isinstance(value, ListValue):
        return [(child.id, child.block, child.value) for child in value.bound_blocks]
    if isinstance(block, StructBlock):
        # An image with its text alternative is a struct, but its value is the image.
        parts = value if isinstance(value, Mapping) else {}
        return [(name, child, parts.get(name)) for name, child in block.child_blocks.items()]
    return None


def _comment_text(conflict: Conflict) -> str:
    lines = [
        gettext("The import and an editor changed this: %(place)s.")
        % {"place": place_label(conflict.steps)},
        gettext("At the source: %(text)s") % {"text": _quoted(conflict.theirs)},
        gettext("Here: %(text)s") % {"text": _quoted(conflict.ours)},
    ]
    return "\n".join(lines)


def _quoted(value: Any) -> str:
    text = " ".join(visible_text(value).split())
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"
