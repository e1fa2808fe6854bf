import re

import pytest

from django.utils import translation

from hsec_wagtail.blocks import MembersBlock
from tests.blocks.faults import draft_faults, publish_faults


def show(raw, **context):
    block = MembersBlock()
    html = block.render(block.to_python(raw), context)
    return [
        " ".join(re.sub(r"<[^>]*>", " ", item).split())
        for item in re.findall(r"<li[^>]*>(.*?)</li>", html, re.DOTALL)
    ]


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        pytest.param({"name": "Canada", "country": "CA", "role": "member"}, "Canada", id="member"),
        pytest.param({"name": "South Africa", "role": "observer"}, "South Africa (observer)", id="observer"),
        pytest.param({"name": "A", "since": "1999"}, "A ( since 1999 )", id="since"),
        pytest.param({"name": "A", "until": "2001"}, "A ( until 2001 )", id="until"),
        pytest.param({"name": "A", "since": "1999", "until": "2001-05"}, "A ( 1999 – May 2001 )", id="both"),
        pytest.param({"name": "A", "role": "partner", "since": "1999"}, "A (partner, since 1999 )", id="role and date"),
        pytest.param({"name": "A", "since": "half"}, "A (half – …)", id="half a date"),
        pytest.param({"name": "A", "since": "2001", "until": "1999"}, "A (2001 – 1999)", id="wrong order"),
    ],
)  # fmt: skip
def test_member_is_shown_with_what_is_special(member, expected):
    assert [text.replace("( ", "(").replace(" )", ")") for text in show({"members": [member]})] == [
        expected.replace("( ", "(").replace(" )", ")")
    ]


def test_roles_are_said_in_the_active_language():
    from hsec_wagtail.blocks.members import ROLES

    with translation.override("fr"):
        assert [str(label) for _name, label in ROLES]


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        pytest.param({"since": "last year"}, "A (last year – …)", id="since"),
        pytest.param({"since": "1999", "until": "soon"}, "A (1999 – soon)", id="until"),
    ],
)
def test_times_that_cannot_be_read_are_shown_as_they_were_typed(times, expected):
    assert show({"members": [{"name": "A", **times}]}) == [expected]


def test_nameless_members_are_left_out():
    assert show({"members": [{"name": ""}, {"name": "A"}]}) == ["A"]


@pytest.mark.parametrize(
    ("member", "name"),
    [
        pytest.param({"name": "", "country": "NO"}, "Norvège", id="no name"),
        pytest.param({"name": " ", "country": "no"}, "Norvège", id="blanks"),
        pytest.param({"name": "Kongeriket Norge", "country": "NO"}, "Kongeriket Norge", id="both"),
        pytest.param({"name": "", "country": "QX"}, "QX", id="no country of that code"),
    ],
)
def test_a_country_without_a_name_is_called_as_in_the_language_of_the_page(member, name):
    block = MembersBlock()
    value = block.to_python({"members": [member]})

    assert show({"members": [member]}, hsec_language="fr") == [name]
    alone = block.child_blocks["members"].child_block
    assert name in alone.render(value["members"][0], {"hsec_language": "fr"})
    shown = block.get_api_representation(value, {"hsec_language": "fr"})
    assert shown["members"][0]["name"] == name
    assert block.get_prep_value(value)["members"][0]["value"]["name"] == member["name"]
    with translation.override("fr"):
        (state,) = block.get_form_state(value)["members"]
    assert state["label"] == f"{name} Membre"


def test_a_member_is_published_with_a_name_or_a_country():
    nobody = {"members": [{"name": "", "country": ""}]}

    assert publish_faults(MembersBlock(), nobody) == {
        "members": {0: {"name": ["Enter a name, or choose a country."]}}
    }
    assert draft_faults(MembersBlock(), nobody) == {}
    assert publish_faults(MembersBlock(), {"members": [{"name": "", "country": "NO"}]}) == {}


def test_members_that_the_text_names_are_not_shown():
    block = MembersBlock()
    value = block.to_python({"display": "text", "members": [{"name": "Canada"}]})

    assert block.render(value, {}).strip() == ""
    assert block.get_api_representation(value)["members"][0]["name"] == "Canada"


def test_end_before_start_is_a_fault_of_both():
    raw = {"members": [{"name": "A", "since": "2001", "until": "1999"}]}

    assert publish_faults(MembersBlock(), raw) == {
        "members": {
            0: {
                "since": ["The end is before the start. Correct one of the two dates."],
                "until": ["The end is before the start. Correct one of the two dates."],
            }
        }
    }
    assert draft_faults(MembersBlock(), raw) == {}


def test_start_may_be_long_ago():
    assert publish_faults(MembersBlock(), {"members": [{"name": "A", "since": "1867"}]}) == {}


@pytest.mark.parametrize(("code", "expected"), [("ca", "CA"), (" fr", "FR"), ("", "")])
def test_country_code_is_kept_in_capitals(code, expected):
    block = MembersBlock()

    cleaned = block.clean(block.to_python({"members": [{"name": "A", "country": code}]}))

    assert cleaned["members"][0]["country"] == expected


def test_unknown_country_code_is_refused():
    raw = {"members": [{"name": "A", "country": "QQ"}]}

    assert publish_faults(MembersBlock(), raw) == {
        "members": {0: {"country": ["“QQ” is no code of a country. Choose one from the list."]}}
    }
    assert draft_faults(MembersBlock(), raw) == {}
