"""hsec_runs: lists, filters, exports, and the report as a page."""

from __future__ import annotations

import csv
import json
from datetime import timedelta

import pytest

from django.utils import timezone

from hsec_wagtail.models import ImportItem, ImportRun
from hsec_wagtail.record.csv_lines import csv_lines
from tests.importer import samples
from tests.importer.recorded import imported
from tests.management.test_commands import output, refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(home, tmp_path):
    return imported(samples.write(tmp_path, samples.section()), parent=home)


@pytest.fixture
def failed(home):
    """Return an older run that failed."""
    run = ImportRun.objects.create(source_name="old.txt", status="failed", parent_id=home.pk)
    ImportRun.objects.filter(pk=run.pk).update(started_at=timezone.now() - timedelta(days=40))
    return run


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param([], ["sample.json", "old.txt"], id="all, the newest first"),
        pytest.param(["--status", "failed"], ["old.txt"], id="by state"),
        pytest.param(["--source", "SAMPLE"], ["sample.json"], id="by source"),
        pytest.param(["--limit", "1"], ["sample.json"], id="a few"),
    ],
)
def test_runs_are_listed(failed, run, options, expected):
    listed = json.loads(output("hsec_runs", *options, "--json"))

    assert [one["source"].rpartition("/")[2] for one in listed] == expected


def test_runs_are_listed_since_a_day(failed, run):
    day = (timezone.now() - timedelta(days=2)).date()

    listed = output("hsec_runs", "--since", day.isoformat())

    assert "sample.json" in listed
    assert "old.txt" not in listed


def test_where_no_run_fits_that_is_said(failed):
    assert output("hsec_runs", "--source", "nothing").strip() == "There is no such run."


def test_runs_are_written_for_spreadsheets(failed, run, tmp_path):
    path = tmp_path / "runs.csv"

    output("hsec_runs", "--csv", str(path))

    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert [(row["status"], row["create"]) for row in rows] == [("done", "6"), ("failed", "0")]


def test_the_items_of_a_run_are_written_for_spreadsheets(run, tmp_path):
    path = tmp_path / "items.csv"

    output("hsec_runs", str(run.pk), "--csv", str(path))

    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert [row["action"] for row in rows] == ["create"] * 6
    assert rows[0]["title"] == "Security abroad"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_nothing_written_is_a_formula(cell):
    assert next(csv_lines([[cell]])).strip('"\r\n').startswith("'")


def test_json_of_a_run_holds_plan_base_and_report(run):
    ImportItem.objects.filter(key="council").update(
        differences=[{"kind": "changed", "label": [["title", 0]]}]
    )

    shown = json.loads(output("hsec_runs", str(run.pk), "--json"))

    council = next(item for item in shown["items"] if item["key"] == "council")
    assert council["base"]["title"] == "Council of the North"
    assert council["differences"] == [{"kind": "changed", "label": "Title"}]
    assert shown["report"]["counts"]["create"] == 6
    assert [source["format"] for source in shown["sources"]] == ["fixture"]


def test_the_report_of_a_run_is_written_as_a_page(run, tmp_path):
    path = tmp_path / "report.html"

    printed = output("hsec_runs", str(run.pk), "--html", str(path))

    assert printed == ""
    assert path.read_text(encoding="utf-8").lstrip().startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("options", [[], ["--dry-run"]], ids=["import", "dry run"])
def test_an_import_writes_its_report_as_a_page(home, tmp_path, options):
    path = tmp_path / "report.html"

    output(
        "hsec_import",
        str(samples.write(tmp_path, samples.section())),
        *options,
        "--report",
        str(path),
    )

    assert "Council of the North" in path.read_text(encoding="utf-8")


def test_an_import_with_nothing_to_write_writes_its_report_too(run, tmp_path):
    path = tmp_path / "report.html"

    output("hsec_import", str(tmp_path / "sample.json"), "--report", str(path))

    assert "unchanged" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(["7"], (2, "There is no run 7. See them with: hsec_runs"), id="unknown run"),
        pytest.param(
            ["--html", "x.html"],
            (2, "--html takes the number of a run: hsec_runs RUN --html FILE"),
            id="no run",
        ),
    ],
)
def test_what_cannot_be_shown_is_refused(home, arguments, expected):
    assert refusal("hsec_runs", *arguments) == expected


def test_a_day_that_is_none_is_a_usage_error():
    _, message = refusal("hsec_runs", "--since", "yesterday")

    assert "'yesterday' is no day; write for example 2031-05-24." in message
