"""The admin and the pages on other sites' settings: the example's, and the least that the installation asks for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("site", ["example", "least"])
def test_the_admin_and_the_pages_work_on_settings_that_are_not_the_tests_own(site):
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
        "PYTHONPATH": str(ROOT),
    }
    arguments = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--ds", f"tests.settings_{site}"]
    files = [
        "tests/admin/test_every_page.py",
        "tests/admin/test_editing.py",
        "tests/front/test_pages.py",
    ]

    result = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "pytest", *arguments, *files],
        cwd=ROOT,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
        timeout=1800,
    )

    assert result.returncode == 0, result.stdout + result.stderr
