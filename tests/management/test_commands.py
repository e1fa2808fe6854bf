"""The commands: what they print, and the exit status they end with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from django.core.management import CommandError, call_command

from hsec_wagtail.importer.document.schema import load_document
from hsec_wagtail.management.commands import hsec_import
from hsec_wagtail.models import ImportRun, SectionPage
from tests.importer import samples

CAPTURE = """Department of the North

Working with others

The department works with others to make people safer, in two forums.

Council of the North

Alliance

Council of the North

The council meets each spring. Actions include:

• tabling a report (June 2000)
• hosting a meeting (2001-2002)

Alliance

Coming soon
"""


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Return the path of a small section document."""
    return samples.write(tmp_path, samples.section())


@pytest.fixture
def capture(tmp_path: Path) -> Path:
    """Return the path of a small text capture."""
    path = tmp_path / "capture.txt"
    path.write_text(CAPTURE, encoding="utf-8")
    return path


def output(*arguments: Any, **options: Any) -> str:
    """Return what a command prints."""
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def refusal(*arguments: Any) -> tuple[int, str]:
    """Return exit status and message of a command that fails."""
    with pytest.raises(CommandError) as error:
        output(*arguments)
    return error.value.returncode, str(error.value)


# --- hsec_convert


def test_convert_prints_a_section_document(capture):
    printed = json.loads(output("hsec_convert", str(capture)))

    document = load_document(printed, name="printed")
    assert [page.title for page in document.page.children] == ["Council of the North", "Alliance"]


def test_convert_writes_document_and_ledger_to_files(capture, tmp_path):
    document, ledger = tmp_path / "document.json", tmp_path / "ledger.json"

    printed = output("hsec_convert", str(capture), "-o", str(document), "--ledger", str(ledger))

    assert printed == ""
    assert json.loads(document.read_text())["format"] == "hsec-section/1"
    said = json.loads(ledger.read_text())
    assert said["unclaimed"] == []
    assert said["words"] == said["content"] + sum(entry["words"] for entry in said["chrome"])


def test_what_convert_wrote_is_read_back_the_same(capture, tmp_path):
    document = tmp_path / "document.json"
    output("hsec_convert", str(capture), "-o", str(document))

    assert output("hsec_convert", str(document)) == document.read_text(encoding="utf-8")


def test_convert_refuses_a_folder_of_several_documents():
    status, message = refusal("hsec_convert", "human-security")

    assert status == 2
    assert message == "human-security holds several documents; choose one with --language: en, fr."


def test_convert_takes_one_language_of_packaged_content():
    printed = json.loads(output("hsec_convert", "human-security", "--language", "fr"))

    assert printed["language"] == "fr"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(None, "no such file", id="missing"),
        pytest.param(b"", "there is nothing in it", id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n0000", "this is an image, not text", id="image"),
        pytest.param(b"text\x00text", "not text: control byte 0x00 at byte 4", id="binary"),
        pytest.param(b"S\xe9curit\xe9", "not UTF-8 at byte 1 (0xE9, line 1)", id="encoding"),
        pytest.param(
            b'{"format": "x"}', "format is 'x', expected 'hsec-section/1'", id="other JSON"
        ),
        pytest.param(b'{"format": ', "not JSON: ", id="broken JSON"),
    ],
)
def test_a_bad_source_is_refused_with_its_name_and_the_reason(tmp_path, content, message):
    path = tmp_path / "source"
    if content is not None:
        path.write_bytes(content)

    status, said = refusal("hsec_convert", str(path))

    assert status == 1
    assert said.startswith(str(path))
    assert message in said


def test_the_path_inside_a_wrong_document_is_named(tmp_path):
    document = samples.section()
    document["page"]["children"][0]["body"][1]["items"][0]["dates"][0]["edtf"] = "2000-13"

    status, said = refusal("hsec_convert", str(samples.write(tmp_path, document)))

    assert status == 1
    assert "page.children[0].body[1].items[0].dates[0].edtf: " in said


def test_a_profile_that_matches_nothing_is_refused(capture):
    status, said = refusal("hsec_convert", str(capture), "--profile", "dfait-human-security")

    assert status == 1
    assert "the profile 'dfait-human-security' matches nothing here" in said


def test_an_unknown_profile_is_refused_and_the_known_are_named(capture):
    status, said = refusal("hsec_convert", str(capture), "--profile", "nobody")

    assert status == 1
    assert said.startswith(
        "There is no profile 'nobody'. Give the path of one, or one of: dfait-human-security"
    )


