"""Wagtail's content checks, extended by what the texts of our pages need.

The site's own item stays: only what it gives the checker is extended, on our pages alone. A site turns one of
our rules off as it does any other, with ``axe_rules = {"hsec-link-text": {"enabled": False}}``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.forms import Media
from django.templatetags.static import static
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.components import Component
from wagtail.admin.userbar import ContentCheckerItem

from hsec_wagtail.models import QuickLinksSnippet

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["MESSAGES", "RULES", "ChecksScript", "add_content_checks", "extended"]

#: Where our pages show what editors write.
CONTENT = (".hsec-lead", ".hsec-body")
TEXTS = (
    "p",
    "li",
    "dt",
    "dd",
    "th",
    "td",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "figcaption",
    "blockquote",
    "summary",
)
TAG = "hsec"

#: Link texts that say nothing about where they lead, in English and in French.
EMPTY_LINK_TEXTS = [
    "click here", "click", "here", "this", "this link", "link", "more", "read more", "learn more", "see more",
    "more info", "more information", "details", "this page", "this website", "website", "go", "continue",
    "ici", "cliquez ici", "cliquer ici", "lien", "ce lien", "suite", "la suite", "lire la suite", "lire plus",
    "plus", "en savoir plus", "voir plus", "plus d’information", "plus d’informations", "plus de détails",
    "cette page", "ce site", "site web", "détails", "continuer",
]  # fmt: skip


def _selector(*elements: str) -> str:
    return ", ".join(f"{place} {element}" for place in CONTENT for element in elements)


def _rule(name: str, selector: str) -> dict[str, Any]:
    return {
        "id": name,
        "impact": "moderate",
        "selector": selector,
        "tags": ["best-practice", TAG],
        "any": [f"{name}-check"],
        "enabled": True,
    }


RULES = [
    _rule("hsec-link-text", _selector("a[href]")),
    _rule("hsec-french-spacing", _selector(*TEXTS)),
    _rule("hsec-french-spacing-canada", _selector(*TEXTS)),
]
CHECKS = [
    {"id": "hsec-link-text-check", "options": {"empty": EMPTY_LINK_TEXTS}},
    {"id": "hsec-french-spacing-check", "options": {"canada": False}},
    {"id": "hsec-french-spacing-canada-check", "options": {"canada": True}},
]
MESSAGES = {
    "hsec-link-text": {
        "error_name": _("Link text says nothing"),
        "help_text": _("Name what the link leads to, so that it is understood by itself"),
    },
    "hsec-french-spacing": {
        "error_name": _("French spacing"),
        "help_text": _("A no-break space stands before ; : ! ? and inside « »"),
    },
    "hsec-french-spacing-canada": {
        "error_name": _("Canadian French spacing"),
        "help_text": _("No space stands before ; ! ? and a no-break space before : and inside « »"),
    },
}


def extended(configuration: dict[str, Any]) -> dict[str, Any]:
    """Return the checker's configuration of a site with our rules, checks and messages in it."""
    options, spec = configuration["options"], configuration["spec"]
    return {
        **configuration,
        "options": {**options, **_run_only(options.get("runOnly"))},
        "messages": {**MESSAGES, **configuration["messages"]},
        "spec": {
            **spec,
            "rules": [*spec["rules"], *RULES],
            "checks": [*spec["checks"], *CHECKS],
        },
    }


def _run_only(chosen: Any) -> dict[str, Any]:
    """Return the choice of rules with ours; nothing where all rules run.

    It names rules or tags of rules, never both.
    """
    if not chosen or isinstance(chosen, str):
        return {}
    if isinstance(chosen, dict):
        ours = [TAG] if chosen.get("type") in ("tag", "tags") else _names()
        return {"runOnly": {**chosen, "values": [*chosen.get("values", ()), *ours]}}
    return {"runOnly": [*chosen, *([TAG] if any(map(_is_tag, chosen)) else _names())]}


def _names() -> list[str]:
    return [rule["id"] for rule in RULES]


def _is_tag(name: str) -> bool:
    return bool(
        re.match(r"wcag\d|cat\.|best-practice$|section508|ACT$|EN-|RGAA|TT|experimental$", name)
    )


class ChecksScript(Component):
    """Nothing to see in the user bar: the script with what our checks do."""

    def render_html(self, parent_context: Any = None) -> str:
        """Return no item."""
        return ""

    @cached_property
    def media(self) -> Media:
        """The script."""
        return Media(js=[static("hsec_wagtail/js/content-checks.js")])


def add_content_checks(request: HttpRequest, items: list[Any], page: Any) -> None:
    """Extend the content checker that is among ``items`` where a page or group of ours is looked at."""
    if not (getattr(page, "hsec_page_type", "") or isinstance(page, QuickLinksSnippet)):
        return
    for item in items:
        if isinstance(item, ContentCheckerItem):
            _extend(item)
            items.append(ChecksScript())
            return


def _extend(item: ContentCheckerItem) -> None:
    as_site_has_it = item.get_axe_configuration
    item.get_axe_configuration = lambda request: extended(as_site_has_it(request))
