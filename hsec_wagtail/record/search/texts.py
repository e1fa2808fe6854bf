"""The texts of a page, as its body has them stored: no block is made, and nothing is looked up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from babel import Locale

from django.utils import translation

from wagtail.blocks import Block, ListBlock, RichTextBlock, StreamBlock, StructBlock

from hsec_wagtail.blocks.edtf import read_edtf
from hsec_wagtail.blocks.initiatives import InitiativesBlock
from hsec_wagtail.blocks.members import ROLES, MembersBlock, member_name
from hsec_wagtail.blocks.raw_lists import list_items, list_values
from hsec_wagtail.dates import say
from hsec_wagtail.models.summaries import plain_text

__all__ = ["body_texts", "country_names", "member_names"]


def body_texts(block: Block, raw: Any, language: str) -> Iterator[str]:
    """Yield the texts of ``raw``, the data of ``block``, one for each paragraph or field; without initiatives.

    Args:
        block: The body, or a part of it, a site's own block too.
        raw: As stored.
        language: Of the page, for the roles of members.
    """
    if not getattr(block, "search_index", True) or not raw:
        return
    if isinstance(block, MembersBlock) and isinstance(raw, Mapping):
        yield from _members(raw, language)
    elif isinstance(block, StreamBlock):
        for child in raw:
            if child["type"] in block.child_blocks:
                yield from body_texts(block.child_blocks[child["type"]], child["value"], language)
    elif isinstance(block, StructBlock):
        yield from _struct(block, raw, language)
    elif isinstance(block, ListBlock):
        for value in list_values(raw):
            yield from body_texts(block.child_block, value, language)
    elif isinstance(block, RichTextBlock):
        yield plain_text(raw)
    else:
        yield from block.get_searchable_content(raw)


def member_names(raw: Any) -> Iterator[str]:
    """Yield the names that the countries of members in ``raw``, the data of a body, have in English and French."""
    for _block, item in list_items(raw, ("members",)):
        yield from country_names(str(item["value"].get("country") or "").upper())


@cache
def country_names(code: str) -> tuple[str, ...]:
    """Return the names of a country in English and French; none of what is no code."""
    names = (Locale(language).territories.get(code) for language in ("en", "fr"))
    return tuple(str(name) for name in names if name)


def _struct(block: StructBlock, raw: Any, language: str) -> Iterator[str]:
    if not isinstance(raw, Mapping):
        return
    for name, child in block.child_blocks.items():
        # Initiatives are found by themselves.
        if not (isinstance(block, InitiativesBlock) and name == "initiatives"):
            yield from body_texts(child, raw.get(name), language)


def _members(raw: Mapping[str, Any], language: str) -> Iterator[str]:
    yield plain_text(raw.get("intro"))
    with translation.override(language):
        roles = {name: str(label) for name, label in ROLES}
    for value in list_values(raw.get("members")):
        if isinstance(value, Mapping):
            said = [member_name(value, language=language), roles.get(str(value.get("role")), "")]
            dates = (read_edtf(value.get(name)) for name in ("since", "until"))
            said += [say(date, language=language) for date in dates if date]
            yield ", ".join(filter(None, said))
