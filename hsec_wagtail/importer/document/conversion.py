"""Where stored content is on its way to a document: its place, its ids, and what gets lost there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from hsec_wagtail.importer.document.faults import words_of
from hsec_wagtail.importer.document.from_rich_text import Targets, document_html
from hsec_wagtail.importer.document.keys import block_id
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.text.html_cleaning import clean_text

__all__ = ["Ids", "Item", "Loss", "Place"]

_LONGEST_ID = 36

Made = TypeVar("Made", bound=BaseModel)


class Loss(NamedTuple):
    """What a document cannot hold: its content path on the page, and what it is."""

    path: str
    text: Message


class Item(NamedTuple):
    """A child of a list: its value, and its place."""

    value: Any
    place: Place


@dataclass(slots=True)
class Ids:
    """The ids of the blocks of a document, where none stands twice; copies of pages share theirs."""

    _taken: set[str] = field(default_factory=set)

    def take(self, wanted: Any, *, scope: str, path: str) -> str:
        """Return ``wanted``, or another id that is the same in every export, where it is none or taken."""
        usable = isinstance(wanted, str) and 0 < len(wanted) <= _LONGEST_ID
        identity = wanted if usable else block_id(scope, path)
        while identity in self._taken:
            identity = block_id(scope, identity)
        self._taken.add(identity)
        return str(identity)


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a page: reads what is stored there and notes what is lost."""

    scope: str
    path: str
    ids: Ids
    targets: Targets
    losses: list[Loss]
    #: Id of the block or item, as the document has it.
    id: str = ""

    def at(self, *names: str) -> Place:
        """Return a place inside this one."""
        return replace(self, path=".".join([self.path, *names]) if self.path else ".".join(names))

    def inside(self, identity: str) -> Place:
        """Return the place of the block or item ``identity`` of this one."""
        return replace(self.at(identity), id=identity)

    def lose(self, text: Message) -> None:
        """Note that something is lost here."""
        self.losses.append(Loss(self.path, text))

    def html(self, value: Any, *, inline: bool = False) -> str:
        """Return stored rich text as HTML of a document."""
        return document_html(
            value if isinstance(value, str) else "",
            targets=self.targets,
            lose=self.lose,
            inline=inline,
        )

    def items(self, values: Any) -> list[Item]:
        """Return the children of a list block, those of an older form without ids, too."""
        found = []
        for n, raw in enumerate(values if isinstance(values, list) else []):
            is_item = isinstance(raw, dict) and raw.get("type") == "item" and "value" in raw
            value, wanted = (raw["value"], raw.get("id")) if is_item else (raw, None)
            identity = self.ids.take(
                wanted, scope=f"{self.scope}/{self.id}", path=f"{self.path}/{n}"
            )
            found.append(Item(value, self.inside(identity)))
        return found

    def make(self, model: type[Made], **values: Any) -> Made | None:
        """Return ``model(**values)``, or None where the format takes no such thing; that is a loss."""
        try:
            return model(**values)
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            name = ".".join(str(part) for part in fault["loc"]) or model.__name__
            text = _said(values)
            self.lose(Message("lost-node", part=name, fault=words_of(fault), text=text))
            return None

    def check(self, value: Any, known: Sequence[str]) -> dict[str, Any]:
        """Return the struct ``value``; parts of the site's own that are not ``known`` are lost."""
        struct: dict[str, Any] = value if isinstance(value, dict) else {}
        for name, part in struct.items():
            if name not in known and part not in (None, "", [], {}, False):
                self.at(name).lose(Message("lost-part", text=_said({name: part})))
        return struct


def _said(values: Mapping[str, Any]) -> str:
    """Return the beginning of the words in ``values``, for a person to know them by."""
    texts = [str(value) for value in values.values() if isinstance(value, str | int) and value]
    return clean_text(" ".join(texts))[:80]
