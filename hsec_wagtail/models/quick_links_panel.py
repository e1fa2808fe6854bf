"""A panel of the page editor: which quick links appear beside the page, and why."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import Panel

from hsec_wagtail.models import quick_links
from hsec_wagtail.models.group_rights import may_beside
from hsec_wagtail.models.queries import ancestor_paths

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["QuickLinksPanel", "ToldGroup"]


@dataclass(frozen=True, slots=True)
class ToldGroup:
    """A group as the panel tells of it.

    Attributes:
        name: Its heading.
        why: Why it appears, or does not yet.
        language: Its language, where that is another one than the page's; else "".
        edit_url: "" where the user may not edit it.
    """

    name: str
    why: str
    language: str = ""
    edit_url: str = ""


class QuickLinksPanel(Panel):
    """Tells which quick links appear beside the page; nothing can be changed here."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Quick links beside this page"))
        kwargs.setdefault("icon", "list-ul")
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        """The panel of one page."""

        template_name = "hsec_wagtail/admin/quick_links_panel.html"

        def get_context_data(self, parent_context: Any = None) -> Mapping[str, Any]:
            """Return the context with ``groups``, ``drafts`` and ``of_site``, each a list of ToldGroup."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            parent = getattr(self.form, "parent_page", None)
            return {**context, **_told(self.instance, parent, self.request)}


def _told(page: Any, parent: Any | None, request: Any) -> dict[str, list[ToldGroup]]:
    """Return what the panel shows of ``page``, which is to stand below ``parent`` where it is new."""
    place = page
    if not page.path:
        # A new page inherits as its place does.
        path = parent.path if parent else ""
        place = SimpleNamespace(path=path, locale_id=page.locale_id, translation_key=None)
    site = (parent or page).get_url_parts(request)
    found = quick_links.beside(place, site_id=site[0] if site else None, request=request)
    user = request.user
    drafts = [one for one in found.drafts if may_beside(user, "change", one.page)]

    def tell(group: Any, why: str) -> ToldGroup:
        language = "" if group.locale_id == page.locale_id else group.locale.get_display_name()
        return ToldGroup(str(group), why, language, _edit_url(group, user))

    return {
        "groups": [tell(one, _why(one, page, place)) for one in found.shown],
        "drafts": [tell(one, _why(one, page, place)) for one in drafts],
        "of_site": [tell(one, _of_site(one)) for one in found.of_site],
    }


def _why(group: Any, page: Any, place: Any) -> str:
    """Return where ``group`` comes from, seen from ``page``, whose groups are those of ``place``."""
    said = {"page": group.page.title}
    if group.page_id == page.pk:
        return gettext("of this page")
    if group.page.path in ancestor_paths(place.path):
        return gettext("inherited from “%(page)s”") % said
    if group.page.translation_key == place.translation_key:
        return gettext("of the translation “%(page)s” of this page") % said
    return gettext("inherited from “%(page)s”, a translation of a page above") % said


def _of_site(group: Any) -> str:
    return gettext("of the whole site, where its templates name “%(slug)s”") % {"slug": group.slug}


def _edit_url(group: Any, user: Any) -> str:
    if not may_beside(user, "change", group.page):
        return ""
    return reverse(group.snippet_viewset.get_url_name("edit"), args=[group.pk])
