"""The whole import, from files to pages and back: ``python -m benchmarks.whole [PAGES]``.

A folder of saved pages is read and imported, imported again as it is, again with one page of a hundred
changed, verified, and both runs are undone; the same section as one document is imported beside it. Each
step says processor time per page and the most memory so far. The naive way and the floor are those of
``python -m benchmarks``, to be run beside it. ``BENCHMARK_DATABASE`` names a database that is made anew.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
os.environ.setdefault("BENCHMARK_DATABASE", f"{tempfile.mkdtemp()}/whole.sqlite3")
django.setup()

from django.core.management import call_command  # noqa: E402

from wagtail.models import Page  # noqa: E402

from benchmarks.clock import Clock, peak_memory  # noqa: E402
from benchmarks.content import INITIATIVES, sentence  # noqa: E402
from hsec_wagtail import importer  # noqa: E402

OPTIONS = importer.ImportOptions(base_url="https://www.department.example/policy/index.html")


def write_site(folder: Path, count: int, *, changed: int = 0) -> None:
    """Write an index page and ``count`` pages that it links to; the first ``changed`` say something more."""
    links = "".join(f'<li><a href="{n}.html">Organisation {n}</a></li>' for n in range(count))
    index = f"<h1>Regional security</h1><p>{sentence(1, 30)}</p><ul>{links}</ul>"
    (folder / "index.html").write_text(f"<html><body>{index}</body></html>", encoding="utf-8")
    for number in range(count):
        (folder / f"{number}.html").write_text(
            _page(number, count, more=" It went on." if number < changed else ""), encoding="utf-8"
        )


def _page(number: int, count: int, *, more: str) -> str:
    following = (number + 1) % count
    items = "".join(
        f"<li>{sentence(number + n, 25)} It was signed in June {1990 + (number + n) % 30}.</li>"
        for n in range(INITIATIVES)
    )
    return (
        "<html><body>"
        f'<p><a href="index.html">Regional security</a> &gt; Organisation {number}</p>'
        f"<h1>Organisation {number}</h1><p>{sentence(number, 40)}{more}"
        f' See <a href="{following}.html">the next</a>.</p>'
        f"<h2>What was done</h2><p>The department has:</p><ul>{items}</ul></body></html>"
    )


def measured(name: str, count: int, step: Callable[[], Any]) -> Any:
    """Run ``step`` and say what it cost."""
    clock = Clock()
    result = step()
    processor, wall = clock.read()
    sys.stdout.write(
        f"| {name} | {processor * 1000 / count:.2f} | {processor:.1f} | {wall:.1f} | {peak_memory():.0f} |\n"
    )
    sys.stdout.flush()
    return result


def main(count: int) -> None:
    """Measure, and print the rows of a table."""
    call_command("migrate", verbosity=0, skip_checks=True)
    sys.stdout.write(f"peak before: {peak_memory():.0f} MB\n")
    sys.stdout.write("| step | ms per page | s of processor | s by the clock | peak so far, MB |\n")
    sys.stdout.write("| --- | --- | --- | --- | --- |\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_site(folder, count)
        measured("read the folder", count, lambda: importer.convert(folder, options=OPTIONS))
        first = measured("import the folder", count, lambda: _import(folder))
        measured("import it again", count, lambda: _import(folder))
        write_site(folder, count, changed=max(1, count // 100))
        second = measured("again, 1 % changed", count, lambda: _import(folder))
        measured("verify", count, lambda: importer.verify(first.run))
        measured("undo the change", count, lambda: importer.undo(second.run))
        measured("undo the import", count, lambda: importer.undo(first.run))
        if Page.objects.filter(title="Regional security").exists():
            raise SystemExit("The undo left a page behind; its figure means nothing.")
        document = folder / "section.json"
        section = importer.convert(folder)[0].document.model_dump(mode="json")
        document.write_text(json.dumps(section), encoding="utf-8")
        del section
        measured("read the document", count, lambda: importer.convert(document))
        measured("import the document", count, lambda: _import(document))
        measured("import it again", count, lambda: _import(document))
    sys.stdout.write(f"counts: {json.dumps([first.counts, second.counts])}\n")


def _import(source: Path) -> Any:
    return importer.run(source, options=OPTIONS if source.is_dir() else None)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
