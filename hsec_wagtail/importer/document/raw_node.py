"""Validation of a site's own block in a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from hsec_wagtail.importer.document.faults import words_of
from hsec_wagtail.importer.document.names import BLOCK_ID, KEY
from hsec_wagtail.importer.document.node_parts import node_parts
from hsec_wagtail.importer.document.node_specs import own_block_types
from hsec_wagtail.importer.document.nodes import File, RawBlock
from hsec_wagtail.importer.document.part_kinds import Part, PartKind
from hsec_wagtail.importer.document.values import EdtfText, Html, LinkURL
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.text.html_cleaning import unsafe_markup
from hsec_wagtail.importer.text.urls import parse_reference

__all__ = ["check_raw_block"]


class _PartError(Exception):
    """A part holds what it may not; its argument is a message."""


def check_raw_block(node: RawBlock, place: str) -> None:
    """Refuse a block that is one of ours in disguise, or holds what its parts may not.

    Raises:
        ValueError: The text names the place and the part.
    """
    if node.block in own_block_types():
        raise ValueError(Message("raw-of-ours", place=place, block=node.block))
    for path, identity in _ids_in(node.value, f"{place}.value"):
        if not (identity is None or (isinstance(identity, str) and BLOCK_ID.fits(identity))):
            odd = Message("not-a-block-id", value=str(identity)[:80])
            raise ValueError(Message("raw-part", place=path, fault=odd))
    for one in node_parts(node, place):
        if one.value in (None, ""):
            continue
        try:
            _check(one.part, one.value)
        except ValidationError as error:
            fault = words_of(error.errors(include_url=False)[0])
            raise ValueError(Message("raw-part", place=one.path, fault=fault)) from error
        except _PartError as error:
            raise ValueError(Message("raw-part", place=one.path, fault=error.args[0])) from error


def _ids_in(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield the ids of the items in ``value``: Wagtail writes them into the forms of its editor."""
    stack = [(path, value)]
    while stack:
        path, one = stack.pop()
        if isinstance(one, dict):
            if "id" in one and "value" in one:
                yield f"{path}.id", one["id"]
            stack += [(f"{path}.{name}", part) for name, part in one.items()]
        elif isinstance(one, list):
            stack += [(f"{path}[{n}]", part) for n, part in enumerate(one)]


def _check(part: Part | None, value: Any) -> None:
    check = _CHECKS.get(part.kind) if part else None
    if check:
        check(value)
    elif isinstance(value, str) and (found := unsafe_markup(value)):
        raise _PartError(Message("raw-markup", markup=found))


def _check_page(value: Any) -> None:
    reference = parse_reference(value) if isinstance(value, str) else None
    if reference is None or not KEY.fits(reference[0]):
        raise _PartError(Message("raw-page", value=str(value)))


#: The other kinds hold text that is shown as text, or is looked at for markup.
_CHECKS: Final[Mapping[PartKind, Callable[[Any], Any]]] = {
    PartKind.RICH: TypeAdapter(Html).validate_python,
    PartKind.URL: TypeAdapter(LinkURL).validate_python,
    PartKind.EDTF: TypeAdapter(EdtfText).validate_python,
    PartKind.DAY: TypeAdapter(date).validate_python,
    PartKind.FILE: File.model_validate,
    PartKind.PAGE: _check_page,
}
