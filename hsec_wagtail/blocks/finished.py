"""Dates that are still to come on a page that is ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from hsec_wagtail.blocks.edtf import read_edtf
from hsec_wagtail.blocks.today import today

__all__ = ["find_future_faults", "is_to_come", "on_page"]

_ended: ContextVar[bool] = ContextVar("hsec_page_is_ended", default=False)


@contextmanager
def on_page(*, ended: bool) -> Iterator[None]:
    """Check blocks as those of a page that is ended, or not."""
    token = _ended.set(ended)
    try:
        yield
    finally:
        _ended.reset(token)


def is_to_come(value: Any) -> bool:
    """Return whether a date, as EDTF or ``datetime.date``, begins after today; not if it cannot be read."""
    begins = getattr(read_edtf(value), "earliest", None) if isinstance(value, str) else value
    return isinstance(begins, date) and begins > today()


def find_future_faults(value: Mapping[str, Any], *names: str) -> dict[str, ValidationError]:
    """Return an error on each date of ``names`` that is still to come, where the page is ended."""
    if not _ended.get():
        return {}
    message = gettext(
        "This date is still to come, but the page is ended. Correct the date, or the status of the page."
    )
    return {
        name: ValidationError(message, code="future")
        for name in names
        if is_to_come(value.get(name))
    }
