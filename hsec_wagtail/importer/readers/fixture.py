"""The reader of section documents: JSON, or YAML for those that are written by hand."""

from __future__ import annotations

import json
from typing import Any

import yaml

from hsec_wagtail.importer.document import load_document
from hsec_wagtail.importer.errors import DocumentError
from hsec_wagtail.importer.keys import set_keys
from hsec_wagtail.importer.ledger import Ledger
from hsec_wagtail.importer.readers.base import Reading
from hsec_wagtail.importer.source import Source

__all__ = ["looks_like_fixture", "read_fixture"]


def looks_like_fixture(source: Source) -> bool:
    """Tell whether ``source`` begins like a section document in JSON or YAML."""
    if source.name.lower().endswith((".json", ".yaml", ".yml")):
        return True
    return source.text.lstrip().startswith(("{", "---", "format:"))


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
            return json.loads(source.text)
        return yaml.load(source.text, Loader=_Loader)  # noqa: S506 -- a safe loader, see below
    except json.JSONDecodeError as error:
        raise DocumentError(
            f"{source.name}: not JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        ) from error
    except yaml.YAMLError as error:
        raise DocumentError(f"{source.name}: not YAML: {' '.join(str(error).split())}") from error
    except RecursionError as error:
        raise DocumentError(f"{source.name}: nested too deep to be a section document.") from error


class _Loader(yaml.SafeLoader):
    """The safe loader without aliases, by which a small file could stand for a huge one."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]  # as PyYAML ships
            raise yaml.composer.ComposerError(None, None, "aliases are not read", event.start_mark)
        return super().compose_node(parent, index)
