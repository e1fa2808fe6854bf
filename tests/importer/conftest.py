"""What the tests of the importer share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importer import samples


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Return the path of a small section document."""
    return samples.write(tmp_path, samples.section())
