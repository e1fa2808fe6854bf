"""Values of blocks in a few words, as the panels of the edit form that nobody has opened yet show them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import get_language

from wagtail.blocks import Block, ChoiceBlock, ListBlock, RichTextBlock, StructBlock

from hsec_wagtail.blocks.edtf import EDTFBlock, date_in_words

__all__ = ["label_of"]

#: As long as those that Wagtail makes for panels.
LENGTH = 70
_NAMES = re.compile(r"\{(\w+)\}")
_TAG = re.compile(r"<(?:/p|/li|br ?/?)>")


def label_of(block: Block, value: Any) -> str:
    """Return what ``value`` says by the ``label_format`` of ``block``, in at most 70 characters.

    Wagtail does the same in the browser, once the fields are there.
    """
    words = " ".join(_words(block, value).split())
    return words if len(words) <= LENGTH else f"{words[: LENGTH - 1].rstrip()}…"


def _words(block: Block, value: Any) -> str:
    if not value:
        return ""
    if isinstance(block, StructBlock):
        return _struct_words(block, value)
    if isinstance(block, ListBlock):
        words = (_words(block.child_block, one) for one in value)
        return ", ".join(one for one in words if one.strip())
    if isinstance(block, RichTextBlock):
        return unescape(strip_tags(_TAG.sub(" ", value.source)))
    if isinstance(block, EDTFBlock):
        return date_in_words(value, language=get_language() or "en")
    if isinstance(block, ChoiceBlock):
        return str(dict(block.field.choices).get(value, value))
    return str(value)


def _struct_words(block: StructBlock, value: Any) -> str:
    children = block.child_blocks
    form = block.meta.label_format
    if hasattr(block, "completed"):
        value = block.completed(value, language=get_language() or "en")
    if not form:
        found = (_words(child, value.get(name)) for name, child in children.items())
        return next((words for words in found if words.strip()), "")
    return _NAMES.sub(
        lambda name: _words(children[name[1]], value.get(name[1])) if name[1] in children else "",
        str(form),
    )
