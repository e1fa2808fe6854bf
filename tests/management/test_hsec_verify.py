"""hsec_verify: what it prints, and the exit status it ends with."""

from __future__ import annotations

import json

import pytest

from hsec_wagtail.models import ForumPage
from tests.importer.recorded import imported
from tests.management.test_commands import CAPTURE, output, refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def capture(tmp_path):
    path = tmp_path / "capture.txt"
    path.write_text(CAPTURE, encoding="utf-8")
    return path


@pytest.fixture
def run(home, capture):
    return imported(capture, parent=home)


@pytest.mark.parametrize("options", [[], ["--draft"]], ids=["published", "drafts"])
def test_it_says_that_all_is_there(run, options):
    printed = output("hsec_verify", *options)

    said = "the newest drafts" if options else "what is published"
    assert printed.rstrip().endswith(f"Compared with {said}: all 38 words there.")


def test_it_fails_where_words_are_gone(run):
    ForumPage.objects.get(title="Council of the North").delete()

    assert refusal("hsec_verify", str(run.pk)) == (1, "17 words are gone.")


def test_it_prints_json(run):
    printed = json.loads(output("hsec_verify", str(run.pk), "--json"))

    assert printed["complete"] is True
    assert [source["counts"]["there"] for source in printed["sources"]] == [38]


def test_it_reads_a_source_again(run, capture):
    printed = output("hsec_verify", "--source", str(capture))

    assert "is not the file" not in printed
    assert "all 38 words there" in printed


def test_it_says_that_a_source_is_another_file(run, capture):
    capture.write_text(CAPTURE + "\nMore words\n", encoding="utf-8")

    status, _ = refusal("hsec_verify", "--source", str(capture))

    assert status == 1


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(["99"], (2, "There is no run 99. See them with: hsec_runs"), id="run"),
        pytest.param(["--source", "/nowhere"], (1, "/nowhere: no such file"), id="source"),
    ],
)
def test_it_refuses_what_is_not_there(run, arguments, expected):
    status, message = refusal("hsec_verify", *arguments)

    assert (status, message[: len(expected[1])]) == expected
