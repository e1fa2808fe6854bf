"""Which of our pages a user may see and edit in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.permissions import page_permission_policy

from hsec_wagtail.models.queries import page_content_types

if TYPE_CHECKING:
    from django.db.models import QuerySet

__all__ = ["editable_pages", "edits_pages", "sees_pages"]

#: The answer stays with the user, who is fetched for each request, as Wagtail keeps permissions.
_KEPT = "_hsec_sees_pages"


def sees_pages(user: Any) -> bool:
    """Return whether ``user`` may explore a page of ours; superusers may before there is any."""
    if user.is_superuser and user.is_active:
        return True
    if not hasattr(user, _KEPT):
        setattr(user, _KEPT, _explores_some(user))
    return bool(getattr(user, _KEPT))


def _explores_some(user: Any) -> bool:
    if not page_permission_policy.get_cached_permissions_for_user(user):
        return False
    pages = page_permission_policy.explorable_instances(user)
    return bool(pages.filter(content_type__in=page_content_types()).exists())


def edits_pages(user: Any) -> bool:
    """Return whether ``user`` may edit some pages, and explore a page of ours."""
    return bool(page_permission_policy.user_has_permission(user, "change")) and sees_pages(user)


def editable_pages(user: Any) -> QuerySet[Any]:
    """Return the pages of ours that ``user`` may edit, as the base type of the site."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    ours: QuerySet[Any] = pages.filter(content_type__in=page_content_types())
    return ours
