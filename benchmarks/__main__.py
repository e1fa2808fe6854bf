"""Measures the writing of pages: ``python -m benchmarks [--pages 1000 5000] [--rounds 3] [--without-record]``.

Every measurement has a process and a database of its own. The methods take turns, so that a busy machine
is busy for all of them; the middle one of the rounds counts. What matters is the ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]
#: The naive way is measured on so many pages: it is slower the more there are, so this flatters it.
NAIVE_PAGES = 100
METHODS = ("naive", "bulk", "floor", "naive_update", "bulk_update")


class Databases:
    """Gives each measurement a copy of one migrated database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = os.environ.get("DATABASE_URL", "")
        self.migrated = folder / "migrated.sqlite3"
        if self.server:
            self._sql("CREATE DATABASE benchmark_migrated")
        run(
            ["django", "migrate", "--skip-checks", "--verbosity", "0"],
            self._environment("migrated"),
        )

    def fresh(self) -> dict[str, str]:
        """Return the environment that names a database nobody has written into."""
        if self.server:
            self._sql("DROP DATABASE IF EXISTS benchmark_run")
            self._sql("CREATE DATABASE benchmark_run TEMPLATE benchmark_migrated")
        else:
            shutil.copy(self.migrated, self.folder / "run.sqlite3")
        return self._environment("run")

    def _environment(self, name: str) -> dict[str, str]:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "BENCHMARK_DATABASE": str(self.folder / f"{name}.sqlite3"),
        }
        if self.server:
            parts = urlsplit(self.server)._replace(path=f"/benchmark_{name}")
            environment["DATABASE_URL"] = urlunsplit(parts)
        return environment

    def _sql(self, statement: str) -> None:
        import psycopg  # noqa: PLC0415 - only there

        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement)


def run(arguments: list[str], environment: dict[str, str]) -> str:
    """Run a module of this interpreter and return what it says."""
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)  # noqa: S603
    return done.stdout.decode()


def measure(counts: list[int], rounds: int, folder: Path) -> dict[tuple[int, str], list[Any]]:
    """Return the results by number of pages and method."""
    databases = Databases(folder)
    results: dict[tuple[int, str], list[Any]] = defaultdict(list)
    for turn in range(rounds):
        for count in counts:
            for method in METHODS:
                pages = min(count, NAIVE_PAGES) if method == "naive" else count
                environment = databases.fresh()
                environment["BENCHMARK_ROWS"] = str(folder / f"rows-{count}")
                said = run(["benchmarks.measure", method, str(pages)], environment)
                results[count, method].append(json.loads(said))
                sys.stderr.write(f"round {turn + 1}: {method}, {count} pages: {said}\n")
    return results


def table(results: dict[tuple[int, str], list[Any]], counts: list[int]) -> str:
    """Return the results as a table in Markdown."""

    def middle(count: int, method: str, what: str) -> float:
        return statistics.median(one[what] for one in results[count, method])

    lines = [
        "| pages | method | ms of processor per page | times faster than naive | times the floor"
        " | statements | memory, MB |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for count in counts:
        for method in METHODS:
            cost = middle(count, method, "processor")
            update = method.endswith("update")
            slow = middle(count, "naive_update" if update else "naive", "processor")
            least = "" if update else f"{cost / middle(count, 'floor', 'processor'):.1f}"
            lines.append(
                f"| {count:,} | {method.replace('_', ' ')} | {cost:.2f} | {slow / cost:.0f} | {least}"
                f" | {middle(count, method, 'statements'):.0f} | {middle(count, method, 'memory'):.0f} |"
            )
    return "\n".join(lines)


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, nargs="+", default=[1000, 5000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--without-record", action="store_true", help="the writing of pages alone")
    options = parser.parse_args()
    if options.without_record:
        os.environ["BENCHMARK_RECORD"] = "no"
    with tempfile.TemporaryDirectory() as folder:
        results = measure(options.pages, options.rounds, Path(folder))
    sys.stdout.write(f"{table(results, options.pages)}\n")


if __name__ == "__main__":
    main()
