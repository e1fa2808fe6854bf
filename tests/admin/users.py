"""Users of the admin for tests, each with the rights that its name says."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission

from wagtail.models import GroupPagePermission

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from django.test import Client


def user_with(*rights: str, name: str, page: Any = None) -> Any:
    """Return a user who may enter the admin and has ``rights`` on ``page`` and below."""
    user = get_user_model().objects.create_user(name, f"{name}@example.org", "password")
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for right in rights:
        permission = Permission.objects.get(codename=right)
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    user.groups.add(group)
    return user


def sign_in(context: "BrowserContext", user: Any, *, client: "Client", address: str) -> None:
    """Let ``user`` be signed in, in ``client`` and in a browser's ``context`` for the server at ``address``."""
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
