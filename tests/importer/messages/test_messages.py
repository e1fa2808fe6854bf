"""A message: a code with its values, kept and said."""

import json
import pickle

import pytest

from django.utils import translation

from hsec_wagtail.importer.errors import PlanError
from hsec_wagtail.importer.messages import Message, loaded, said, stored, translate_with

TAKEN = Message("slug-taken", wanted="peace", slug="peace-2")


@pytest.fixture
def no_translation():
    """Take the translation away, as where no app has handed one over."""
    from django.utils.translation import gettext, ngettext

    translate_with()
    yield
    translate_with(gettext, ngettext)


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        pytest.param(Message("locked"), "It is locked.", id="without values"),
        pytest.param(TAKEN, "The slug 'peace' is taken here; 'peace-2' is used.", id="values"),
        pytest.param(
            Message("conflict-kept", count=1),
            "1 part was changed both here and at the source; the editor's text stays.",
            id="one",
        ),
        pytest.param(
            Message("conflict-kept", count=2),
            "2 parts were changed both here and at the source; the editor's text stays.",
            id="several",
        ),
        pytest.param(
            Message("linked-to", titles=["Mine", "Yours"]),
            "Others link to it: Mine, Yours.",
            id="list",
        ),
        pytest.param(
            Message("alias-stays", reason=Message("locked")),
            "Its alias stays. It is locked.",
            id="message in a message",
        ),
    ],
)
def test_a_message_is_a_sentence(message, sentence):
    assert str(message) == sentence


def test_messages_in_a_list_stand_on_lines_of_their_own():
    message = Message("alias-stays", reason=[Message("locked"), Message("in-moderation")])

    assert str(message) == "Its alias stays. It is locked.\nIt is in moderation."


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        pytest.param(Message("locked"), "L’élément est verrouillé.", id="without values"),
        pytest.param(
            Message("conflict-kept", count=2),
            "2 parties ont été modifiées ici et à la source; le texte de l’éditeur reste.",
            id="several",
        ),
        pytest.param(
            Message("alias-stays", reason=Message("locked")),
            "Son alias reste. L’élément est verrouillé.",
            id="message in a message",
        ),
    ],
)
def test_a_message_is_said_in_the_language_of_its_reader(message, sentence):
    with translation.override("fr"):
        assert str(message) == sentence


def test_without_a_translation_messages_are_english(no_translation):
    with translation.override("fr"):
        assert str(Message("locked")) == "It is locked."


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(TAKEN, id="values"),
        pytest.param(Message("linked-to", titles=["Mine", "…"]), id="list"),
        pytest.param(Message("alias-stays", reason=TAKEN), id="message in a message"),
    ],
)
def test_a_stored_message_is_the_same_again(message):
    assert Message.from_json(json.loads(json.dumps(message.as_json()))) == message


def test_a_message_is_stored_as_its_code_and_its_values():
    assert TAKEN.as_json() == {
        "code": "slug-taken",
        "values": {"wanted": "peace", "slug": "peace-2"},
    }


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param("No such code.", "No such code.", id="text"),
        pytest.param({"code": "no-such", "values": {}}, "no-such", id="unknown code"),
        pytest.param(
            {"code": "no-such", "values": {"page": 3, "of": "4"}},
            "no-such (page: 3, of: 4)",
            id="unknown code with values",
        ),
        pytest.param(
            {"code": "slug-taken", "values": {"slug": "b"}}, "slug-taken (slug: b)", id="no value"
        ),
    ],
)
def test_what_the_catalogue_does_not_have_is_said_as_it_is(data, text):
    assert str(Message.from_json(data)) == text


def test_messages_are_found_wherever_they_are_in_data():
    data = {"warnings": [TAKEN], "words": 3, "chrome": [[0, 5, Message("locked")]]}

    kept = json.loads(json.dumps(stored(data)))

    assert loaded(kept) == data
    assert (
        said(kept)
        == said(data)
        == {
            "warnings": ["The slug 'peace' is taken here; 'peace-2' is used."],
            "words": 3,
            "chrome": [[0, 5, "It is locked."]],
        }
    )


def test_control_characters_of_a_source_are_spelled_out():
    message = Message("address-of-several", path="/a\x1b[2J\nb\u00a0c")

    assert str(message) == (
        "Another page of the source had the address /a\\x1b[2J\\nb\u00a0c, too."
    )


def test_messages_are_compared_by_code_and_values():
    same = Message("slug-taken", slug="peace-2", wanted="peace")

    assert same == TAKEN
    assert {same, TAKEN, Message("locked")} == {TAKEN, Message("locked")}
    assert pickle.loads(pickle.dumps(TAKEN)) == TAKEN  # noqa: S301 - our own


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(PlanError(TAKEN), id="message"),
        pytest.param(PlanError("slug-taken", wanted="peace", slug="peace-2"), id="code"),
    ],
)
def test_an_error_holds_its_message(error):
    assert error.message == TAKEN
    assert str(error) == "The slug 'peace' is taken here; 'peace-2' is used."
