"""Day and month in either order, on a whole page."""

from __future__ import annotations

import pytest

from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading import read

LEAD = "The ministry has worked on this with its partners for many years."


def reading(text: str, language: str):
    return read(
        f"Peace\n\n{LEAD}\n\nActions include:\n\n{text}".encode(),
        name="page.txt",
        language=language,
    )


def dates(text: str, language: str) -> list[str]:
    return [date["edtf"] for date in reading(text, language).record(0).dates]


def warnings(text: str, language: str) -> list[Message]:
    codes = ("day-first-assumed", "month-first-assumed", "day-order-open")
    return [one for one in reading(text, language).warnings if one.code in codes]


def test_another_date_of_the_page_settles_the_order_without_a_warning():
    text = "* a visit to Oslo (04/09/2002)\n* a visit to Graz (04/19/2002)"

    assert dates(text, "en") == ["2002-04-09", "2002-04-19"]
    assert warnings(text, "en") == []


@pytest.mark.parametrize(
    ("language", "expected", "code"),
    [
        pytest.param("fr", ["2002-09-04", "2002-03-05"], "day-first-assumed", id="French"),
        pytest.param("en-US", ["2002-04-09", "2002-05-03"], "month-first-assumed", id="American"),
        pytest.param("en", ["2002", "2002"], "day-order-open", id="English"),
    ],
)
def test_the_order_of_a_language_is_taken_with_a_warning(language, expected, code):
    text = "* a visit to Oslo (04/09/2002)\n* a visit to Graz (05/03/2002)"

    assert dates(text, language) == expected
    assert warnings(text, language) == [Message(code, line=7, text="04/09/2002", count=2)]
