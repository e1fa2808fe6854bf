"""Facts of groups for the list of quick links: beside which pages each is shown, and which of its links are dead."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wagtail.models import Revision, WorkflowState

from hsec_wagtail.models import QuickLinksSnippet
from hsec_wagtail.models.queries import page_content_types
from hsec_wagtail.models.quick_links import choose, dead_links
from hsec_wagtail.page_models import base_page_model

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest

__all__ = ["tell_of_groups", "with_workflows"]

#: Why a link leads the public nowhere.
_FAULTS = {
    "deleted": _("the page is deleted"),
    "unpublished": _("the page is not published"),
    "private": _("not everybody may read the page"),
    "unsafe": _("the address cannot be used"),
    "unknown": _("no target yet"),
}


@dataclass(frozen=True, slots=True)
class _Page:
    """As much of a page as says which groups it shows."""

    pk: int
    path: str
    locale_id: int


def with_workflows(groups: QuerySet[Any]) -> QuerySet[Any]:
    """Return ``groups``, each with its workflow, which Wagtail would ask for one by one."""
    active = WorkflowState.objects.active().select_related("current_task_state__task")
    states = Prefetch("_workflow_states", queryset=active, to_attr="_current_workflow_states")
    return groups.prefetch_related(states)


def _tell_schedules(groups: Sequence[Any]) -> None:
    """Give each of ``groups`` the version that is to be published, which Wagtail would ask for one by one; one query."""
    scheduled = Revision.objects.filter(
        content_type=ContentType.objects.get_for_model(QuickLinksSnippet),
        object_id__in=[str(group.pk) for group in groups],
        approved_go_live_at__isnull=False,
    )
    by_group = {revision.object_id: revision for revision in scheduled.order_by("-pk")}
    for group in groups:
        group.scheduled_revision = by_group.get(str(group.pk))


def tell_of_groups(groups: Iterable[Any], *, request: HttpRequest) -> None:
    """Give each of ``groups`` its ``hsec_shown`` and ``hsec_dead`` in words; eight queries at most."""
    groups = list(groups)
    _tell_schedules(groups)
    dead = dead_links(groups, request=request)
    pages = _pages_of_groups(request) if any(one.live and one.page for one in groups) else {}
    for group in groups:
        group.hsec_shown = _shown(group, pages.get(group.pk, ()))
        group.hsec_dead = "; ".join(
            f"{label or gettext('no label')}: {_FAULTS[fault]}" for label, fault in dead[group.pk]
        )


def _pages_of_groups(request: HttpRequest) -> Mapping[int, Sequence[_Page]]:
    """Return the published pages of ours that show each group, by its id; four queries at most."""
    beside = QuickLinksSnippet.objects.filter(live=True, page__isnull=False)
    published = base_page_model()._default_manager.filter(
        live=True, content_type__in=page_content_types()
    )
    pages = [_Page(*row) for row in published.values_list("pk", "path", "locale_id")]
    shown = choose(pages, list(beside.select_related("page", "locale")), request)
    found: dict[int, list[_Page]] = defaultdict(list)
    for page in pages:
        for group in shown[page.path]:
            found[group.pk].append(page)
    return found


def _shown(group: Any, pages: Sequence[_Page]) -> str:
    """Return in words beside which ``pages`` the group is shown."""
    if not group.live:
        return gettext("nowhere: a draft")
    if group.page is None:
        where = group.site or gettext("all sites")
        return gettext("where templates of %(site)s name it") % {"site": where}
    counts = Counter(_relation(page, group.page) for page in pages)
    parts = []
    if counts["itself"]:
        parts.append(str(group.page.title))
    if counts["below"]:
        parts.append(_below(counts["below"], group.page.title, named=bool(parts)))
    if counts["elsewhere"]:
        text = ngettext("%(number)d translation", "%(number)d translations", counts["elsewhere"])
        parts.append(text % {"number": counts["elsewhere"]})
    if not parts:
        return gettext("nowhere; its page is “%(page)s”") % {"page": group.page.title}
    return gettext(" and ").join(parts)


def _relation(page: _Page, place: Any) -> str:
    if page.pk == place.pk:
        return "itself"
    return "below" if page.path.startswith(place.path) else "elsewhere"


def _below(number: int, title: str, *, named: bool) -> str:
    if named:
        text = ngettext("%(number)d page below", "%(number)d pages below", number)
    else:
        text = ngettext(
            "%(number)d page below %(title)s", "%(number)d pages below %(title)s", number
        )
    return text % {"number": number, "title": title}
