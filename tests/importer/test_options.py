from dataclasses import FrozenInstanceError

import pytest

from hsec_wagtail.importer import ImportContentError, ImportOptions, OnConflict, ReadOptions


@pytest.mark.parametrize("kind", [ReadOptions, ImportOptions])
@pytest.mark.parametrize(
    ("option", "message"),
    [
        pytest.param(
            {"format": "pdf"},
            "Unknown format 'pdf'; use one of: fixture, html, text.",
            id="format",
        ),
        pytest.param(
            {"language": "English"},
            "'English' is not a language code; use one such as en, fr or pt-BR.",
            id="language",
        ),
        pytest.param(
            {"base_url": "ftp://example.org"},
            "'ftp://example.org' is not the address of a page; it begins with http or https.",
            id="base_url",
        ),
    ],
)
def test_what_no_reader_takes_is_refused_where_the_options_are_made(kind, option, message):
    with pytest.raises(ImportContentError) as refused:
        kind(**option)

    assert str(refused.value) == message


def test_an_unknown_way_to_settle_conflicts_is_refused_with_the_choices():
    with pytest.raises(ImportContentError) as refused:
        ImportOptions(on_conflict="mine")

    assert str(refused.value) == "on_conflict is 'mine'; use one of: keep, theirs, draft."


@pytest.mark.parametrize("choice", OnConflict)
def test_a_way_to_settle_conflicts_may_be_given_by_its_value(choice):
    assert ImportOptions(on_conflict=choice.value).on_conflict == choice.value


def test_options_stay_as_they_were_made():
    options = ImportOptions(draft=True)

    with pytest.raises(FrozenInstanceError):
        options.draft = False  # type: ignore[misc]


def test_options_are_named():
    with pytest.raises(TypeError, match="positional"):
        ReadOptions("profile")  # type: ignore[call-arg]
