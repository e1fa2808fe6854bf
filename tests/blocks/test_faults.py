import pytest

from django.core.exceptions import ValidationError

from wagtail.blocks import CharBlock, ListBlock, StructBlockValidationError
from wagtail.blocks.base import get_error_json_data

from hsec_wagtail.blocks import MembersBlock
from hsec_wagtail.blocks.base import HsecStructBlock
from hsec_wagtail.blocks.faults import of_items, together
from tests.blocks.faults import publish_faults


def struct(**faults):
    return StructBlockValidationError(block_errors=faults)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        pytest.param(None, ValidationError("a"), {"messages": ["a"]}, id="one"),
        pytest.param(
            ValidationError("a"), ValidationError("b"), {"messages": ["a", "b"]}, id="of one field"
        ),
        pytest.param(
            struct(x=ValidationError("a")),
            struct(x=ValidationError("b"), y=ValidationError("c")),
            {"blockErrors": {"x": {"messages": ["a", "b"]}, "y": {"messages": ["c"]}}},
            id="of a struct",
        ),
        pytest.param(
            struct(x=ValidationError("a")),
            ValidationError("b"),
            {"blockErrors": {"x": {"messages": ["a"]}}, "messages": ["b"]},
            id="of a struct and of its children",
        ),
        pytest.param(
            of_items({0: {"x": ValidationError("a")}}),
            of_items({0: {"y": ValidationError("b")}, 2: {"x": ValidationError("c")}}),
            {
                "blockErrors": {
                    0: {"blockErrors": {"x": {"messages": ["a"]}, "y": {"messages": ["b"]}}},
                    2: {"blockErrors": {"x": {"messages": ["c"]}}},
                }
            },
            id="of items",
        ),
    ],
)
def test_errors_are_said_together_each_at_its_place(first, second, said):
    assert get_error_json_data(together(first, second)) == said


class PairBlock(HsecStructBlock):
    first = CharBlock()
    second = CharBlock(max_length=3)
    more = ListBlock(CharBlock(required=False), default=[])

    def find_faults(self, value):
        return {"first": ValidationError("Not the same.")} if value["first"] != "b" else {}


def test_what_is_wrong_with_children_together_is_said_with_what_is_wrong_with_each():
    assert publish_faults(PairBlock(), {"first": "a", "second": "long"}) == {
        "first": ["Not the same."],
        "second": ["Ensure this value has at most 3 characters (it has 4)."],
    }


def test_a_rule_sees_the_cleaned_values_of_the_children_that_are_right():
    raw = {"first": " b ", "second": "long"}

    assert list(publish_faults(PairBlock(), raw)) == ["second"]


def test_faults_of_members_are_said_together():
    raw = {
        "members": [
            {"name": "Norway", "country": "NO", "role": "member", "since": "1999", "until": "1990"},
            {"name": "", "country": "NO", "role": "member"},
            {"name": "Nowhere", "country": "QX", "role": "member", "since": "soon"},
        ]
    }

    faults = publish_faults(MembersBlock(), raw)["members"]

    assert {place: sorted(found) for place, found in faults.items()} == {
        0: ["since", "until"],
        1: ["name"],
        2: ["country", "since"],
    }
