"""Conflicts as comments for editors, beside the field or the block that both sides changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from wagtail.models import Comment

from hsec_wagtail.importer.planning.diff import visible_text
from hsec_wagtail.importer.planning.merge import Conflict
from hsec_wagtail.importer.planning.steps import ItemKind, Step
from hsec_wagtail.models.labels import place_label

__all__ = ["comment_on"]

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
            comments = [
                Comment(
                    page_id=step.pk,
                    user=user,
                    text=_comment_text(conflict),
                    contentpath=_contentpath(conflict.path),
                )
                for conflict in step.conflicts
            ]
            for comment in comments:
                comment.save()
            made[step.identity] = [comment.pk for comment in comments]
    return made


def _contentpath(path: str) -> str:
    """Return the field, or the field and its block: Wagtail shows no comments deeper inside lists."""
    return ".".join(path.split(".")[:2])


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
