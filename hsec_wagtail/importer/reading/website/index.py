"""The index of all pages of an import, in the spool: names, places, links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hsec_wagtail.importer.document.keys import slug_from
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.website.spool import Spool
from hsec_wagtail.importer.text.urls import (
    Target,
    collapsed,
    comparable,
    local_address,
    resolve,
)

__all__ = [
    "BODY",
    "NAVIGATION",
    "QUICK_LINKS",
    "ChildFacts",
    "Index",
    "LinkFacts",
    "LinkedPage",
    "PageFacts",
]

#: Where a link stands in its page.
BODY, QUICK_LINKS, NAVIGATION = 0, 1, 2

_TABLES = """
CREATE TABLE file (
    number INTEGER PRIMARY KEY, path TEXT, folder TEXT, depth INTEGER, rank INTEGER, role TEXT, url TEXT,
    title TEXT, language TEXT, is_forum INTEGER, prose INTEGER, links TEXT, key TEXT, type TEXT, keeps INTEGER,
    parent INTEGER, spot INTEGER, place INTEGER, repeats INTEGER
);
CREATE INDEX file_title ON file (title);
CREATE INDEX file_folder ON file (folder, rank);
CREATE INDEX file_parent ON file (parent, spot);
CREATE TABLE child (number INTEGER, spot INTEGER, title TEXT, short TEXT, key TEXT, PRIMARY KEY (number, spot));
CREATE INDEX child_title ON child (title);
CREATE TABLE anchor (number INTEGER, name TEXT, spot INTEGER, PRIMARY KEY (number, name));
CREATE TABLE trail (number INTEGER, position INTEGER, label TEXT, PRIMARY KEY (number, position));
CREATE INDEX trail_label ON trail (label);
CREATE TABLE address (address TEXT, form TEXT, short TEXT, folded TEXT, number INTEGER);
CREATE INDEX address_number ON address (number);
CREATE INDEX address_form ON address (form);
CREATE INDEX address_short ON address (short);
CREATE INDEX address_folded ON address (folded);
CREATE TABLE link (number INTEGER, position INTEGER, spot INTEGER, kind INTEGER, address TEXT, target INTEGER);
CREATE INDEX link_number ON link (number, kind, position);
CREATE INDEX link_target ON link (target, number);
CREATE TABLE doubt (text TEXT, number INTEGER, words INTEGER, PRIMARY KEY (text, number)) WITHOUT ROWID;
CREATE INDEX doubt_number ON doubt (number);
CREATE TABLE taken (key TEXT PRIMARY KEY, last INTEGER);
"""
#: Names of the first page of a site or of a folder, in order of trust.
_HOMES = (
    "index",
    "default",
    "home",
    "homepage",
    "accueil",
    "welcome",
    "bienvenue",
    "main",
    "sommaire",
    "toc",
)


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """A link: where it stands (-1 for the page itself, else which of its sections), and where it leads."""

    spot: int
    kind: int
    address: str


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """A section of a page that may be a page itself."""

    title: str
    short: str
    anchor: str
    key: str


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The facts about the page in one file; titles and labels are normalised.

    ``prose`` counts the words of its content outside of links, ``links`` tells its quick links from others
    ("" for none); ``key`` is the one it would have alone; ``anchors`` are those of headings in its body.
    """

    path: str
    url: str
    title: str
    language: str
    key: str
    is_forum: bool
    prose: int
    links: str
    trail: tuple[str, ...]
    children: tuple[ChildFacts, ...]
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkedPage:
    """The page that a link leads to, and the section of it (-1 for the whole), and the anchor in it."""

    number: int
    spot: int
    anchor: str


