"""Numbers of the pages of lists, as addresses have them."""

from __future__ import annotations

import pytest

from django.http import Http404
from django.test import RequestFactory

from hsec_wagtail.record.paging import page_of

LISTS = ["initiatives/", "timeline/", "members/", "changes/", "search/"]
OTHER_SPELLINGS = ["01", "+1", " 1", "1 ", "1\n", "１", "١", "1.0", "1_0", "0", "-1", "1" * 10]


@pytest.mark.parametrize("asked", OTHER_SPELLINGS, ids=ascii)
def test_a_number_is_spelled_in_one_way_only(asked):
    request = RequestFactory().get("/", {"page": asked})

    with pytest.raises(Http404, match=r"There is no such page of the list\."):
        page_of(range(1000), request)


@pytest.mark.parametrize(
    ("query", "number"), [({}, 1), ({"page": ""}, 1), ({"page": "1"}, 1), ({"page": "10"}, 10)]
)
def test_a_page_is_asked_for_by_its_number(query, number):
    request = RequestFactory().get("/", query)

    assert page_of(range(1000), request).number == number


@pytest.mark.parametrize("address", LISTS)
def test_each_list_reads_it_so(client, section, address):
    url = f"{section.url}{address}"

    answers = [client.get(url, {"page": asked}) for asked in ("1", "01", "１", " 1", "2")]

    assert [answer.status_code for answer in answers] == [200, 404, 404, 404, 404]
