"""The examples of the documentation: each command runs, each piece of Python, YAML and template is one.

Those of ``>>>`` run in tests/test_public_api.py, the template between a site's and ours in tests/front.
"""

from __future__ import annotations

import ast
import csv
import re
import shlex
import shutil
import textwrap
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
import yaml

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command, load_command_class
from django.template import engines

from wagtail.models import Page

from hsec_wagtail import conf
from hsec_wagtail.importer.document.nodes import Initiatives, RawBlock
from hsec_wagtail.importer.document.schema import load_document
from hsec_wagtail.importer.document.site_blocks import site_block_parts
from hsec_wagtail.importer.reading import read
from hsec_wagtail.importer.reading.profile import load_profile
from hsec_wagtail.models import ImportRun
from hsec_wagtail.page_models import PAGE_MODELS, page_model_setting
from tests import factories
from tests.docs.pages import (
    FOR_SITES,
    PAGES,
    ROOT,
    all_examples,
    console,
    examples,
    without_examples,
)

TUTORIAL = PAGES["docs/tutorial/first-section.md"]
SETTINGS = {*conf.DEFAULTS, *map(page_model_setting, PAGE_MODELS)}
#: What cannot be run here: it makes a site or an environment, or waits for somebody.
NOT_HERE = {"createsuperuser", "makemigrations", "migrate", "runserver"}


@pytest.fixture
def scratch_site(home, tmp_path, monkeypatch):
    """Return a folder with the sources that the pages name, for a site with the pages that they name."""
    shutil.copytree(ROOT / "docs" / "examples" / "lakes", tmp_path / "lakes")
    (tmp_path / "work.txt").write_text(examples(TUTORIAL, "text")[0], encoding="utf-8")
    home.add_child(instance=Page(title="Where", slug="where"))
    about = home.add_child(instance=Page(title="About", slug="about"))
    section = factories.section_page(about, title="Policy", slug="policy")
    factories.forum_page(section, title="Council", body=[factories.link("Treaties")])
    get_user_model().objects.create_superuser(username="anna", email="anna@example.org")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def manage(command: str) -> str:
    """Run ``python manage.py …`` as the pages write it, and return what it prints; it must succeed."""
    arguments = shlex.split(command.removeprefix("python manage.py "))
    if arguments[0] in {"hsec_undo", "hsec_verify"} and arguments[1:] and arguments[1].isdigit():
        # The number that a run has on a site of its own.
        runs = list(ImportRun.objects.order_by("pk"))
        arguments[1] = str(runs[min(int(arguments[1]), len(runs)) - 1].pk)
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def commands(name: str) -> list[str]:
    return [
        one
        for one in console(FOR_SITES[name])
        if one.startswith("python manage.py ") and one.split()[2] not in NOT_HERE
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in FOR_SITES if commands(name)])
def test_the_commands_of_a_page_run_one_after_the_other(scratch_site, name):
    if name.startswith("docs/how-to/"):
        # What these pages begin with: imports that were made.
        manage("hsec_import human-security")
        manage("hsec_import lakes/ --parent /about/")

    for command in commands(name):
        manage(command)
        if "-o links.csv" in command:
            _fill(scratch_site / "links.csv")


def _fill(file: Path) -> None:
    """Give every label its target, as somebody does between two commands."""
    with file.open(encoding="utf-8", newline="") as opened:
        filled = [{**row, "target": "https://example.org/"} for row in csv.DictReader(opened)]
    assert filled
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, filled[0])
        writer.writeheader()
        writer.writerows(filled)


@pytest.mark.django_db
def test_the_tutorial_shows_what_it_says(scratch_site):
    manage("hsec_import human-security")
    converted = load_document(yaml.safe_load(manage("hsec_convert work.txt")), name="work.txt")

    (forum,) = converted.page.children
    (initiatives,) = [node for node in forum.body if isinstance(node, Initiatives)]
    assert [page.type for page in converted.page.walk()] == ["section", "forum"]
    assert [[(date.edtf, date.label) for date in item.dates] for item in initiatives.items] == [
        [("2001-07", "")],
        [("1999-06", "signed"), ("2000-06", "ratified")],
    ]
    assert forum.body[-1].type == "link"


def mentioned() -> Iterator[tuple[str, str]]:
    """Yield every command of ours that a page writes, in an example or in its text, with the page."""
    for name, text in PAGES.items():
        yield from ((name, one) for one in console(text) if " hsec_" in one)
        for inline in re.findall(r"`([^`]*\bhsec_\w+ [^`]*)`", without_examples(text)):
            if inline.startswith(("python manage.py hsec_", "hsec_")):
                yield name, inline


@pytest.mark.parametrize(("name", "command"), list(mentioned()))
def test_a_command_has_every_option_that_a_page_gives_it(name, command):
    words = command.removeprefix("python manage.py ").split()
    parser = load_command_class("hsec_wagtail", words[0]).create_parser("manage.py", words[0])

    known = {option for action in parser._actions for option in action.option_strings}
    assert {word for word in words if re.match("--?[a-z]", word)} - known == set()


@pytest.mark.parametrize(("name", "example"), all_examples("python"))
def test_python_is_python_and_its_settings_are_ours(name, example):
    if ">>>" in example:
        pytest.skip("runs in tests/test_public_api.py")

    tree = ast.parse(example)

    assigned = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.startswith("HSEC_")
    }
    assert assigned <= SETTINGS


@pytest.mark.parametrize(
    "word", sorted(set(re.findall(r"HSEC_[A-Z_]+[A-Z]", "".join(FOR_SITES.values()))))
)
def test_a_setting_that_a_page_names_is_one(word):
    # HSEC_SEED and the like are of the tests, and in no page for sites.
    assert word in SETTINGS


def test_the_profile_of_the_how_to_is_one():
    (example,) = examples(PAGES["docs/how-to/write-a-profile.md"], "yaml")

    assert load_profile(example, name="example").name == "ministry-of-example"


def test_the_block_of_the_how_to_is_described_and_its_document_is_one():
    page = PAGES["docs/how-to/add-your-own-blocks.md"]
    names: dict[str, object] = {}
    exec(examples(page, "python")[0], names)  # noqa: S102 - our own example
    (body,) = examples(page, "yaml")
    page = textwrap.indent("type: section\nkey: top\ntitle: Top\n" + body, "  ")

    document = read(f"format: hsec-section/1\npage:\n{page}".encode(), name="example").document

    block = names["TimelineBlock"]
    assert list(site_block_parts(block.hsec_parts))  # type: ignore[attr-defined]
    (node,) = document.page.body
    assert isinstance(node, RawBlock)
    assert node.value["steps"][0]["value"]["on"] == "1999-05-20"


@pytest.mark.parametrize(("name", "example"), all_examples("django"))
def test_a_template_is_one(name, example):
    engines["django"].from_string(example)


def test_languages_of_examples_are_those_that_are_tried():
    found = set(re.findall(r"^```(\w*)$", "".join(FOR_SITES.values()), re.MULTILINE)) - {""}

    assert found == {"console", "css", "django", "mermaid", "python", "text", "yaml"}


def test_the_apps_that_the_pages_install_are_there():
    assert apps.is_installed("wagtail_modeladmin")
    assert Path(ROOT / "docs" / "examples" / "lakes" / "index.html").is_file()
