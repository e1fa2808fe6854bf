"""A site that is translated with wagtail-localize: a test project that pytest runs by itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("wagtail_localize")

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.slow


def run(*arguments):
    """Run ``python -m`` with the settings of the test project, in the root of the checkout."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
        "DJANGO_SETTINGS_MODULE": "tests.settings_localize",
        "PYTHONPATH": str(ROOT),
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


def test_the_site_checks_clean():
    result = run("django", "check", "--fail-level", "WARNING")

    assert (result.returncode, result.stderr) == (0, "")


def test_imported_pages_are_mirrored_and_translated():
    result = run(
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "--ds",
        "tests.settings_localize",
        "-o",
        "python_files=site_*.py",
        "tests/localize",
    )

    assert result.returncode == 0, result.stdout + result.stderr
