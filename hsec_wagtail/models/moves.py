"""Forums that moved to another section: links to their place on the page of the section that they left go on working."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from hsec_wagtail.models.queries import is_of_another_day, page_type_of, readable
from hsec_wagtail.page_models import base_page_name, page_models

__all__ = ["MovedPart", "parts_that_left", "remember_move"]


class MovedPart(models.Model):
    """A forum, and a section on whose page it stood once."""

    page = models.ForeignKey(base_page_name(), models.CASCADE, related_name="+")
    section = models.ForeignKey(base_page_name(), models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("moved part")
        verbose_name_plural = _("moved parts")
        constraints = [models.UniqueConstraint(fields=["section", "page"], name="hsec_moved_part")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.section_id}"


def remember_move(
    instance: Any, *, parent_page_before: Any, parent_page_after: Any, **kwargs: Any
) -> None:
    """Remember that a forum left a section, if anybody can have linked to it there; forget that it left where it is."""
    if parent_page_before.pk == parent_page_after.pk or _type_of(instance) != "forum":
        return
    MovedPart.objects.filter(page_id=instance.pk, section_id=parent_page_after.pk).delete()
    published = instance.live or instance.first_published_at
    if published and _type_of(parent_page_before) == "section":
        MovedPart.objects.get_or_create(page_id=instance.pk, section_id=parent_page_before.pk)


def _type_of(page: Any) -> str:
    return page_type_of(page.content_type_id)


def parts_that_left(section: Any, taken: set[str], request: Any = None) -> list[Any]:
    """Return the forums that left ``section`` and may be shown on it, by title, and add their ids to ``taken``.

    Each has ``old_ids``: its anchors that nothing there has taken since; one without any is left out. One query,
    and that for privacy where the answer to ``request`` did not ask before. Of another day it is not known.
    """
    if section.pk is None or is_of_another_day(section):
        return []
    left = MovedPart.objects.filter(section_id=section.pk).values("page_id")
    forums = page_models()["forum"]._default_manager.filter(readable(section, request), pk__in=left)
    found = []
    for forum in forums.order_by("title", "pk"):
        names = dict.fromkeys([forum.anchor, *forum.anchor_aliases])
        forum.old_ids = [name for name in names if name and name not in taken]
        taken.update(forum.old_ids)
        if forum.old_ids:
            found.append(forum)
    return found
