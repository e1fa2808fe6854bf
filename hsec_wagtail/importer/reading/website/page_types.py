"""The type and key of each page of a tree, and its place below a section of its parent."""

from __future__ import annotations

from hsec_wagtail.importer.document.keys import key_from
from hsec_wagtail.importer.reading.website.index import BODY, Index
from hsec_wagtail.importer.reading.website.tree import walk_tree
from hsec_wagtail.importer.text.urls import comparable, local_address, stem

__all__ = ["settle_types"]


def settle_types(index: Index, top: int) -> None:
    """Note the types and keys of all pages, from the top down.

    A page stands below a section of its parent that has its title, or that alone links to it. Below a forum
    or any other page there are policy pages only; below a section a page is a section if it has pages of
    its own, a forum if it is called as an organisation is, else a policy page.
    """
    settler = _Settler(index, top)
    for number in walk_tree(index, top):
        settler.settle(number)


class _Settler:
    def __init__(self, index: Index, top: int) -> None:
        self._index = index
        self._one = index.spool.one
        self._top = top
        #: The old folder of the whole site, which keys of pages leave out.
        self._folders = tuple(
            comparable(address).rpartition("/")[0] + "/"
            for address in (index.base(top), local_address(self._path(top)))
        )

    def _path(self, number: int) -> str:
        return str((self._one("SELECT path FROM file WHERE number = ?", number) or ("",))[0])

    def settle(self, number: int) -> None:
        """Settle one page, whose parent is settled."""
        parent, key, is_forum = self._one(
            "SELECT parent, key, is_forum FROM file WHERE number = ?", number
        ) or (None, "", 0)
        spot: int | None = None
        if number == self._top:
            type_, keeps = "section", True
            self._index.take_key(key)
        else:
            spot = self._spot(number, parent)
            type_, keeps = self._type(number, parent, spot, is_forum=bool(is_forum))
            key = self._index.take_key(self._key(number) or key)
        self._index.spool.run(
            "UPDATE file SET type = ?, keeps = ?, spot = ?, key = ? WHERE number = ?",
            type_, keeps, spot, key, number,
        )  # fmt: skip
        if keeps:
            self._take_keys_of_sections(number)

    def _take_keys_of_sections(self, number: int) -> None:
        children = self._index.spool.all(
            "SELECT spot, key FROM child WHERE number = ? ORDER BY spot", number
        )
        self._index.spool.run_many(
            "UPDATE child SET key = ? WHERE number = ? AND spot = ?",
            [(self._index.take_key(key), number, spot) for spot, key in children],
        )

    def _key(self, number: int) -> str:
        """Return the key that the old address of a page gives it: it stays when the title changes."""
        for address in (self._index.base(number), local_address(self._path(number))):
            form = comparable(address)
            for folder in self._folders:
                if form.startswith(folder) and (rest := stem(form[len(folder) - 1 :])):
                    return key_from(rest)
        rest = stem(self._index.base(number))
        return key_from(rest) if rest else ""

    def _spot(self, number: int, parent: int) -> int | None:
        """Return below which section of its parent a page stands, None if below the parent itself."""
        keeps = self._one("SELECT keeps FROM file WHERE number = ?", parent)
        if not keeps or not keeps[0]:
            return None
        row = self._one(
            "SELECT c.spot FROM child c, file f WHERE c.number = ? AND f.number = ?"
            " AND (c.title = f.title OR c.short <> '' AND c.short = f.title) ORDER BY c.spot LIMIT 1",
            parent, number,
        ) or self._one(
            "SELECT min(spot) FROM link WHERE number = ? AND target = ? AND kind = ?"
            " HAVING min(spot) >= 0 AND min(spot) = max(spot)",
            parent, number, BODY,
        )  # fmt: skip
        return int(row[0]) if row else None

    def _type(
        self, number: int, parent: int, spot: int | None, *, is_forum: bool
    ) -> tuple[str, bool]:
        """Return the type of a page, and whether its sections are pages of their own."""
        above = (self._one("SELECT type FROM file WHERE number = ?", parent) or ("",))[0]
        if spot is not None or above != "section":
            return "policy", False
        if self._names_organisations(number):
            return "section", True
        if self._one("SELECT 1 FROM file WHERE parent = ? LIMIT 1", number):
            return "section", False
        return ("forum" if is_forum else "policy"), False

    def _names_organisations(self, number: int) -> bool:
        """Tell whether most sections of a page are on organisations: those of the top, or with a short name."""
        row = self._one(
            "SELECT count(*), total(c.short <> '' OR EXISTS (SELECT 1 FROM child t WHERE t.number = ? AND"
            " (t.title = c.title OR t.short <> '' AND t.short = c.title))) FROM child c WHERE c.number = ?",
            self._top, number,
        ) or (0, 0)  # fmt: skip
        return bool(row[0] >= 2 and row[1] * 2 >= row[0])
