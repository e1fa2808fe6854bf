"""What the source says in other words, on a site whose editors write as well."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hsec_wagtail.importer import service
from hsec_wagtail.models import ForumPage, ImportItem, ImportSource

pytestmark = pytest.mark.django_db

CAPTURE = """Human safety at sea

The Republic of Tarn keeps its seas safe with its neighbours.

Harbour Compact

The Compact was signed on September 3, 2001 by nine harbour towns, and came into force in 2002.

The fund of the Compact is open to all its towns, and is run from Tarn without a fee.

Actions include:

- opened a lighthouse fund for all the towns on the coast (1999)
- began radio training for crews of small fishing boats

Sea Rescue Union

The Union has its seat in Tarn, and meets there every other year.
"""


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    """Return the path of a text capture."""
    path = tmp_path / "capture.txt"
    path.write_text(CAPTURE, encoding="utf-8")
    return path


def say(path: Path, *changes: tuple[str, str]) -> None:
    """Change what the capture at ``path`` says."""
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def blocks_of(page: Any) -> list[str]:
    """Return the ids of the blocks of a page, behind each those of its initiatives."""
    found = []
    for part in page.body.raw_data:
        items = part["value"]["initiatives"] if part["type"] == "initiatives" else []
        found += [part["id"], *(item["id"] for item in items)]
    return found


def rewrite(page: Any, old: str, new: str) -> None:
    """Change the text of a page as an editor does."""
    draft = page.get_latest_revision_as_object()
    for part in draft.body.raw_data:
        if isinstance(part["value"], str):
            part["value"] = part["value"].replace(old, new)
    draft.save_revision().publish()


def test_an_edit_and_a_change_of_other_words_at_the_source_come_together(home, capture):
    service.run(capture)
    page = ForumPage.objects.get(title="Harbour Compact")
    before = blocks_of(page)
    rewrite(page, "nine harbour towns", "nine ports")
    say(
        capture,
        ("run from Tarn without", "run from Orland without"),
        ("small fishing", "large fishing"),
    )

    report = service.run(capture)

    page.refresh_from_db()
    text = str(page.body)
    assert (report.counts["merge"], report.conflicts, blocks_of(page)) == (1, 0, before)
    assert [said in text for said in ("nine ports", "from Orland", "large fishing")] == [True] * 3


def test_one_paragraph_that_both_changed_is_one_conflict(home, capture):
    service.run(capture)
    page = ForumPage.objects.get(title="Harbour Compact")
    before = blocks_of(page)
    rewrite(page, "nine harbour towns", "nine ports")
    say(capture, ("nine harbour towns", "ten harbour towns"))

    report = service.run(capture)

    page.refresh_from_db()
    (item,) = (item for item in report.items if item.action == "conflict")
    assert [(one.kind, one.path) for one in item.conflicts] == [("changed", f"body.{before[0]}")]
    assert (blocks_of(page), "nine ports" in str(page.body)) == (before, True)


def test_a_third_import_finds_what_the_second_renamed(home, capture):
    service.run(capture)
    page = ForumPage.objects.get(title="Harbour Compact")
    before = blocks_of(page)
    say(capture, ("run from Tarn without", "run from Orland without"))
    service.run(capture)
    say(capture, ("began radio training", "ended radio training"))

    report = service.run(capture)

    page.refresh_from_db()
    assert (report.counts["update"], blocks_of(page)) == (1, before)


def test_spans_are_those_of_the_blocks_on_the_page(home, capture):
    service.run(capture)
    page = ForumPage.objects.get(title="Harbour Compact")
    did = blocks_of(page)[2:4]
    say(capture, ("small fishing", "large fishing"))

    run = service.run(capture).run

    text = ImportSource.objects.get(run=run).text
    spans = ImportItem.objects.get(run=run, key="harbour-compact").spans
    start, end = spans[f"body.{did[0]}.initiatives.{did[1]}.text"]
    assert text[start:end].endswith("for all the towns on the coast (1999)")
    assert {path.split(".")[1] for path in spans if path.startswith("body.")} == {
        part["id"] for part in page.body.raw_data
    }
