"""Single values of blocks in words: dates, countries, choices, what was chosen."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext

from wagtail.blocks import (
    Block,
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    DateBlock,
    FieldBlock,
    RawHTMLBlock,
    TextBlock,
)
from wagtail.blocks.field_block import ChooserBlock, MultipleChoiceBlock

from hsec_wagtail.admin.comparison.raw_values import Titles
from hsec_wagtail.blocks.codes import CountryBlock, LanguageBlock, country_name, language_name
from hsec_wagtail.blocks.edtf import EDTFBlock, date_in_words

__all__ = ["has_prose", "in_words", "language"]


def language() -> str:
    """Return the language of the admin."""
    return get_language() or settings.LANGUAGE_CODE


def has_prose(block: Block) -> bool:
    """Return whether the value of ``block`` is text, of which single words may change."""
    is_code = isinstance(block, (EDTFBlock, CountryBlock, LanguageBlock))
    return isinstance(block, (CharBlock, TextBlock, RawHTMLBlock)) and not is_code


@singledispatch
def in_words(block: Block, raw: Any, titles: Titles) -> str:
    """Return the raw value of ``block`` as an editor would say it; "" for none."""
    raise TypeError(f"{block!r} has no single value.")


@in_words.register(FieldBlock)
def _field(block: Any, raw: Any, titles: Titles) -> str:
    return "" if raw is None else str(raw)


@in_words.register(BooleanBlock)
def _boolean(block: Any, raw: Any, titles: Titles) -> str:
    return gettext("Yes") if raw else gettext("No")


@in_words.register(EDTFBlock)
@in_words.register(DateBlock)
def _date(block: Any, raw: Any, titles: Titles) -> str:
    return date_in_words(str(raw or ""), language=language())


@in_words.register(CountryBlock)
def _country(block: Any, raw: Any, titles: Titles) -> str:
    code = str(raw or "")
    return country_name(code.upper(), language=language()) or code


@in_words.register(LanguageBlock)
def _language(block: Any, raw: Any, titles: Titles) -> str:
    return language_name(str(raw), language=language()) if raw else ""


@in_words.register(ChoiceBlock)
def _choice(block: Any, raw: Any, titles: Titles) -> str:
    return _label(block, raw) if raw else ""


@in_words.register(MultipleChoiceBlock)
def _choices(block: Any, raw: Any, titles: Titles) -> str:
    return ", ".join(_label(block, one) for one in raw or ())


def _label(block: Any, value: Any) -> str:
    for name, label in block.field.choices:
        # A group of choices has a list in place of the label.
        choices = label if isinstance(label, (list, tuple)) else [(name, label)]
        found = next((text for one, text in choices if str(one) == str(value)), None)
        if found is not None:
            return str(found)
    return str(value)


@in_words.register(ChooserBlock)
def _chosen(block: Any, raw: Any, titles: Titles) -> str:
    return titles.of(block.model_class, raw) if raw else ""
