"""JSON and YAML from outside, parsed within bounds: what comes back can be stored, whatever was written."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import Any

import yaml

from hsec_wagtail.importer.messages import Message

__all__ = ["fault_of", "is_text", "parse_json", "parse_yaml"]

# Halves of characters: JSON can escape them, UTF-8 and databases have none.
_HALVES = re.compile("[\ud800-\udfff]")
#: As large as an integer of a database.
_LARGEST = 2**63
#: Raised by PyYAML's constructors where the text of a tagged scalar has another form than its tag says.
_ODD_SCALAR = (AttributeError, IndexError, KeyError, OverflowError, TypeError)


def is_text(text: str) -> bool:
    """Tell whether a database can hold ``text``: it has no null character and no half of one."""
    return "\0" not in text and not _HALVES.search(text)


def parse_json(text: str) -> Any:
    """Return the data that ``text`` is.

    Raises:
        ValueError: Not JSON, a key that comes twice, or what cannot be stored.
        RecursionError: It is nested too deep.
    """
    data = json.loads(text, object_pairs_hook=_object)
    _check_data(data)
    return data


def parse_yaml(text: str) -> Any:
    """Return the data that ``text`` is.

    Raises:
        yaml.YAMLError: Not YAML, a key that comes twice, or an alias.
        ValueError: An impossible date, a number too large, or what cannot be stored.
        RecursionError: It is nested too deep.
    """
    try:
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 -- a safe loader, see below
    except _ODD_SCALAR as error:
        raise ValueError(Message("yaml-scalar")) from error
    _check_data(data)
    return data


def fault_of(error: ValueError) -> Message | str:
    """Return what an error of these functions says."""
    told = error.args[0] if error.args else None
    return told if isinstance(told, Message) else str(error)


def _check_data(data: Any) -> None:
    """Refuse data that JSON, UTF-8 or a database cannot hold.

    Raises:
        ValueError: Half a character, a number that is none or too large; the message names the place.
    """
    stack: list[tuple[str, Any]] = [("", data)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, dict):
            for name in value:
                _check_one(path, name)
            stack += [(f"{path}.{name}" if path else str(name), one) for name, one in value.items()]
        elif isinstance(value, list | tuple | set):
            stack += [(f"{path}[{n}]", one) for n, one in enumerate(value)]
        else:
            _check_one(path, value)


def _check_one(path: str, value: Any) -> None:
    if isinstance(value, str) and _HALVES.search(value):
        raise ValueError(Message("half-a-character", path=path or "document"))
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(Message("no-number", path=path or "document"))
    if isinstance(value, int) and abs(value) >= _LARGEST:
        raise ValueError(Message("number-too-large", path=path or "document"))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return ``pairs`` as a dict; the second of two equal keys would silently replace the first."""
    data = dict(pairs)
    if len(data) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise ValueError(Message("key-twice", key=twice))
    return data


class _Loader(yaml.SafeLoader):
    """The safe loader without aliases, by which a small file could stand for a huge one."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]  # as PyYAML ships
            fault = str(Message("yaml-alias"))
            raise yaml.composer.ComposerError(None, None, fault, event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 -- as PyYAML has it
        seen: set[str] = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                fault = str(Message("key-twice", key=str(key.value)))
                raise yaml.constructor.ConstructorError(None, None, fault, key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


# YAML 1.2 has no other truth values; in 1.1, which PyYAML reads, the country NO is false and a key "on" true.
_BOOL = "tag:yaml.org,2002:bool"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOL]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    _BOOL, re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), [*"tTfF"]
)
