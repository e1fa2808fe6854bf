"""Data from outside, as it is parsed."""

from __future__ import annotations

import pytest

from hsec_wagtail.importer.text.outside_data import parse_yaml


@pytest.mark.parametrize("word", ["NO", "no", "on", "Yes", "off", "y"])
def test_words_of_yaml_are_words(word):
    assert parse_yaml(f"country: {word}\n{word}: a") == {"country": word, word: "a"}


@pytest.mark.parametrize(("word", "value"), [("true", True), ("False", False)])
def test_true_and_false_of_yaml_are_truth_values(word, value):
    assert parse_yaml(f"trail: {word}") == {"trail": value}
