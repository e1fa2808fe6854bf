"""The fixtures of the other tests, on the site's own base page model."""

import pytest

from wagtail.models import Locale, Site

from hsec_wagtail.page_models import base_page_model


@pytest.fixture
def root_page(db):
    Site.clear_site_root_paths_cache()
    Locale.objects.get_or_create(language_code="en")
    pages = base_page_model()
    return pages.get_first_root_node() or pages.add_root(instance=pages(title="Root", slug="root"))


@pytest.fixture
def home(root_page):
    from tests.custom_base.models import HomePage

    root_page.get_children().delete()
    root_page.refresh_from_db()
    home = root_page.add_child(instance=HomePage(title="Home", slug="home-page"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
    )
    Site.clear_site_root_paths_cache()
    return home
