"""A site with a base page model of its own: a test project that pytest runs by itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wagtail import VERSION

ROOT = Path(__file__).resolve().parents[1]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(VERSION < (8, 0), reason="custom base page models are new in Wagtail 8.0"),
]


def run(*arguments, **variables):
    """Run ``python -m`` with the settings of the test project, in the root of the checkout."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
        "DJANGO_SETTINGS_MODULE": "tests.custom_base.settings",
        "PYTHONPATH": str(ROOT),
        **variables,
    }
    return subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
        timeout=600,
    )


@pytest.fixture
def database(tmp_path):
    return {"CUSTOM_BASE_DATABASE": str(tmp_path / "site.sqlite3")}


def test_the_site_checks_clean():
    result = run("django", "check", "--fail-level", "WARNING")

    assert (result.returncode, result.stderr) == (0, "")


def test_the_site_migrates_forwards_and_the_app_back_out(database):
    forwards = run("django", "migrate", "--verbosity", "0", **database)
    backwards = run("django", "migrate", "hsec_wagtail", "zero", "--verbosity", "0", **database)

    assert (forwards.returncode, forwards.stderr) == (0, "")
    assert (backwards.returncode, backwards.stderr) == (0, "")


def test_the_site_s_pages_work():
    result = run(
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "--ds",
        "tests.custom_base.settings",
        "-o",
        "python_files=site_*.py",
        "tests/custom_base",
    )

    assert result.returncode == 0, result.stdout + result.stderr
