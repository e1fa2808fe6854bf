"""Quick links in the admin: they follow the rights for the page beside which they stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import page_permission_policy
from wagtail.snippets.views.snippets import CopyView

from hsec_wagtail.models import QuickLinksSnippet
from hsec_wagtail.models.attached_groups import copy_groups, groups_below
from hsec_wagtail.models.group_rights import may_beside

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

__all__ = [
    "ChooserRightsMixin",
    "GroupRightsMixin",
    "QuickLinksCopyView",
    "QuickLinksPolicy",
    "ask_about_groups",
    "copy_groups_with_page",
]

#: What becomes of the groups beside pages that are deleted.
CHOICE = "hsec_groups"


class QuickLinksPolicy(ModelPermissionPolicy):
    """Who may edit the page beside which a group stands may edit the group, and others may not.

    For a group beside no page, Django's permissions count.
    """

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return whether ``user`` may do it with some groups."""
        on_pages = "publish" if action == "publish" else "change"
        return self._has_permission_for_all(user, action) or bool(
            page_permission_policy.user_has_permission(user, on_pages)
        )

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Return whether ``user`` may do one of ``actions`` with some groups."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Return whether ``user`` may do it with this group."""
        return may_beside(user, action, instance.page)

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Any
    ) -> QuerySet[QuickLinksSnippet]:
        """Return the groups beside pages that ``user`` may edit, and those beside none if permissions allow it."""
        pages = page_permission_policy.instances_user_has_any_permission_for(user, ["change"])
        condition = Q(page_id__in=pages.values("pk"))
        if any(self._has_permission_for_all(user, action) for action in actions):
            condition |= Q(page=None)
        return QuickLinksSnippet.objects.filter(condition)

    def _has_permission_for_all(self, user: Any, action: str) -> bool:
        return bool(super().user_has_permission(user, action))


class GroupRightsMixin:
    """A view that asks for the rights to the group it is about, where Wagtail asks for those to all groups."""

    _group_pk: Any
    request: HttpRequest
    permission_policy: Any

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Set up the view; some of Wagtail's leave the key of the group out of their own ``kwargs``."""
        self._group_pk = kwargs.get("pk")
        super().setup(request, *args, **kwargs)  # type: ignore[misc]

    @cached_property
    def _group(self) -> QuickLinksSnippet | None:
        pk = self._group_pk
        groups = QuickLinksSnippet.objects.select_related("page")
        return groups.filter(pk=pk).first() if pk else None

    def user_has_permission(self, permission: str) -> bool:
        """Return whether the user may do it with this group; with any, where the view is about none."""
        allowed: bool = super().user_has_permission(permission)  # type: ignore[misc]
        if not allowed or self._group is None:
            return allowed
        return bool(
            self.permission_policy.user_has_permission_for_instance(
                self.request.user, permission, self._group
            )
        )

    def user_has_any_permission(self, permissions: Iterable[str]) -> bool:
        """Return whether the user may do one of these things with this group."""
        return any(self.user_has_permission(permission) for permission in permissions)


class ChooserRightsMixin:
    """A view of the chooser, which Wagtail shows to whoever may enter the admin."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse those who may do nothing with any group."""
        policy = QuickLinksPolicy(QuickLinksSnippet)
        if not policy.user_has_any_permission(request.user, ("add", "change", "delete", "view")):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class QuickLinksCopyView(CopyView):
    """The form for a copy of a group."""

    def get_initial_form_instance(self) -> QuickLinksSnippet:
        """Return the group with a slug that is free."""
        group: QuickLinksSnippet = super().get_initial_form_instance()
        group.slug = group.free_slug()
        return group


def copy_groups_with_page(request: HttpRequest, page: Any, new_page: Any) -> None:
    """Copy the groups beside a page and the pages below it that were copied."""
    if not new_page.alias_of_id:
        copy_groups(page, new_page)


def ask_about_groups(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Ask what becomes of the groups beside pages that are to be deleted, and do it."""
    if request.method != "POST":
        return None
    groups = groups_below(page)
    choice = request.POST.get(CHOICE)
    if choice == "delete":
        groups.delete()
    if choice in ("delete", "keep") or not groups.exists():
        return None
    context = {
        "page": page,
        "groups": groups.select_related("page"),
        "choice": CHOICE,
        "action": reverse("wagtailadmin_pages:delete", args=[page.pk]),
        "sent": [
            (name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"
        ],
    }
    return TemplateResponse(request, "hsec_wagtail/admin/delete_groups.html", context)
