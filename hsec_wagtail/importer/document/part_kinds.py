"""The row of a type of node, and the kinds of its parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

from pydantic import BaseModel

__all__ = ["NodeSpec", "Part", "PartKind"]


class PartKind(Enum):
    """The kind of a part of a node."""

    #: Text that people read; what looks like markup in it is text.
    PLAIN = "plain"
    #: HTML that people read, of the features that rich text has.
    RICH = "rich"
    #: Says how the node is shown, not what it says.
    SETTING = "setting"
    #: A fact that is no text: a code, a number, a yes or no.
    DATA = "data"
    #: A day.
    DAY = "day"
    #: A date of any precision, as EDTF writes it.
    EDTF = "edtf"
    #: An address; in a link it may be that of a part of a page of the document.
    URL = "url"
    #: The key of a page of the document, or several; on a site its id.
    PAGE = "page"
    #: A document or an image; on a site its id.
    FILE = "file"
    #: Nodes.
    LIST = "list"
    #: Rows of cells of rich text without blocks.
    CELLS = "cells"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a node.

    Args:
        field: Name of the node's field.
        kind: Its kind.
        stored: Its name in the stored block, dotted where it is inside another part; "" where it is the
            block's whole value; None where the block has no such part.
        item: The row of the nodes of a list; None for a body, whose blocks have types.
        item_type: Type of the list's stored items.
        many: Of pages: it holds several.
        file: Of files: which kind.
        span: Name of the field that says where in the source the part stands; such a part is a text of its own.
        ids: Names of the fields that keep the ids of its items on a site, outermost first.
        aside: Field with the address that this text links to.
        shown: Whether readers of the page see the text.
        shown_unless: Field and value under which they do not, since other text says the same.
        repeats: The texts of the list stand elsewhere on the page already.
        site_only: Only a site knows it, no source says it.
        only_on: Types of page that have it; all if empty.
    """

    field: str
    kind: PartKind
    stored: str | None
    item: NodeSpec | None = None
    item_type: str = "item"
    many: bool = False
    file: Literal["document", "image", ""] = ""
    span: str = ""
    ids: tuple[str, ...] = ()
    aside: str = ""
    shown: bool = True
    shown_unless: tuple[str, Any] | None = None
    repeats: bool = False
    site_only: bool = False
    only_on: tuple[str, ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether it is text that people read."""
        return self.kind in {PartKind.PLAIN, PartKind.RICH, PartKind.CELLS}

    @property
    def is_html(self) -> bool:
        """Whether it is HTML, which may hold links."""
        return self.kind in {PartKind.RICH, PartKind.CELLS}

    def is_shown(self, struct: Mapping[str, Any]) -> bool:
        """Tell whether readers see it beside the other parts, of a node or of a stored block, in ``struct``."""
        if self.shown_unless is None:
            return self.shown
        name, value = self.shown_unless
        return self.shown and struct.get(name) != value


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeSpec:
    """A type of node.

    Args:
        node: The node's class.
        block: Type of the block that it becomes; "" where it is an item or a part of another block.
        parts: In the order in which they are read and stored.
        key_parts: Fields that a key is made of where the node's own texts do not tell it from others.
        told_by: Fields that identify the thing that the node is about: the first that is not empty counts.
        is_label: It holds few words, all of which may change while it stays the same node.
        is_value: A label whose ``told_by`` fields may change as well.
        is_name: It is the name of one thing; half of its words may be the name of another.
    """

    node: type[BaseModel]
    block: str = ""
    parts: tuple[Part, ...]
    key_parts: tuple[str, ...] = ()
    told_by: tuple[str, ...] = ()
    is_label: bool = False
    is_value: bool = False
    is_name: bool = False

    def part_at(self, stored: str) -> Part | None:
        """Return the part that is stored as ``stored``, or None."""
        return next((part for part in self.parts if part.stored == stored), None)

    def stored_names(self) -> frozenset[str]:
        """Return the names of the parts of the stored block, the outermost ones of dotted names."""
        return frozenset(part.stored.partition(".")[0] for part in self.parts if part.stored)
