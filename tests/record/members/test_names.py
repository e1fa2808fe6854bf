"""Where a text names a country."""

from __future__ import annotations

import re

import pytest

from hsec_wagtail.blocks.codes import country_name
from hsec_wagtail.record.members.names import naming_pattern


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("DE", "en", "Germany"),
        ("DE", "fr", "Allemagne"),
        ("DE", "fr-ca", "Allemagne"),
        ("DE", "x-unknown", "Germany"),
        ("QQ", "en", ""),
    ],
)
def test_a_country_is_called_as_in_the_language(code, language, name):
    assert country_name(code, language=language) == name


@pytest.mark.parametrize(
    ("code", "language", "text", "named"),
    [
        ("NE", "en", "With Niger, in 2000.", True),
        ("NE", "en", "With Nigeria, in 2000.", False),
        ("NE", "en", "In Nigeria and Niger.", True),
        ("OM", "en", "Romania and the Roman.", False),
        ("GN", "en", "Guinea joined.", True),
        ("GN", "en", "Equatorial Guinea, Papua New Guinea and Guinea-Bissau joined.", False),
        ("SD", "en", "South Sudan joined.", False),
        ("GN", "fr", "la Guinée équatoriale", False),
        ("GN", "fr", "en Guinée, hier", True),
        ("IN", "fr", "avec l’Inde", True),
        ("CI", "fr", "la Côte d'Ivoire", True),
        ("CI", "fr", "la Côte d’Ivoire", True),
        ("BA", "en", "Bosnia and Herzegovina", True),
        ("MM", "en", "Aid for Burma.", True),
        ("TD", "en", "Nigeria and chad roe", False),
        ("ML", "en", "Malié", False),
    ],
)
def test_names_are_whole_words_and_not_part_of_those_of_others(code, language, text, named):
    assert bool(re.search(naming_pattern(code, language=language), text)) is named


def test_what_members_call_it_counts_too():
    pattern = naming_pattern("GB", language="en", also=["UK", "", "(", "Great Britain*"])

    assert re.search(pattern, "Canada and the UK")
    assert re.search(pattern, "in Great Britain* then") is not None
    assert not re.search(pattern, "UKR")


def test_a_code_without_a_name_names_nothing():
    assert naming_pattern("QQ", language="en") == ""
