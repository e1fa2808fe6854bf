"""The last pass over the files: every page gets its place, its resolved links, and its ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.document.keys import set_keys, slug_from
from hsec_wagtail.importer.document.texts import leaves
from hsec_wagtail.importer.messages import Message, loaded, stored
from hsec_wagtail.importer.reading.ledger import Chrome, Ledger
from hsec_wagtail.importer.reading.readers.prose import short_name
from hsec_wagtail.importer.reading.source import Source
from hsec_wagtail.importer.reading.source_record import chrome_spans, dates_of, unresolved_in
from hsec_wagtail.importer.reading.website.assembly import (
    fold,
    group_spans,
    link_groups,
    link_pages,
)
from hsec_wagtail.importer.reading.website.index import Index
from hsec_wagtail.importer.reading.website.menus import menu_groups
from hsec_wagtail.importer.reading.website.tree import files_below, walk_tree
from hsec_wagtail.importer.text.urls import comparable, resolve

__all__ = ["Finisher"]

_NODES = """
CREATE TABLE node (
    place INTEGER PRIMARY KEY, number INTEGER, spot INTEGER, key TEXT, above TEXT, type TEXT, has_links INTEGER, slug TEXT
);
CREATE INDEX node_number ON node (number, spot);
"""
#: Why the words of files that are no pages are left out, by their role.
_LEFT_OUT = {
    "menu": Message("menu-in-frame"),
    "banner": Message("banner-in-frame"),
    "frameset": Message("no-frames"),
}


class Finisher:
    """Brings the pages that were read into their final form.

    Args:
        index: With the tree in it.
        top: The number of the file at the top.
    """

    def __init__(self, index: Index, top: int) -> None:
        self._index = index
        self._spool = index.spool
        self._top = top
        self.warnings: list[Message] = []

    def place(self) -> None:
        """Number all pages in the order of the tree, parents first."""
        self._spool.script(_NODES)
        stack: list[tuple[int, int, str | None]] = [(self._top, -1, None)]
        place = 0
        while stack:
            number, spot, above = stack.pop()
            key, type_ = self._name(number, spot)
            self._spool.run(
                "INSERT INTO node VALUES (?, ?, ?, ?, ?, ?, 0, '')",
                place,
                number,
                spot,
                key,
                above,
                type_,
            )
            place += 1
            stack += reversed([(n, s, key) for n, s in self._below(number, spot)])

    def _name(self, number: int, spot: int) -> tuple[str, str]:
        if spot < 0:
            row = self._spool.one("SELECT key, type FROM file WHERE number = ?", number)
        else:
            row = self._spool.one(
                "SELECT key, 'forum' FROM child WHERE number = ? AND spot = ?", number, spot
            )
        return row if row else ("", "")

    def _below(self, number: int, spot: int) -> list[tuple[int, int]]:
        if spot >= 0:
            return [(n, -1) for n in files_below(self._index, number, spot=spot, direct=True)]
        sections = self._spool.all(
            "SELECT number, child.spot FROM child JOIN file USING (number) WHERE number = ? AND keeps ORDER BY child.spot",
            number,
        )
        return [*sections, *((n, -1) for n in files_below(self._index, number, direct=True))]

    def finish(self) -> None:
        """Write the pages and the records of all files."""
        for number in walk_tree(self._index, self._top):
            self._finish(number)
        for role, reason in _LEFT_OUT.items():
            for number in self._index.numbers(role):
                self._leave_out(number, reason)

    def _finish(self, number: int) -> None:
        document = doc.Document.model_validate(self._spool.get("document", number))
        page = document.page
        self._shape(number, page)
        chrome = self._without_repeats(number, page)
        pages = list(page.walk())
        record = self._spool.get("source", number)
        if chrome:
            _claim(record, chrome, document)
        dead = link_pages(self._index, pages, number=number)
        record["dates"] = list(dates_of(pages))
        record["unresolved"] = list(unresolved_in(pages))
        record["dead_links"] = [f"{page.key}: {url}" for url in dead]
        self._spool.put("source", number, record)
        for spot, one in enumerate(pages, start=-1):
            self._write(number, spot, one)

    def _shape(self, number: int, page: doc.Page) -> None:
        """Give a page its key and its type, and its sections theirs, or make them parts of it."""
        key, type_, keeps = self._spool.one(
            "SELECT key, type, keeps FROM file WHERE number = ?", number
        ) or ("", "policy", 0)
        page.key, page.type = key, type_
        page.addresses = self._index.addresses(number)
        if type_ == "forum":
            page.short_name = page.short_name or short_name(page.title, "")
        if not keeps:
            fold(page)
        for spot, child in enumerate(page.children):
            child.key, child.type = self._name(number, spot)[0], "forum"
            fold(child)

    def _without_repeats(self, number: int, page: doc.Page) -> list[Chrome]:
        """Take the quick links from ``page`` that it has from above; return their places and the reason."""
        targets = self._targets(page.quick_links, number)
        self._spool.put("targets", number, targets)
        row = self._spool.one("SELECT links, parent FROM file WHERE number = ?", number) or (
            "",
            None,
        )
        digest, above = row
        while digest and above is not None:
            links, parent = self._spool.one(
                "SELECT links, parent FROM file WHERE number = ?", above
            ) or ("", None)
            if not links:
                above = parent
                continue
            if links != digest or not _same(targets, self._spool.get("targets", above)):
                return []
            spans = list(group_spans(page.quick_links))
            page.quick_links = []
            title = self._spool.get("page", self._place(above, -1))["title"]
            reason = Message("quick-links-repeated", title=title)
            return [Chrome(span, reason) for span in spans]
        return []

    def _targets(self, groups: Sequence[nodes.LinkGroup], number: int) -> list[str]:
        """Return where the links of ``groups`` lead, "" for nowhere and for the page itself."""
        base = self._index.base(number)
        wholes = [
            resolve(base, link.url) if link.url else None
            for group in groups
            for link in group.links
        ]
        return [
            ""
            if whole is None or whole.address == base
            else f"{comparable(whole.address)}#{whole.fragment}"
            for whole in wholes
        ]

    def _place(self, number: int, spot: int) -> int:
        row = self._spool.one("SELECT place FROM node WHERE number = ? AND spot = ?", number, spot)
        return int(row[0]) if row else 0

    def _write(self, number: int, spot: int, page: doc.Page) -> None:
        place = self._place(number, spot)
        data = page.model_dump(mode="json", exclude_none=True, exclude={"children"})
        self._spool.put("page", place, data)
        slug = page.slug or slug_from(page.title)
        self._spool.run(
            "UPDATE node SET has_links = ?, slug = ? WHERE place = ?",
            bool(page.quick_links),
            slug,
            place,
        )

    def _leave_out(self, number: int, reason: Message) -> None:
        """Claim all words of a file that is no page."""
        record = self._spool.get("source", number)
        if record["text"]:
            _claim(record, [Chrome((0, len(record["text"])), reason)], None)
            self._spool.put("source", number, record)
        row = self._spool.one("SELECT prose FROM file WHERE number = ?", number)
        if row and row[0] > 0:
            name = record["name"]
            self.warnings.append(Message("no-page", name=name, reason=reason, count=row[0]))

    def navigation(self, first: doc.Document) -> list[nodes.LinkGroup]:
        """Return the navigation of the site: that of the top page, else the menus in frames, else another page's."""
        groups, number = first.navigation, self._top
        for menu in self._index.numbers("menu") if not groups else ():
            groups = menu_groups(doc.Document.model_validate(self._spool.get("document", menu)))
            number = menu
            if groups:
                break
        if not groups:
            row = self._spool.one("SELECT min(number) FROM link WHERE kind = 2") or (None,)
            if row[0] is not None:
                number = row[0]
                groups = doc.Document.model_validate(self._spool.get("document", number)).navigation
        link_groups(self._index, groups, number=number)
        set_keys(doc.Document.model_construct(page=first.page, navigation=groups))
        return groups


def _claim(record: dict[str, Any], more: Iterable[Chrome], document: doc.Document | None) -> None:
    """Make the ledger in ``record`` anew, with ``more`` left out."""
    source = Source(record["name"], record["text"], record["sha256"])
    known = [Chrome((start, end), reason) for start, end, reason in loaded(record["chrome"])]
    ledger = Ledger(source, leaves(document) if document else (), [*known, *more])
    record["ledger"] = stored(ledger.as_json())
    record["chrome"] = stored(list(chrome_spans(ledger, source)))


def _same(targets: Sequence[str], above: Sequence[str]) -> bool:
    """Tell whether two lists of links lead to the same; a menu does not link to the page it stands on."""
    return all(one in {"", other} or not other for one, other in zip(targets, above, strict=True))
