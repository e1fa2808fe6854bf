"""The reader of section documents: JSON, or YAML for those that are written by hand."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import yaml

from hsec_wagtail.importer.document.keys import set_keys
from hsec_wagtail.importer.document.schema import load_document
from hsec_wagtail.importer.errors import DocumentError
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.ledger import Ledger
from hsec_wagtail.importer.reading.readers.base import Reading
from hsec_wagtail.importer.reading.source import Source

__all__ = ["looks_like_fixture", "read_fixture"]


_BEGINNING = re.compile(
    r"\{\s*[\"}]|\[\s*\{|(?:---[^\n]*\n)?(?:[ \t]*#[^\n]*\n|[ \t]*\n)*format\s*:"
)


def looks_like_fixture(source: Source) -> bool:
    """Tell whether ``source`` is called or begins like a section document in JSON or YAML."""
    if source.name.lower().endswith((".json", ".yaml", ".yml")):
        return True
    return bool(_BEGINNING.match(source.text.lstrip()))


def read_fixture(source: Source) -> Reading:
    """Return the document that ``source`` holds.

    Raises:
        DocumentError: Not JSON or YAML (with the line), or not a section document (with the path).
    """
    document = load_document(_parse(source), name=source.name)
    set_keys(document)
    return Reading(
        document=document, ledger=Ledger.of_document(document), source=source, format="fixture"
    )


def _parse(source: Source) -> Any:
    try:
        if source.text.lstrip().startswith(("{", "[")):
            return json.loads(source.text, object_pairs_hook=_object)
        return yaml.load(source.text, Loader=_Loader)  # noqa: S506 -- a safe loader, see below
    except json.JSONDecodeError as error:
        raise DocumentError(
            "document-not-json",
            name=source.name,
            fault=error.msg,
            line=error.lineno,
            column=error.colno,
        ) from error
    except yaml.YAMLError as error:
        fault = " ".join(str(error).split())
        raise DocumentError("document-not-yaml", name=source.name, fault=fault) from error
    except RecursionError as error:
        raise DocumentError("document-nested-too-deep", name=source.name) from error
    except ValueError as error:
        # A key that comes twice, an impossible day, a number of thousands of digits.
        fault = str(error)
        raise DocumentError("document-cannot-be-read", name=source.name, fault=fault) from error


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
