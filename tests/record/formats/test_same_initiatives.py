"""Whatever the filter, the list and each format have the same initiatives."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from django.http import QueryDict

from hsec_wagtail.models import Initiative
from hsec_wagtail.record.formats.calendar import event_days
from hsec_wagtail.record.formats.table import FORMATS
from hsec_wagtail.record.initiatives import InitiativeList
from tests.record.formats.reading import READERS, content, listed

PAIRS = st.lists(
    st.one_of(
        st.tuples(st.just("forum"), st.sampled_from(["un", "oas"])),
        st.tuples(st.just("topic"), st.sampled_from(["arms", "children"])),
        st.tuples(st.just("status"), st.sampled_from(["active", "ended", "dormant"])),
        st.tuples(st.sampled_from(["from", "to"]), st.integers(1985, 2010).map(str)),
        st.tuples(st.just("text"), st.sampled_from(["treaty", "THE", "the treaty", "=", "none"])),
        st.tuples(st.sampled_from(["page", "x", "forum[]"]), st.text()),
    ),
    max_size=4,
)


def test_every_format_is_read():
    assert set(READERS) == set(FORMATS)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(PAIRS)
def test_the_list_and_each_format_have_the_same_initiatives(client, record, pairs):
    asked = QueryDict(mutable=True)
    for name, value in pairs:
        asked.appendlist(name, value)
    # In the order in which forms send it: exchanged years are refused by what is read by programs.
    query = InitiativeList(record, asked).filter.query()

    expected = listed(client, record, query)

    for name, read in READERS.items():
        found = read(content(client, record, f"{name}/{query}"))
        if name == "ical":
            assert set(found) == set(expected) & with_event(), name
        elif FORMATS[name].latest_only:
            assert sorted(found) == sorted(expected), name
        else:
            assert found == expected, name


def with_event() -> set[str]:
    return {
        row.block_id
        for row in Initiative.objects.prefetch_related("dates")
        if any(event_days(date) for date in row.dates.all())
    }


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?forum=<b>", "Nothing here is called “<b>”; it was left out.\n"),
        ("?from=2004&to=1999", "The first year was after the last one; they were exchanged.\n"),
        ("?topic=%00&topic=" + "a" * 10_000, None),
        ("?status=%ED%A0%80", None),
    ],
    ids=["unknown", "reversed", "NUL and long", "surrogate"],
)
def test_what_cannot_be_answered_is_refused_with_its_reasons(client, record, name, query, said):
    response = client.get(f"{record.url}initiatives/{name}/{query}")

    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert said is None or response.content.decode() == said


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_list_is_answered(client, record, name):
    assert READERS[name](content(client, record, f"{name}/?text=nowhere")) == []


def test_the_list_links_to_itself_in_each_format(client, record):
    response = client.get(f"{record.url}initiatives/?forum=un")

    soup = BeautifulSoup(response.content, "html.parser")
    addresses = [f"{record.url}initiatives/{name}/?forum=un" for name in FORMATS]
    alternates = {link["type"]: link["href"] for link in soup.select("link[rel=alternate][type]")}
    assert alternates == dict(
        zip((form.media_type for form in FORMATS.values()), addresses, strict=True)
    )
    assert [link["href"] for link in soup.select(".hsec-formats a")] == addresses
