"""Headings, quotations, and text behind a summary."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from wagtail.blocks import CharBlock, ChoiceBlock, TextBlock

from hsec_wagtail.blocks.anchors import AnchorBlock, take_id
from hsec_wagtail.blocks.base import HsecStructBlock
from hsec_wagtail.blocks.prose import ProseBlock, prose_html

__all__ = ["DetailsBlock", "HeadingBlock", "QuoteBlock", "shown_level"]


def shown_level(value: Any, context: dict[str, Any]) -> int:
    """Return the level at which the value of a :class:`HeadingBlock` is shown, 2 to 6."""
    level = value.get("level")
    own = int(level) if str(level) in ("2", "3", "4") else 2
    return min(own + int(context.get("hsec_heading_level") or 2) - 2, 6)


class HeadingBlock(HsecStructBlock):
    """A heading inside a page, with a stored anchor that links keep leading to."""

    text = CharBlock(max_length=255, label=_("Text"))
    anchor = AnchorBlock(
        required=False,
        max_length=255,
        search_index=False,
        label=_("Anchor"),
        help_text=_("Made from the text if it is empty. Links to it break if it changes."),
    )
    level = ChoiceBlock(
        choices=[("2", _("Heading 2")), ("3", _("Heading 3")), ("4", _("Heading 4"))],
        default="2",
        search_index=False,
        label=_("Level"),
    )

    class Meta:
        icon = "title"
        group = _("Text")
        label = _("Heading")
        label_format = "{text}"
        description = _(
            "Divides a long page, so that readers find a part and links can lead to it."
        )
        template = "hsec_wagtail/blocks/heading.html"
        preview_value = {"text": _("Coastal security"), "anchor": "coastal-security", "level": "2"}

    def clean(self, value: Any) -> Any:
        """Return the cleaned value with an anchor."""
        cleaned = super().clean(value)
        if cleaned.get("text") and not cleaned.get("anchor"):
            cleaned["anchor"] = slugify(cleaned["text"], allow_unicode=True)
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Return the context with the ``level`` and the ``anchor`` on this page."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["anchor"] = take_id(value.get("anchor") or "", context)
        context["level"] = shown_level(value, context)
        return context


class QuoteBlock(HsecStructBlock):
    """Somebody's words and whose they are."""

    text = TextBlock(rows=4, label=_("Words"))
    attribution = CharBlock(required=False, max_length=255, label=_("Whose they are"))

    class Meta:
        icon = "openquote"
        group = _("Text")
        label = _("Quotation")
        label_format = "{attribution}: {text}"
        description = _("For somebody's own words, where it matters who said them.")
        template = "hsec_wagtail/blocks/quote.html"
        preview_value = {
            "text": _("A coast that nobody watches is nobody's coast."),
            "attribution": _("Minister of Outer Affairs, 2031"),
        }


class DetailsBlock(HsecStructBlock):
    """Text behind a summary that opens it."""

    summary = CharBlock(max_length=255, label=_("Summary"))
    text = ProseBlock(label=_("Text"))

    class Meta:
        icon = "collapse-down"
        group = _("Text")
        label = _("Details")
        label_format = "{summary}"
        description = _(
            "For what only some readers want to know. What all should read stays in the text."
        )
        template = "hsec_wagtail/blocks/details.html"
        preview_value = {
            "summary": _("What counts as a derelict net?"),
            "text": _("<p>Fishing gear that its owner left at sea for more than a season.</p>"),
        }

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Return the context with ``text_html``."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["text_html"] = prose_html(value.get("text"))
        return context
