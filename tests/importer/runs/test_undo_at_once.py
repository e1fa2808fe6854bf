"""Undo while an editor works on the same pages: whoever comes second waits, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from django.db import transaction

from wagtail.models import Page

from hsec_wagtail.importer import service
from hsec_wagtail.importer.runs import undo
from hsec_wagtail.models import ForumPage, SectionPage
from tests.importer import samples
from tests.importer.editing import edit
from tests.importer.elsewhere import Elsewhere

# SQLite has one writer at a time.
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def undo_beside(
    monkeypatch: pytest.MonkeyPatch, run: int, work: Callable[[], object], *, before: str
) -> list[Exception]:
    """Undo ``run`` while an editor begins ``work`` just before the step ``before``; return the editor's faults."""
    step = getattr(undo._Undoing, before)
    editors: list[Elsewhere] = []

    def interrupted(self: Any, *arguments: Any) -> Any:
        editors.append(Elsewhere(work))
        return step(self, *arguments)

    monkeypatch.setattr(undo._Undoing, before, interrupted)
    service.undo(run)
    (editor,) = editors
    return editor.end()


def test_an_edit_during_an_undo_is_refused_not_destroyed(home, sample, monkeypatch):
    run = service.run(sample).run or 0
    page = ForumPage.objects.get(slug="alliance")

    faults = undo_beside(
        monkeypatch, run, lambda: edit(page, title="The Alliance"), before="delete"
    )

    assert not ForumPage.objects.exists()
    assert len(faults) == 1


def test_a_page_added_during_an_undo_is_refused_not_destroyed(home, sample, monkeypatch):
    run = service.run(sample).run or 0
    section = SectionPage.objects.get()

    faults = undo_beside(
        monkeypatch,
        run,
        lambda: section.add_child(instance=ForumPage(title="Added", slug="added")),
        before="_delete_pages",
    )

    # The page above is gone, or the database ended a deadlock.
    assert len(faults) == 1
    assert not Page.objects.filter(title="Added").exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_text_published_during_an_undo_is_in_the_newest_draft(
    home, sample, tmp_path, monkeypatch
):
    service.run(sample)
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"
    run = service.run(samples.write(tmp_path, document)).run or 0
    page = ForumPage.objects.get(slug="alliance")

    faults = undo_beside(
        monkeypatch, run, lambda: edit(page, title="The Alliance"), before="restore"
    )

    page.refresh_from_db()
    assert faults == []
    assert page.title == page.get_latest_revision_as_object().title == "The Alliance"


@pytest.mark.parametrize(
    ("work", "reason"),
    [
        pytest.param(
            lambda: edit(ForumPage.objects.get(slug="alliance"), title="The Alliance"),
            "It was edited after the import.",
            id="an edit",
        ),
        pytest.param(
            lambda: ForumPage.objects.get(slug="alliance").add_child(
                instance=Page(title="Added", slug="added")
            ),
            "Below it there are pages that stay: Added.",
            id="a page below",
        ),
    ],
)
def test_undo_waits_for_an_editor_who_began_before(home, sample, work, reason):
    run = service.run(sample).run or 0
    outcomes: list[Any] = []

    with transaction.atomic():
        work()
        undoing = Elsewhere(lambda: outcomes.extend(service.undo(run)))
        assert outcomes == []

    assert undoing.end() == []
    kept = {one.key: str(one.reason) for one in outcomes if one.outcome == "kept"}
    assert kept["alliance"] == reason
