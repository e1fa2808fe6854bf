"""The conversion of stored content to a document: places in the content, ids, and losses."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from hsec_wagtail.importer.document.faults import words_of
from hsec_wagtail.importer.document.from_rich_text import LinkTargets, document_html
from hsec_wagtail.importer.document.keys import block_id
from hsec_wagtail.importer.document.names import BLOCK_ID
from hsec_wagtail.importer.document.nodes import File
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.text.html_cleaning import clean_text

__all__ = ["Ids", "Loss", "StoredItem", "StoredPlace"]

ModelT = TypeVar("ModelT", bound=BaseModel)


class Loss(NamedTuple):
    """A part that a document cannot hold: its content path on the page, and a message.

    ``kept`` tells that the document does hold it, but that it needs review.
    """

    path: str
    text: Message
    kept: bool = False


class StoredItem(NamedTuple):
    """A child of a list: its value, and its place."""

    value: Any
    place: StoredPlace


@dataclass(slots=True)
class Ids:
    """The ids of the blocks of a document, where none stands twice; copies of pages share theirs."""

    _taken: set[str] = field(default_factory=set)

    def take(self, wanted: Any, *, scope: str, path: str) -> str:
        """Return ``wanted``, or where it is invalid or taken another id, the same in every export."""
        usable = isinstance(wanted, str) and BLOCK_ID.fits(wanted)
        identity = wanted if usable else block_id(scope, path)
        while identity in self._taken:
            identity = block_id(scope, identity)
        self._taken.add(identity)
        return str(identity)


@dataclass(frozen=True, slots=True)
class StoredPlace:
    """A part of a page: reads what is stored there and notes what is lost."""

    scope: str
    path: str
    ids: Ids
    targets: LinkTargets
    losses: list[Loss]
    #: Id of the block or item, as the document has it.
    id: str = ""

    def at(self, *names: str) -> StoredPlace:
        """Return a place inside this one."""
        return replace(self, path=".".join([self.path, *names]) if self.path else ".".join(names))

    def inside(self, identity: str) -> StoredPlace:
        """Return the place of the block or item ``identity`` of this one."""
        return replace(self.at(identity), id=identity)

    def lose(self, text: Message) -> None:
        """Note that something is lost here."""
        self.losses.append(Loss(self.path, text))

    def warn(self, text: Message) -> None:
        """Note that this place needs review, although nothing is lost."""
        self.losses.append(Loss(self.path, text, kept=True))

    def page_key(self, page: Any) -> str | None:
        """Return the key of the page of the document whose id is stored; that of another page is lost."""
        key = self.targets.keys.get(page) if isinstance(page, int) else None
        if page and key is None:
            self.lose(Message("lost-page", page=str(page)))
        return key

    def file(self, file: Any, kind: str) -> File | None:
        """Return the document or image whose id is stored; one that is gone is lost."""
        known = self.targets.images if kind == "image" else self.targets.documents
        found = known.get(file) if isinstance(file, int) else None
        if file and found is None:
            gone = str(file)
            is_image = kind == "image"
            self.lose(
                Message("lost-image", file=gone)
                if is_image
                else Message("lost-document", file=gone)
            )
        return found

    def html(self, value: Any, *, inline: bool = False) -> str:
        """Return stored rich text as HTML of a document."""
        return document_html(
            value if isinstance(value, str) else "",
            targets=self.targets,
            lose=self.lose,
            inline=inline,
        )

    def items(self, values: Any) -> list[StoredItem]:
        """Return the children of a list block, those of an older form without ids, too."""
        found = []
        for n, raw in enumerate(values if isinstance(values, list) else []):
            is_item = isinstance(raw, dict) and raw.get("type") == "item" and "value" in raw
            value, wanted = (raw["value"], raw.get("id")) if is_item else (raw, None)
            identity = self.ids.take(
                wanted, scope=f"{self.scope}/{self.id}", path=f"{self.path}/{n}"
            )
            found.append(StoredItem(value, self.inside(identity)))
        return found

    def make(self, model: type[ModelT], **values: Any) -> ModelT | None:
        """Return ``model(**values)``, or None where the format takes no such thing; that is a loss."""
        try:
            return model(**values)
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            name = ".".join(str(part) for part in fault["loc"]) or model.__name__
            text = _first_words(values)
            self.lose(Message("lost-node", part=name, fault=words_of(fault), text=text))
            return None

    def check(self, value: Any, known: Collection[str]) -> dict[str, Any]:
        """Return the struct ``value``; parts of the site's own that are not ``known`` are lost."""
        struct: dict[str, Any] = value if isinstance(value, dict) else {}
        for name, part in struct.items():
            if name not in known and part not in (None, "", [], {}, False):
                self.at(name).lose(Message("lost-part", text=_first_words({name: part})))
        return struct


def _first_words(values: Mapping[str, Any]) -> str:
    """Return the beginning of the words in ``values``, for a person to know them by."""
    texts = [str(value) for value in values.values() if isinstance(value, str | int) and value]
    return clean_text(" ".join(texts))[:80]
