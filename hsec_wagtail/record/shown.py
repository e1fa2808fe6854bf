"""Initiatives as lists show them: each with its date, forum and topics once, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from hsec_wagtail.blocks.edtf import ShownDate
from hsec_wagtail.blocks.initiatives import show_initiative
from hsec_wagtail.blocks.prose import ProseBlock, one_batch
from hsec_wagtail.blocks.targets import page_url
from hsec_wagtail.models.captures import Capture, captures_of
from hsec_wagtail.models.register import Initiative
from hsec_wagtail.record.read_rows import read_with_pages

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["Named", "ShownRow", "show_rows"]


@dataclass(frozen=True, slots=True)
class Named:
    """A page that a list names."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """An initiative in a list.

    Attributes:
        pk: That of its row in the register.
        html: The text, with ``<time>`` around the dates whose words it has.
        dates: Those that the text does not give.
        where: The forum, or else the page, that tells it.
        url: Its permanent link, on that page.
        topics: It is filed under these.
        language: Of the text.
        page_id: The page that tells it.
        block_id: The block on that page.
        capture: The copy that the page was imported from, None if it was not.
    """

    pk: int
    html: SafeString
    dates: tuple[ShownDate, ...]
    where: Named
    url: str
    topics: tuple[Named, ...]
    language: str
    page_id: int
    block_id: str
    capture: Capture | None


def show_rows(
    rows: Sequence[Initiative], request: HttpRequest, *, locale_id: int | None
) -> list[ShownRow]:
    """Return how to show ``rows`` on a page in the locale ``locale_id``, in a constant number of queries."""
    known, pages = read_with_pages(rows)
    named = {
        pk: Named(page.title, page_url(page, request=request) or "") for pk, page in pages.items()
    }
    captures = captures_of([pages[pk] for pk in {row.page_id for row in known}])
    with one_batch(locale_id=locale_id):
        texts = ProseBlock().bulk_to_python([row.html for row in known])
        return [
            _show(row, text, named, captures.get(row.page_id))
            for row, text in zip(known, texts, strict=True)
        ]


def _show(row: Initiative, text: Any, named: dict[int, Named], capture: Capture | None) -> ShownRow:
    dates = [{"edtf": date.edtf, "label": date.label, "text": date.words} for date in row.own_dates]
    shown = show_initiative({"text": text, "dates": dates}, language=row.language)
    return ShownRow(
        pk=row.pk,
        html=shown.html,
        dates=shown.dates,
        where=named.get(row.forum_id or row.page_id, named[row.page_id]),
        url=f"{named[row.page_id].url}#{row.block_id}",
        topics=tuple(named[filed.topic_id] for filed in row.own_topics if filed.topic_id in named),
        language=row.language,
        page_id=row.page_id,
        block_id=row.block_id,
        capture=capture,
    )
