"""The types of values in a section document: texts, addresses, dates and names."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from hsec_wagtail.dates import EDTF, DateError
from hsec_wagtail.importer.document import names
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.text.html_cleaning import MAX_NESTING, SAFE_SCHEMES, nesting
from hsec_wagtail.importer.text.urls import is_address, parse_reference

__all__ = [
    "Address",
    "Anchor",
    "BlockId",
    "EdtfText",
    "Html",
    "Json",
    "Label",
    "LanguageCode",
    "LinkURL",
    "NodeKey",
    "Slug",
    "SourceName",
    "Span",
    "Url",
]

#: Start and end of a stretch of the source's text, in characters.
Span = tuple[int, int]


def _edtf(value: str) -> str:
    try:
        return str(EDTF.parse(value))
    except DateError as error:
        raise ValueError(str(error)) from error


def _url(value: str) -> str:
    # Browsers drop control characters and blanks before they look for a scheme.
    bare = re.sub(r"[\x00-\x20\x7f-\x9f]+", "", value)
    try:
        scheme = urlsplit(bare).scheme
    except ValueError as error:
        raise ValueError(Message("not-a-url", value=value, fault=str(error))) from error
    if scheme.lower() not in SAFE_SCHEMES:
        raise ValueError(Message("scheme-refused", value=value, scheme=scheme))
    return value.strip()


def _target(value: str) -> str:
    """Return the URL of a link, which may lead to a part of a page of the document, too."""
    reference = parse_reference(value.strip())
    if reference is None:
        return _url(value)
    if not all(reference):
        raise ValueError(Message("not-a-page-reference", value=value))
    names.KEY.check(reference[0])
    names.FRAGMENT.check(reference[1])
    return value.strip()


def _address(value: str) -> str:
    """Return an address that a page had; those of old servers have blanks, and whatever else."""
    if not is_address(value):
        raise ValueError(Message("not-an-address-of-a-page", value=value[:200]))
    return value


def _slug(value: str) -> str:
    return names.SLUG.check(value) if value else value


def _language(value: str) -> str:
    return names.LANGUAGE_CODE.check(value) if value else value


def _html(value: str) -> str:
    depth = nesting(value)
    if depth > MAX_NESTING:
        raise ValueError(Message("elements-too-deep", depth=depth, most=MAX_NESTING))
    return value


def _json(value: Any) -> Any:
    """Return ``value`` if it is JSON of a depth that a block may have; the days of YAML as a block stores them."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > MAX_NESTING:
            raise ValueError(Message("value-too-deep", most=MAX_NESTING))
        parts = [part for one in level if isinstance(one, dict | list) for part in _children(one)]
        if odd := next((one for one in level if not _is_json(one)), None):
            raise ValueError(Message("not-json", value=repr(odd)))
        level = parts
    return _with_days_as_text(value)


def _children(value: dict[Any, Any] | list[Any]) -> list[Any]:
    return [*value, *value.values()] if isinstance(value, dict) else value


def _is_json(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float | bool | dict | list | date)


def _with_days_as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _with_days_as_text(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_with_days_as_text(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


# The lengths are those of the fields that hold them on a site.
EdtfText = Annotated[str, AfterValidator(_edtf), Field(max_length=50)]
Url = Annotated[str, AfterValidator(_url), Field(max_length=2000)]
Address = Annotated[str, Field(max_length=2000), AfterValidator(_address)]
LinkURL = Annotated[str, AfterValidator(_target), Field(max_length=2000)]
Slug = Annotated[str, AfterValidator(_slug), Field(max_length=255)]
Anchor = Annotated[str, AfterValidator(_slug), Field(max_length=100)]
Label = Annotated[str, Field(max_length=255)]
BlockId = Annotated[str, Field(min_length=1, max_length=36), AfterValidator(names.BLOCK_ID.check)]
# Keys of items are made of three: those of the page, of the group and of the link.
NodeKey = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(names.KEY.check)]
SourceName = Annotated[str, Field(max_length=255), AfterValidator(names.SOURCE_NAME.check)]
#: The language of a part; "" for that of the whole.
LanguageCode = Annotated[str, Field(max_length=35), AfterValidator(_language)]
#: HTML as it came; it is cleaned on its way to the site.
Html = Annotated[
    str, AfterValidator(_html), Field(json_schema_extra={"contentMediaType": "text/html"})
]
#: The stored value of a block, as JSON.
Json = Annotated[Any, AfterValidator(_json)]
