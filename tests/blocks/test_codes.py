import pytest

from django.conf import global_settings
from django.utils import translation

from hsec_wagtail.blocks import DocumentItemBlock, MemberBlock
from tests.blocks.faults import draft_faults, publish_faults

COUNTRY = MemberBlock().child_blocks["country"]
LANGUAGE = DocumentItemBlock().child_blocks["language"]


def countries(language):
    with translation.override(language):
        return list(COUNTRY.field.widget.choices)


def languages(language):
    with translation.override(language):
        return list(LANGUAGE.field.widget.choices)


def test_countries_have_their_names_in_the_language_of_the_admin():
    assert ("DE", "Germany") in countries("en")
    assert ("DE", "Allemagne") in countries("fr-ca")


def test_countries_are_sorted_without_regard_to_accents():
    names = [name for _code, name in countries("fr")]

    assert names.index("États-Unis") < names.index("Éthiopie") < names.index("Finlande")
    assert names.index("Estonie") < names.index("États-Unis")


def test_no_list_offers_what_is_no_country():
    codes = {code for code, _name in countries("en")}

    assert codes.isdisjoint({"ZZ", "XA", "UN", "001"})
    assert codes >= {"", "CA", "XK", "EU"}


def test_languages_of_the_site_come_first(settings):
    settings.LANGUAGES = [("fr", "French"), ("pt-br", "Brazilian Portuguese")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES

    _empty, (label, own), (_label, others) = languages("en")

    assert (label, own) == (
        "Languages of this site",
        [("fr", "French"), ("pt-br", "Portuguese (Brazil)")],
    )
    assert ("de", "German") in others
    assert ("fr", "French") not in others


def test_of_a_site_that_names_none_only_its_own_language_comes_first(settings):
    settings.LANGUAGES = global_settings.LANGUAGES
    del settings.WAGTAIL_CONTENT_LANGUAGES

    _empty, (_label, own), _others = languages("en")

    assert own == [("en", "English")]


@pytest.mark.parametrize(("language", "name"), [("en", "Inuktitut"), ("fr", "inuktitut")])
def test_other_languages_have_their_names_too(language, name):
    *_rest, (_label, others) = languages(language)

    assert ("iu", name) in others


@pytest.mark.parametrize("code", ["SU", "ca"])
def test_a_stored_code_that_the_list_lacks_is_in_the_form(code):
    assert COUNTRY.get_form_state(COUNTRY.to_python(code)) == [code]


@pytest.mark.parametrize("code", ["QQ", "Canada"])
def test_an_unknown_country_waits_in_a_draft_and_is_not_published(code):
    raw = {"name": "A", "country": code}

    assert draft_faults(MemberBlock(), raw).keys() == ({"country"} if len(code) > 2 else set())
    assert publish_faults(MemberBlock(), raw).keys() == {"country"}
