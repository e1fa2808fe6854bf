"""Measures the public record: ``python -m benchmarks.record [--initiatives 100 10000 100000] [--rounds 5]``.

Each view of a section's record is asked for as a visitor would: made anew, kept in the cache, and not modified.
The views are those of ``models.section_views``, and filters and files of the list. What counts is how a time
grows from the smallest register to the largest, and how it compares to a bare page of Wagtail: the times are
taken in turn, and given in bare pages, so that a busy machine changes them little.
``BENCHMARK_DATABASE`` names a database that is made anew; ``DATABASE_URL`` one of a server.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
os.environ.setdefault("BENCHMARK_DATABASE", f"{tempfile.mkdtemp()}/record.sqlite3")
django.setup()

from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client, override_settings  # noqa: E402

from wagtail.models import Page  # noqa: E402

from benchmarks.clock import Clock  # noqa: E402
from benchmarks.record_content import build_full_section, build_register  # noqa: E402
from hsec_wagtail.models.section_views import VIEWS  # noqa: E402

#: Filters and files of the list, which are views of it.
LISTS = {
    "list, one forum": "?forum=organisation-0",
    "list, one topic": "?topic=topic-3",
    "list, three years": "?from=2001&to=2003",
    "list, a word": "?text=mines",
    "list, all filters": "?forum=organisation-0&topic=topic-0&status=active&from=1995&text=mines",
    "list, last page": "?page={last}",
    "CSV": "csv/",
    "JSON": "json/",
}
FULL = (6, 60)
ON_A_PAGE = 50
_BARE_IN_A_ROUND = 3


def addresses(section: Any, count: int) -> Iterator[tuple[str, str]]:
    """Yield names and addresses of all that is measured of ``section``."""
    for name in VIEWS:
        yield name, section.view_url(name)
    for name, query in LISTS.items():
        last = max(1, -(-count // ON_A_PAGE))
        yield name, section.view_url("initiatives") + query.format(last=last)


def _noting(queries: list[str]) -> Callable[..., Any]:
    """Return a wrapper that adds each statement to ``queries``."""

    def wrapper(execute: Any, sql: str, *arguments: Any) -> Any:
        queries.append(sql)
        return execute(sql, *arguments)

    return wrapper


class Cost(NamedTuple):
    """What an answer costs: queries, milliseconds of processor time, and that time in bare pages."""

    queries: int
    time: float
    bare_pages: float
    status: int
    streamed: bool


class Visitor:
    """Asks for an address and, in turn with it, for a bare page, and says what the answer cost."""

    def __init__(self, bare: str, rounds: int) -> None:
        self.bare = bare
        self.rounds = rounds
        self.client = Client()

    def cost(self, url: str, *, kept: bool, **headers: str) -> Cost:
        """Return what the answer costs, made anew or from the cache."""
        with override_settings(HSEC_CACHE="default" if kept else None):
            # Caches of content types, sites and templates are not what is measured.
            self._ask(self.bare, {})
            answer = self.client.get(url, headers=headers)
            queries: list[str] = []
            with connection.execute_wrapper(_noting(queries)):
                self._ask(url, headers)
            times, bare = [], []
            for _ in range(self.rounds):
                # Both meet the same neighbours on the machine.
                bare += [self._time(self.bare, {}) for _ in range(_BARE_IN_A_ROUND)]
                times.append(self._time(url, headers))
        time = statistics.median(times)
        return Cost(
            len(queries), time, time / statistics.median(bare), answer.status_code, answer.streaming
        )

    def tag(self, url: str) -> str:
        """Return the ETag of an answer."""
        with override_settings(HSEC_CACHE="default"):
            cache.clear()
            response = self.client.get(url)
            return str(response.get("ETag", ""))

    def _time(self, url: str, headers: dict[str, str]) -> float:
        """Return the milliseconds of processor time that an answer takes."""
        clock = Clock()
        self._ask(url, headers)
        return clock.read()[0] * 1000

    def _ask(self, url: str, headers: dict[str, str]) -> None:
        response: Any = self.client.get(url, headers=headers)
        if response.streaming:
            for _ in response.streaming_content:
                pass


def line(visitor: Visitor, name: str, url: str, smallest: dict[str, float]) -> str:
    """Return a row of the table: what an answer costs that is made, kept, and not modified."""
    made = visitor.cost(url, kept=False)
    if made.status != 200:
        return f"| {name} | status {made.status} | | | | | | |"
    # No stream is kept.
    kept = "–" if made.streamed else f"{visitor.cost(url, kept=True).bare_pages:.1f}"
    same = visitor.cost(url, kept=True, **{"If-None-Match": visitor.tag(url)})
    grown = made.bare_pages / smallest.setdefault(name, made.bare_pages)
    again = f"{same.bare_pages:.1f} | {same.queries}" if same.status == 304 else "– | –"
    return (
        f"| {name} | {made.queries} | {made.time:.1f} | {grown:.1f} | {made.bare_pages:.1f}"
        f" | {kept} | {again} |"
    )


def main(counts: list[int], rounds: int) -> None:
    """Measure, and print tables."""
    call_command("migrate", verbosity=0, skip_checks=True)
    home = Page.objects.get(depth=2)
    visitor = Visitor(home.url, rounds)
    bare = visitor.cost(home.url, kept=True)
    sys.stdout.write(f"{connection.vendor}; a bare page: {bare.time:.1f} ms\n")
    head = (
        "\n| {title} | queries | ms | times the smallest | times a bare page | kept: times a bare page"
        " | 304: times a bare page | 304: queries |\n|" + " --- |" * 8 + "\n"
    )
    sys.stdout.write(head.format(title="section page"))
    for forums in FULL:
        section = build_full_section(home, forums)
        _say(line(visitor, f"{forums} forums", section.url, {}))
    smallest: dict[str, float] = {}
    for count in counts:
        section = build_register(home, count)
        # As the database does by itself in the course of a day.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        sys.stdout.write(head.format(title=f"{count:,} initiatives"))
        for name, url in addresses(section, count):
            _say(line(visitor, name, url, smallest))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--initiatives", type=int, nargs="+", default=[100, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    main(options.initiatives, options.rounds)
