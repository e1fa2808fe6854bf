"""An import that is killed leaves the site as it was; two at once do not mix."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.importer.apart import SiteApart, section_of, site_apart

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.except_mysql("a site apart is made on SQLite or PostgreSQL"),
]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SiteApart]:
    with site_apart(tmp_path) as found:
        yield found


def write(folder: Path, count: int) -> str:
    path = folder / "many.json"
    path.write_text(json.dumps(section_of(count)), encoding="utf-8")
    return str(path)


def test_an_import_that_is_killed_leaves_nothing_and_shows_as_interrupted(site, tmp_path):
    source = write(tmp_path, 1_000)
    before = site.look()
    importing = site.start("hsec_import", source)
    # The run is recorded just before the writing begins.
    while not site.recorded():
        assert importing.poll() is None, importing.communicate()
        time.sleep(0.05)
    time.sleep(0.5)
    importing.send_signal(signal.SIGKILL)
    importing.communicate()

    assert importing.returncode == -signal.SIGKILL
    assert site.look() == before
    assert [run["status"] for run in site.runs()] == ["interrupted"]

    site.run("hsec_import", source)

    after = site.look()
    assert (after["pages"], after["problems"][:4]) == (before["pages"] + 1_001, [[]] * 4)


def test_of_two_imports_at_once_one_waits_or_is_refused(site, tmp_path):
    source = write(tmp_path, 300)
    before = site.look()

    both = [site.start("hsec_import", source) for _ in range(2)]
    said = [(process.communicate(), process.returncode) for process in both]

    refusals = [complaint for (_, complaint), status in said if status]
    assert len(refusals) < 2
    assert all("Another import or undo is being written" in complaint for complaint in refusals)
    after = site.look()
    assert (after["pages"], after["problems"][:4]) == (before["pages"] + 301, [[]] * 4)
    assert "running" not in {run["status"] for run in site.runs()}
