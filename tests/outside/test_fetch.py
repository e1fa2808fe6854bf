"""Asking for addresses, of a server on this machine."""

from __future__ import annotations

import socket
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsec_wagtail.outside.addresses import AddressError, is_public, to_ascii
from hsec_wagtail.outside.fetch import Answer, Asker, Reason

ASKER = Asker(agent="hsec_wagtail link check (+https://example.org)", timeout=1, allow_private=True)


def test_answers_are_told_apart(server):
    expected = {
        "/ok": Answer(200),
        "/gone": Answer(404),
        "/login": Answer(401),
        "/no-head": Answer(200),
        "/moved": Answer(200, target=f"{server.url}/ok"),
        "/moved-twice": Answer(200, target=f"{server.url}/ok"),
        "/for-now": Answer(200),
        "/loop": Answer(reason=Reason.REDIRECTS),
        "/file": Answer(reason=Reason.ADDRESS),
        "/odd": Answer(reason=Reason.ADDRESS),
        "/drop": Answer(reason=Reason.PROTOCOL),
        "/noise": Answer(reason=Reason.PROTOCOL),
    }

    assert {path: ASKER.ask(server.url + path) for path in expected} == expected
    assert server.asked_for("/ok")[0] == "HEAD"
    assert server.asked_for("/no-head") == ["HEAD", "GET"]
    assert len(server.asked_for("/loop")) == 6


def test_a_slow_server_and_one_that_never_ends_cost_a_bounded_time(server):
    asker = Asker(agent="x", timeout=0.5, allow_private=True)
    start = time.monotonic()

    answers = [asker.ask(server.url + path).reason for path in ("/slow", "/trickle")]

    assert answers == [Reason.TIMEOUT, Reason.TIMEOUT]
    assert time.monotonic() - start < 6


def test_servers_are_told_who_asks(server):
    ASKER.ask(server.url.replace("http://", "http://user:secret@") + "/ok#part")

    ((_method, path, headers, _time),) = server.asked
    assert path == "/ok"
    assert headers["User-Agent"] == ASKER.agent
    assert "Authorization" not in headers


def test_no_private_machine_is_asked(server):
    asker = Asker(agent="x", timeout=1)
    port = server.url.rpartition(":")[2]
    names = ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"]
    unusual = ["0", "2130706433"]

    answers = {name: asker.ask(f"http://{name}:{port}/ok").reason for name in names + unusual}

    # Not every machine knows the unusual ones for addresses.
    assert {answers.pop(name) for name in unusual} <= {Reason.PRIVATE, Reason.NAME}
    assert answers == dict.fromkeys(names, Reason.PRIVATE)
    assert server.asked == []


def test_no_redirect_leads_to_a_private_machine(server, monkeypatch):
    # The server on this machine stands for one of the internet.
    monkeypatch.setattr("hsec_wagtail.outside.fetch.is_public", lambda one: one == "127.0.0.1")

    answer = Asker(agent="x", timeout=1).ask(f"{server.url}/inside")

    assert answer == Answer(reason=Reason.PRIVATE)


def test_a_machine_that_is_not_there_is_no_answer():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]

        answer = ASKER.ask(f"http://127.0.0.1:{port}/")

    assert answer == Answer(reason=Reason.CONNECTION)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("::", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::1", False),
        ("64:ff9b::a00:1", False),
        ("no address", False),
    ],
)
def test_addresses_of_private_networks_are_known(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Exämple.org/ü?q=é#part", "http://xn--exmple-cua.org/%C3%BC?q=%C3%A9"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/a%20b c", "https://example.org/a%20b%20c"),
        ("https://[2606:4700::1111]:8443/x", "https://[2606:4700::1111]:8443/x"),
    ],
)
def test_addresses_are_written_as_http_has_them(url, expected):
    assert to_ascii(url) == expected


@given(st.text() | st.text().map("http://{}".format) | st.text().map("http://a.example/{}".format))
def test_any_text_is_an_address_in_ascii_or_none(text):
    try:
        url = to_ascii(text)
    except AddressError:
        return

    assert url.isascii()
    assert not set(url) & set(" \r\n\t\x00")
    assert to_ascii(url) == url
