"""Whoever has an answer already is told so, and nothing is rendered."""

from datetime import date
from typing import Any

import pytest

from django.db import connection
from django.template import engines
from django.test import RequestFactory
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction

from hsec_wagtail.blocks import today
from hsec_wagtail.record import conditional
from tests import factories as make

ADDRESSES = (
    *("", "?q=mines"),
    *("initiatives/", "initiatives/csv/", "initiatives/json/", "initiatives/?from=2001"),
)


@pytest.fixture
def record(section):
    items = make.initiatives(make.initiative("<p>Mines were cleared.</p>", dates=["2001"]))
    make.forum_page(section, body=[items])
    return section


def tag(client, url, **headers):
    response = client.get(url, headers=headers)
    if response.streaming:
        list(response)
    return response.get("ETag")


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_unchanged_answer_is_not_made_again(client, record, address):
    url = record.url + address
    rendered = []
    known = tag(client, url)
    assert known

    template_rendered.connect(lambda template, **kw: rendered.append(template), weak=False)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url, headers={"If-None-Match": known})

    assert (response.status_code, response.content, rendered) == (304, b"", [])
    assert response["ETag"] == known
    assert "Cookie" in response["Vary"]
    # Five to seven are routing; the others ask what is private, and what changed.
    assert len(queries) <= 10


def test_the_time_of_the_last_change_is_as_good(client, record, settled):
    first = client.get(record.url)

    again = client.get(record.url, headers={"If-Modified-Since": first["Last-Modified"]})

    assert again.status_code == 304


@pytest.mark.parametrize(
    "condition",
    [{"If-None-Match": "*"}, {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}],
    ids=["any", "time"],
)
def test_what_is_not_found_is_never_unmodified(client, record, settled, condition):
    response = client.get(f"{record.url}initiatives/nothing/", headers=condition)

    assert response.status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_time_is_answered_once_there_is_an_answer(client, record, settled, address):
    condition = {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}

    response = client.get(record.url + address, headers=condition)

    assert (response.status_code, response.content) == (304, b"")
    assert "ETag" in response


def test_a_time_that_has_just_been_is_not_said(client, record):
    response = client.get(record.url)

    assert "ETag" in response
    assert "Last-Modified" not in response


def test_browsers_ask_each_time(client, record):
    assert client.get(record.url)["Cache-Control"] == "no-cache"


def test_a_change_makes_another_answer(client, record):
    known = tag(client, record.url)

    make.policy_page(record, title="Publications")

    assert client.get(record.url, headers={"If-None-Match": known}).status_code == 200


def test_a_draft_changes_nothing(client, record):
    known = tag(client, record.url)

    record.title = "Another title"
    record.save_revision()

    assert client.get(record.url, headers={"If-None-Match": known}).status_code == 304


def test_another_day_is_another_answer(client, record, monkeypatch):
    known = tag(client, record.url)

    monkeypatch.setattr(conditional, "today", lambda: date(2030, 1, 1))

    assert today.today() != date(2030, 1, 1)
    assert client.get(record.url, headers={"If-None-Match": known}).status_code == 200


@pytest.mark.parametrize("header", ["Host", "Accept-Language"])
def test_what_an_answer_depends_on_makes_another(client, record, header):
    values = {"Host": ["one.example", "two.example"], "Accept-Language": ["en", "fr"]}[header]

    assert len({tag(client, record.url, **{header: value}) for value in values}) == 2


def test_the_user_of_the_admin_gets_a_page_made_for_them(client, admin_client, record):
    known = tag(client, record.url)

    response = admin_client.get(record.url, headers={"If-None-Match": known})

    assert response.status_code == 200
    assert "ETag" not in response
    assert b"wagtail-userbar" in response.content
    assert b"wagtail-userbar" not in client.get(record.url).content


def test_a_preview_is_made_anew(record):
    request: Any = RequestFactory().get(record.url)
    request.is_preview = True

    assert conditional._is_for_everybody(request) is False


def test_a_private_page_has_no_tag(client, record):
    PageViewRestriction.objects.create(
        page=record, restriction_type=PageViewRestriction.PASSWORD, password="secret"
    )
    client.cookies.clear()

    assert "ETag" not in client.get(record.url)


@pytest.mark.parametrize("part", ["{% csrf_token %}", '<script nonce="{{ 1 }}"></script>'])
def test_what_is_another_each_time_is_not_kept(client, record, settings, tmp_path, part):
    (tmp_path / "frame.html").write_text(f"{part}{{% block main %}}{{% endblock %}}")
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}
    ]
    settings.HSEC_BASE_TEMPLATE = "frame.html"
    settings.HSEC_BASE_BLOCKS = {"main": "main"}
    assert engines["django"].template_dirs[0] == tmp_path

    first = client.get(record.url)

    assert "ETag" not in first
    assert first.content != client.get(record.url).content or b"nonce" in first.content


def test_a_site_may_switch_it_off(client, record, settings):
    settings.HSEC_CACHE = None

    assert "ETag" not in client.get(record.url)
