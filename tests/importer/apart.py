"""A site in processes of its own, with a database of its own: what is killed here is really dead."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, connections

ROOT = Path(__file__).resolve().parents[2]

#: What a site must be like: (pages, problems of the tree, search entries, revisions of pages that are gone).
LOOK = """
import json
from wagtail.models import Page, Revision, ReferenceIndex
from wagtail.search.models import IndexEntry
print("LOOK" + json.dumps({
    "pages": Page.objects.count(),
    "problems": [list(map(str, found)) for found in Page.find_problems()],
    "entries": IndexEntry.objects.count(),
    "revisions": Revision.objects.count(),
}))
"""


class SiteApart:
    """A site whose commands run in processes of their own."""

    def __init__(self, database: str, *, settings: str = "tests.settings_apart") -> None:
        self._environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings,
            "HSEC_DATABASE": database,
        }

    def with_settings(self, settings: str) -> SiteApart:
        """Return the same site with other settings."""
        return SiteApart(self._environment["HSEC_DATABASE"], settings=settings)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Begin a management command."""
        return subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", "django", *arguments],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> str:
        """Run a management command, which must succeed, and return what it prints."""
        process = self.start(*arguments)
        said, complained = process.communicate()
        assert process.returncode == 0, said + complained
        return said

    def runs(self) -> list[dict[str, Any]]:
        """Return the runs, the newest first."""
        found: list[dict[str, Any]] = json.loads(self.run("hsec_runs", "--json"))
        return found

    def recorded(self) -> bool:
        """Tell whether a run is in the database, asked without a process: that would be too slow."""
        alias = connections.create_connection("default")
        alias.settings_dict = {**alias.settings_dict, "NAME": self._environment["HSEC_DATABASE"]}
        alias.settings_dict["OPTIONS"] = {}
        try:
            with alias.cursor() as cursor:
                cursor.execute("SELECT COUNT(*) FROM hsec_wagtail_importrun")
                return bool(cursor.fetchone()[0])
        except DatabaseError:
            # SQLite, while the other writes.
            return False
        finally:
            alias.close()

    def look(self) -> dict[str, Any]:
        """Return what there is on the site."""
        said = self.run("shell", "--no-imports", "-c", LOOK)
        found: dict[str, Any] = json.loads(said.partition("LOOK")[2])
        return found


@contextmanager
def site_apart(folder: Path) -> Iterator[SiteApart]:
    """Give a migrated site, and take its database away afterwards."""
    if connection.vendor != "postgresql":
        site = SiteApart(str(folder / "site.sqlite3"))
        site.run("migrate", "--verbosity=0")
        yield site
        return
    name = f"hsec_apart_{os.getpid()}"
    _on_server(f'DROP DATABASE IF EXISTS "{name}"')
    _on_server(f'CREATE DATABASE "{name}"')
    try:
        site = SiteApart(name)
        site.run("migrate", "--verbosity=0")
        yield site
    finally:
        _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    import psycopg

    database = settings.DATABASES["default"]
    with psycopg.connect(
        host=database["HOST"],
        port=database["PORT"],
        user=database["USER"],
        password=database["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    ) as server:
        server.execute(statement)


def section_of(count: int) -> dict[str, Any]:
    """Return a section document of ``count`` forums, each with a text and an action."""
    forums = [
        {
            "type": "forum",
            "key": f"forum-{n}",
            "title": f"Forum {n}",
            "body": [
                {"type": "paragraph", "html": f"<p>What forum {n} is for.</p>"},
                {
                    "type": "initiatives",
                    "items": [
                        {
                            "html": f"<p>Signed convention {n} in June 1999.</p>",
                            "dates": [{"edtf": "1999-06", "text": "June 1999"}],
                        }
                    ],
                },
            ],
        }
        for n in range(count)
    ]
    return {
        "format": "hsec-section/1",
        "language": "en",
        "source": {"name": "many.json", "key": "many"},
        "page": {"type": "section", "key": "many", "title": "Many forums", "children": forums},
    }
