from datetime import date

import pytest

from hsec_wagtail.blocks.hints import Checked, Hint, find_hints
from hsec_wagtail.blocks.today import another_day
from tests import factories as make


def hints(*body, language="en", **page):
    with another_day(date(2031, 1, 1)):
        return find_hints(Checked(body=body, language=language, **page))


def messages(*body, **page):
    return [hint.message for hint in hints(*body, **page)]


def initiative(text, *dates):
    return make.initiatives(make.initiative(f"<p>{text}</p>", dates=dates))


def test_announced_page_without_a_date_is_hinted_at_the_field():
    assert hints(status="announced") == [
        Hint(
            "The page is announced, but does not say when it is expected.",
            field="expected",
        )
    ]
    assert hints(status="announced", expected="2032") == []
    assert hints(status="active") == []


def test_link_without_a_target_is_hinted_whether_it_says_so_or_not():
    nowhere, elsewhere = make.link("More"), make.link("On", url="/on/")
    nowhere["value"]["unknown"] = True

    assert hints(nowhere, elsewhere, make.link("")) == [
        Hint("The link leads nowhere yet.", about="More", block_id=nowhere["id"])
    ]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ("234", []),
        ("2343", []),
        ("2342", []),
        ("24", ["A heading 4 follows a heading 2: a level is skipped."]),
        ("3", ["A heading 3 follows a heading 1: a level is skipped."]),
        ("2324", ["A heading 4 follows a heading 2: a level is skipped."]),
    ],
)
def test_skipped_level_is_hinted(levels, expected):
    assert messages(*(make.heading("x", level=level) for level in levels)) == expected


@pytest.mark.parametrize(
    ("label", "edtf", "is_hinted"),
    [
        ("signed", "2032-05", True),
        ("Ratified by Canada", "2032", True),
        ("ratifiée", "2032", True),
        ("adhéré", "2032", True),
        ("signed", "2031", False),
        ("signed", "2004", False),
        ("signed", "next year", False),
        ("to be signed", "2032", False),
        ("sera ratifiée", "2032", False),
        ("enters into force", "2032", False),
        ("", "2032", False),
    ],
)
def test_what_is_done_on_a_day_to_come_is_hinted(label, edtf, is_hinted):
    body = initiative("An action.", (edtf, label, ""))

    assert bool(messages(body)) is is_hinted


def test_hint_says_date_and_label_and_leads_to_the_initiative():
    body = initiative("An action.", ("2032-05", "signed", ""))
    (item,) = body["value"]["initiatives"]

    assert hints(body) == [
        Hint(
            "“signed” is dated May 2032, which is still to come.",
            about="An action.",
            block_id=item["id"],
        )
    ]


@pytest.mark.parametrize(
    ("text", "dates", "found"),
    [
        pytest.param("In April 2004 it began.", [], ["2004-04"], id="none filed"),
        pytest.param("From 1999 to 2001, and in 2004.", [], ["1999/2001", "2004"], id="several"),
        pytest.param("In April 2004 it began.", ["2004-04-17"], [], id="filed more exactly"),
        pytest.param("In April 2004 it began.", ["2004"], [], id="filed less exactly"),
        pytest.param("Begun under the treaty of 1992.", ["2004"], [], id="another year"),
        pytest.param(
            "Signed in 1999, ratified in 2001.", ["1999"], ["2001"], id="another thing done"
        ),
        pytest.param("In April 2004 it began.", ["soon"], [], id="filed unreadably"),
        pytest.param("Some 2000 troops.", [], [], id="no date"),
    ],
)
def test_date_that_only_the_text_gives_is_hinted(text, dates, found):
    assert [hint.date.edtf for hint in hints(initiative(text, *dates)) if hint.date] == found


def test_date_of_a_french_text_is_read_as_french():
    (hint,) = hints(initiative("Signée en avril 2004."), language="fr")

    assert (hint.date.edtf, hint.date.text, hint.date.label) == ("2004-04", "avril 2004", "signée")


def test_half_filled_and_old_data_are_read():
    raw = [
        {"type": "heading", "value": None},
        {"type": "link"},
        {"type": "initiatives", "value": {"initiatives": [None, {"value": {"text": None}}]}},
        {"type": "initiatives", "value": {"initiatives": [{"value": {"dates": [None, {}]}}]}},
    ]

    assert hints(*raw) == []
