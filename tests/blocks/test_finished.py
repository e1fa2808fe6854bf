from datetime import date

import pytest

from hsec_wagtail.blocks import FundingBlock, InitiativesBlock, MembersBlock
from hsec_wagtail.blocks.finished import is_to_come, on_page
from hsec_wagtail.blocks.today import another_day
from tests.blocks.faults import draft_faults, publish_faults

REFUSED = [
    "This date is still to come, but the page is ended. Correct the date, or the status of the page."
]
DATED = {
    "a call": (
        FundingBlock(),
        {"title": "x", "opens": "2031-01-02", "closes": "2031-06-30"},
        {"opens": REFUSED, "closes": REFUSED},
    ),
    "a member": (
        MembersBlock(),
        {"members": [{"name": "Norway", "since": "2001", "until": "2032"}]},
        {"members": {0: {"until": REFUSED}}},
    ),
    "an initiative": (
        InitiativesBlock(),
        {"initiatives": [{"text": "<p>x</p>", "dates": [{"edtf": "2004"}, {"edtf": "2032-05"}]}]},
        {"initiatives": {0: {"dates": {1: {"edtf": REFUSED}}}}},
    ),
}


@pytest.mark.parametrize(("block", "raw", "faults"), DATED.values(), ids=DATED)
def test_date_to_come_is_refused_on_a_page_that_is_ended_only(root_page, block, raw, faults):
    with another_day(date(2031, 1, 1)):
        with on_page(ended=True):
            assert publish_faults(block, raw) == faults
            assert draft_faults(block, raw) == {}
        assert publish_faults(block, raw) == {}


def test_a_date_to_come_that_is_also_out_of_order_is_told_both():
    raw = {"title": "x", "opens": "2031-06-30", "closes": "2030-01-02"}
    backwards = "The end is before the start. Correct one of the two dates."

    with another_day(date(2031, 1, 1)), on_page(ended=True):
        faults = publish_faults(FundingBlock(), raw)

    assert faults == {"opens": [*REFUSED, backwards], "closes": [backwards]}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2031-01-02", True),
        ("2032", True),
        (date(2031, 1, 2), True),
        ("2031", False),
        ("2031-01-01", False),
        ("2030/2040", False),
        ("1999/..", False),
        ("../2040", False),
        ("next year", False),
        ("", False),
        (None, False),
    ],
)
def test_what_begins_after_today_is_to_come(value, expected):
    with another_day(date(2031, 1, 1)):
        assert is_to_come(value) is expected
