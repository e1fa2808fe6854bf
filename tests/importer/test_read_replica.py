"""A site whose reads go to a replica: an import reads what it has just written from where it wrote it."""

from __future__ import annotations

import pytest

from tests.importer import samples
from tests.importer.apart import site_apart

# On SQLite a reader beside the writer keeps it from committing.
pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.django_db]


def test_a_section_is_imported_merged_and_undone(tmp_path):
    first = samples.write(tmp_path, samples.section(), "first.json")
    changed = samples.section()
    changed["page"]["children"][1]["title"] = "Grand Alliance"
    changed["page"]["children"].append({"type": "forum", "key": "new", "title": "New"})
    second = samples.write(tmp_path, changed, "second.json")
    with site_apart(tmp_path) as primary:
        # Wagtail's own search cannot begin an index on a site that reads from a replica.
        primary.run("update_index")
        before = primary.look()
        primary.run("hsec_import", str(first))
        expected = primary.look()
        primary.run("hsec_undo", "1")
        site = primary.with_settings("tests.settings_replica")

        site.run("hsec_import", str(first))
        imported = site.look()
        site.run("hsec_import", str(second))
        merged = site.look()
        for run in ("3", "2"):
            site.run("hsec_undo", run)

        assert imported == expected
        assert merged["pages"] == expected["pages"] + 1
        assert merged["problems"] == expected["problems"]
        assert [run["status"] for run in site.runs()] == ["undone"] * 3
        assert site.look()["pages"] == before["pages"]
