"""hsec_export: what it prints and writes, and the exit status it ends with."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from django.core.management import CommandError, call_command

from hsec_wagtail.importer import service
from hsec_wagtail.importer.document.schema import load_document
from hsec_wagtail.models import SectionPage
from tests import factories as make
from tests.importer import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(home: Any, tmp_path: Path) -> Any:
    """Return a section that was imported."""
    service.run(samples.write(tmp_path, samples.section()))
    return SectionPage.objects.get()


def printed(*arguments: str) -> tuple[str, str]:
    """Return what the command prints, and what it says on standard error."""
    out, err = StringIO(), StringIO()
    call_command("hsec_export", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def refusal(*arguments: str) -> tuple[int, str]:
    """Return exit status and message of a command that fails."""
    with pytest.raises(CommandError) as error:
        printed(*arguments)
    return error.value.returncode, str(error.value)


def test_the_document_is_printed(section):
    out, err = printed(str(section.pk))

    document = load_document(json.loads(out), name="printed")
    assert document.page.title == "Security abroad"
    assert err == ""


def test_the_page_may_be_named_by_its_path(section):
    out, _ = printed("/security-abroad/")

    assert json.loads(out)["page"]["key"] == "security"


def test_the_document_is_written_to_a_file(section, tmp_path):
    file = tmp_path / "section.json"

    out, _ = printed(str(section.pk), "-o", str(file))

    assert out == ""
    assert file.read_text(encoding="utf-8") == printed(str(section.pk))[0]


def test_every_language_gets_a_file_that_an_import_takes_together(section, french, tmp_path):
    section.copy_for_translation(french, copy_parents=True).save_revision().publish()
    folder = tmp_path / "new" / "folder"

    printed(str(section.pk), "--all-languages", "-o", str(folder))

    assert sorted(file.name for file in folder.iterdir()) == ["en.json", "fr.json"]
    assert len(service.convert(folder)) == 2


def test_one_language_may_be_named(section, french):
    section.copy_for_translation(french, copy_parents=True).save_revision().publish()

    out, _ = printed(str(section.pk), "--language", "fr")

    assert json.loads(out)["language"] == "fr"


def test_what_is_left_out_is_said_on_standard_error(section):
    draft = make.forum_page(section, title="Draft", live=False)

    _, err = printed(str(section.pk))

    assert err == f"en: 'Draft' ({draft.pk}) is not public and left out; --draft takes it, too.\n"


def test_drafts_are_taken_when_asked_for(section):
    make.forum_page(section, title="Draft", live=False)

    out, _ = printed(str(section.pk), "--draft")

    assert json.loads(out)["page"]["children"][-1]["title"] == "Draft"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(
            ["/nowhere/"],
            (
                1,
                "There is no page '/nowhere/'. Name one by its id, or by its address such as /about/policy/.",
            ),
            id="no such page",
        ),
        pytest.param(
            ["1", "--all-languages"],
            (2, "--all-languages writes several files; name a folder for them with -o."),
            id="several files without a folder",
        ),
    ],
)
def test_refusals_say_why(home, arguments, expected):
    assert refusal(*arguments) == expected


def test_a_file_that_cannot_be_written_is_named(section, tmp_path):
    status, message = refusal(str(section.pk), "-o", str(tmp_path))

    assert status == 1
    assert message.startswith(f"{tmp_path}: cannot be written: ")


def test_a_folder_that_cannot_be_made_is_named(section, tmp_path):
    (file := tmp_path / "taken").write_text("")

    status, message = refusal(str(section.pk), "--all-languages", "-o", str(file))

    assert status == 1
    assert message.startswith(f"{file}: cannot be made: ")
