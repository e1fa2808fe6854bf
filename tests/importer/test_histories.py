"""Random histories of a site: whatever editors, imports and undos do, what holds for all of them.

By default a few histories, which take less than a minute. ``HSEC_HISTORIES=500`` tries as many, and
``HSEC_HISTORIES=41-42`` those two alone, as the name of a failed test gives it::

    HSEC_HISTORIES=500 .venv/bin/python -m pytest -n auto tests/importer/test_histories.py
"""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import pytest

from django.core.management import call_command

from wagtail.models import Page, ReferenceIndex
from wagtail.search.models import IndexEntry

from hsec_wagtail.models import ForumPage, PolicyPage, SectionPage, TopicPage
from tests.importer.histories import History, words_on_site

STEPS = 14


def numbers() -> range:
    """Return the numbers of the histories to try."""
    first, dash, last = os.environ.get("HSEC_HISTORIES", "10").partition("-")
    return range(int(first), int(last) + 1) if dash else range(int(first))


def references() -> Counter[tuple[Any, ...]]:
    """Return the rows of the reference index without their ids.

    A reference of a base page stands with that or with the page's own type, as Wagtail met it first.
    """
    left_out = {"id", "content_type_id"}
    names = [
        field.attname for field in ReferenceIndex._meta.fields if field.attname not in left_out
    ]
    return Counter(ReferenceIndex.objects.values_list(*names))


def entries() -> Counter[tuple[Any, ...]]:
    """Return the rows of the search index without ids and without what depends on all others."""
    left_out = {"id", "title_norm"}
    names = [
        field.attname for field in IndexEntry._meta.concrete_fields if field.attname not in left_out
    ]
    return Counter(map(_plain, IndexEntry.objects.values_list(*names)))


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(str(value) for value in row)


def assert_indexes_are_as_if_built_anew(said: str) -> None:
    """Compare the indexes with those that Wagtail builds of what is on the site now."""
    found, indexed = references(), entries()
    call_command("rebuild_references_index", verbosity=0)
    call_command("update_index", verbosity=0)
    assert (found - references(), references() - found) == (Counter(), Counter()), said
    assert (indexed - entries(), entries() - indexed) == (Counter(), Counter()), said


def assert_the_tree_is_sound() -> None:
    assert Page.find_problems() == ([], [], [], [], [])
    paths = dict(Page.objects.values_list("path", "url_path"))
    for page in Page.objects.filter(depth__gt=2):
        assert page.url_path == f"{paths[page.path[: -Page.steplen]]}{page.slug}/"
    typed = sum(model.objects.count() for model in (SectionPage, ForumPage, TopicPage, PolicyPage))
    assert Page.objects.filter(depth__gt=2).count() == typed


def states() -> dict[int, tuple[str, bool]]:
    """Return of each page where it is, and whether it is live."""
    paths = dict(Page.objects.values_list("path", "pk"))
    return {
        page.pk: (paths.get(page.path[: -Page.steplen], 0), page.live)
        for page in Page.objects.all()
    }


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("number", numbers())
def test_nothing_is_lost_and_nothing_breaks_in_any_order(
    number, home, superuser, tmp_path, django_capture_on_commit_callbacks
):
    call_command("update_index", verbosity=0)
    history = History(number, home, tmp_path, superuser)
    for _ in range(STEPS):
        live, drafts = words_on_site()
        before = states()

        with django_capture_on_commit_callbacks(execute=True):
            kind, report = history.step()

        said = "\n".join(history.log)
        if kind == "edit":
            continue
        assert_the_tree_is_sound()
        assert_indexes_are_as_if_built_anew(said)
        live_now, drafts_now = words_on_site()
        assert [word for word in live - live_now if word not in report] == [], said
        assert [word for word in drafts - drafts_now if word not in report] == [], said
        now = states()
        if kind == "import":
            assert {pk: now.get(pk) for pk in before} == before, said
        else:
            assert {pk: before.get(pk) for pk in now} == now, said
