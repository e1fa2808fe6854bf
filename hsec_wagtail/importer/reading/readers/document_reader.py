"""The reader of section documents: JSON, or YAML for those that are written by hand."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from hsec_wagtail.importer.document.keys import set_keys
from hsec_wagtail.importer.document.schema import load_document
from hsec_wagtail.importer.errors import DocumentError
from hsec_wagtail.importer.reading.ledger import Ledger
from hsec_wagtail.importer.reading.readers.base import Reading
from hsec_wagtail.importer.reading.source import Source
from hsec_wagtail.importer.text.outside_data import fault_of, parse_json, parse_yaml

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
            return parse_json(source.text)
        return parse_yaml(source.text)
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
        said = fault_of(error)
        raise DocumentError("document-cannot-be-read", name=source.name, fault=said) from error
