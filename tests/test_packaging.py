"""What the distributions hold, and what the configuration lists by hand."""

import configparser
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from hsec_wagtail.importer.document import json_schema

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "hsec_wagtail"
IMPURE = {"apply", "place", "service", "snapshot", "undo"}
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


@pytest.fixture(scope="module")
def wheel_file(tmp_path_factory):
    """Build the sdist, and from it the wheel, in a copy: build/ would bring back what was deleted."""
    folder = tmp_path_factory.mktemp("dist")
    copy = folder / "copy"
    shutil.copytree(ROOT, copy, ignore=lambda _, names: {n for n in names if not kept(n)})
    # Not isolated, so that no package index is needed: the extra "test" has setuptools.
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(copy)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    (wheel,) = folder.glob("*.whl")
    return wheel


def kept(name: str) -> bool:
    return not (
        name.startswith((".venv", ".git", ".tox", ".mypy", ".ruff", ".pytest", ".hypothesis"))
        or name.endswith(".egg-info")
        or name in {"build", "dist", "seed", "var", "node_modules"}
    )


@pytest.fixture(scope="module")
def wheel(wheel_file) -> set[str]:
    with zipfile.ZipFile(wheel_file) as archive:
        return set(archive.namelist())


def test_every_package_is_listed():
    packages = {".".join(path.parent.relative_to(ROOT).parts) for path in APP.rglob("__init__.py")}

    assert listed("options", "packages") == packages | {"hsec_wagtail.fixtures"}


def test_every_pure_module_of_the_importer_is_under_the_contract():
    names = {path.stem for path in (APP / "importer").iterdir() if path.name[0] not in "._"}

    assert listed("importlinter:contract:pure", "source_modules") == {
        "hsec_wagtail.dates",
        *(f"hsec_wagtail.importer.{name}" for name in names - IMPURE),
    }


def test_python_of_the_classifiers_is_that_of_the_matrix():
    classifiers = config.get("metadata", "classifiers")
    environments = config.get("tox:tox", "env_list")

    assert set(re.findall(r"Python :: 3\.(\d+)", classifiers)) == set(
        re.findall(r"py3(\d+)", environments)
    )


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


@pytest.mark.parametrize("po", sorted(APP.glob("locale/*/LC_MESSAGES/*.po")), ids=str)
def test_compiled_translations_are_those_of_the_source(po):
    """Make them with ``make messages``."""
    with po.open("rb") as source, po.with_suffix(".mo").open("rb") as compiled:
        wanted, found = read_po(source), read_mo(compiled)

    assert {m.id: m.string for m in found if m.id} == {
        m.id: m.string for m in wanted if m.id and m.string and all(m.string) and not m.fuzzy
    }


def test_published_schema_is_that_of_the_code():
    """Make it with ``make schema``."""
    published = (ROOT / "fixtures" / "hsec-section-1.schema.json").read_text(encoding="utf-8")

    assert json.loads(published) == json_schema()
