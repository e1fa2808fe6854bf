"""JSON Schemas of what the endpoints say: each field is described here, and nowhere else."""

from __future__ import annotations

from typing import Any

from hsec_wagtail.blocks.members import ROLES
from hsec_wagtail.dates import Precision
from hsec_wagtail.models.mixins import HsecPageMixin

__all__ = ["SCHEMAS", "reference"]


def _object(description: str, **properties: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object that has all of ``properties`` and nothing else."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _text(description: str, **more: Any) -> dict[str, Any]:
    return {"type": "string", "description": description, **more}


def _number(description: str) -> dict[str, Any]:
    return {"type": "integer", "description": description, "minimum": 0}


def _list(description: str, item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "description": description, "items": item}


def reference(name: str) -> dict[str, Any]:
    """Return a reference to the schema ``name`` of SCHEMAS."""
    return {"$ref": f"#/components/schemas/{name}"}


def _link(description: str) -> dict[str, Any]:
    """Return the schema of a page that something names, null where there is none."""
    return {"description": description, "oneOf": [reference("PageLink"), {"type": "null"}]}


def _day(description: str) -> dict[str, Any]:
    return {"type": ["string", "null"], "format": "date", "description": description}


def _meta(description: str) -> dict[str, Any]:
    detail = "complete address of the same by itself in the API; null where it has none"
    return _object(
        description,
        type=_text("the model, as Wagtail names it"),
        detail_url={"type": ["string", "null"], "description": detail},
    )


_STATUS = _text("status of the page", enum=HsecPageMixin.Status.values)
_LANGUAGE = _text("code of the language of the text")
_BLOCK_ID = _text("id of the block; it stays when the page is changed, moved or renamed")

_PAGE = {
    "id": _number("id of the page"),
    "meta": _meta("the same in Wagtail's API"),
    "title": _text("title of the page"),
    "slug": _text("part of its address, by which lists are filtered"),
    "url": _text("complete address of the page"),
    "locale": _text("code of its locale"),
    "section": _link("the section it is in"),
    "status": _STATUS,
    "lead": _text("HTML of its lead, links with their addresses"),
    "initiatives": _number("how many initiatives the list of initiatives has for it"),
}

#: Names of the schemas -> what they describe.
SCHEMAS: dict[str, dict[str, Any]] = {
    "Error": _object(
        "Why there is no answer",
        message=_text("what was wrong, with the name of the parameter and what it can be"),
    ),
    "PageLink": _object(
        "A page that everybody may read",
        id=_number("id of the page"),
        title=_text("title of the page"),
        slug=_text("part of its address, by which lists are filtered"),
        url=_text("complete address of the page"),
    ),
    "Date": _object(
        "A date, no more exact than its source",
        edtf=_text("the date as EDTF, or as it was typed where it cannot be read"),
        words=_text("the date in the words of the language of the row"),
        precision=_text(
            "how exact it is; empty where it cannot be read",
            enum=["", *(one.value for one in Precision)],
        ),
        earliest=_day("first day it can mean; null where that side is open or unknown"),
        latest=_day("last day it can mean; null where that side is open or unknown"),
        label=_text("what happened then"),
        text=_text("the words of the text that say it"),
    ),
    "Term": _object(
        "Begin or end of a membership, no more exact than its source",
        edtf=_text("the date as EDTF, or as it was typed; empty where nothing is said"),
        words=_text("the date in the words of the language of the row"),
        earliest=_day("first day it can mean; null where that is open or unknown"),
        latest=_day("last day it can mean; null where that is open or unknown"),
    ),
    "Initiative": _object(
        "An action of the department, as a published page tells it",
        id=_BLOCK_ID,
        meta=_meta("the same in this API"),
        url=_text("complete address where the initiative stands"),
        text=_text("the text, without markup"),
        html=_text("the text as HTML, links with their addresses and dates marked"),
        dates=_list("its dates, in their order", reference("Date")),
        forum=_link("the forum it belongs to; null outside of forums"),
        topics=_list("the topics it is filed under", reference("PageLink")),
        section=_link("the section it is in"),
        page=reference("PageLink"),
        status=_STATUS,
        language=_LANGUAGE,
        updated=_text(
            "last change of the page that matters to readers, in UTC; empty if it is not known"
        ),
    ),
    "Membership": _object(
        "A country or organisation in a forum",
        id=_BLOCK_ID,
        meta=_meta("the same in this API"),
        url=_text("complete address of the page that says it"),
        name=_text("as the page names it"),
        country=_text("code of the country, ISO 3166-1 alpha-2; empty for organisations"),
        country_name=_text("name of the country in the language of the row; empty without a code"),
        role=_text("role", enum=[name for name, _label in ROLES]),
        since=reference("Term"),
        until=reference("Term"),
        forum=_link("the forum; null outside of forums"),
        section=_link("the section it is in"),
        page=reference("PageLink"),
        language=_LANGUAGE,
    ),
    "Forum": _object(
        "An international organisation, network or meeting",
        **_PAGE,
        short_name=_text("for example UN"),
        memberships=_number("how many memberships its pages name"),
    ),
    "Topic": _object("An item of the current agenda", **_PAGE),
    "QuickLink": _object(
        "A link of a group",
        label=_text("its words"),
        url=_text("complete address; empty without a public target"),
        language=_text("code of the language it leads to, if it is another one"),
    ),
    "QuickLinks": {
        "type": "object",
        "description": "A group of quick links; fields asks for more of it",
        "properties": {
            "id": _number("id of the group"),
            "meta": {"type": "object"},
            "heading": _text("heading of the group"),
            "slug": _text("name of the group for templates"),
            "shown_links": _list("the links as pages show them", reference("QuickLink")),
        },
        "required": ["id", "meta", "heading", "slug", "shown_links"],
    },
}
