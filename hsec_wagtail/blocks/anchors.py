"""Anchors of headings and ids of other parts of a body, each once on the page that shows it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from wagtail.blocks import CharBlock

__all__ = ["MAX_LENGTH", "AnchorBlock", "SettledIds", "free_anchor", "settle_ids", "take_id"]

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


@dataclass(frozen=True, slots=True)
class SettledIds:
    """The ids that the parts of a body have on a page which shows other bodies, too.

    Attributes:
        shown: Stored name -> id.
        left: The names whose part was not shown yet.
    """

    shown: Mapping[str, str]
    left: set[str] = field(default_factory=set)

    def lead_to_own_parts(self, html: str) -> str:
        """Return ``html`` with its links to parts of the same body leading to them where they have another id."""
        return _PART_LINK.sub(lambda link: f'href="#{self.shown.get(link[1], link[1])}"', html)


_PART_LINK = re.compile(r'(?<=\s)href="#([^"]+)"')


def settle_ids(raw_body: Iterable[Mapping[str, Any]], taken: set[str]) -> SettledIds:
    """Return the ids of the parts of a body, and add them to those of the page.

    Args:
        raw_body: The raw data of the body.
        taken: The ids that the page has.
    """
    shown: dict[str, str] = {}
    for name in _names(raw_body):
        if name and name not in shown:
            shown[name] = free_anchor(name, taken)
            taken.add(shown[name])
    return SettledIds(shown, set(shown))


def _names(raw_body: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the anchors of headings, as :class:`HeadingBlock` stores them, and the ids of initiatives."""
    for raw in raw_body:
        value = raw.get("value")
        if raw.get("type") == "heading" and isinstance(value, Mapping):
            yield value.get("anchor") or ""
        elif raw.get("type") == "initiatives" and isinstance(value, Mapping):
            for item in value.get("initiatives") or ():
                yield (isinstance(item, Mapping) and item.get("id")) or ""


def take_id(name: str, context: Mapping[str, Any]) -> str:
    """Return the id of the part ``name`` of a body: the one settled for it, else a free one, which is taken then.

    The context may have ``hsec_ids``, the settled ids of the body, and ``hsec_anchors``, all ids of the page.
    """
    settled: SettledIds | None = context.get("hsec_ids")
    taken: set[str] | None = context.get("hsec_anchors")
    if settled is not None and name in settled.left:
        settled.left.discard(name)
        return settled.shown[name]
    if not name or taken is None:
        return name
    free = free_anchor(name, taken)
    taken.add(free)
    return free