class Index:
    """Finds pages by address, title and place; its data are in ``spool``."""

    def __init__(self, spool: Spool) -> None:
        self.spool = spool
        spool.script(_TABLES)

    def add(self, number: int, facts: PageFacts, links: Iterable[LinkFacts]) -> None:
        """Take in the page of the file ``number``."""
        folder, _, name = facts.path.rpartition("/")
        depth = folder.count("/") + 1 if folder else 0
        self.spool.run(
            "INSERT INTO file (number, path, folder, depth, rank, role, url, title, language, key, is_forum, prose, links)"
            " VALUES (?, ?, ?, ?, ?, 'page', ?, ?, ?, ?, ?, ?, ?)",
            number, facts.path, folder, depth, _rank(name), facts.url, facts.title, facts.language,
            facts.key, facts.is_forum, facts.prose, facts.links,
        )  # fmt: skip
        self.spool.run_many(
            "INSERT INTO trail VALUES (?, ?, ?)",
            ((number, n, label) for n, label in enumerate(facts.trail)),
        )
        self.spool.run_many(
            "INSERT INTO child VALUES (?, ?, ?, ?, ?)",
            (
                (number, n, child.title, child.short, child.key)
                for n, child in enumerate(facts.children)
            ),
        )
        self.spool.run_many(
            "INSERT OR IGNORE INTO anchor VALUES (?, ?, ?)",
            [(number, child.anchor, n) for n, child in enumerate(facts.children) if child.anchor]
            + [(number, name, -1) for name in facts.anchors],
        )
        self.spool.run_many(
            "INSERT INTO link VALUES (?, ?, ?, ?, ?, NULL)",
            ((number, n, x.spot, x.kind, x.address) for n, x in enumerate(links)),
        )

    def path(self, number: int) -> str:
        """Return the path of the file ``number``."""
        return str((self.spool.one("SELECT path FROM file WHERE number = ?", number) or ("",))[0])

    def remove(self, number: int) -> None:
        """Forget what :meth:`add` took in of the page of the file ``number``."""
        for table in ("file", "trail", "child", "anchor", "link"):
            self.spool.run(f"DELETE FROM {table} WHERE number = ?", number)  # noqa: S608

    def add_address(self, number: int, address: str) -> None:
        """Note that the page of the file ``number`` was at ``address``."""
        form = comparable(address)
        self.spool.run(
            "INSERT INTO address VALUES (?, ?, ?, ?, ?)",
            address, form, collapsed(form), form.casefold(), number,
        )  # fmt: skip

    def addresses(self, number: int) -> list[str]:
        """Return the old addresses of the page of a file: on the web if known, else among the files."""
        rows = self.spool.all("SELECT DISTINCT address FROM address WHERE number = ?", number)
        known = [row[0] for row in rows]
        return [address for address in known if "//" in address] or known

    def settle_places(self) -> None:
        """Use the folders of the pages on the web as their places, if they are known for all."""
        if self.spool.one("SELECT 1 FROM file WHERE url = ''"):
            return
        for number in self.numbers():
            folder, _, name = comparable(self.base(number)).partition("?")[0].rpartition("/")
            # The page that a server shows for a folder, unless the file says it is another's.
            rank = _rank(name) if name else 0
            self.spool.run(
                "UPDATE file SET folder = ?, depth = ?, rank = coalesce(rank, ?) WHERE number = ?",
                folder, folder.count("/"), rank, number,
            )  # fmt: skip

    def settle_links(self) -> None:
        """Note the file that each link leads to, once all files are read."""
        last = self.spool.one("SELECT max(rowid) FROM link") or (0,)
        for rowid in range(1, (last[0] or 0) + 1):
            row = self.spool.one("SELECT number, address FROM link WHERE rowid = ?", rowid)
            target = self.find(row[1], at=row[0]) if row else None
            if target is not None:
                self.spool.run("UPDATE link SET target = ? WHERE rowid = ?", target, rowid)

    def base(self, number: int) -> str:
        """Return the address that the links of a file are relative to."""
        url, path = self.spool.one("SELECT url, path FROM file WHERE number = ?", number) or (
            "",
            "",
        )
        return url or local_address(path)

    def find(self, address: str, *, at: int) -> int | None:
        """Return the number of the file that ``address``, on the page of the file ``at``, leads to."""
        found = self._find(address)
        if found is None and (beside := self._beside(address, at)):
            found = self._find(beside)
        return found

    def _find(self, address: str) -> int | None:
        form = comparable(address)
        for column, value in (("form", form), ("short", collapsed(form))):
            row = self.spool.one(f"SELECT min(number) FROM address WHERE {column} = ?", value)  # noqa: S608
            if row and row[0] is not None:
                return int(row[0])
        rows = self.spool.all(
            "SELECT DISTINCT number FROM address WHERE folded = ? LIMIT 2", form.casefold()
        )
        return int(rows[0][0]) if len(rows) == 1 else None

    def _beside(self, address: str, at: int) -> str | None:
        """Return the local address of what stands beside the file ``at``, whose address on the web is known."""
        url, path = self.spool.one("SELECT url, path FROM file WHERE number = ?", at) or ("", "")
        if not url:
            return None
        folder = comparable(url).rpartition("/")[0] + "/"
        form = comparable(address)
        if not form.startswith(folder):
            return None
        return local_address(path).rpartition("/")[0] + "/" + form[len(folder) :]

    def target(self, href: str, *, at: int) -> LinkedPage | None:
        """Return the page of the import that ``href``, on the page of the file ``at``, leads to; None if to none."""
        whole = resolve(self.base(at), href)
        number = self.find(whole.address, at=at) if whole else None
        if whole is None or number is None:
            return None
        return self._linked_page(number, whole)

    def _linked_page(self, number: int, whole: Target) -> LinkedPage:
        for name in (whole.fragment, slug_from(whole.fragment)) if whole.fragment else ():
            row = self.spool.one(
                "SELECT spot FROM anchor WHERE number = ? AND name = ?", number, name
            )
            if row:
                return LinkedPage(number, int(row[0]), name)
        return LinkedPage(number, -1, "")

    def numbers(self, role: str = "page") -> Iterator[int]:
        """Yield the numbers of the files with ``role``, in order."""
        number: int | None = -1
        while True:
            row = self.spool.one(
                "SELECT min(number) FROM file WHERE number > ? AND role = ?", number, role
            )
            number = row[0] if row else None
            if number is None:
                return
            yield number

    def is_ours(self, address: str) -> bool:
        """Tell whether ``address`` is on the site that the pages are from."""
        form = comparable(address)
        if not form.startswith("//"):
            return True
        host = form[: form.index("/", 2)]
        row = self.spool.one(
            "SELECT 1 FROM address WHERE form >= ? AND form < ? LIMIT 1", host + "/", host + "0"
        )
        return row is not None

    def twice(self) -> list[Message]:
        """Return a warning for addresses that several files share."""
        rows = self.spool.all(
            "SELECT address, group_concat(DISTINCT path) FROM address JOIN file USING (number)"
            " GROUP BY form HAVING count(DISTINCT number) > 1 ORDER BY form LIMIT 10"
        )
        return [
            Message("same-page", paths=paths.split(","), address=address) for address, paths in rows
        ]

    def foreign(self, language: str) -> list[Message]:
        """Return a warning if pages are in another language than ``language``."""
        rows = self.spool.all(
            "SELECT path, language FROM file WHERE role = 'page' AND substr(language, 1, 2) <> ? LIMIT 10",
            language[:2],
        )
        pages = [f"{path} ({other})" for path, other in rows]
        return [Message("other-language", pages=pages, language=language)] if rows else []

    def take_key(self, wanted: str) -> str:
        """Return ``wanted``, or with the first number that makes it a key no other page has; it is taken then."""
        row = self.spool.one("SELECT last FROM taken WHERE key = ?", wanted)
        key, last = wanted, row[0] if row else 0
        while row:
            last += 1
            key = f"{wanted[:90]}-{last + 1}"
            row = self.spool.one("SELECT last FROM taken WHERE key = ?", key)
        self.spool.run("INSERT INTO taken VALUES (?, 0)", key)
        # The next that wants it need not try them all again.
        self.spool.run("UPDATE taken SET last = ? WHERE key = ?", last, wanted)
        return key


def _rank(name: str) -> int | None:
    """Return how good a name for the first page of a folder ``name`` is: 0 for the best, None for another page's."""
    # What follows a hyphen tells languages apart: index-e.htm, accueil_fr.htm.
    stem = re.sub(r"[-_.][a-z]{1,3}$", "", name.partition(".")[0].lower())
    return _HOMES.index(stem) if stem in _HOMES else None
