"""The register says what the published pages say, whatever happens to them."""

from __future__ import annotations

from datetime import date

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext

from wagtail.models import Page, PageViewRestriction, ReferenceIndex

from hsec_wagtail import importer
from hsec_wagtail.models import Initiative, InitiativeDate, InitiativeYear, Membership
from hsec_wagtail.record.keeping import _locked, find_untrue, rebuild, register
from tests import factories as make


def texts():
    return sorted(Initiative.objects.values_list("text", flat=True))


def forum(section, text="Ratified it.", **fields):
    body = [make.initiatives(make.initiative(f"<p>{text}</p>", dates=["2004-04"]))]
    return make.forum_page(section, title=f"Forum: {text}", body=body, **fields)


@pytest.fixture(autouse=True)
def true_register(home):
    """Whatever a test does, the register is true at its end."""
    yield
    assert list(find_untrue()) == []


# What a row says.


def test_an_initiative_says_where_it_stands(section):
    page = forum(section, status="dormant")

    (row,) = Initiative.objects.all()
    assert (row.page_id, row.section_id, row.forum_id) == (page.pk, section.pk, page.pk)
    assert (row.text, row.status, row.language) == ("Ratified it.", "dormant", "en")
    assert row.block_id == page.body.raw_data[0]["value"]["initiatives"][0]["id"]


def test_a_policy_below_a_forum_is_of_that_forum(section):
    above = make.forum_page(section)
    body = [make.initiatives(make.initiative("<p>Chaired it.</p>"))]
    policy = make.policy_page(above, body=body)

    (row,) = Initiative.objects.all()
    assert (row.page_id, row.forum_id, row.section_id) == (policy.pk, above.pk, section.pk)


def test_dates_are_no_more_exact_than_their_source(section):
    body = [
        make.initiatives(
            make.initiative("<p>x</p>", dates=[("2000", "signed", ""), "1999-06", "soon"])
        )
    ]
    make.forum_page(section, body=body)

    assert list(
        InitiativeDate.objects.values_list("edtf", "label", "precision", "earliest", "latest")
    ) == [
        ("2000", "signed", "year", date(2000, 1, 1), date(2000, 12, 31)),
        ("1999-06", "", "month", date(1999, 6, 1), date(1999, 6, 30)),
        ("soon", "", "", None, None),
    ]
    assert Initiative.objects.get().newest == date(2000, 1, 1).toordinal()


@pytest.mark.parametrize(
    ("edtf", "years"),
    [
        ("1999/2001", [1999, 2000, 2001]),
        ("199X", list(range(1990, 2000))),
        ("1990/..", [1990]),
        ("../1990", [1990]),
        ("1500/2000", [1500, 2000]),
    ],
)
def test_the_years_of_a_date_are_those_that_it_can_be_of(section, edtf, years):
    body = [make.initiatives(make.initiative("<p>x</p>", dates=[edtf, edtf]))]
    make.forum_page(section, body=body)

    assert list(InitiativeYear.objects.values_list("year", flat=True).order_by("year")) == years


def test_members_that_the_text_names_count(section):
    make.forum_page(section, body=[make.members("Norvania", display="text")])

    (row,) = Membership.objects.all()
    assert (row.name, row.role, row.since) == ("Norvania", "member", "")


def test_a_country_without_a_name_is_a_member_by_the_name_in_the_language_of_its_page(
    section, french
):
    body = make.members("")
    body["value"]["members"][0]["value"]["country"] = "NO"
    page = make.forum_page(section, body=[body])
    page.copy_for_translation(french, copy_parents=True)
    for one in type(page).objects.all():
        one.save_revision().publish()

    names = Membership.objects.values_list("language", "name", "country")
    assert sorted(names) == [("en", "Norway", "NO"), ("fr", "Norvège", "NO")]


def test_topics_that_not_everybody_may_read_are_left_out(section):
    topic = make.topic_page(section)
    body = [make.initiatives(make.initiative("<p>x</p>", topics=[topic]))]
    make.forum_page(section, body=body)
    assert Initiative.objects.filter(topics__topic=topic).exists()

    PageViewRestriction.objects.create(page=topic, restriction_type="login")

    assert not Initiative.objects.filter(topics__topic=topic).exists()


# What happens to pages.


def test_publishing_brings_rows_and_unpublishing_takes_them(section):
    page = forum(section, live=False)
    assert texts() == []

    page.save_revision().publish()
    assert texts() == ["Ratified it."]

    page.refresh_from_db()
    page.unpublish()
    assert texts() == []


def test_a_draft_changes_nothing(section):
    page = forum(section)
    page.body = [("initiatives", {"initiatives": [{"text": "<p>New.</p>"}]})]
    page.save_revision()

    assert texts() == ["Ratified it."]


def test_saving_a_draft_writes_no_rows(section):
    page = forum(section)

    with CaptureQueriesContext(connection) as captured:
        page.save_revision()

    assert [one["sql"] for one in captured if "hsec_wagtail_initiative" in one["sql"]] == []


def test_unpublishing_a_page_known_by_its_base_takes_its_rows(section):
    page = forum(section)

    Page.objects.get(pk=page.pk).unpublish()

    assert texts() == []


def test_a_section_that_becomes_private_goes_with_all_below_and_comes_back(section):
    forum(section)

    restriction = PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert texts() == []

    restriction.delete()
    assert texts() == ["Ratified it."]


