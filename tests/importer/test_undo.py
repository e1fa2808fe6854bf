"""Taking runs back: one after the other, and what must not go with them."""

from __future__ import annotations

import pytest

from wagtail.models import Page, Site

from hsec_wagtail.importer import service
from hsec_wagtail.importer.errors import UndoError
from hsec_wagtail.models import ForumPage, SectionPage
from tests.importer import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs(home, tmp_path):
    """Return the numbers of an import and of one that changed a page of it."""
    first = service.run(samples.write(tmp_path, samples.section()))
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"
    second = service.run(samples.write(tmp_path, document))
    return first.run, second.run


def test_runs_are_undone_one_after_the_other(home, runs):
    first, second = runs

    service.undo(second)
    outcomes = service.undo(first)

    assert {outcome.outcome for outcome in outcomes} == {"deleted"}
    assert list(Page.objects.get(pk=home.pk).get_children()) == []


def test_what_a_later_run_changed_stays_and_that_run_is_named(runs):
    first, second = runs

    outcomes = service.undo(first)

    kept = {outcome.key: outcome.reason for outcome in outcomes if outcome.outcome == "kept"}
    assert kept["alliance"] == f"Run {second} changed it later; take that one back first."
    assert ForumPage.objects.get().title == "Grand Alliance"


def test_the_root_page_of_a_site_stays(home, tmp_path):
    run = service.run(samples.write(tmp_path, samples.section())).run
    Site.objects.create(hostname="policy.example", root_page=SectionPage.objects.get())

    outcomes = service.undo(run or 0)

    assert outcomes[-1].reason == "It is the root page of a site, which would go with it."
    assert Site.objects.filter(hostname="policy.example").exists()


def test_who_may_not_delete_pages_may_not_undo(home, tmp_path, django_user_model):
    run = service.run(samples.write(tmp_path, samples.section())).run
    user = django_user_model.objects.create_user("reader", password="password")

    with pytest.raises(UndoError, match="reader may not take this back"):
        service.undo(run or 0, user=user)

    assert ForumPage.objects.count() == 2
