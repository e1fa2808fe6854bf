"""Sites for the tests of the public pages."""

from typing import TYPE_CHECKING

import pytest

from tests.front.site import FrontSite, build

if TYPE_CHECKING:
    from wagtail.models import Locale, Page


@pytest.fixture
def front_site(home: "Page") -> FrontSite:
    """Return an English section with every kind of page and block."""
    return build(home)


@pytest.fixture
def french_site(home: "Page", french: "Locale") -> FrontSite:
    """Return a French section, below the one home page of the site."""
    return build(home, language="fr", title="La politique de la mer")
