"""The comparisons of the fields of our pages and quick links, for Wagtail's history of revisions."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from wagtail.admin.compare import (
    FieldComparison,
    comparison_class_registry,
    register_comparison_class,
)
from wagtail.blocks import RichTextBlock
from wagtail.fields import RichTextField

from hsec_wagtail.admin.comparison.blocks import changes
from hsec_wagtail.admin.comparison.contents import Content, Words
from hsec_wagtail.admin.comparison.raw_values import Titles, with_ids
from hsec_wagtail.admin.comparison.texts import compare_rich_text
from hsec_wagtail.admin.comparison.values import language
from hsec_wagtail.blocks.edtf import date_in_words
from hsec_wagtail.importer.planning.align import aligned
from hsec_wagtail.models import QuickLinksSnippet
from hsec_wagtail.models.fields import BodyField

__all__ = ["register_comparisons"]

#: Fields that hold a date as EDTF.
_DATES = frozenset({"expected"})


class _Comparison(FieldComparison):
    """A field whose ``content`` says what changed, None if nothing did."""

    @cached_property
    def content(self) -> Content | None:
        raise NotImplementedError

    def has_changed(self) -> bool:
        """Return whether anything changed that an editor would see."""
        return self.content is not None

    def htmldiff(self) -> SafeString:
        """Return what changed as HTML."""
        if self.content is None:
            return SafeString("")
        context = {"content": self.content}
        return render_to_string("hsec_wagtail/admin/comparison/field.html", context)


class BodyComparison(_Comparison):
    """A stream of blocks."""

    @cached_property
    def content(self) -> Content | None:
        """The changes; blocks that got other ids, as by an import, are found by what they say."""
        block = self.field.stream_block
        old, new = (with_ids(block, self._raw(value)) for value in (self.val_a, self.val_b))
        new = aligned({self.field.name: old}, {self.field.name: new}).fields[self.field.name]
        return changes(block, old, new, Titles(block, [old, new]))

    def _raw(self, value: Any) -> Any:
        return json.loads(json.dumps(self.field.get_prep_value(value), cls=DjangoJSONEncoder))


class RichTextComparison(_Comparison):
    """A field of rich text."""

    @cached_property
    def content(self) -> Content | None:
        """The changes of the text."""
        old, new = self.val_a or "", self.val_b or ""
        if old == new:
            return None
        return compare_rich_text(old, new, Titles(RichTextBlock(), [old, new]))


class TextComparison(_Comparison):
    """A field of plain text."""

    @cached_property
    def content(self) -> Content | None:
        """The changes of the text."""
        old, new = self.val_a or "", self.val_b or ""
        if old == new:
            return None
        if " " in old and " " in new:
            return Words.make(old.splitlines(), new.splitlines())
        return Words.exchange(old, new)


class DateComparison(_Comparison):
    """A field that holds a date."""

    @cached_property
    def content(self) -> Content | None:
        """The dates in words."""
        if self.val_a == self.val_b:
            return None
        return Words.exchange(*(self._said(value) for value in (self.val_a, self.val_b)))

    def _said(self, value: Any) -> str:
        return date_in_words(str(value or ""), language=language())


def register_comparisons() -> None:
    """Register the comparisons of the fields of our models; those of others stay as they are."""
    register_comparison_class(BodyField, comparison_class=BodyComparison)
    _register(RichTextField, RichTextComparison)
    _register(models.CharField, TextComparison)
    _register(models.TextField, TextComparison)
    # Moments are said as Wagtail says them.
    _register(models.DateField, DateComparison, exact_class=True)


def _register(
    field_class: Any, comparison_class: type[_Comparison], *, exact_class: bool = False
) -> None:
    others = comparison_class_registry.get_by_type(field_class)

    def choose(field: Any) -> Any:
        if not _is_ours(field.model):
            is_function = callable(others) and not isinstance(others, type)
            return others(field) if is_function else others
        return DateComparison if field.name in _DATES else comparison_class

    register_comparison_class(field_class, comparison_class=choose, exact_class=exact_class)


def _is_ours(model: Any) -> bool:
    return bool(getattr(model, "hsec_page_type", "")) or model is QuickLinksSnippet
