"""The register of initiatives in Wagtail's admin, described once: what is shown of them, and how they are found.

``initiative_modeladmin`` and ``initiative_viewset`` show it: they only read what is here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wagtail.permissions import page_permission_policy

from hsec_wagtail.admin.places import block_edit_url
from hsec_wagtail.blocks.edtf import date_in_words
from hsec_wagtail.blocks.targets import page_url
from hsec_wagtail.importer.text.sequences import batched
from hsec_wagtail.models import HsecPageMixin, Initiative, InitiativeDate, SearchRow
from hsec_wagtail.record.read_rows import read_with_pages
from hsec_wagtail.record.search.words import fold_words

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import Promise

__all__ = [
    "DEFAULT_ORDER",
    "EXPORTED",
    "FACTS",
    "FILENAME",
    "ICON",
    "LABEL",
    "URL_PATH",
    "Fact",
    "ShownInitiative",
    "exported",
    "inspected",
    "rows",
    "search",
    "show",
]

LABEL = _("Initiatives")
ICON = "date"
URL_PATH = "hsec-initiatives"
FILENAME = "initiatives"
#: The newest first; undated ones last.
DEFAULT_ORDER = ("-first_day", "page", "position")

#: Letters of an initiative in the list; exports and the page about it have it whole.
_SHOWN = 120
#: Initiatives that an export has in memory at once.
_CHUNK = 500
#: Before all days that an initiative can have.
_NO_DAY = date(1, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownInitiative:
    """An initiative as lists, exports and the page about it show it.

    Attributes:
        dates: Each in words, no more exact than it is known, with what happened then; as typed if no date.
        edtf: The same as stored.
        edit_url: Of the block in the editor; "" where the user may not edit the page.
        url: Of the initiative on its public page.
    """

    text: str
    dates: str
    edtf: str
    forum: str
    page: str
    page_id: int
    block_id: str
    topics: str
    status: str
    language: str
    edit_url: str
    url: str

    @property
    def short(self) -> str:
        """The beginning of the text."""
        return Truncator(self.text).chars(_SHOWN)

    @property
    def where(self) -> str:
        """The page, as a link to the block in the editor if the user may edit it."""
        if not self.edit_url:
            return self.page
        return format_html('<a href="{}">{}</a>', self.edit_url, self.page)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A column of the list; ``sort`` is the field by which it is sorted, "" if it cannot be."""

    name: str
    label: Promise
    value: Callable[[ShownInitiative], str]
    sort: str = ""


#: The columns of the list.
FACTS = (
    Fact(name="short", label=_("Initiative"), value=lambda shown: shown.short),
    Fact(name="dates", label=_("Date"), value=lambda shown: shown.dates, sort="first_day"),
    Fact(name="where", label=_("Page"), value=lambda shown: shown.where),
    Fact(name="forum", label=_("Forum"), value=lambda shown: shown.forum),
    Fact(name="topics", label=_("Topics"), value=lambda shown: shown.topics),
    Fact(name="status", label=_("Status"), value=lambda shown: shown.status, sort="status"),
    Fact(name="language", label=_("Language"), value=lambda shown: shown.language, sort="language"),
)

#: The columns of exports.
EXPORTED = {
    "text": _("Initiative"),
    "dates": _("Date"),
    "edtf": _("Date as stored (EDTF)"),
    "forum": _("Forum"),
    "topics": _("Topics"),
    "status": _("Status"),
    "language": _("Language"),
    "page": _("Page"),
    "page_id": _("Page id"),
    "block_id": _("Block id"),
    "url": _("Address"),
}


def rows() -> QuerySet[Initiative]:
    """Return all initiatives with ``first_day``, by which lists are sorted: the first day of the first date."""
    dates = InitiativeDate.objects.filter(initiative=OuterRef("pk")).exclude(precision="")
    first = dates.order_by("position").annotate(day=Coalesce("earliest", "latest"))
    return Initiative.objects.annotate(
        first_day=Coalesce(Subquery(first.values("day")[:1]), _NO_DAY)
    )


def search(found: QuerySet[Initiative], asked: str) -> QuerySet[Initiative]:
    """Return those of ``found`` that have each of the words that were asked for, or words that begin with them.

    Accents and capitals make no difference.
    """
    words = fold_words(asked).split()
    if not words:
        return found.none() if asked.strip() else found
    condition = Q(position__isnull=False)
    for word in words:
        condition &= Q(folded__contains=f" {word}") | Q(folded__startswith=word)
    return found.filter(pk__in=SearchRow.objects.filter(condition).values("initiative"))


def show(found: Iterable[Initiative], *, user: Any) -> list[Initiative]:
    """Return ``found`` with ``shown`` set on each, in six queries at most; without those whose page went."""
    known, pages = read_with_pages(list(found))
    ids = {row.page_id for row in known}
    editable = page_permission_policy.instances_user_has_permission_for(user, "change")
    may_edit = set(editable.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    language = get_language() or settings.LANGUAGE_CODE
    urls = {pk: page_url(pages[pk]) for pk in ids}
    for row in known:
        row.shown = _shown(row, pages, language, urls, may_edit)  # type: ignore[attr-defined]
    return known


def _shown(
    row: Initiative, pages: dict[int, Any], language: str, urls: dict[int, str], may_edit: set[int]
) -> ShownInitiative:
    dates = row.own_dates
    forum = pages.get(row.forum_id or 0)
    topics = (pages.get(filed.topic_id) for filed in row.own_topics)
    url = urls[row.page_id]
    return ShownInitiative(
        text=row.text,
        dates="; ".join(_in_words(one, language) for one in dates),
        edtf="; ".join(one.edtf for one in dates),
        forum=forum.title if forum else "",
        page=pages[row.page_id].title,
        page_id=row.page_id,
        block_id=row.block_id,
        topics=", ".join(topic.title for topic in topics if topic),
        status=_status(row.status),
        language=row.language,
        edit_url=block_edit_url(row.page_id, row.block_id) if row.page_id in may_edit else "",
        url=f"{url}#{row.block_id}" if url else "",
    )


def _in_words(one: InitiativeDate, language: str) -> str:
    said = date_in_words(one.edtf, language=language)
    return f"{said} ({one.label})" if one.label else said


def _status(value: str) -> str:
    return str(dict(HsecPageMixin.Status.choices).get(value, value))


def exported(found: QuerySet[Initiative], *, user: Any) -> Iterator[Initiative]:
    """Yield all of ``found`` as ``show`` returns them, some at a time, so that memory is bounded."""
    for ids in batched(list(found.values_list("pk", flat=True)), _CHUNK):
        known = Initiative.objects.in_bulk(ids)
        yield from show([known[pk] for pk in ids if pk in known], user=user)


def inspected(row: Initiative, *, user: Any) -> dict[str, Any]:
    """Return the context of the page about one initiative."""
    shown = show([row], user=user)
    return {"initiative": shown[0].shown if shown else None}  # type: ignore[attr-defined]
