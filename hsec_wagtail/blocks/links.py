"""Links that stand by themselves: to a page, a URL or a document, or without a known target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.blocks import BooleanBlock, CharBlock, StreamBlock, StreamValue, StructValue

from hsec_wagtail.blocks.base import HsecStructBlock, without_empty
from hsec_wagtail.blocks.privacy import may_be_named
from hsec_wagtail.blocks.raw_links import TARGETS, has_target
from hsec_wagtail.blocks.references import References
from hsec_wagtail.blocks.targets import (
    DocumentTargetBlock,
    PageTargetBlock,
    SafeURLBlock,
    outside_host,
    page_url,
    safe_url,
)

__all__ = [
    "UNKNOWN",
    "LinkBlock",
    "LinkValue",
    "QuickLinkBlock",
    "QuickLinksBlock",
    "Target",
    "link_to_page",
]

#: The child that says that nobody knows yet where a link leads.
UNKNOWN = "unknown"

URL_HELP = _(
    "An address outside this site, an e-mail address (mailto:) or a place on this site (/…)."
)


@dataclass(frozen=True, slots=True)
class Target:
    """A label and where it leads.

    Attributes:
        label: The label, or the title of the page or document.
        url: "" where it is not known or not public.
        language: Code of the page's language where it is not the one in which the link is shown.
        host: Where a link out of this site leads, unless the label says it.
        is_title: Whether the label is the page's own title, in the page's language.
    """

    label: str
    url: str
    language: str = ""
    host: str = ""
    is_title: bool = False


class LinkValue(StructValue):
    """The value of a link."""

    def resolve(self, request: Any = None) -> Target:
        """Return what to show; the title of page or document, where there is no label, only if it may be named.

        It leads to the translation of the page in the language of the page that shows it. Needs no query
        where the site's root paths are cached, the page has that language, and there is a label.
        """
        return _resolve(self, request)


def _resolve(value: Mapping[str, Any], request: Any) -> Target:
    label = value.get("label") or ""
    if page := value.get("page"):
        return link_to_page(page, label=label, request=request)
    if document := value.get("document"):
        if not label and not may_be_named(document, request=request):
            return Target("", "")
        return Target(label or document.title, safe_url(document.url))
    url = safe_url(value.get("url"))
    host = outside_host(url, request=request)
    return Target(label or url, url, host="" if host in (label or url) else host)


def link_to_page(page: Any, *, label: str = "", request: Any = None) -> Target:
    """Return a link to the translation of ``page``, whose title it shows without a label, if that may be named."""
    references = References.of(page)
    page = references.localized(page)
    if not label and not may_be_named(page, request=request):
        return Target("", "")
    url = page_url(page, request=request)
    language = references.foreign_language(page) if url else ""
    if label:
        return Target(label, url, language)
    return Target(page.title if url else "", url, language, is_title=True)


class QuickLinkBlock(HsecStructBlock):
    """A label that leads to a page of this site or to a URL, or whose target is not known yet.

    A stored link without a target is one whose target is not known; so are those of an import, and those whose
    page was deleted. Only of a draft it is stored that somebody has still to say where a link leads.
    """

    label = CharBlock(max_length=255, label=_("Label"), help_text=_("What the public reads."))
    page = PageTargetBlock(required=False, label=_("Page"))
    url = SafeURLBlock(
        required=False, max_length=2000, label=_("URL"), help_text=URL_HELP, search_index=False
    )
    unknown = BooleanBlock(
        required=False,
        label=_("The target is not known yet"),
        help_text=_("The label is then shown as text, not as a link."),
    )

    class Meta:
        icon = "link"
        group = _("Links and documents")
        label = _("Link")
        label_format = "{label}"
        description = _(
            "For each place that readers often look for. Without a page or a URL, the label is shown as text."
        )
        help_text = _("Choose one target, or say that it is not known yet.")
        template = "hsec_wagtail/blocks/link.html"
        value_class = LinkValue
        preview_value = {"label": _("Treaties in force"), "url": "https://treaties.example/"}

    def is_empty(self, value: Any) -> bool:
        """Return whether there is neither a label nor a target."""
        return not (value.get("label") or has_target(value))

    def find_faults(self, value: Any) -> dict[str, ValidationError]:
        """Return an error on each target where there are several, and where there is neither one nor word of that."""
        named = [name for name in TARGETS if value.get(name)]
        if len(named) > 1:
            error = ValidationError(gettext("Choose one target only."), code="targets")
            return dict.fromkeys(named, error)
        if named or value.get(UNKNOWN):
            return {}
        message = gettext("The link leads nowhere. Choose one target, or tick “%(unknown)s”.") % {
            "unknown": self.child_blocks[UNKNOWN].label
        }
        return {"url": ValidationError(message, code="no-target")}

    def to_python(self, value: Any) -> Any:
        """Return the value of a stored link."""
        return _with_mark(super().to_python(value), value)

    def bulk_to_python(self, values: Iterable[Mapping[str, Any]]) -> list[Any]:
        """Return the values of many stored links."""
        stored = list(values)
        loaded = super().bulk_to_python(stored)
        return [_with_mark(*pair) for pair in zip(loaded, stored, strict=True)]

    def get_prep_value(self, value: Any) -> dict[str, Any]:
        """Return what is stored: of a link with a target, or with none that is known, nothing about that."""
        stored: dict[str, Any] = super().get_prep_value(value)
        if stored.pop(UNKNOWN, False) or has_target(stored):
            return stored
        return {**stored, UNKNOWN: False}

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Return the context with ``target``."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["target"] = value.resolve(context.get("request"))
        return context

    def get_api_representation(
        self, value: Any, context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the children, unsafe URLs left out; without a target none is known."""
        shown = super().get_api_representation(value, context=context)
        del shown[UNKNOWN]
        return {**shown, "url": safe_url(value.get("url"))}


def _with_mark(loaded: Any, stored: Mapping[str, Any]) -> Any:
    """Return a loaded link, of which it is said whether its target is known."""
    if UNKNOWN not in stored:
        loaded[UNKNOWN] = not has_target(loaded)
    return loaded


class LinkBlock(QuickLinkBlock):
    """A link to a page, a URL or a document, or a label whose target is not known yet."""

    document = DocumentTargetBlock(required=False, label=_("Document"))

    class Meta:
        group = _("Links and documents")
        description = _(
            "For a link that stands alone, or a label whose target is not known yet. A link in a sentence belongs in the text."
        )
        form_layout: ClassVar[list[str]] = ["label", "page", "url", "document", UNKNOWN]


class QuickLinksBlock(StreamBlock):
    """The links of a group."""

    link = QuickLinkBlock()

    def clean(self, value: Any) -> StreamValue:
        """Return the cleaned links, published without empty ones."""
        cleaned: StreamValue = super().clean(value)
        return cleaned if self.is_deferred_validation else without_empty(cleaned)
