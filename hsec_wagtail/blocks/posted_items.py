"""The items of a list as the edit form posts them.

The form has two ways to post a list. Wagtail's own has some fields for each field of each item. Ours, of
``static/hsec_wagtail/js/item-list.js``, has one field for the whole list: a JSON list with an object for each item.
An item that an editor opened and changed has ``fields``, the very fields that Wagtail would have posted; any other
has ``stored``, its value as the database has it, so that nothing is rewritten by being looked at.

Rich text as the database has it may not come from a browser unseen. So ``stored`` is signed where the form is made, and
what has no valid signature is read as if it had been typed into the form.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.core.signing import BadSignature, Signer
from django.utils.datastructures import MultiValueDict

from wagtail.blocks import Block, ChooserBlock, FieldBlock, ListBlock, RichTextBlock, StructBlock
from wagtail.blocks.list_block import ListValue

__all__ = ["UnreadableItem", "places_of_items", "read_items", "sign_stored"]

#: What reading a value raises that no form of ours posts.
_UNREADABLE = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    OverflowError,
    RecursionError,
    ValidationError,
)


class UnreadableItem(ListValue.ListChild):
    """An item whose stored value was posted as no form of ours posts it."""


@dataclass(frozen=True, slots=True)
class _Posted:
    """An item as it was posted.

    Attributes:
        id: Its stable id; None for one that has none yet.
        prefix: That of the names of its fields.
        fields: Its own in the form, or all fields of the form.
        stored: The signed value of an item that was not changed; None for any other.
    """

    id: str | None
    prefix: str
    fields: Mapping[str, Any]
    stored: str | None = None


def read_items(
    block: Block, data: Mapping[str, Any], files: Any, prefix: str
) -> list[ListValue.ListChild]:
    """Return the items, each a ``block``, of the list whose fields begin with ``prefix``, in their order.

    The queries do not grow with the items that were not opened.

    Raises:
        BadRequest: No form of ours posts such a list.
    """
    posted = _read_posted(data, prefix)
    raws = {
        place: raw
        for place, one in enumerate(posted)
        if one.stored is not None and (raw := _unsigned(block, one.stored)) is not None
    }
    values = dict(zip(raws, block.bulk_to_python(list(raws.values())), strict=True))
    return [
        ListValue.ListChild(block, values[place], id=one.id)
        if place in values
        else _read_item(block, one, files)
        for place, one in enumerate(posted)
    ]


def _read_item(block: Block, item: _Posted, files: Any) -> ListValue.ListChild:
    try:
        if item.stored is None:
            value = block.value_from_datadict(item.fields, files, item.prefix)
        else:
            raw = json.loads(item.stored.rpartition(":")[0])
            value = block.to_python(_as_typed(block, raw))
    except _UNREADABLE:
        return UnreadableItem(block, block.get_default(), id=item.id)
    return ListValue.ListChild(block, value, id=item.id)


def _read_posted(data: Mapping[str, Any], prefix: str) -> list[_Posted]:
    try:
        if prefix in data:
            return list(_packed_items(data[prefix], prefix))
        return [_Posted(block_id, name, data) for block_id, name in places_of_items(data, prefix)]
    except _UNREADABLE as error:
        raise BadRequest(f"The list {prefix!r} was not posted as its form does it.") from error


def places_of_items(data: Mapping[str, Any], prefix: str) -> list[tuple[str | None, str]]:
    """Return the id of each item of a list that was posted as Wagtail's own, and the prefix of its fields; in their order.

    Raises:
        ValueError, KeyError, TypeError: Wagtail's form posts no such list.
    """
    names = (f"{prefix}-{place}" for place in range(int(data[f"{prefix}-count"])))
    kept = [name for name in names if not data[f"{name}-deleted"]]
    kept.sort(key=lambda name: int(data[f"{name}-order"]))
    return [(data.get(f"{name}-id") or None, f"{name}-value") for name in kept]


def _packed_items(packed: str, prefix: str) -> Iterator[_Posted]:
    for item in _of_type(json.loads(packed), list):
        block_id = _of_type(item["id"], str) or None
        if "stored" in item:
            yield _Posted(block_id, prefix, {}, _of_type(item["stored"], str))
        else:
            name = f"{prefix}-{_of_type(item['at'], int)}-value"
            yield _Posted(block_id, name, _fields(item["fields"], name))


def _fields(pairs: Any, prefix: str) -> MultiValueDict[str, str]:
    fields: MultiValueDict[str, str] = MultiValueDict()
    for name, value in _of_type(pairs, list):
        fields.appendlist(f"{prefix}{_of_type(name, str)}", _of_type(value, str))
    return fields


def _of_type(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise TypeError(f"{value!r:.40} is no {kind.__name__}")
    return value


def sign_stored(block: Block, value: Any) -> str:
    """Return the value of ``block`` as it is stored, signed: as JSON, a colon and the signature."""
    stored = json.dumps(
        block.get_prep_value(value),
        cls=DjangoJSONEncoder,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return _signer(block).sign(stored)


def _unsigned(block: Block, signed: str) -> Any:
    """Return the raw value that was signed for ``block``, None without a valid signature."""
    try:
        return json.loads(_signer(block).unsign(signed))
    except BadSignature:
        return None


def _signer(block: Block) -> Signer:
    # What was signed as plain text must not be taken for the rich text of another block.
    kind = type(block)
    return Signer(salt=f"hsec_wagtail.item:{kind.__module__}.{kind.__qualname__}")


def _as_typed(block: Block, raw: Any) -> Any:
    """Return the raw value of ``block`` with its rich text as the editor of rich text would have left it.

    Raises:
        TypeError, AttributeError: It is no raw value of ``block``.
    """
    if isinstance(block, StructBlock):
        children = block.child_blocks
        return {
            name: _as_typed(children[name], one) for name, one in raw.items() if name in children
        }
    if isinstance(block, ListBlock):
        return [_item_as_typed(block, one) for one in _of_type(raw, list)]
    if isinstance(block, RichTextBlock):
        return _rich_text_as_typed(block, _of_type(raw, str))
    if isinstance(block, ChooserBlock):
        return raw if raw is None else _of_type(raw, int)
    if isinstance(block, FieldBlock) and (raw is None or isinstance(raw, str | int | float)):
        return raw
    raise TypeError(f"{raw!r:.40} is no value of a {type(block).__name__}")


def _item_as_typed(block: ListBlock, item: Any) -> dict[str, Any]:
    value = _as_typed(block.child_block, item["value"])
    return {"type": "item", "value": value, "id": _of_type(item["id"], str)}


def _rich_text_as_typed(block: RichTextBlock, html: str) -> str:
    widget = block.field.widget
    shown = widget.format_value(block.value_for_form(block.to_python(html)))
    posted = widget.value_from_datadict({"text": shown}, {}, "text")
    return str(block.value_from_form(posted).source)
