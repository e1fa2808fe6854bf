import pytest

from tests import factories as make


@pytest.fixture
def section(home):
    """Return a published section below the home page."""
    return make.section_page(home)
