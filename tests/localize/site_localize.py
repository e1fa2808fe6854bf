"""What an import does on a site that is translated with wagtail-localize; test_localize.py runs it."""

import pytest
from wagtail_localize.models import LocaleSynchronization, StringSegment

from django.core.management import call_command

from wagtail.models import Locale, Page

from hsec_wagtail.importer import service
from hsec_wagtail.importer.messages import said
from tests.localize.conftest import harbour

pytestmark = [
    # What is tested happens when a transaction is committed.
    pytest.mark.django_db(transaction=True),
    # wagtail-localize gives addresses in blocks to Beautiful Soup.
    pytest.mark.filterwarnings("ignore::bs4.MarkupResemblesLocatorWarning"),
]

NO_PROBLEMS: tuple[list[int], ...] = ([], [], [], [], [])


def tree(language):
    """Return the pages of a language below its home page, in order: title, depth, what they are aliases of."""
    pages = Page.objects.filter(locale__language_code=language, depth__gt=2).order_by("path")
    return [
        (page.title, page.depth, page.alias_of.title if page.alias_of else None) for page in pages
    ]


def untranslated(translation):
    """Return the texts that have no translation, but for addresses."""
    segments = StringSegment.objects.filter(source=translation.source).annotate_translation(
        translation.target_locale
    )
    return [
        segment.string.data
        for segment in segments.filter(translation__isnull=True).order_by("order")
        if segment.context.path not in {"slug", "anchor"}
    ]


def test_imported_pages_get_aliases_in_the_language_that_follows(site, bring):
    bring(harbour())

    assert tree("fr") == [
        ("Harbour safety", 3, "Harbour safety"),
        ("Pilots", 4, "Pilots"),
        ("Gulls", 4, "Gulls"),
    ]
    assert Page.find_problems() == NO_PROBLEMS


def test_the_packaged_section_in_english_leaves_the_synchronisation_nothing_to_do(site):
    call_command("hsec_import", "human-security", "--language", "en", verbosity=0)
    mirrored = tree("fr")

    call_command("sync_locale_trees", verbosity=0)

    assert [(title, depth) for title, depth, _ in mirrored] == [
        (title, depth) for title, depth, _ in tree("en")
    ]
    assert tree("fr") == mirrored
    assert Page.find_problems() == NO_PROBLEMS


def test_drafts_get_aliases_that_are_not_live(site, bring, page):
    bring(harbour(), draft=True)

    assert not page("Pilots", "fr").live


def test_a_language_that_follows_a_follower_gets_aliases_too(site, french, bring):
    spanish = Locale.objects.create(language_code="es")
    LocaleSynchronization.objects.create(locale=spanish, sync_from=french)

    bring(harbour())

    assert [title for title, _, _ in tree("es")] == ["Harbour safety", "Pilots", "Gulls"]


def test_a_page_that_comes_later_gets_an_alias_below_the_one_that_is_there(site, bring, page):
    bring(harbour(children=[]))

    bring(harbour())

    assert page("Pilots", "fr").get_parent().specific == page("Harbour safety", "fr")
    assert Page.find_problems() == NO_PROBLEMS


def test_an_alias_follows_what_the_source_changes(site, bring, page):
    bring(harbour())

    bring(harbour(lamps="The lamps are lit at dawn."))

    assert "at dawn" in str(page("Harbour safety", "fr").body)


def test_a_translated_page_shows_the_french_text(client, site, bring, page, translate):
    bring(harbour())

    translate(page("Harbour safety"))

    french = page("« Harbour safety »", "fr")
    content = client.get(french.url).content.decode()
    assert french.alias_of is None
    assert "« The lamps are lit at dusk. »" in content
    assert "« Painted the pier. »" in content


def test_only_what_the_source_changed_is_to_be_translated_again(site, bring, page, translate):
    bring(harbour())
    translation = translate(page("Harbour safety"))
    everything = untranslated(translation)

    bring(harbour(lamps="The lamps are lit at dawn."))
    translation.source.update_from_db()

    assert (everything, untranslated(translation)) == ([], ["The lamps are lit at dawn."])


def test_a_translation_stays_as_it_is_until_it_is_updated(site, bring, page, translate):
    bring(harbour())
    translation = translate(page("Harbour safety"))

    bring(harbour(lamps="The lamps are lit at dawn."))

    before = str(page("« Harbour safety »", "fr").body)
    translation.source.update_from_db()
    translation.save_target()
    after = str(page("« Harbour safety »", "fr").body)
    assert "« The lamps are lit at dusk. »" in before
    assert "The lamps are lit at dawn." in after
    assert "« Painted the pier. »" in after


