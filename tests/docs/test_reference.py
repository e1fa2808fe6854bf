"""What the pages say of links, options, settings and template tags, against what is there."""

from __future__ import annotations

import re
from typing import Any

import pytest

from django.core.management import load_command_class
from django.core.management.base import BaseCommand

from hsec_wagtail import conf
from hsec_wagtail.models import ImportRun
from tests.docs.pages import PAGES, ROOT, anchors, links, rows, section

COMMANDS = PAGES["docs/reference/commands.md"]
NAMES = sorted(
    path.stem for path in (ROOT / "hsec_wagtail" / "management" / "commands").glob("hsec_*.py")
)


@pytest.mark.parametrize("name", PAGES)
def test_each_link_leads_to_a_page_or_a_part_of_it(name):
    folder = (ROOT / name).parent
    for target in links(PAGES[name]):
        if re.match("https://|mailto:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (folder / path).resolve() if path else ROOT / name
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file.read_text(encoding="utf-8")), target


@pytest.mark.parametrize("name", PAGES)
def test_each_file_that_a_page_names_is_there(name):
    # Written from the root: docs/…, fixtures/… and the like.
    named = re.findall(
        r"`((?:docs|fixtures|tests|scripts|benchmarks|hsec_wagtail)/[\w./-]*)`", PAGES[name]
    )

    # Templates are named as a site names them.
    roots = (ROOT, ROOT / "hsec_wagtail" / "templates")
    assert [path for path in named if not any((root / path).exists() for root in roots)] == []


def options_of(name: str) -> dict[str, Any]:
    """Return the options of a command by their long names, those of every command left out."""
    parser = load_command_class("hsec_wagtail", name).create_parser("manage.py", name)
    common = BaseCommand().create_parser("manage.py", "x")
    shared = {option for action in common._actions for option in action.option_strings}
    return {
        action.option_strings[-1]: action
        for action in parser._actions
        if action.option_strings and action.option_strings[-1] not in shared
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_option_of_a_command_is_documented_and_no_other(name):
    first = [cells[0] for cells in rows(section(COMMANDS, name)) if "`-" in cells[0]]
    documented = set(re.findall(r"--?[a-z][\w-]*", " ".join(first)))
    short = {"-o": "--output"}

    assert {short.get(one, one) for one in documented} == set(options_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_documented_choices_and_defaults_are_those_of_the_command(name):
    options = options_of(name)
    for cells in rows(section(COMMANDS, name)):
        said = re.match(r"`(--[\w-]+)(?: (\S+))?`", cells[0])
        if not said or said[1] not in options:
            continue
        action = options[said[1]]
        if action.choices and said[2] and "|" in said[2]:
            assert said[2].replace("\\", "").split("|") == list(action.choices)
        if default := re.search(r"Default: `?([\w-]+)`?(?:\.| |$)", cells[1]):
            assert action.default is None or str(action.default) == default[1]


@pytest.mark.parametrize("name", NAMES)
def test_every_option_has_help(name):
    assert [option for option, action in options_of(name).items() if not action.help] == []


def test_the_settings_and_their_defaults_are_those_of_the_code():
    documented = {
        cells[0].strip("`"): cells[1].strip("`")
        for cells in rows(PAGES["docs/reference/settings.md"])
        if "PAGE_MODEL" not in cells[0]
    }

    assert documented.keys() == conf.DEFAULTS.keys()
    assert {
        name: value
        for name, value in documented.items()
        if eval(value, {}) != conf.DEFAULTS[name]  # noqa: S307 - our own page
    } == {}


def test_the_states_of_a_run_are_those_of_the_code():
    said = section(COMMANDS, "hsec_runs")

    assert [state for state in ImportRun.Status.values if f"`{state}`" not in said] == []
