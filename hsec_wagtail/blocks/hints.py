"""Hints for editors: what may be an oversight, and what is never refused.

A hint is found in the raw data of a body, without a query, so that it can be shown beside a form of any size.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext

from hsec_wagtail.blocks.edtf import date_in_words, read_edtf
from hsec_wagtail.blocks.finished import is_to_come
from hsec_wagtail.blocks.raw_links import is_unresolved
from hsec_wagtail.blocks.raw_lists import list_items, list_values
from hsec_wagtail.blocks.times import paragraphs
from hsec_wagtail.dates import EDTF, FoundDate, find_dates

__all__ = ["Checked", "Hint", "find_hints"]

#: Letters of a text that a hint is about.
_SHOWN = 60

_DONE = re.compile(
    r"(signed|ratified|adopted|acceded|accepted|approved|concluded|deposited|denounced|established|created|founded"
    r"|launched|published|released|issued|held|hosted|completed|ended|joined|elected|endorsed|withdrawn"
    r"|(sign|ratifi|adopt|adhér|accept|approuv|dépos|dénonc|cré|fond|lanc|publi|achev|termin|organis|diffus|entérin)"
    r"(é|ée|és|ées|i|ie|is|ies)|(conclu|tenu|établi|élu)(e|s|es)?)",
    re.IGNORECASE,
)
_TO_DO = frozenset(
    "to will be not expected planned due à sera seront doit devrait devra prévu prévue pas être".split()
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A body, and the facts beside it, in which hints are found.

    Attributes:
        body: The raw data of a body, or of the links of a group.
        language: Of the content.
        status: Of the page; "" for what has none.
        expected: For when the page is expected, as it was typed.
    """

    body: Iterable[Mapping[str, Any]]
    language: str
    status: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint.

    Attributes:
        message: What it is, in the language of the editor.
        about: The words of the block that it is about.
        block_id: Its id; "" where the hint is about a field of the page.
        field: The name of that field.
        date: A date that the block could be filed under.
    """

    message: str
    about: str = ""
    block_id: str = ""
    field: str = ""
    date: FoundDate | None = None


def find_hints(checked: Checked) -> list[Hint]:
    """Return the hints, those of a kind together, in the order of the page."""
    return [hint for find in _KINDS for hint in find(checked)]


def announced_without_a_date(checked: Checked) -> Iterator[Hint]:
    """Find that an announced page does not say when it is expected."""
    if checked.status == "announced" and not checked.expected.strip():
        yield Hint(
            gettext("The page is announced, but does not say when it is expected."),
            field="expected",
        )


def links_without_a_target(checked: Checked) -> Iterator[Hint]:
    """Find the links that lead nowhere, whether that is said or not."""
    for raw, value in _blocks(checked, "link"):
        if is_unresolved(value):
            yield _hint(gettext("The link leads nowhere yet."), raw, value["label"])


def skipped_levels(checked: Checked) -> Iterator[Hint]:
    """Find the headings that stand more than one level below the one above them."""
    above = 1
    for raw, value in _blocks(checked, "heading"):
        level = int(value["level"]) if str(value.get("level")) in ("2", "3", "4") else 2
        if level > above + 1:
            message = gettext(
                "A heading %(level)d follows a heading %(above)d: a level is skipped."
            )
            shown = message % {"level": level, "above": above}
            yield _hint(shown, raw, value.get("text"))
        above = level


def done_in_the_future(checked: Checked) -> Iterator[Hint]:
    """Find the initiatives that are said to be done on a day to come."""
    for item, value in _initiatives(checked):
        for date in _dates(value):
            label = str(date.get("label") or "")
            if _is_done(label) and is_to_come(date.get("edtf")):
                message = gettext("“%(label)s” is dated %(date)s, which is still to come.")
                words = date_in_words(date["edtf"], language=checked.language)
                yield _hint(message % {"label": label, "date": words}, item, value.get("text"))


def dates_not_filed(checked: Checked) -> Iterator[Hint]:
    """Find the dates that the text of an initiative gives and that it is not filed under.

    Where it is filed under any, only those of which the text says what happened then.
    """
    for item, value in _initiatives(checked):
        filed = [date for one in _dates(value) if (date := read_edtf(one.get("edtf")))]
        is_dated = any(str(one.get("edtf") or "").strip() for one in _dates(value))
        for found in _dates_in(str(value.get("text") or ""), checked.language):
            if (found.label or not is_dated) and not any(
                _meet(found.value, date) for date in filed
            ):
                message = gettext("“%(text)s” stands in the text, but not among the dates.")
                shown = message % {"text": found.text}
                yield _hint(shown, item, value.get("text"), date=found)


_KINDS: tuple[Callable[[Checked], Iterator[Hint]], ...] = (
    announced_without_a_date,
    links_without_a_target,
    skipped_levels,
    done_in_the_future,
    dates_not_filed,
)


# A form that saves itself asks again and again, of texts that are mostly the same.
@lru_cache(maxsize=2048)
def _dates_in(html: str, language: str) -> tuple[FoundDate, ...]:
    return tuple(find_dates(paragraphs(html), language=language))


def _blocks(checked: Checked, kind: str) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Yield the blocks of one type with their values."""
    for raw in checked.body:
        value = raw.get("value")
        if raw.get("type") == kind and isinstance(value, Mapping):
            yield raw, value


def _initiatives(checked: Checked) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    for _kind, item in list_items(checked.body, ("initiatives",)):
        yield item, item["value"]


def _dates(value: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one for one in list_values(value.get("dates")) if isinstance(one, Mapping)]


def _hint(
    message: str, raw: Mapping[str, Any], text: Any, *, date: FoundDate | None = None
) -> Hint:
    about = Truncator(" ".join(paragraphs(str(text or "")).split())).chars(_SHOWN)
    return Hint(message, about=about, block_id=str(raw.get("id") or ""), date=date)


def _is_done(label: str) -> bool:
    words = re.findall(r"\w+", label.lower())
    return any(_DONE.fullmatch(word) for word in words) and not _TO_DO.intersection(words)


def _meet(found: EDTF, filed: EDTF) -> bool:
    """Return whether two dates may be the same day."""
    begins, ends = filed.earliest, filed.latest
    starts_before = begins is None or found.latest is None or begins <= found.latest
    return starts_before and (ends is None or found.earliest is None or found.earliest <= ends)
