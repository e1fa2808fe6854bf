"""The words of the HTML report: outcomes in the reader's language, changes word by word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from hsec_wagtail.blocks import BodyBlock
from hsec_wagtail.importer.runs.report_html.segments import Segment
from hsec_wagtail.models import ImportItem
from hsec_wagtail.models.labels import place_label

__all__ = ["changed_words", "kind_label", "marked_text", "outcome"]

_OUTCOMES: dict[str, Any] = {
    **dict(ImportItem.Action.choices),
    "unchanged": _("unchanged"),
    "added": _("added"),
    "removed": _("removed"),
    "moved": _("moved"),
    "changed": _("changed"),
    "deleted here": _("deleted here, changed at the source"),
    "deleted at source": _("deleted at the source, changed here"),
    "added on both sides": _("added on both sides"),
}
_PLANNED: dict[str, Any] = {
    "create": _("to create"),
    "update": _("to update"),
    "merge": _("to merge"),
}
_RUNS = {"-": "<del>{}</del>", "+": "<ins>{}</ins>"}


def outcome(name: str, *, planned: bool = False) -> str:
    """Return what the report says for ``name``: an action, or the kind of a difference or a conflict."""
    said = _OUTCOMES | _PLANNED if planned else _OUTCOMES
    return str(said.get(name, name))


def kind_label(name: str) -> str:
    """Return the label of a type of block, or of a field."""
    block = BodyBlock.base_blocks.get(name)
    return str(block.label) if block else place_label([(name, 0)])


def changed_words(runs: Iterable[Sequence[str]]) -> SafeString:
    """Return the way from one text to another: ``<del>`` and ``<ins>`` around what differs."""
    return _joined(format_html(_RUNS.get(sign, "{}"), text) for sign, text in runs)


def marked_text(segments: Iterable[Segment]) -> SafeString:
    """Return a source with its stretches as links to their parts; stretches without a part are marked as such."""
    return _joined(_segment(one) for one in segments)


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _segment(segment: Segment) -> SafeString:
    mark = segment.mark
    if mark is None:
        return format_html("{}", segment.text)
    if mark.target:
        anchor = format_html(' id="{}-s"', mark.target) if segment.first else ""
        form = '<a class="content"{} href="#{}">{}</a>'
        return format_html(form, anchor, mark.target, segment.text)
    reason = format_html("<small>{}</small>", mark.reason) if segment.first else ""
    form = "<mark>{}{}</mark>" if mark.lost else '<span class="chrome">{}{}</span>'
    return format_html(form, reason, segment.text)
