"""The registers in Wagtail's admin, each described once.

wagtail-modeladmin and Wagtail's own viewsets show them: see ``modeladmin`` and ``viewsets``, which only read what is here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import (
    Column,
    LiveStatusTagColumn,
    LocaleColumn,
    UpdatedAtColumn,
)
from wagtail.permission_policies import ModelPermissionPolicy

from hsec_wagtail.importer.runs.run_report import COLUMNS, COUNT_LABELS, describe_run
from hsec_wagtail.models import ImportRun, QuickLinksSnippet

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest
    from django.utils.functional import Promise

__all__ = ["IMPORT_RUNS", "QUICK_LINKS", "ReadOnlyPolicy", "Register", "run_context"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The list of a model's objects: its columns, and how it is filtered, searched, ordered and exported."""

    model: type[Model]
    #: Below the address of the admin; empty where Wagtail gives it one.
    url_path: str = ""
    menu_label: Promise
    icon: str
    columns: Sequence[Any]
    #: Field -> lookups. wagtail-modeladmin has its own lookups for each kind of field.
    filters: Mapping[str, Sequence[str]]
    ordering: Sequence[str]
    #: Empty where the search index is asked.
    search_fields: Sequence[str] = ()
    #: Related objects that the columns name.
    related: Sequence[str]
    export_columns: Sequence[str]
    #: Of those columns whose heading is not the name of the field.
    export_headings: Mapping[str, Promise] = field(default_factory=dict)
    #: Without its suffix.
    export_filename: str


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Lets nobody write, superusers included; reading needs the view permission."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return whether ``user`` may view."""
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Return whether viewing is among ``actions`` and ``user`` may."""
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: Any) -> Any:
        """Return the users who may view, if that is among ``actions``."""
        return super().users_with_any_permission([action for action in actions if action == "view"])


IMPORT_RUNS = Register(
    model=ImportRun,
    url_path="hsec-import-runs",
    menu_label=_("Import runs"),
    icon="history",
    columns=["source_name", "status", "result", "started_at", "user", "parent"],
    filters={
        "status": ["exact"],
        "user": ["exact"],
        "started_at": ["date__gte", "date__lte"],
        "source_name": ["icontains"],
    },
    ordering=["-started_at"],
    search_fields=["source_name", "profile", "message"],
    related=["user", "parent"],
    export_columns=[*COLUMNS, *COUNT_LABELS],
    export_headings=COUNT_LABELS,
    export_filename="import-runs",
)

QUICK_LINKS = Register(
    model=QuickLinksSnippet,
    menu_label=_("Quick links"),
    icon="list-ul",
    columns=[
        "__str__",
        LocaleColumn(label=_("Language")),
        "slug",
        Column("hsec_shown", label=_("Shown beside")),
        Column("hsec_dead", label=_("Dead links")),
        LiveStatusTagColumn(),
        UpdatedAtColumn(),
    ],
    filters={"live": ["exact"], "page": ["isnull"]},
    ordering=["sort_order", "heading"],
    related=["page", "locale", "site"],
    export_columns=["heading", "slug", "page", "locale", "live", "hsec_shown", "hsec_dead"],
    export_headings={"hsec_shown": _("Shown beside"), "hsec_dead": _("Dead links")},
    export_filename="quick-links",
)


def run_context(run: ImportRun, request: HttpRequest) -> dict[str, Any]:
    """Return what the template of one run needs: what was asked for, reported and written."""
    return {
        "run": describe_run(run, user=request.user, page_number=request.GET.get("p")),
    }