def test_a_page_that_moves_is_of_its_new_section(section):
    other = make.section_page(section, title="Other")
    page = forum(section)

    page.move(other, pos="last-child")

    assert Initiative.objects.get().section_id == other.pk


def test_a_page_that_moves_below_a_private_one_goes(section):
    other = make.section_page(section, title="Other")
    PageViewRestriction.objects.create(page=other, restriction_type="login")
    page = forum(section)

    page.move(other, pos="last-child")

    assert texts() == []


def test_deleting_a_page_deletes_its_rows(section):
    forum(section).delete()

    assert texts() == []


def test_a_copy_has_rows_of_its_own(section):
    page = forum(section)
    page.copy(update_attrs={"title": "Copy", "slug": "copy"})

    assert texts() == ["Ratified it.", "Ratified it."]


def test_an_alias_repeats_nothing(section):
    page = forum(section)
    page.create_alias(parent=section, update_slug="alias")

    assert list(Initiative.objects.values_list("page", flat=True)) == [page.pk]


def test_an_alias_is_listed_where_its_original_is_private(section):
    other = make.section_page(section, title="Other")
    alias = forum(other).create_alias(parent=section, update_slug="alias")

    PageViewRestriction.objects.create(page=other, restriction_type="login")

    assert list(Initiative.objects.values_list("page", flat=True)) == [alias.pk]


def test_an_alias_of_another_language_is_listed_in_its_own_section(section, french):
    page = forum(section)
    page.copy_for_translation(french, copy_parents=True, alias=True)

    assert Initiative.objects.count() == 2


def test_a_translation_files_under_the_topic_in_its_language(section, french):
    topic = make.topic_page(section)
    body = [make.initiatives(make.initiative("<p>x</p>", topics=[topic]))]
    translated = make.forum_page(section, body=body).copy_for_translation(french, copy_parents=True)
    translated.save_revision().publish()
    assert Initiative.objects.get(page=translated).topics.get().topic_id == topic.pk

    french_topic = topic.copy_for_translation(french)
    french_topic.save_revision().publish()

    assert Initiative.objects.get(page=translated).topics.get().topic_id == french_topic.pk


def test_an_import_registers_what_it_wrote_and_its_undo_takes_it_back(home):
    report = importer.run("human-security")
    assert Initiative.objects.count() > 20

    assert report.run
    importer.undo(report.run)

    assert texts() == []


def test_a_rehearsed_import_registers_nothing(home):
    importer.preview("human-security")

    assert texts() == []


# The register as a whole.


def test_what_is_untrue_is_found_and_made_true_by_a_rebuild(section):
    page = forum(section)
    gone = forum(section, "Signed it.", live=False)
    Initiative.objects.update(text="changed")
    Initiative.objects.create(page=gone, position=0, language="en", html="", text="", status="")
    assert set(find_untrue()) == {page.pk, gone.pk}

    assert rebuild() == 1

    assert texts() == ["Ratified it."]


def test_the_number_of_statements_does_not_depend_on_that_of_the_pages(section):
    pages = [forum(section, f"Number {number}").pk for number in range(24)]

    with CaptureQueriesContext(connection) as of_few:
        register(pages[:4])
    with CaptureQueriesContext(connection) as of_many:
        register(pages)

    assert len(of_many) == len(of_few)


# What is deleted.


def test_a_private_page_can_be_deleted(section):
    page = forum(section)
    PageViewRestriction.objects.create(page=page, restriction_type="login")

    page.delete()

    assert texts() == []


def test_a_section_can_be_deleted_whose_topic_has_an_alias_elsewhere(section):
    other = make.section_page(section, title="Other")
    topic = make.topic_page(other)
    body = [make.initiatives(make.initiative("<p>x</p>", topics=[topic]))]
    make.forum_page(other, body=body)
    topic.create_alias(parent=section, update_slug="alias")

    other.delete()

    connection.check_constraints()
    assert texts() == []


def test_a_page_means_the_original_again_when_the_translated_topic_is_deleted(section, french):
    topic = make.topic_page(section)
    body = [make.initiatives(make.initiative("<p>x</p>", topics=[topic]))]
    translated = make.forum_page(section, body=body).copy_for_translation(french, copy_parents=True)
    translated.save_revision().publish()
    french_topic = topic.copy_for_translation(french)
    french_topic.save_revision().publish()

    french_topic.delete()

    assert Initiative.objects.get(page=translated).topics.get().topic_id == topic.pk


def test_a_topic_that_is_unpublished_is_named_nowhere_without_the_index_of_references(section):
    topic = make.topic_page(section)
    body = [make.initiatives(make.initiative("<p>x</p>", topics=[topic]))]
    make.forum_page(section, body=body)
    ReferenceIndex.objects.all().delete()

    topic.unpublish()

    assert Initiative.objects.get().topics.count() == 0


def test_rows_follow_the_language_of_a_locale(section):
    locale = forum(section).locale
    locale.language_code = "fr"
    locale.save()

    assert Initiative.objects.get().language == "fr"


@pytest.mark.parametrize("known", [True, False])
def test_the_weaker_lock_is_asked_of_databases_that_know_it_only(db, monkeypatch, known):
    monkeypatch.setattr(connection.features, "has_select_for_no_key_update", known)

    assert _locked(Initiative.objects.all()).query.select_for_no_key_update is known
