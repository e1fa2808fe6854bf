"""What the distributions hold, and what the configuration lists by hand."""

import ast
import configparser
import re
import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions, requires
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "hsec_wagtail"
# What is worked on beside the packages must not get into them.
LEFT_OUT = re.compile(
    r"(^|/)(tests|example_project|scripts|docs|__pycache__)/|\.py[co]$|\.sqlite3|/\."
)

config = configparser.ConfigParser(interpolation=None)
config.read(ROOT / "setup.cfg", encoding="utf-8")


def listed(section: str, option: str) -> set[str]:
    return set(config.get(section, option).split())


def files_under(*folders: Path) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and not LEFT_OUT.search(path.relative_to(ROOT).as_posix())
    }


def canonical(requirement: str) -> str:
    """Return the normal form of the name in ``requirement``."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement)[0]).lower()


def imported_modules() -> set[str]:
    """Return the first part of each absolute import in the app."""
    names: set[str] = set()
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module)
    return {name.partition(".")[0] for name in names}


def language_of(po: Path) -> str:
    return po.parts[-3]


def forms(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def translations(catalog: Catalog) -> dict[tuple[Any, ...], tuple[str, ...]]:
    """Return what a compiled catalog may hold: neither what is not translated nor what is doubtful."""
    return {
        (message.context, *forms(message.id)): forms(message.string)
        for message in catalog
        if message.id and not message.fuzzy and message.string and all(message.string)
    }


@pytest.fixture(scope="module")
def wheel(wheel_file) -> set[str]:
    with zipfile.ZipFile(wheel_file) as archive:
        return set(archive.namelist())


def test_every_package_is_listed():
    packages = {".".join(path.parent.relative_to(ROOT).parts) for path in APP.rglob("__init__.py")}

    assert listed("options", "packages") == packages | {"hsec_wagtail.fixtures"}


def test_the_readme_which_package_indexes_show_has_no_relative_links():
    readme = (
        ROOT / config.get("metadata", "long_description").removeprefix("file:").strip()
    ).read_text("utf-8")
    targets = re.findall(r"\]\(([^)]+)\)", readme)

    assert [target for target in targets if not target.startswith("https://")] == []


def test_python_of_the_classifiers_is_that_of_the_matrix():
    classifiers = config.get("metadata", "classifiers")
    environments = config.get("tox:tox", "env_list")

    assert set(re.findall(r"Python :: 3\.(\d+)", classifiers)) == set(
        re.findall(r"py3(\d+)", environments)
    )


def test_every_requirement_is_imported_and_every_import_is_required():
    required = {canonical(one) for one in config.get("options", "install_requires").split()}
    brought = {
        canonical(one)
        for name in ("django", "wagtail")
        for one in requires(name) or []
        if "extra ==" not in one
    }
    distributions = packages_distributions()
    imported = {
        canonical(distributions[module][0])
        for module in imported_modules()
        if module in distributions and module != "hsec_wagtail"
    }

    assert required <= imported
    assert imported <= required | brought


@pytest.mark.slow
def test_wheel_holds_all_files_of_the_app(wheel):
    assert files_under(APP) - wheel == set()


@pytest.mark.slow
def test_wheel_holds_the_fixtures_as_a_package_of_the_app(wheel):
    fixtures = {f"hsec_wagtail/{name}" for name in files_under(ROOT / "fixtures")}

    assert {name for name in wheel if name.startswith("hsec_wagtail/fixtures/")} == fixtures


@pytest.mark.slow
def test_wheel_holds_nothing_else(wheel):
    assert {name for name in wheel if LEFT_OUT.search(name)} == set()
    assert {name.split("/")[0] for name in wheel if ".dist-info/" not in name} == {"hsec_wagtail"}


@pytest.mark.slow
def test_fixtures_can_be_read_from_an_installed_wheel(wheel_file, tmp_path):
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from importlib import resources\n"
        "root = resources.files('hsec_wagtail.fixtures')\n"
        "print(sorted(entry.name for entry in root.iterdir()))"
    )
    with zipfile.ZipFile(wheel_file) as archive:
        archive.extractall(tmp_path)

    # -I, so that the checkout is not found before the wheel.
    output = subprocess.run(  # noqa: S603
        [sys.executable, "-I", "-S", "-B", "-c", script, str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    ).stdout

    assert "human-security" in output


@pytest.mark.parametrize("po", sorted(APP.glob("locale/*/LC_MESSAGES/*.po")), ids=language_of)
def test_compiled_translations_are_those_of_the_source(po):
    """Make them with ``make messages``."""
    with po.open("rb") as source, po.with_suffix(".mo").open("rb") as compiled:
        wanted, found = read_po(source), read_mo(compiled)

    assert translations(found) == translations(wanted)
