"""Notices: highlighted text for readers, shown for a limited time if dates are given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wagtail.blocks import ChoiceBlock, DateBlock

from hsec_wagtail.blocks.base import HsecStructBlock
from hsec_wagtail.blocks.edtf import find_order_faults
from hsec_wagtail.blocks.prose import ProseBlock, prose_html
from hsec_wagtail.blocks.today import today

__all__ = [
    "KINDS",
    "SCOPES",
    "NoticeBlock",
    "historical_notices",
    "is_preview",
    "notices_for_page_below",
]

KINDS = [
    ("announced", _("Announcement")),
    ("information", _("Information")),
    ("warning", _("Warning")),
    ("historical", _("Historical")),
    ("correction", _("Correction")),
]
SCOPES = [
    ("all", _("All pages below")),
    ("imported", _("Only pages below that an import created")),
]
# The others say what they are by their text.
_SHOWN_KINDS = frozenset({"warning", "historical", "correction"})


def is_preview(context: dict[str, Any]) -> bool:
    """Return whether an editor is looking at a draft."""
    return bool(getattr(context.get("request"), "is_preview", False))


class NoticeBlock(HsecStructBlock):
    """A notice of some kind, shown from one day to another if these are given."""

    kind = ChoiceBlock(
        choices=KINDS,
        default="information",
        search_index=False,
        label=_("Kind"),
        help_text=_(
            "A historical notice at the top of a section is shown on the pages below it, too."
        ),
    )
    scope = ChoiceBlock(
        choices=SCOPES,
        default="all",
        search_index=False,
        label=_("Also shown on"),
        help_text=_("Of a historical notice: which pages below this section it is about."),
    )
    text = ProseBlock(label=_("Text"))
    starts = DateBlock(
        required=False,
        label=_("Shown from"),
        help_text=_("Empty: as soon as the page is published."),
    )
    ends = DateBlock(
        required=False,
        label=_("Shown until"),
        help_text=_("The last day it is shown. Empty: as long as it stands here."),
    )

    class Meta:
        icon = "info-circle"
        group = _("Notices and calls")
        label = _("Notice")
        label_format = "{kind}: {text}"
        description = _(
            "For what readers should know before they read on: an announcement, a warning, a correction. It may end by itself."
        )
        template = "hsec_wagtail/blocks/notice.html"
        preview_value = {
            "kind": "warning",
            "text": _("<p>The consultation on harbour fees closes early this year.</p>"),
        }

    def find_faults(self, value: Any) -> dict[str, ValidationError]:
        """Return errors on both days where the end is before the start."""
        return find_order_faults(value, "starts", "ends")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Return the context with ``text_html``, "" out of its time, and the ``kind`` in words."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        shown = is_preview(context) or _is_current(value.get("starts"), value.get("ends"))
        context["text_html"] = prose_html(value.get("text")) if shown else ""
        context["kind"] = value.get("kind") or "information"
        context["kind_label"] = dict(KINDS).get(context["kind"], "")
        context["kind_is_shown"] = context["kind"] in _SHOWN_KINDS
        return context


def historical_notices(raw_body: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the historical notices of today at the top of a body's raw data.

    They are about all of a page; further down, a notice is about what is around it.
    """
    at_top = takewhile(lambda raw: raw.get("type") == "notice", raw_body)
    return [raw for raw in at_top if _is_historical_today(raw.get("value") or {})]


def notices_for_page_below(
    raw_body: Iterable[Mapping[str, Any]], *, imported: bool
) -> list[Mapping[str, Any]]:
    """Return the historical notices of a section's body that a page below it shows.

    Args:
        raw_body: The raw data of the section's body.
        imported: Whether an import created the page below.
    """
    notices = historical_notices(raw_body)
    return [raw for raw in notices if imported or raw["value"].get("scope") != "imported"]


def _is_historical_today(value: Mapping[str, Any]) -> bool:
    days = (DateBlock().to_python(value.get(name) or None) for name in ("starts", "ends"))
    return value.get("kind") == "historical" and _is_current(*days)


def _is_current(starts: Any, ends: Any) -> bool:
    day = today()
    return (starts is None or starts <= day) and (ends is None or day <= ends)
