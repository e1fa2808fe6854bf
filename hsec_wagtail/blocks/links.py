"""Links that stand by themselves: to a page, a URL or a document, or without a known target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.blocks import CharBlock, StructValue

from hsec_wagtail.blocks.base import HsecStructBlock
from hsec_wagtail.blocks.privacy import may_be_named
from hsec_wagtail.blocks.targets import (
    DocumentTargetBlock,
    PageTargetBlock,
    SafeURLBlock,
    outside_host,
    page_url,
    safe_url,
)

__all__ = ["LinkBlock", "LinkValue", "QuickLinkBlock", "Target"]

URL_HELP = _(
    "An address outside this site, an e-mail address (mailto:) or a place on this site (/…)."
)


@dataclass(frozen=True, slots=True)
class Target:
    """A label and where it leads; ``url`` is "" where that is not known or not public, ``host`` on this site."""

    label: str
    url: str
    host: str = ""


class LinkValue(StructValue):
    """The value of a link."""

    def resolve(self, request: Any = None) -> Target:
        """Return what to show; the title of the page, where there is no label, only if it may be named.

        Needs no query where the site's root paths are cached and there is a label.
        """
        label, url = _resolve(self, request)
        host = outside_host(url, request=request) if self.get("url") else ""
        return Target(label, url, "" if host in label else host)


def _resolve(value: Mapping[str, Any], request: Any) -> tuple[str, str]:
    label = value.get("label") or ""
    if page := value.get("page"):
        if label:
            return label, page_url(page, request=request)
        if not may_be_named(page, request=request):
            return "", ""
        url = page_url(page, request=request)
        return page.title if url else "", url
    if document := value.get("document"):
        return label or document.title, safe_url(document.url)
    url = safe_url(value.get("url"))
    return label or url, url


class QuickLinkBlock(HsecStructBlock):
    """A label that leads to a page of this site or to a URL, or whose target is not known yet."""

    label = CharBlock(max_length=255, label=_("Label"), help_text=_("What the public reads."))
    page = PageTargetBlock(required=False, label=_("Page"))
    url = SafeURLBlock(
        required=False, max_length=2000, label=_("URL"), help_text=URL_HELP, search_index=False
    )

    class Meta:
        icon = "link"
        label = _("Link")
        label_format = "{label}"
        description = _("A link to a page or to a URL. Without either, the label is shown as text.")
        help_text = _(
            "Choose one target. Without a target the label is shown as text, not as a link."
        )
        template = "hsec_wagtail/blocks/link.html"
        value_class = LinkValue
        preview_value = {"label": _("Treaties in force"), "url": "https://treaties.example/"}

    def find_faults(self, value: Any) -> dict[str, ValidationError]:
        """Return an error on each target where there are several."""
        named = [name for name in ("page", "url", "document") if value.get(name)]
        if len(named) < 2:
            return {}
        error = ValidationError(gettext("Choose one target only."), code="targets")
        return dict.fromkeys(named, error)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Return the context with ``target``."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["target"] = value.resolve(context.get("request"))
        return context

    def get_api_representation(
        self, value: Any, context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the children, unsafe URLs left out."""
        return {
            **super().get_api_representation(value, context=context),
            "url": safe_url(value.get("url")),
        }


class LinkBlock(QuickLinkBlock):
    """A link to a page, a URL or a document, or a label whose target is not known yet."""

    document = DocumentTargetBlock(required=False, label=_("Document"))

    class Meta:
        group = _("Links and documents")
        description = _(
            "A link to a page, a URL or a document. Without any, the label is shown as text."
        )
