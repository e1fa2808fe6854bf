"""The menu of the section in the admin. What belongs there registers itself with the hook ``MENU_HOOK``.

A viewset names the hook as its ``menu_hook``; a function that is registered with it returns a menu item.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from hsec_wagtail.admin.rights import sees_pages
from hsec_wagtail.models import SiteRecordSettings

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = [
    "MENU_HOOK",
    "MENU_ORDER",
    "ModelAdminMenuMixin",
    "PagesMenuItem",
    "section_menu",
    "without_site_record",
]

#: Hook by which items get into the menu.
MENU_HOOK = "register_hsec_menu_item"

#: Places in the menu.
MENU_ORDER = {
    "section": 10,
    "forum": 20,
    "topic": 30,
    "policy": 40,
    "initiatives": 50,
    "quick links": 60,
    "import runs": 70,
    "public record": 80,
}


def section_menu() -> SubmenuMenuItem:
    """Return the menu; Wagtail shows it to users who see one of its items."""
    return SubmenuMenuItem(
        _("Policy section"),
        Menu(register_hook_name=MENU_HOOK, construct_hook_name="construct_hsec_menu"),
        name="hsec-policy-section",
        icon_name="globe",
        order=150,
    )


def without_site_record(request: HttpRequest, items: list[MenuItem]) -> None:
    """Take the settings of the public record, which are in the menu of the section, out of that of all settings."""
    items[:] = [item for item in items if getattr(item, "model", None) is not SiteRecordSettings]


class PagesMenuItem(MenuItem):
    """A list of our pages, for those who may explore some."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user may explore a page of ours."""
        return sees_pages(request.user)


class ModelAdminMenuMixin:
    """Puts a register of wagtail-modeladmin into the menu; before ``ModelAdmin``."""

    add_to_admin_menu = False
    add_to_settings_menu = False
    get_menu_item: Any

    def register_with_wagtail(self) -> None:
        """Register the register, and its item."""
        super().register_with_wagtail()  # type: ignore[misc]
        hooks.register(MENU_HOOK, self.get_menu_item)
