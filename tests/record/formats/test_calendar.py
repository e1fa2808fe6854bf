"""The calendar: all-day events, and no day that no source gives."""

from __future__ import annotations

from datetime import date
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsec_wagtail.record.formats.calendar import _fold, _text
from tests import factories as make
from tests.record.formats.reading import content


def events(client: Any, section: Any, query: str = "") -> list[Any]:
    calendar = icalendar.Calendar.from_ical(content(client, section, f"ical/{query}"))
    return calendar.walk("VEVENT")


def days(client: Any, section: Any, edtf: str) -> list[tuple[date, date, str]]:
    items = make.initiatives(make.initiative("<p>Spoke.</p>", dates=[edtf]))
    make.forum_page(section, slug="forum", body=[items])
    return [
        (one["DTSTART"].dt, one["DTEND"].dt, str(one["SUMMARY"])) for one in events(client, section)
    ]


@pytest.mark.parametrize(
    ("edtf", "first", "after", "summary"),
    [
        ("1999-06-30", date(1999, 6, 30), date(1999, 7, 1), "Spoke."),
        ("1999-12-30/2000-01-02", date(1999, 12, 30), date(2000, 1, 3), "Spoke."),
        ("2004-02", date(2004, 2, 1), date(2004, 3, 1), "February 2004: Spoke."),
        ("2004", date(2004, 1, 1), date(2005, 1, 1), "2004: Spoke."),
        ("1999/2001", date(1999, 1, 1), date(2002, 1, 1), "1999–2001: Spoke."),
    ],
)
def test_an_event_is_over_all_the_days_of_a_date(client, section, edtf, first, after, summary):
    assert days(client, section, edtf) == [(first, after, summary)]


@pytest.mark.parametrize(
    "edtf", ["199X", "19XX", "1990/..", "../2004", "1990/", "199X/2001", "9999-12-31", "soon"]
)
def test_a_date_without_first_and_last_day_or_of_decades_is_no_event(client, section, edtf):
    assert days(client, section, edtf) == []


def test_an_event_says_all_of_an_initiative(client, record):
    signed, year = events(client, record, "?text=signed")

    assert signed["SUMMARY"] == "signed: Signed the treaty, and said so."
    assert signed["DESCRIPTION"] == "Signed the treaty, and said so.\n30 June 1999 (signed)"
    assert signed["CATEGORIES"].cats == ["United Nations", "Small arms", "Children; youth"]
    assert signed["TRANSP"] == "TRANSPARENT"
    assert signed["UID"] != year["UID"]
    assert signed["LAST-MODIFIED"].dt.isoformat() == "2026-01-05T09:30:00+00:00"


def test_uids_stay_when_the_page_is_renamed(client, record):
    (un,) = record.get_children().filter(slug="un").specific()
    before = [one["UID"] for one in events(client, record)]
    un.slug = "united-nations"
    un.save_revision().publish()

    assert sorted(one["UID"] for one in events(client, record)) == sorted(before)


def test_a_calendar_is_named_by_its_filter_and_is_a_file(client, record):
    response = client.get(f"{record.url}initiatives/ical/?topic=arms")

    calendar = icalendar.Calendar.from_ical(b"".join(response))
    assert calendar["X-WR-CALNAME"] == "Initiatives: Human security – Small arms"
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"].endswith('"human-security-initiatives-arms.ics"')


@given(st.text())
def test_any_text_is_folded_at_75_bytes_and_read_again(text):
    lines = _fold(f"SUMMARY:{_text(text)}")

    assert lines.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines.split("\r\n"))
    assert "\n" not in lines.replace("\r\n", "")
    unfolded = lines.replace("\r\n ", "").removesuffix("\r\n")
    assert unfolded == f"SUMMARY:{_text(text)}"
