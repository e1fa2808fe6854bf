"""The tree of the pages: from breadcrumbs, titles, folders, links and names, in this order of trust."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterator

from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.website.index import BODY, NAVIGATION, QUICK_LINKS, Index

__all__ = ["build_tree", "files_below", "walk_tree"]

_NONE = -1
#: How many pages a warning names.
_NAMED = 5


def build_tree(index: Index) -> tuple[int, list[Message]]:
    """Note in ``index`` what stands below what; return the number of the page at the top and what was guessed.

    The same files give the same tree.
    """
    top, warnings = _find_top(index)
    builder = _ParentFinder(index, top)
    builder.by_trail()
    builder.by_sections()
    builder.by_folder()
    builder.by_links()
    builder.rest()
    builder.without_circles()
    builder.write()
    return top, warnings + builder.warnings


def _find_top(index: Index) -> tuple[int, list[Message]]:
    one = index.spool.one
    pages, depth = one("SELECT count(*), min(depth) FROM file WHERE role = 'page'") or (0, 0)
    home = one(
        "SELECT number FROM file WHERE role = 'page' AND depth = ? AND rank IS NOT NULL"
        " ORDER BY rank, number LIMIT 1",
        depth,
    )
    if home:
        return int(home[0]), []
    guesses = (
        (
            Message("named-by-breadcrumbs"),
            "SELECT f.number, count(DISTINCT t.number) AS times FROM trail t JOIN file f ON f.title = t.label"
            " AND f.number <> t.number WHERE f.role = 'page' GROUP BY f.number"
            " ORDER BY times DESC, f.depth, f.number LIMIT 1",
        ),
        (
            Message("linked-by-most"),
            "SELECT target, count(DISTINCT number) AS times FROM link WHERE target <> number"
            " GROUP BY target ORDER BY times DESC, target LIMIT 1",
        ),
        (
            Message("alone-at-the-top"),
            f"SELECT min(number), {pages} / count(*) FROM file WHERE role = 'page' AND depth = {int(depth)}"  # noqa: S608
            f" HAVING count(*) = 1",
        ),
    )
    for why, query in guesses:
        row = one(query)
        if row and pages > 1 and row[1] * 2 >= pages - 1:
            return int(row[0]), [Message("top-guessed", path=_path(index, row[0]), why=why)]
    first = int((one("SELECT min(number) FROM file WHERE role = 'page'") or (0,))[0])
    if pages == 1:
        return first, []
    return first, [Message("top-unknown", path=_path(index, first))]


def _path(index: Index, number: int) -> str:
    return str((index.spool.one("SELECT path FROM file WHERE number = ?", number) or ("",))[0])


class _ParentFinder:
    """Parents of files by their numbers: little, so that there may be many."""

    def __init__(self, index: Index, top: int) -> None:
        self._index = index
        self._top = top
        last = (index.spool.one("SELECT max(number) FROM file") or (0,))[0]
        self._parent = array("l", [_NONE]) * (last + 1)
        self.warnings: list[Message] = []

    def _waiting(self) -> Iterator[int]:
        """Yield the pages whose parent is not known yet."""
        for number in self._index.numbers():
            if number != self._top and self._parent[number] == _NONE:
                yield number

    def by_trail(self) -> None:
        """Put pages below those whose titles their breadcrumbs name, the innermost first."""
        for number in self._waiting():
            labels = self._index.spool.all(
                "SELECT t.label FROM trail t JOIN file f ON f.number = t.number"
                " WHERE t.number = ? AND t.label <> f.title ORDER BY t.position DESC",
                number,
            )
            found = (self._called(label, number) for (label,) in labels)
            self._parent[number] = next((n for n in found if n is not None), _NONE)

    def _called(self, label: str, number: int) -> int | None:
        """Return the page with the title ``label``, or with a section of that title; of several the nearest."""
        # Of many with one title none is meant; a few are enough to see that.
        rows = self._index.spool.all(
            "SELECT f.number, f.folder = me.folder FROM file me, (SELECT number, folder FROM file WHERE title = ?"
            " AND number <> ? AND role = 'page' ORDER BY number LIMIT 50) f WHERE me.number = ?"
            " UNION SELECT c.number, 0 FROM child c WHERE c.number = ? AND c.title = ? AND c.number <> ?",
            label, number, number, self._top, label, number,
        )  # fmt: skip
        near = [row[0] for row in rows if row[1]]
        known = near if len(near) == 1 else list(dict.fromkeys(row[0] for row in rows))
        if self._top in known and len(known) == 2:
            # A page that repeats a section of the top has the same title.
            known.remove(self._top)
        return int(known[0]) if len(known) == 1 else None

    def by_sections(self) -> None:
        """Put pages that are called as a section of the top page is below the top."""
        for number in self._waiting():
            if self._index.spool.one(
                "SELECT 1 FROM child c JOIN file f ON c.title = f.title WHERE c.number = ? AND f.number = ?",
                self._top, number,
            ):  # fmt: skip
                self._parent[number] = self._top

    def by_folder(self) -> None:
        """Put pages of a folder below its index page, and that below the one of the folder above."""
        top_depth = self._index.spool.one("SELECT min(depth) FROM file WHERE role = 'page'") or (0,)
        for number in self._waiting():
            folder, depth = self._index.spool.one(
                "SELECT folder, depth FROM file WHERE number = ?", number
            ) or ("", 0)
            home = self._home(folder)
            if home == number:
                self._parent[number] = self._home_above(folder)
            elif home is not None and depth > top_depth[0]:
                self._parent[number] = home

    def _home(self, folder: str) -> int | None:
        row = self._index.spool.one(
            "SELECT number FROM file WHERE folder = ? AND rank IS NOT NULL AND role = 'page'"
            " ORDER BY rank, number LIMIT 1",
            folder,
        )
        return int(row[0]) if row else None

    def _home_above(self, folder: str) -> int:
        while folder:
            folder = folder.rpartition("/")[0]
            home = self._home(folder)
            if home is not None:
                return home
        return self._top

    def by_links(self) -> None:
        """Put pages below those that link to them: the top first, then from page to page."""
        self._below_links(self._top, (BODY, QUICK_LINKS))
        seen = bytearray(len(self._parent))
        for start in (self._top, *self._index.numbers()):
            queue = deque([start])
            while queue:
                number = queue.popleft()
                if not seen[number]:
                    seen[number] = 1
                    queue += self._below_links(number, (BODY,))
        for number in self._below_links(self._top, (NAVIGATION,)):
            seen[number] = 1

    def _below_links(self, number: int, kinds: tuple[int, ...]) -> list[int]:
        """Return the pages that the links of ``number`` lead to; those without a parent are put below it."""
        found: list[int] = []
        for kind in kinds:
            rows = self._index.spool.all(
                "SELECT l.target FROM link l JOIN file f ON f.number = l.target WHERE l.number = ? AND l.kind = ?"
                " AND f.role = 'page' GROUP BY l.target ORDER BY min(l.position)",
                number, kind,
            )  # fmt: skip
            found += [target for (target,) in rows if target not in {self._top, number}]
        # A page that nothing leads to says nothing of what is below it.
        if number == self._top or self._parent[number] != _NONE:
            for target in found:
                if self._parent[target] == _NONE:
                    self._parent[target] = number
            return found
        return []

    def rest(self) -> None:
        """Put the other pages below the index page of the nearest folder above, in the end below the top."""
        lost: list[int] = []
        for number in self._waiting():
            row = self._index.spool.one("SELECT folder FROM file WHERE number = ?", number)
            home = self._home_above(f"{row[0]}/" if row else "")
            self._parent[number] = home if home != number else self._top
            lost.append(number)
        if lost:
            self.warnings.append(Message("place-unknown", pages=_names(self._index, lost)))

    def without_circles(self) -> None:
        """Cut circles of pages that say of one another that they are above."""
        state = bytearray(len(self._parent))  # 1 on the way now, 2 known to lead to the top
        state[self._top] = 2
        self._parent[self._top] = _NONE
        for start in self._index.numbers():
            path: list[int] = []
            number = start
            while not state[number]:
                state[number] = 1
                path.append(number)
                number = self._parent[number]
            if state[number] == 1:
                first = min(path[path.index(number) :])
                self._parent[first] = self._top
                self.warnings.append(Message("circle", path=_path(self._index, first)))
            for one in path:
                state[one] = 2

    def write(self) -> None:
        """Note the parents."""
        self._index.spool.run_many(
            "UPDATE file SET parent = ? WHERE number = ?",
            (
                (self._parent[number], number)
                for number in self._index.numbers()
                if number != self._top
            ),
        )


def _names(index: Index, numbers: list[int]) -> list[str] | Message:
    first = [_path(index, number) for number in numbers[:_NAMED]]
    more = len(numbers) - _NAMED
    return Message("and-more", first=first, count=more) if more > 0 else first


def walk_tree(index: Index, top: int) -> Iterator[int]:
    """Yield the numbers of the files, parents first; those below one in the order in which it links to them."""
    stack = [top]
    while stack:
        number = stack.pop()
        yield number
        stack += reversed(files_below(index, number))


def files_below(
    index: Index, number: int, *, spot: int | None = None, direct: bool = False
) -> list[int]:
    """Return the files below ``number``, in the order in which it links to them, then by name.

    ``direct``, only those below its section ``spot``, or below no section if that is None.
    """
    place = "f.parent = ? AND f.spot IS ?" if direct else "f.parent = ?"
    rows = index.spool.all(
        "SELECT f.number FROM file f LEFT JOIN link l ON l.number = f.parent AND l.target = f.number AND l.kind <> ?"  # noqa: S608
        f" WHERE {place} GROUP BY f.number ORDER BY min(l.position) IS NULL, min(l.position), f.number",
        NAVIGATION, number, *([spot] if direct else []),
    )  # fmt: skip
    return [row[0] for row in rows]
