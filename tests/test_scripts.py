"""The scripts of the project where something that they need is missing: a sentence says what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a folder with the scripts and what they read."""
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    for name in ("setup.cfg", "pyproject.toml", "README.md", "Makefile"):
        shutil.copy(ROOT / name, folder)
    return folder


def refusal(folder: Path, script: str, **environment: str) -> str:
    """Return the last line that ``script`` says before it fails."""
    done = subprocess.run(  # noqa: S603 - our own script
        ["bash", f"scripts/{script}"],  # noqa: S607
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stderr.splitlines()[-1]


@pytest.mark.parametrize("port", ["99999", "0", "123456", "http", "-1"])
def test_a_port_that_is_none_is_refused_with_those_that_are(checkout, port):
    assert refusal(checkout, "demo", PORT=port).endswith(
        "Choose one from 1024 to 65535: make demo PORT=8001"
    )


def test_without_a_network_the_script_says_where_packages_may_come_from(checkout, tmp_path):
    # The path of the interpreter has a blank.
    python = tmp_path / "my python" / "python"
    python.parent.mkdir()
    python.symlink_to(Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info[1]}")

    said = refusal(checkout, "venv", PYTHON=str(python), PIP_NO_INDEX="1", PIP_FIND_LINKS="")

    assert "could not be installed" in said
    assert "PIP_FIND_LINKS=/path/to/wheels" in said


def test_an_interpreter_that_is_not_there_is_named_whole(checkout):
    assert "found as /no where/python." in refusal(checkout, "venv", PYTHON="/no where/python")


def test_in_a_folder_that_may_not_be_written_to_the_script_says_what_to_do(checkout):
    checkout.chmod(0o555)
    if os.access(checkout, os.W_OK):
        pytest.skip("root may write everywhere")

    assert "Copy the project to where you may write" in refusal(checkout, "venv")
