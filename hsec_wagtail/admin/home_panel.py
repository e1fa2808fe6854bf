"""The panel of our pages on the admin's home: drafts, what is due, unresolved links, the last import."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import get_language, gettext

from wagtail.admin.ui.components import Component

from hsec_wagtail.admin.list_style import DESK_CSS
from hsec_wagtail.admin.page_listings import LABELS, listing_name
from hsec_wagtail.admin.places import block_edit_url
from hsec_wagtail.admin.registers import IMPORT_RUNS, ReadOnlyPolicy
from hsec_wagtail.admin.reports.due import pages_to_review
from hsec_wagtail.admin.rights import editable_pages, edits_pages
from hsec_wagtail.blocks.edtf import date_in_words, read_edtf
from hsec_wagtail.blocks.today import today
from hsec_wagtail.models import HsecPageMixin, ImportRun, UnresolvedLink
from hsec_wagtail.models.queries import page_content_types
from hsec_wagtail.page_models import page_models

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

__all__ = ["DUE", "DeskPanel", "Due", "add_desk_panel"]

#: Drafts, and pages that are due, that are named; the others are counted.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Due:
    """A page that waits for its editor.

    Attributes:
        day: Since when.
        why: In words.
    """

    page_id: int
    title: str
    day: date
    why: str

    @property
    def edit_url(self) -> str:
        """The address at which the page is edited."""
        return block_edit_url(self.page_id)


def add_desk_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Add the panel to those of the home for who has something to do or to see there."""
    if edits_pages(request.user) or _sees_runs(request.user):
        panels.append(DeskPanel())


def _sees_runs(user: Any) -> bool:
    return ReadOnlyPolicy(ImportRun).user_has_permission(user, "view")


class DeskPanel(Component):
    """Tells a user who edits our pages of what waits; at most six queries beside those for permissions."""

    name = "hsec_desk"
    order = 205
    template_name = "hsec_wagtail/admin/home_panel.html"

    class Media:
        css = {"all": [DESK_CSS]}

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the context with ``drafts``, ``due``, ``unresolved`` and ``last_run``."""
        user = parent_context["request"].user
        context: dict[str, Any] = {"last_run": _last_run() if _sees_runs(user) else None}
        if not edits_pages(user):
            return context
        pages = editable_pages(user)
        drafts = pages.filter(Q(live=False) | Q(has_unpublished_changes=True))
        due = sorted(
            (one for find in DUE for one in find(pages)), key=lambda one: (one.day, one.page_id)
        )
        return {
            **context,
            "edits": True,
            "drafts": list(drafts.order_by("-latest_revision_created_at", "-pk")[:_NAMED]),
            "drafts_count": drafts.count(),
            "due": due[:_NAMED],
            # A page may be due for two reasons.
            "due_count": len({one.page_id for one in due}),
            "unresolved": _unresolved(pages),
        }


def _expected_before_today(pages: QuerySet[Any]) -> Iterator[Due]:
    """Yield those of ``pages`` that are still announced although they were expected before today; one query."""
    announced = [
        model._default_manager.filter(
            pk__in=pages.values("pk"), alias_of=None, status=HsecPageMixin.Status.ANNOUNCED
        )
        .exclude(expected="")
        .order_by()
        .values_list("pk", "title", "expected")
        for model in page_models().values()
    ]
    first, *others = announced
    for page_id, title, expected in first.union(*others, all=True):
        read = read_edtf(expected)
        if read is not None and read.latest is not None and read.latest < today():
            words = date_in_words(expected, language=get_language() or "en")
            why = gettext("announced, expected %(date)s") % {"date": words}
            yield Due(page_id, title, read.latest, why)


def _to_review(pages: QuerySet[Any]) -> Iterator[Due]:
    """Yield those of ``pages`` that are to be reviewed today, or were before; one query."""
    for one in pages_to_review(pages, today(), until=today()):
        why = gettext("to be reviewed on %(date)s") % {"date": one.day}
        yield Due(one.page_id, one.page, one.review_on, why)


#: What finds the pages that wait for their editors, among those that a user may edit.
DUE: tuple[Callable[[QuerySet[Any]], Iterator[Due]], ...] = (_expected_before_today, _to_review)


def _unresolved(pages: QuerySet[Any]) -> list[dict[str, Any]]:
    """Return for each type of page how many links on ``pages`` lead nowhere, and the list of these pages; one query."""
    counts = dict.fromkeys(LABELS, 0)
    kinds = page_content_types()
    links = UnresolvedLink.objects.filter(page__in=pages.values("pk")).order_by()
    rows = links.values("page__content_type").annotate(number=Count("pk"))
    for content_type, number in rows.values_list("page__content_type", "number"):
        counts[kinds[content_type]] += number
    return [
        {
            "label": LABELS[page_type],
            "number": number,
            "url": reverse(f"{listing_name(page_type)}:index") + "?unresolved=true",
        }
        for page_type, number in counts.items()
        if number
    ]


def _last_run() -> dict[str, Any] | None:
    """Return the newest import with its address in the register; one query."""
    run = ImportRun.objects.order_by("-started_at", "-pk").first()
    if run is None:
        return None
    if apps.is_installed("wagtail_modeladmin"):
        url = reverse(f"{IMPORT_RUNS.url_path}_modeladmin_inspect", args=[run.pk])
    else:
        url = reverse("hsec_import_runs:inspect", args=[run.pk])
    return {"run": run, "url": url}