def test_undo_takes_the_aliases_with_their_sources(site, bring):
    report = bring(harbour())

    outcomes = service.undo(report.run)

    assert {outcome.outcome for outcome in outcomes} == {"deleted"}
    assert (tree("en"), tree("fr")) == ([], [])
    assert Page.find_problems() == NO_PROBLEMS


def test_undo_keeps_what_was_translated_and_names_it(site, bring, page, translate):
    report = bring(harbour())
    translation = translate(page("Gulls"))

    outcomes = {outcome.key: outcome for outcome in service.undo(report.run)}

    assert {key: (one.outcome, said(one.reason)) for key, one in outcomes.items()} == {
        "gulls": ("kept", "It was translated: « Gulls »."),
        "pilots": ("deleted", None),
        "harbour": ("kept", "Its alias stays. Below it there are pages that stay: « Gulls »."),
    }
    assert tree("fr") == [
        ("Harbour safety", 3, "Harbour safety"),
        ("« Gulls »", 4, None),
    ]
    assert untranslated(translation) == []
    assert Page.find_problems() == NO_PROBLEMS


def test_undo_keeps_a_page_below_whose_alias_somebody_made_another(site, bring, page):
    report = bring(harbour(children=[]))
    page("Harbour safety", "fr").add_child(
        instance=Page(title="Phare", locale_id=page("Harbour safety", "fr").locale_id)
    )

    (outcome,) = service.undo(report.run)

    assert (outcome.outcome, str(outcome.reason)) == (
        "kept",
        "Its alias stays. Below it there are pages that stay: Phare.",
    )


def test_both_languages_at_once_are_translations_of_each_other(site, bring, page, caplog):
    bring(harbour(), harbour("fr"))

    pairs = [("Harbour safety", "Port sûr"), ("Pilots", "Pilotes"), ("Gulls", "Goélands")]
    assert [(title, alias) for title, _, alias in tree("fr")] == [
        (french, None) for _, french in pairs
    ]
    assert all(
        page(english).translation_key == page(french, "fr").translation_key
        for english, french in pairs
    )
    # No alias was tried where the import had made a page.
    assert caplog.messages == []
    assert Page.find_problems() == NO_PROBLEMS


def test_the_packaged_section_in_both_languages_has_no_page_twice(site):
    call_command("hsec_import", "human-security", verbosity=0)

    call_command("sync_locale_trees", verbosity=0)

    assert [alias for _, _, alias in tree("fr") if alias] == []
    assert [depth for _, depth, _ in tree("fr")] == [depth for _, depth, _ in tree("en")]
    assert Page.find_problems() == NO_PROBLEMS


def test_a_language_that_comes_later_takes_the_places_of_the_aliases(client, site, bring, page):
    bring(harbour())
    aliases = {title: page(title, "fr").pk for title, _, _ in tree("fr")}

    report = bring(harbour(), harbour("fr", lamps="Les lampes."))

    assert [title for title, _, _ in tree("fr")] == ["Port sûr", "Pilotes", "Goélands"]
    section = page("Port sûr", "fr")
    assert (section.pk, section.slug) == (aliases["Harbour safety"], "port-sur")
    assert (section.alias_of, section.live) == (None, True)
    assert "Les lampes." in client.get(section.url).content.decode()
    assert report.counts["create"] == 3
    assert Page.find_problems() == NO_PROBLEMS


def test_taking_a_place_keeps_the_translation_keys_and_happens_once(site, bring, page):
    bring(harbour())
    bring(harbour(), harbour("fr"))

    again = bring(harbour(), harbour("fr"))

    assert again.run is None
    assert page("Pilots").translation_key == page("Pilotes", "fr").translation_key


def test_a_page_made_by_hand_below_an_alias_stays_when_its_place_is_taken(site, bring, page):
    bring(harbour())
    alias = page("Pilots", "fr")
    alias.add_child(instance=Page(title="Phare", slug="phare", locale=alias.locale))

    bring(harbour(), harbour("fr"))

    assert page("Phare", "fr").url_path == "/home-fr/port-sur/pilotes/phare/"
    assert page("Phare", "fr").get_parent().title == "Pilotes"


def test_undo_of_the_language_that_came_later_leaves_the_first_as_it_is(site, bring):
    bring(harbour())
    english = tree("en")
    report = bring(harbour(), harbour("fr"))

    service.undo(report.run)

    assert (tree("en"), tree("fr")) == (english, [])
    assert Page.find_problems() == NO_PROBLEMS
