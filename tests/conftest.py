"""Fixtures that all tests share, and the rules by which tests are marked, skipped and chosen."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings as hypothesis_settings

from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from tests import browser as browsers

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as BrowserPage
    from pytest_django.live_server_helper import LiveServer

    from django.contrib.auth.models import AbstractUser

    from wagtail.models import Locale, Page

ROOT = Path(__file__).resolve().parents[1]
DATABASE_FIXTURES = frozenset({"db", "transactional_db", "live_server", "django_db_setup"})
ON_CI = os.environ.get("CI", "").lower() in {"1", "true"}


# How long an example takes says how busy the machine is, not whether the code is right.
hypothesis_settings.register_profile("hsec", deadline=None)
hypothesis_settings.load_profile("hsec")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser or a database, so that ``-m`` can choose by it."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "browser" in fixtures:
            item.add_marker(pytest.mark.browser)
        if _uses_database(item, fixtures):
            item.add_marker(pytest.mark.database)


def _uses_database(item: pytest.Item, fixtures: set[str]) -> bool:
    test_class = getattr(item, "cls", None)
    return (
        item.get_closest_marker("django_db") is not None
        or bool(DATABASE_FIXTURES & fixtures)
        or (test_class is not None and issubclass(test_class, TransactionTestCase))
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what cannot run here; on CI a missing browser is a failure."""
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL (DATABASE_URL)")
    if (excepted := item.get_closest_marker("except_mysql")) and connection.vendor == "mysql":
        pytest.skip(f"not on MySQL or MariaDB: {excepted.args[0]}")
    if item.get_closest_marker("browser") and browsers.find_browser() is None:
        complain = pytest.fail if ON_CI else pytest.skip
        complain("no browser found (scripts/get-browser gets one)")


def pytest_unconfigure() -> None:
    """Remove the files that this process wrote."""
    if settings.configured and (files := getattr(settings, "TEST_FILES", None)):
        shutil.rmtree(files, ignore_errors=True)


@pytest.fixture(autouse=True)
def default_language() -> Iterator[None]:
    """Let each test begin in the default language: a request in French leaves French behind."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session")
def seed() -> Path:
    """Return the folder of the original captures, which the project may not ship.

    It is the one named by the environment variable ``HSEC_SEED``, else ``seed`` in the checkout, else
    ``shared/seed`` beside it.
    """
    named = os.environ.get("HSEC_SEED")
    places = [Path(named)] if named else [ROOT / "seed", ROOT.parent / "shared" / "seed"]
    folder = next((place for place in places if place.is_dir()), None)
    if folder is None:
        pytest.skip("needs the original captures (HSEC_SEED)")
    return folder


@pytest.fixture
def root_page(db: None) -> "Page":
    """Return the root of the page tree, with a default site's home page below it.

    Tests with a live server empty the database when they end, what migrations wrote too; so it is made again.
    """
    from wagtail.models import Collection, Locale, Page, Site

    Locale.objects.get_or_create(language_code="en")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    root = Page.get_first_root_node()
    if root is None:
        root = Page.add_root(title="Root", slug="root")
    if not Site.objects.filter(is_default_site=True).exists():
        home = root.add_child(instance=Page(title="Home", slug="home"))
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    # The caches of sites and addresses outlive the transaction of a test.
    Site.clear_site_root_paths_cache()
    return root


@pytest.fixture
def home(root_page: "Page") -> "Page":
    """Return the home page of the default site."""
    from wagtail.models import Site

    return Site.objects.get(is_default_site=True).root_page


@pytest.fixture
def french(root_page: "Page") -> "Locale":
    """Return the French locale, beside the English one that is the default."""
    from wagtail.models import Locale

    return Locale.objects.get_or_create(language_code="fr")[0]


@pytest.fixture
def superuser(django_user_model: type["AbstractUser"], db: None) -> "AbstractUser":
    """Return a user who may do everything, whose password is ``password``."""
    return django_user_model.objects.create_superuser(
        username="admin", email="admin@example.org", password="password"
    )


@pytest.fixture(scope="session")
def wheel_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
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


@pytest.fixture(scope="session")
def live_server(django_db_setup: None, live_server: "LiveServer") -> "LiveServer":
    """Return the server, once there is the database: with SQLite still in memory its threads would share one connection."""
    return live_server


# Not for the whole session: while Playwright runs, Django sees an event loop and refuses its database.
@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Return a browser, started once for all tests of a module."""
    with pytest.MonkeyPatch.context() as patch, browsers.launched_browser() as browser:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield browser


@pytest.fixture
def browser_options() -> dict[str, Any]:
    """Return the options of the browser's profile; override it to change language, size or scripts."""
    return {"locale": "en-CA", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def browser_page(browser: "Browser", browser_options: dict[str, Any]) -> Iterator["BrowserPage"]:
    """Return an empty page in a fresh profile; the test fails if a request would leave this machine."""
    with browsers.offline_context(browser, **browser_options) as (context, refused):
        yield context.new_page()
    assert refused == []
