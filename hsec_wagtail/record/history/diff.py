"""The difference between two versions of a page that everybody could read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from hsec_wagtail.models.languages import content_language
from hsec_wagtail.models.queries import page_content_types, readable
from hsec_wagtail.models.versions import PublishedVersion
from hsec_wagtail.page_models import base_page_model
from hsec_wagtail.record.history.moments import version_url
from hsec_wagtail.record.history.parts import Part, parts_of
from hsec_wagtail.record.history.query import read_id
from hsec_wagtail.record.history.words import Line, compare_lines
from hsec_wagtail.record.section_view import view_context

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["PartDifference", "compare_parts", "difference"]

#: Versions that a reader can choose from.
_OFFERED = 200


@dataclass(frozen=True, slots=True)
class PartDifference:
    """A part of a page that changed.

    Attributes:
        label: As editors know it.
        state: changed, added, removed or moved.
        lines: What changed, in words.
    """

    label: str
    state: str
    lines: tuple[Line, ...]


def difference(section: Any, request: HttpRequest) -> TemplateResponse:
    """Return the difference between two public versions of a page in ``section``.

    The query string has the id of the ``page``, and those of two of its versions, ``from`` and ``to``: without the
    second the newest is taken, without the first the one before. What is older stands first, however they are given.

    Raises:
        Http404: There is no such page or version for everybody.
    """
    page = _page(section, request)
    offered = list(_versions(page).defer("content").order_by("-at", "-pk")[:_OFFERED])
    old, new = _chosen(page, request)
    parts: list[PartDifference] = []
    if old is not None and new is not None:
        language = content_language(page)
        before, after = parts_of(page, [old, new], request, language=language)
        parts = list(compare_parts(before, after))
    url = page.get_url(request) or ""
    context = {
        **view_context(section, "changes", request),
        "of": page,
        "of_url": url,
        "old": old,
        "new": new,
        "old_url": version_url(url, old.at) if old else "",
        "new_url": version_url(url, new.at) if new else "",
        "parts": parts,
        "versions": offered,
    }
    response = TemplateResponse(request, "hsec_wagtail/section_difference.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _page(section: Any, request: HttpRequest) -> Any:
    """Return the page that is asked for, whole: one that everybody may read, at or below ``section``."""
    pages = base_page_model().objects.descendant_of(section, inclusive=True)
    found = pages.filter(
        # The section itself can be read by everybody: so can what is no more private.
        readable(section, request),
        pk=read_id(request.GET.get("page", "")),
        content_type__in=page_content_types(),
    )
    page = found.first()
    if page is None:
        raise Http404(gettext("There is no such page."))
    return page.specific


def _versions(page: Any) -> Any:
    return PublishedVersion.objects.filter(
        page=page.pk, kind__in=PublishedVersion.SHOWN, content__isnull=False
    )


def _chosen(
    page: Any, request: HttpRequest
) -> tuple[PublishedVersion | None, PublishedVersion | None]:
    """Return the two versions that are asked for, the older first; None for one that there is not."""
    versions = _versions(page).order_by("at", "pk")
    first, second = (request.GET.get(name, "") for name in ("from", "to"))
    new: PublishedVersion | None = _version(versions, second) if second else versions.last()
    old: PublishedVersion | None = None
    if first:
        old = _version(versions, first)
    elif new is not None:
        # Versions have the order of their ids.
        old = versions.filter(pk__lt=new.pk).last()
    if old is not None and new is not None and old.pk > new.pk:
        return new, old
    return old, new


def _version(versions: Any, value: str) -> PublishedVersion:
    found: PublishedVersion | None = versions.filter(pk=read_id(value)).first()
    if found is None:
        raise Http404(gettext("There is no such version."))
    return found


def compare_parts(old: Sequence[Part], new: Sequence[Part]) -> Iterator[PartDifference]:
    """Yield the parts that differ: aligned by their keys, in the order of ``new``, removed ones where they were."""
    before, after = {part.key: part for part in old}, {part.key: part for part in new}
    matcher = SequenceMatcher(None, list(before), list(after), autojunk=False)
    for what, start, end, new_start, new_end in matcher.get_opcodes():
        for key in list(before)[start:end]:
            if key not in after:
                yield _difference(before[key], "removed", before[key].lines, ())
        for key in list(after)[new_start:new_end]:
            part, known = after[key], before.get(key)
            if known is None:
                yield _difference(part, "added", (), part.lines)
            elif known.lines != part.lines:
                yield _difference(part, "changed", known.lines, part.lines)
            elif what != "equal":
                yield PartDifference(part.label, "moved", ())


def _difference(part: Part, state: str, old: Sequence[str], new: Sequence[str]) -> PartDifference:
    return PartDifference(part.label, state, tuple(compare_lines(old, new)))
