"""Rich text that is expanded in batches, so that a page costs the same however many texts it shows.

Wagtail looks up the links of one rich text value at a time: each paragraph with a link costs queries.
Here the values that are read together share a :class:`Batch`; showing the first expands all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from wagtail.blocks import RichTextBlock
from wagtail.rich_text import RichText, expand_db_html

from hsec_wagtail.blocks.base import PREVIEW_TEMPLATE
from hsec_wagtail.blocks.expansion import expand_many
from hsec_wagtail.blocks.references import References

__all__ = [
    "FEATURES",
    "INLINE_FEATURES",
    "PASTE",
    "Batch",
    "InlineProseBlock",
    "ParagraphBlock",
    "Prose",
    "ProseBlock",
    "current_batch",
    "expand_many",
    "one_batch",
    "prose_html",
]

#: Not of the text but of the editor: what is pasted is kept.
PASTE = "hsec-paste"
INLINE_FEATURES = ["bold", "italic", "link", "document-link", "superscript", "subscript", PASTE]
FEATURES = [*INLINE_FEATURES, "ol", "ul"]

_shared: ContextVar[Batch | None] = ContextVar("hsec_prose_batch", default=None)


class Batch:
    """Rich text sources that are expanded together, and the pages that links beside them lead to.

    Args:
        locale_id: Locale of the page that shows them; links lead to the translations in it. None for that
            of the active language.
    """

    def __init__(self, locale_id: int | None = None) -> None:
        self.references = References(locale_id)
        self._sources: list[str] = []
        self._expanded: dict[str | None, list[SafeString]] = {}

    def add(self, source: str) -> int:
        """Keep ``source`` and return its place."""
        self._sources.append(source)
        return len(self._sources) - 1

    def html(self, place: int) -> SafeString:
        """Return the expanded source at ``place``."""
        # Addresses depend on the active language.
        done = self._expanded.setdefault(get_language(), [])
        if place >= len(done):
            done.extend(expand_many(self._sources[len(done) :], references=self.references))
        return done[place]


def current_batch() -> Batch:
    """Return the batch of :func:`one_batch`, else a new one."""
    return _shared.get() or Batch()


@contextmanager
def one_batch(*, locale_id: int | None = None) -> Iterator[None]:
    """Have all rich text and links that are read inside share one batch, whatever blocks they belong to.

    They are shown in the locale of the outermost call.
    """
    token = _shared.set(_shared.get() or Batch(locale_id))
    try:
        yield
    finally:
        _shared.reset(token)


class Prose(RichText):
    """Rich text that is expanded together with the rest of its batch."""

    def __init__(self, source: str, batch: Batch) -> None:
        super().__init__(source)
        self._batch = batch
        self._place = batch.add(self.source)

    @property
    def html(self) -> SafeString:
        """The HTML for the public, without the site's wrapper around rich text."""
        return self._batch.html(self._place)

    def __html__(self) -> str:
        return render_to_string("wagtailcore/shared/richtext.html", {"html": self.html})

    def __reduce__(self) -> tuple[Any, ...]:
        # A copy stands alone: it must not carry every other text of the batch.
        return (RichText, (self.source,))


def prose_html(value: Any) -> SafeString:
    """Return the HTML of a rich text value for the public; "" where it shows nothing."""
    if value is None or not _shows_something(value.source):
        return SafeString("")
    if isinstance(value, Prose):
        return value.html
    return mark_safe(expand_db_html(value.source))  # noqa: S308 - as Wagtail does with rich text


def _shows_something(source: str) -> bool:
    return bool(strip_tags(source).replace("&nbsp;", " ").strip() or re.search(r"<embed\b", source))


class ProseBlock(RichTextBlock):
    """Rich text whose links are resolved together with those of its neighbours."""

    def __init__(self, *args: Any, features: Iterable[str] | None = None, **kwargs: Any) -> None:
        chosen = FEATURES if features is None else list(features)
        super().__init__(*args, features=chosen, **kwargs)

    def bulk_to_python(self, values: Iterable[str]) -> list[Prose]:
        """Return rich text values that share one batch."""
        batch = current_batch()
        return [Prose(value, batch) for value in values]

    def clean(self, value: Any) -> Any:
        """Return the cleaned value; what is required must show something."""
        cleaned = super().clean(value)
        if (
            self.required
            and not self.is_deferred_validation
            and not _shows_something(cleaned.source)
        ):
            raise ValidationError(gettext("This field is required."), code="required")
        return cleaned

    def get_api_html(self, value: Any) -> str:
        """Return the HTML for the public: links have the addresses of their targets, which the source only numbers."""
        return str(prose_html(value))

    class Meta:
        icon = "pilcrow"
        preview_template = PREVIEW_TEMPLATE
        preview_value = _("<p>The department works with other governments on shared rules.</p>")


class InlineProseBlock(ProseBlock):
    """Rich text without lists: a cell, a short note."""

    def __init__(self, *args: Any, features: Iterable[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, features=features or INLINE_FEATURES, **kwargs)


class ParagraphBlock(ProseBlock):
    """Running text: paragraphs and plain lists."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = _("Text")
        description = _(
            "For running text and plain lists. What was done on a date belongs in initiatives, data in a table."
        )
        template = "hsec_wagtail/blocks/paragraph.html"
        preview_value = _(
            "<p>The Department of Outer Affairs speaks for Norvania wherever states meet.</p>"
            "<p>It does three things:</p>"
            "<ul><li>negotiates treaties,</li><li>pays for mine clearance,</li>"
            "<li>trains observers.</li></ul>"
        )
