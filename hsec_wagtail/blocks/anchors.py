"""Anchors of headings: made from their text, each once on a page."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from wagtail.blocks import CharBlock

__all__ = ["MAX_LENGTH", "AnchorBlock", "free_anchor"]

MAX_LENGTH = 100


class AnchorBlock(CharBlock):
    """An anchor: the part after # in a link to a place on a page."""

    def clean(self, value: Any) -> str:
        """Return the anchor; a draft may hold an invalid one."""
        anchor = str(super().clean(value) or "").strip().removeprefix("#")
        if anchor and not self.is_deferred_validation and not re.fullmatch(r"[\w-]+", anchor):
            raise ValidationError(
                gettext("Use letters, digits, hyphens and underscores only."), code="anchor"
            )
        return anchor


def free_anchor(anchor: str, taken: Collection[str]) -> str:
    """Return ``anchor``, or ``anchor-2``, ``anchor-3`` … if it is taken."""
    candidate, number = anchor, 1
    while candidate in taken:
        number += 1
        suffix = f"-{number}"
        candidate = anchor[: MAX_LENGTH - len(suffix)] + suffix
    return candidate
