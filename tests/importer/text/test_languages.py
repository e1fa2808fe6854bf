"""Codes of languages: which name the same."""

import pytest

from hsec_wagtail.importer.text.languages import primary_language, same_language


@pytest.mark.parametrize("code", ["fr", "fr-CA", "FR", "fr-Latn-CA"])
def test_the_language_of_a_code_is_its_first_part_in_small_letters(code):
    assert primary_language(code) == "fr"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("fr-CA", "fr", True, id="one has a region"),
        pytest.param("en-CA", "en-gb", True, id="two regions"),
        pytest.param("en", "fr", False, id="two languages"),
        pytest.param("fr", "frp", False, id="one code begins with the other"),
    ],
)
def test_regions_do_not_make_another_language(one, other, expected):
    assert same_language(one, other) is expected
