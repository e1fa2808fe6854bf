"""The difference between two public versions."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from django.db import connection
from django.test.utils import CaptureQueriesContext

from hsec_wagtail.models import PublishedVersion
from hsec_wagtail.record.history.diff import compare_parts
from hsec_wagtail.record.history.parts import Part
from hsec_wagtail.record.history.words import compare_lines
from tests import factories as make
from tests.record.history.test_noting import publish, restrict


def written(lines: Any) -> list[str]:
    """Return lines as ``kept [-deleted-] {+inserted+}``."""
    marks = {"kept": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}
    return [
        "".join(marks[piece.kind].format(piece.text) for piece in line.pieces) for line in lines
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(["one two"], ["one three"], ["one [-two-]{+three+}"], id="a word"),
        pytest.param(["a b c"], ["a x y c"], ["a [-b-]{+x y+} c"], id="words"),
        pytest.param(["a b c d"], ["a x y d"], ["a [-b c-]{+x y+} d"], id="a space between"),
        pytest.param(["a"], ["a", "b"], ["a", "{+b+}"], id="a line more"),
        pytest.param(["a", "b"], ["b"], ["[-a-]", "b"], id="a line less"),
        pytest.param(["a", "b", "c", "d"], ["a", "b", "c", "x"], ["", "c", "[-d-]{+x+}"], id="far"),
        pytest.param(["a"], ["a"], [""], id="the same"),
        pytest.param(
            ["a b c d", "e"],
            ["x", "a b c", "y"],
            ["{+x+}", "a b c[- d-]", "[-e-]", "{+y+}"],
            id="reworded",
        ),
    ],
)
def test_what_changed_is_marked_word_by_word(old, new, expected):
    assert written(compare_lines(old, new)) == expected


TEXTS = st.lists(st.text("ab c.", max_size=12), max_size=6)


@given(TEXTS, TEXTS)
def test_no_word_gets_lost(old, new):
    """What was deleted is in the old text, what was inserted in the new one, in their order."""
    lines = [line for line in compare_lines(old, new) if line.changed]

    for kinds, texts in ((("kept", "deleted"), old), (("kept", "inserted"), new)):
        said = ["".join(p.text for p in line.pieces if p.kind in kinds) for line in lines]
        rest = iter(texts)
        assert all(text in rest for text in said if text)


def test_huge_texts_are_compared_within_bounds():
    old, new = ("a b " * 5_000).strip(), ("b c " * 5_000).strip()

    (line,) = compare_lines([old], [new])
    assert [piece.kind for piece in line.pieces] == ["deleted", "inserted"]
    many = compare_lines(["x"] * 2_000, ["y"] * 2_000)
    assert len(many) == 4_000


def test_two_words_far_apart_in_a_long_line_are_two_changes():
    words = [f"word{n}{'.' if n % 20 == 0 else ''}" for n in range(3_000)]
    changed = [*words[:5], "here", *words[6:2_990], "there", *words[2_991:]]

    (line,) = compare_lines([" ".join(words)], [" ".join(changed)])

    found = [(piece.kind, piece.text) for piece in line.pieces if piece.kind != "kept"]
    assert found == [
        ("deleted", "word5"),
        ("inserted", "here"),
        ("deleted", "word2990"),
        ("inserted", "there"),
    ]


def test_parts_are_aligned_by_their_keys():
    old = [Part("a", "A", ("1",)), Part("b", "B", ("2",)), Part("c", "C", ("3",))]
    new = [Part("c", "C", ("3",)), Part("a", "A", ("9",)), Part("d", "D", ("4",))]

    found = [(part.label, part.state) for part in compare_parts(old, new)]

    assert sorted(found) == [("A", "changed"), ("B", "removed"), ("C", "moved"), ("D", "added")]


@pytest.fixture
def forum(section):
    block = make.paragraph("<p>Norway founded it.</p>")
    forum = make.forum_page(section, title="OAS", slug="oas", body=[block])
    changed = {**block, "value": "<p>Chile founded it.</p>"}
    return publish(forum, body=[changed, make.members("Chile")])


def ask(client: Any, section: Any, query: str) -> Any:
    return client.get(f"{section.url}changes/diff/?{query}")


def test_the_newest_change_of_a_page_is_shown(client, section, forum):
    soup: Any = BeautifulSoup(ask(client, section, f"page={forum.pk}").content, "html.parser")

    changed, added = soup.select(".hsec-diff")
    assert changed.select_one("del").get_text() == "[begin of deletion] Norway [end of deletion]"
    assert changed.select_one("ins").get_text() == "[begin of insertion] Chile [end of insertion]"
    assert "(added)" in added.h2.get_text()
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"


def test_two_versions_can_be_chosen_in_any_order(client, section, forum):
    publish(forum, title="Organisation")
    first, _second, third = PublishedVersion.objects.filter(page=forum.pk).order_by("pk")

    one = ask(client, section, f"page={forum.pk}&from={first.pk}&to={third.pk}")
    other = ask(client, section, f"page={forum.pk}&from={third.pk}&to={first.pk}")

    soup: Any = BeautifulSoup(one.content, "html.parser")
    assert [part.h2.get_text(" ", strip=True).split()[0] for part in soup.select(".hsec-diff")] == [
        "Title",
        "Text",
        "Members",
    ]
    again: Any = BeautifulSoup(other.content, "html.parser")
    assert again.select(".hsec-diff") == soup.select(".hsec-diff")


def test_nothing_of_a_draft_can_be_compared(client, section, forum):
    draft = type(forum).objects.get(pk=forum.pk).get_latest_revision_as_object()
    draft.title = "A plan"
    revision = draft.save_revision()

    assert b"A plan" not in ask(client, section, f"page={forum.pk}").content
    newest = PublishedVersion.objects.latest("pk").pk
    assert ask(client, section, f"page={forum.pk}&to={newest + revision.pk}").status_code == 404


def test_versions_of_another_page_and_of_private_ones_are_unknown(client, section, forum):
    version = PublishedVersion.objects.filter(page=forum.pk).earliest("pk")
    assert ask(client, section, f"page={section.pk}&from={version.pk}").status_code == 404
    restrict(forum)

    assert ask(client, section, f"page={forum.pk}").status_code == 404


def test_a_page_with_one_version_has_nothing_to_compare(client, section):
    response = ask(client, section, f"page={section.pk}")

    assert b"only one version" in response.content


def test_the_number_of_queries_does_not_grow(client, section, forum):
    other = make.policy_page(forum, title="Papers")

    def queries(body: list[Any]) -> int:
        nonlocal forum
        forum = publish(forum, body=body)
        with CaptureQueriesContext(connection) as found:
            assert ask(client, section, f"page={forum.pk}").status_code == 200
        return len(found)

    def body(size: int) -> list[Any]:
        return [make.paragraph(f"<p>{n} {make.page_link(other)}</p>") for n in range(size)]

    queries(body(1))
    assert queries(body(2)) == queries(body(8))


HOSTILE = ["", "0", "-1", "x", "\0", "\ud800", "9" * 10_000, "१", "<b>", "1.5"]


@pytest.mark.parametrize("value", HOSTILE)
def test_no_query_string_breaks_the_difference(client, section, forum, value):
    text = quote(value.encode("utf-8", "surrogatepass"))

    for query in (
        f"page={text}",
        f"page={forum.pk}&from={text}",
        f"page={forum.pk}&to={text}&to={text}",
        f"page[]={text}",
    ):
        response = ask(client, section, query)
        assert response.status_code in (200, 404)
        assert b"<b>" not in response.content
