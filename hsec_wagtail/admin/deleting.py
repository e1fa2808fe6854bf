"""The warnings before pages are deleted, beside the usage of the page itself that Wagtail says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.translation import ngettext

from wagtail.models import ReferenceIndex

from hsec_wagtail.page_models import base_page_model

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["warn_of_references_below"]

#: How many of what refers to the pages are named.
NAMED = 5


def warn_of_references_below(request: HttpRequest, page: Any) -> None:
    """Name what refers to the pages that would be deleted together with ``page``."""
    if request.method != "GET" or page.is_leaf():
        return
    found = _referring(page)
    if not found:
        return
    said = ngettext(
        "%(count)d item elsewhere refers to pages that would be deleted: %(names)s.",
        "%(count)d items elsewhere refer to pages that would be deleted: %(names)s.",
        len(found),
    )
    names = ", ".join(_names(found[:NAMED])) + (" …" if len(found) > NAMED else "")
    messages.warning(request, said % {"count": len(found), "names": names})


def _referring(page: Any) -> list[tuple[int, str]]:
    """Return content type and id of all outside the tree of ``page`` that refers to a page below it."""
    page_type = ContentType.objects.get_for_model(base_page_model())
    tree = base_page_model().objects.descendant_of(page, inclusive=True)
    ids = tree.annotate(as_text=Cast("pk", CharField())).values("as_text")
    below = ids.exclude(pk=page.pk)
    references = ReferenceIndex.objects.filter(to_content_type=page_type, to_object_id__in=below)
    outside = references.exclude(base_content_type=page_type, object_id__in=ids)
    return list(
        outside.order_by("base_content_type", "object_id")
        .values_list("base_content_type", "object_id")
        .distinct()
    )


def _names(found: Iterable[tuple[int, str]]) -> Iterable[str]:
    for content_type, pk in found:
        model = ContentType.objects.get_for_id(content_type).model_class()
        thing = model._default_manager.filter(pk=pk).first() if model else None
        if thing is not None:
            yield str(thing)
