"""Addresses of views in the other languages: what the language switch of a list may name."""

from __future__ import annotations

import pytest

from django.test import RequestFactory

from wagtail.models import PageViewRestriction

from hsec_wagtail.models.translated_views import translated_queries
from tests import factories as make


@pytest.fixture
def translated(section, french):
    """Return the French translation of the section."""
    page = section.copy_for_translation(french, copy_parents=True)
    page.save_revision().publish()
    return page


@pytest.fixture
def forum(section, translated):
    """Return a forum with a French translation of another slug."""
    page = make.forum_page(section, title="Lake council", slug="lakes")
    page = section.get_children().get(pk=page.pk).specific
    in_french = page.copy_for_translation(translated.locale)
    in_french.slug = "conseil-des-lacs"
    in_french.save_revision().publish()
    return page


def query(section, translated, asked="?forum=lakes"):
    request = RequestFactory().get(f"/{asked}")
    return translated_queries(request, section, [translated])[translated.locale_id]


def test_a_slug_is_asked_as_the_translation_has_it(section, translated, forum):
    assert query(section, translated) == "?forum=conseil-des-lacs"


@pytest.mark.parametrize("private", ["the page", "its translation", "both"])
def test_the_slugs_of_private_pages_are_not_given_away(section, translated, forum, private):
    for page in forum.get_translations(inclusive=True):
        if private == "both" or (page.pk == forum.pk) == (private == "the page"):
            PageViewRestriction.objects.create(page=page, restriction_type="login")

    assert query(section, translated) == "?forum=lakes"


def test_a_private_section_may_name_what_lies_below_it(section, translated, forum):
    PageViewRestriction.objects.create(page=section, restriction_type="login")

    assert query(section, translated) == "?forum=conseil-des-lacs"
