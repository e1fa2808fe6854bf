"""Redirects from the addresses that pages had before, where Wagtail's redirects are installed."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Q

from hsec_wagtail.importer.messages import Message
from hsec_wagtail.page_models import base_page_model

if TYPE_CHECKING:
    from wagtail.models import Site

__all__ = ["Redirects", "redirect_model", "redirect_type", "redirected_paths"]

#: As long as Wagtail keeps them.
_LONGEST = 255


def redirect_model() -> Any | None:
    """Return Wagtail's redirect, or None where redirects are not installed."""
    if not apps.is_installed("wagtail.contrib.redirects"):
        return None
    return apps.get_model("wagtailredirects", "Redirect")


def redirect_type() -> ContentType | None:
    """Return the content type of redirects, or None where they are not installed."""
    model = redirect_model()
    return ContentType.objects.get_for_model(model) if model else None


def redirected_paths(top: Any) -> dict[int, list[str]]:
    """Return the paths from which redirects lead to ``top`` and the pages below it, by their ids; one query."""
    model = redirect_model()
    found: dict[int, list[str]] = {}
    if model is not None:
        rows = model.objects.filter(redirect_page__path__startswith=top.path).order_by("old_path")
        for pk, path in rows.values_list("redirect_page_id", "old_path"):
            paths = found.setdefault(pk, [])
            # Of several sites each may have one.
            if path not in paths:
                paths.append(path)
    return found


@dataclass(frozen=True, slots=True)
class Redirects:
    """The redirects of one site; None stands for all sites. What ``user`` may not add counts as taken."""

    site: Site | None
    user: Any | None = None

    def old_path(self, address: str) -> str:
        """Return the path that a redirect from ``address`` has, "" where there can be none."""
        model = redirect_model()
        if model is None or not address.startswith(("http://", "https://", "/")):
            return ""
        path = str(model.normalise_path(address))
        # The front page is never looked for among the redirects.
        return path if path.strip("/") and len(path) <= _LONGEST else ""

    @staticmethod
    def path_key(path: str) -> str:
        """Return the same for paths that the database takes for the same, as its unique columns do."""
        if connection.vendor != "mysql":
            return path
        # Its usual collations tell neither case nor accents apart, nor spaces at the end.
        letters = unicodedata.normalize("NFKD", path.casefold())
        return "".join(one for one in letters if not unicodedata.combining(one)).rstrip(" ")

    def taken_paths(self, paths: Collection[str]) -> Mapping[str, Message]:
        """Return which of ``paths`` may get no redirect, spelled as the database has them, and why."""
        model: Any = redirect_model()
        if self.user is not None and not self.user.has_perm("wagtailredirects.add_redirect"):
            return dict.fromkeys(paths, Message("may-not-add-redirects", user=str(self.user)))
        here = Q(site=self.site) | Q(site=None)
        found = model.objects.filter(here, old_path__in=paths).values_list("old_path", flat=True)
        taken = dict.fromkeys(found, Message("redirect-exists"))
        if self.site:
            root = self.site.root_page.url_path
            url_paths = [f"{root.rstrip('/')}{path}/" for path in paths]
            live = base_page_model()._default_manager.filter(live=True, url_path__in=url_paths)
            for url_path in live.values_list("url_path", flat=True):
                path = url_path[len(root.rstrip("/")) : -1]
                taken[path] = Message("address-of-page")
        return taken
