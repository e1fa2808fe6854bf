"""The rich text feature that keeps what is pasted: sub- and superscript, anchors, relative links, tables."""

from __future__ import annotations

from typing import Any

from wagtail.admin.rich_text.editors.draftail.features import PluginFeature

from hsec_wagtail.blocks.prose import PASTE

__all__ = ["register_paste"]


def register_paste(features: Any) -> None:
    """Register the feature for Wagtail's editor; only our own blocks and the lead of a page ask for it.

    It stores nothing of its own, and so needs no rule of conversion.
    """
    plugin = PluginFeature({"type": PASTE}, js=["hsec_wagtail/js/paste.js"])
    features.register_editor_plugin("draftail", PASTE, plugin)