def test_an_unknown_option_is_a_usage_error(capture):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}

    done = subprocess.run(  # noqa: S603 -- our own interpreter
        [sys.executable, "-m", "django", "hsec_convert", str(capture), "--nonsense"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "unrecognized arguments: --nonsense" in done.stderr


# --- hsec_import, hsec_runs, hsec_undo


@pytest.mark.django_db
def test_import_prints_what_was_done_and_how_to_undo_it(home, sample):
    printed = output("hsec_import", str(sample))

    run = ImportRun.objects.get()
    assert "       created  forum    en  Council of the North" in printed
    assert printed.rstrip().endswith(f"Undo with: hsec_undo {run.pk}")


@pytest.mark.django_db
def test_import_prints_json_whose_run_undo_takes(home, sample):
    report = json.loads(output("hsec_import", str(sample), "--json"))

    output("hsec_undo", str(report["run"]))

    assert not SectionPage.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param([], ["4 of 4 pages"], id="text"),
        pytest.param(["--json"], [], id="JSON"),
        pytest.param(["--verbosity", "0"], [], id="silent"),
    ],
)
def test_import_tells_its_progress_unless_it_must_be_quiet(
    home, sample, monkeypatch, arguments, told
):
    monkeypatch.setattr(hsec_import, "_SECONDS", 0.0)
    err = StringIO()

    call_command("hsec_import", str(sample), *arguments, stdout=StringIO(), stderr=err)

    assert err.getvalue().splitlines() == told


def test_import_writes_the_report_to_a_file(home, sample, tmp_path):
    path = tmp_path / "report.json"

    output("hsec_import", str(sample), "--report", str(path))

    assert json.loads(path.read_text(encoding="utf-8"))["counts"]["create"] == 6


@pytest.mark.django_db
def test_a_dry_run_says_that_nothing_was_written(home, sample):
    printed = output("hsec_import", str(sample), "--dry-run")

    assert printed.rstrip().endswith("6 to create. Nothing was written.")
    assert not SectionPage.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        pytest.param(["--parent", "/nowhere/"], 1, "There is no page '/nowhere/'", id="parent"),
        pytest.param(
            ["--user", "nobody"],
            2,
            "There is no user 'nobody'. Name one by its username.",
            id="user",
        ),
        pytest.param(
            ["--language", "de", "human-security"],
            1,
            "None of the documents is in 'de'",
            id="language",
        ),
    ],
)
def test_import_refuses_what_it_cannot_do(home, sample, arguments, status, message):
    source = [] if arguments[-1] == "human-security" else [str(sample)]

    got, said = refusal("hsec_import", *source, *arguments)

    assert got == status
    assert message in said
    assert not SectionPage.objects.exists()


@pytest.mark.django_db
def test_runs_are_listed_and_shown(home, sample):
    output("hsec_import", str(sample))
    run = ImportRun.objects.get()

    listed, shown = output("hsec_runs"), output("hsec_runs", str(run.pk))

    assert f"{run.pk:>5}  " in listed
    assert "by the system: 6 created" in listed
    assert "Council of the North" in shown


@pytest.mark.django_db
def test_runs_are_printed_as_json(home, sample):
    output("hsec_import", str(sample))
    run = ImportRun.objects.get()

    shown = json.loads(output("hsec_runs", str(run.pk), "--json"))

    assert [item["key"] for item in shown["items"]][:2] == ["security", "security/links/agenda"]


@pytest.mark.django_db
def test_a_run_that_is_not_there_is_refused(home):
    expected = (2, "There is no run 7. See them with: hsec_runs")

    assert [refusal(f"hsec_{name}", "7") for name in ("runs", "undo", "verify")] == [expected] * 3


# --- pages of which much was left out, and files that are no pages

MENU = "".join(
    f'<a href="{name}.html">{name.title()} of the coast</a><br>'
    for name in ("fish", "birds", "seals", "boats")
)
MUCH = (
    f"<html><title>Coast</title><body><table><tr><td>{MENU}</td></tr></table><h1>Coast</h1>"
    "<p>The department looks after the coast, and counts what swims there.</p></body></html>"
)


@pytest.fixture
def much(tmp_path: Path) -> Path:
    """Return the path of a page that is a menu for the most part."""
    path = tmp_path / "coast.html"
    path.write_text(MUCH, encoding="utf-8")
    return path


def test_convert_ends_with_3_where_much_of_a_page_was_left_out(much):
    status, said = refusal("hsec_convert", str(much))

    assert status == 3
    assert said.startswith("Done, but more than a fifth of the words")


@pytest.mark.django_db
def test_import_names_a_page_of_which_much_was_left_out_first_and_ends_with_3(home, much):
    out = StringIO()

    with pytest.raises(CommandError) as error:
        call_command("hsec_import", str(much), stdout=out, stderr=StringIO())

    assert error.value.returncode == 3
    assert out.getvalue().splitlines()[0] == (
        "! More than a fifth of the words was left out by their form alone; look at these first:"
        f" {much}."
    )
    assert SectionPage.objects.filter(title="Coast").exists()


def test_convert_refuses_a_folder_with_a_file_that_is_no_page_only_if_strict(tmp_path):
    page = MUCH.replace(MENU, "")
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    (tmp_path / "map.html").write_text("<img src='map.gif'>", encoding="utf-8")

    assert '"title": "Coast"' in output("hsec_convert", str(tmp_path))
    assert refusal("hsec_convert", str(tmp_path), "--strict")[0] == 1
