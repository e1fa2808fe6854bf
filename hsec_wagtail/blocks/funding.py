"""Calls for proposals, which open and close by themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.blocks import CharBlock, DateBlock, StructValue

from hsec_wagtail.blocks.base import HsecStructBlock, heading_level
from hsec_wagtail.blocks.edtf import ShownDate, find_order_faults, language_of
from hsec_wagtail.blocks.faults import by_child
from hsec_wagtail.blocks.finished import find_future_faults
from hsec_wagtail.blocks.prose import ProseBlock, prose_html
from hsec_wagtail.blocks.targets import SafeURLBlock, safe_url
from hsec_wagtail.blocks.today import today

__all__ = ["STATES", "FundingBlock", "FundingValue"]

STATES = {"upcoming": _("Opens soon"), "open": _("Open"), "closed": _("Closed")}


class FundingValue(StructValue):
    """The value of a call."""

    @property
    def state(self) -> str:
        """``upcoming``, ``open`` or ``closed`` today; "" where no day is given."""
        day = today()
        opens, closes = self.get("opens"), self.get("closes")
        if opens is None and closes is None:
            return ""
        if closes is not None and closes < day:
            return "closed"
        return "upcoming" if opens is not None and opens > day else "open"


def _preview() -> dict[str, Any]:
    day = today()
    return {
        "title": gettext("Small grants for coastal observers"),
        "description": gettext(
            "<p>Up to 20,000 crowns for groups that watch over a stretch of coast.</p>"
        ),
        "opens": day - timedelta(days=14),
        "closes": day + timedelta(days=30),
        "eligibility": gettext("<p>Associations registered in Norvania.</p>"),
        "how_to_apply": gettext("<p>Send the form with a budget of one page.</p>"),
        "url": "https://grants.example/observers",
    }


class FundingBlock(HsecStructBlock):
    """A call for proposals that says by itself whether it is open."""

    title = CharBlock(max_length=255, label=_("Title"))
    description = ProseBlock(required=False, label=_("Description"))
    opens = DateBlock(required=False, label=_("Opening date"))
    closes = DateBlock(
        required=False, label=_("Closing date"), help_text=_("The last day for applications.")
    )
    eligibility = ProseBlock(required=False, label=_("Who may apply"))
    how_to_apply = ProseBlock(required=False, label=_("How to apply"))
    url = SafeURLBlock(
        required=False, max_length=2000, search_index=False, label=_("Address of the call")
    )

    class Meta:
        icon = "pick"
        group = _("Notices and calls")
        label = _("Funding call")
        label_format = "{title}"
        description = _(
            "For a call for proposals. It opens and closes by itself on the days given."
        )
        template = "hsec_wagtail/blocks/funding.html"
        value_class = FundingValue
        preview_value = staticmethod(_preview)

    def find_faults(self, value: Any) -> dict[str, ValidationError]:
        """Return errors on both days where the call closes before it opens, and on days to come of an ended page."""
        to_come = find_future_faults(value, "opens", "closes")
        return by_child(to_come, find_order_faults(value, "opens", "closes"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Return the context with the call's state, days, texts and link as they are shown."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        language = language_of(context)
        level = heading_level(context)
        context |= {
            "state": value.state,
            "state_label": STATES.get(value.state, ""),
            "url": safe_url(value.get("url")),
            "level": level,
            "sublevel": min(level + 1, 6),
        }
        for name in ("opens", "closes"):
            day = value.get(name)
            context[name] = day and ShownDate.make(day, language=language)
        for name in ("description", "eligibility", "how_to_apply"):
            context[f"{name}_html"] = prose_html(value.get(name))
        return context

    def get_api_representation(
        self, value: Any, context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the children and the ``state`` of today."""
        return {
            **super().get_api_representation(value, context=context),
            "url": safe_url(value.get("url")),
            "state": value.state,
        }
