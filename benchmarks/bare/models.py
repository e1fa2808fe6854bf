"""The page that is compared to."""

from __future__ import annotations

from typing import ClassVar

from wagtail.blocks import RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page

__all__ = ["BarePage"]


class BarePage(Page):
    """A page with rich text and nothing else."""

    body = StreamField([("paragraph", RichTextBlock())], blank=True)

    content_panels: ClassVar[list[str]] = [*Page.content_panels, "body"]
