"""The memory that reading a site takes does not grow with what is in its files."""

from __future__ import annotations

import gc
import pathlib
import tracemalloc
from pathlib import Path

import pytest

from hsec_wagtail.importer.reading.files.bundle import open_bundle
from hsec_wagtail.importer.reading.website import read_site
from tests.importer.sites import write


def site_of(folder: Path, count: int) -> Path:
    """Return a folder with ``count`` captures of about two kilobytes, a tenth of them index pages."""
    said = "the department took part in the work of its partners at some length."
    text = "\n\n".join(f"In the year {1980 + n} {said}" for n in range(20))
    pages = {"index.txt": f"Working abroad\n\n{text}\n"}
    for n in range(count - 1):
        name = f"{n // 10}/{'index' if n % 10 == 0 else n}.txt"
        # Readers keep some labels that they met; these are few.
        pages[name] = f"Page {n % 20}\n\n{text}\n\nhttp://old.example.org/{n // 10}/{n + 1}.txt\n"
    return write(folder, pages)


def kept(folder: Path) -> int:
    """Return how many bytes are in use when ``folder`` was read and walked, and nothing was closed."""
    gc.collect()
    tracemalloc.start()
    with open_bundle([folder]) as bundle:
        site = read_site(bundle, base_url="http://old.example.org/")
        pages, sources = sum(1 for _ in site.section.entries()), sum(1 for _ in site.sources)
        gc.collect()
        snapshot = tracemalloc.take_snapshot()
    tracemalloc.stop()
    assert pages == sources == len(list(folder.rglob("*.txt")))
    # Paths intern their parts: now and then that moves the table of all interned strings.
    mine = snapshot.filter_traces([tracemalloc.Filter(False, pathlib.__file__)])  # noqa: FBT003
    return sum(trace.size for trace in mine.traces)


@pytest.mark.slow
def test_little_of_a_file_is_kept_in_memory(tmp_path):
    few, many = site_of(tmp_path / "few", 60), site_of(tmp_path / "many", 260)
    # What is made once stays, and caches fill: tables, patterns, labels.
    kept(few)

    grown = (kept(many) - kept(few)) / 200

    assert grown < 500, f"{grown:.0f} bytes for each file of 2 kB"
