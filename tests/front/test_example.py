"""The example site as a visitor and its keeper find it: made by its command, served, safe, accessible."""

import importlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup

from tests.browser import accessibility_findings, offline_context
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

PROJECT = ROOT / "example_project"
SECTIONS = {
    "en": "/en/international-policy/human-security-internationally/",
    "fr": "/fr/politique-internationale/securite-humaine-scene-internationale/",
}
PAGES = {
    "en": [
        "/en/",
        "/en/about/",
        "/en/international-policy/",
        SECTIONS["en"],
        "/en/search/?q=security",
        SECTIONS["en"] + "?q=council",
    ],
    "fr": [
        "/fr/",
        "/fr/a-propos/",
        "/fr/politique-internationale/",
        SECTIONS["fr"],
        "/fr/search/?q=paix",
        SECTIONS["fr"] + "?q=paix",
    ],
}
CHILDREN = {
    "en": [
        "united-nations/",
        "middle-east-regional-human-security-centre/",
        "public-safety/",
        "publications/",
    ],
    "fr": ["nations-unies/", "securite-publique/", "publications/"],
}


class Example:
    """The example project with a folder of its own for what it writes."""

    #: What the command said when it made the site.
    first_words: str

    def __init__(self, var: Path, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DJANGO_SETTINGS_MODULE": "example.settings",
            "PYTHONPATH": str(ROOT),
            "VAR_DIR": str(var),
            "PORT": str(port),
            "DEBUG": "1",
        }

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT,
            env={**self.environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def manage(self, *arguments: str, **environment: str) -> str:
        process = self.start(*arguments, **environment)
        output, _ = process.communicate(timeout=300)
        assert process.returncode == 0, output
        return output


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """Return the example site, filled by its own command."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    example = Example(tmp_path_factory.mktemp("var"), port)
    example.manage("migrate", "--verbosity=0")
    example.first_words = example.manage("demo_site")
    return example


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the module that reads the environment for the example's settings."""
    monkeypatch.syspath_prepend(PROJECT)
    return importlib.import_module("example.environment")


@pytest.fixture(scope="module")
def served(example: Example) -> Iterator[Example]:
    process = example.start("runserver", "--noreload", example.url.removeprefix("http://"))
    try:
        wait_until_answers(example.url + "/en/", process)
        yield example
    finally:
        process.terminate()
        process.communicate(timeout=30)


def wait_until_answers(url: str, process: subprocess.Popen[str]) -> None:
    for _ in range(120):
        assert process.poll() is None, process.communicate()[0]
        try:
            urllib.request.urlopen(url, timeout=30).close()  # noqa: S310
        except (ConnectionError, urllib.error.URLError):
            time.sleep(0.5)
        else:
            return
    pytest.fail("the example site does not answer")


def test_command_prints_addresses_and_the_password_once(example):
    again = example.manage("demo_site")

    assert f"Section: {example.url}{SECTIONS['en']}\n" in example.first_words
    assert f"Section: {example.url}{SECTIONS['fr']}\n" in example.first_words
    assert re.search(r"password \S{16} \(shown only now\)", example.first_words)
    assert "shown only now" not in again


def test_the_command_for_a_new_password_runs_as_printed(example, tmp_path):
    printed = re.search(r"^  (.* changepassword .*)$", example.manage("demo_site"), re.MULTILINE)
    assert printed
    password = "quite-new-2004\n"

    done = subprocess.run(  # noqa: S603
        ["/bin/sh", "-c", printed[1]],
        cwd=tmp_path,
        env={**example.environment, "PYTHONWARNINGS": "ignore"},
        input=password * 2,
        capture_output=True,
        text=True,
        check=False,
        # Without a terminal the password is read from the input.
        start_new_session=True,
    )

    assert "Password changed successfully for user 'admin'" in done.stdout, done.stderr


def test_second_run_keeps_what_was_edited(example):
    edit = (
        "from hsec_wagtail.models import ForumPage as F;"
        "p = F.objects.get(slug='united-nations'); p.title = 'Edited'; p.save_revision().publish()"
    )
    ask = "from wagtail.models import Page; print(Page.objects.count(), Page.objects.filter(title='Edited').count())"
    example.manage("shell", "-c", edit)
    before = example.manage("shell", "-c", ask).splitlines()[-1]

    example.manage("demo_site")

    assert example.manage("shell", "-c", ask).splitlines()[-1] == before
    assert before.endswith(" 1")


def test_models_have_their_migrations(example):
    assert "No changes detected" in example.manage("makemigrations", "--check", "--dry-run")


def test_settings_for_production_pass_every_check(example):
    output = example.manage("check", "--deploy", "--fail-level", "WARNING", DEBUG="0")

    assert "no issues" in output


def test_files_are_collected_and_errors_have_pages_of_their_own(example):
    ask = (
        "from django.test import Client; c = Client(raise_request_exception=False);"
        "print(c.get('/en/none/', headers={'host': 'localhost'}).content.decode());"
        "from django.template.loader import render_to_string; print(render_to_string('500.html'))"
    )
    example.manage("collectstatic", "--noinput", DEBUG="0")

    output = example.manage("shell", "-c", ask, DEBUG="0", HTTPS="0")

    assert "<h1>Page not found</h1>" in output
    assert "<h1>Something went wrong</h1>" in output
    assert re.search(r"example/site\.[0-9a-f]{12}\.css", output)


def test_what_the_app_adds_to_the_admin_answers(example):
    addresses = [
        "hsec-import-runs/",
        "hsec-import-runs/?user__id__exact=1",
        "hsec-import-runs/?export=csv",
        "hsec-import-runs/inspect/1/",
        "hsec-runs/1/items/",
        "hsec-runs/1/report.html",
        "snippets/hsec_wagtail/quicklinkssnippet/",
    ]
    ask = (
        "from django.contrib.auth import get_user_model; from django.test import Client;"
        "c = Client(headers={'host': 'localhost'});"
        "c.force_login(get_user_model().objects.get(username='admin'));"
        f"print([c.get('/admin/' + address).status_code for address in {addresses}])"
    )

    assert example.manage("shell", "-c", ask).splitlines()[-1] == str([200] * len(addresses))


def test_database_url_names_another_sqlite_file(example, tmp_path):
    ask = (
        "from django.db import connection as c; cursor = c.cursor();"
        "cursor.execute('PRAGMA journal_mode'); print(cursor.fetchone()[0])"
    )
    file = tmp_path / "another site.sqlite3"

    output = example.manage("shell", "-c", ask, DATABASE_URL=f"sqlite:///{quote(str(file))}")

    assert output.splitlines()[-1] == "wal"
    assert file.exists()


def test_database_url_names_a_postgresql_server(environment, monkeypatch, tmp_path):
    monkeypatch.setenv(
        "DATABASE_URL", "postgres://kim:p%40ss%2Fword@db.example.org:5433/site?sslmode=require"
    )

    assert environment.database(tmp_path / "unused") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "site",
        "USER": "kim",
        "PASSWORD": "p@ss/word",
        "HOST": "db.example.org",
        "PORT": 5433,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"sslmode": "require"},
    }


def test_unknown_database_is_refused_with_the_remedy(environment, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "oracle://kim:secret@x/y")

    with pytest.raises(
        ValueError, match=r"'oracle' is not known; use postgres://.* or sqlite:///"
    ) as refused:
        environment.database(tmp_path / "unused")

    assert "secret" not in str(refused.value)


def test_public_pages_carry_the_security_headers(served):
    with urllib.request.urlopen(served.url + SECTIONS["en"]) as response:  # noqa: S310
        headers = response.headers

    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize("query", ["", "%00", "a%00b", "%22", "%0A", "%F0%9F%92%A9", "x" * 3000])
def test_any_text_may_be_searched_for(served, query):
    for path in ("/en/search/", SECTIONS["en"]):
        with urllib.request.urlopen(f"{served.url}{path}?q={query}") as response:  # noqa: S310
            assert response.status == 200


def test_a_missing_page_leads_to_the_home_pages_and_the_search(example):
    ask = (
        "from django.test import Client; c = Client(headers={'host': 'localhost'});"
        "print(c.get('/fr/rien/').content.decode())"
    )
    example.manage("collectstatic", "--noinput", "--verbosity=0", DEBUG="0")

    page = BeautifulSoup(example.manage("shell", "-c", ask, DEBUG="0", HTTPS="0"), "html.parser")

    links = {a["href"]: a.get_text() for a in page.select("main a, .hsec-languages a")}
    assert links == {
        "/en/": "English",
        "/fr/": "Commencer par la page d’accueil",
        "/fr/search/": "Rechercher dans le site",
    }


@pytest.mark.parametrize("language", PAGES)
def test_no_link_is_dead_and_none_leads_back_to_where_it_stands(served, language):
    """Those of header, footer, quick links and forums, on every page that they lead to."""
    links = ".site-header a[href], .site-footer a[href], .hsec-quick-links a, .hsec-link a, .hsec-forum__link, .hsec-page-list a, .hsec-card a"
    waiting, seen, outside = [f"/{language}/"], set(), set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        with urllib.request.urlopen(served.url + path) as response:  # noqa: S310
            page = BeautifulSoup(response.read(), "html.parser")
        found = {str(a["href"]) for a in page.select(links)}
        assert path not in found, path
        outside |= {href for href in found if not href.startswith("/")}
        waiting += sorted(href for href in found if href.startswith("/"))

    assert len(seen) >= 2 * (22 + 3)
    assert all(href.startswith("https://www.") for href in outside)


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("en", "International Policy, International Policy Discussions, Programs, Resources,"
         " Search this Web Site, About the Department"),
        ("fr", "Politique internationale, Discussions sur la politique internationale, Programmes, Ressources,"
         " Rechercher dans ce site Web, À propos du Ministère"),
    ],
)  # fmt: skip
def test_the_header_has_only_labels_that_lead_somewhere(served, language, labels):
    with urllib.request.urlopen(f"{served.url}/{language}/") as response:  # noqa: S310
        page = BeautifulSoup(response.read(), "html.parser")

    assert [one.get_text() for one in page.select(".site-nav li > *")] == labels.split(", ")
    assert [one.name for one in page.select(".site-nav li > *")] == ["a"] * 6


def test_the_public_is_not_led_to_the_administration(served):
    with urllib.request.urlopen(served.url + "/en/") as response:  # noqa: S310
        assert "/admin/" not in response.read().decode()


@pytest.mark.browser
@pytest.mark.parametrize("language", PAGES)
def test_text_of_twice_the_size_fits_on_a_narrow_screen(browser, served, language):
    with offline_context(browser, viewport={"width": 320, "height": 800}) as (context, _refused):
        page = context.new_page()
        for path in PAGES[language]:
            page.goto(served.url + path)
            page.evaluate("document.documentElement.style.fontSize = '200%'")

            assert page.evaluate("document.documentElement.scrollWidth") == 320, path


@pytest.mark.browser
@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_pages_are_accessible_and_stay_on_the_host(browser, served, language, scheme, width):
    paths = [*PAGES[language], *(SECTIONS[language] + child for child in CHILDREN[language])]
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    complaints: list[str] = []

    with offline_context(browser, **options) as (context, refused):
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        for path in paths:
            response = page.goto(served.url + path)

            assert response is not None
            assert response.status == 200, path
            assert page.evaluate("document.documentElement.scrollWidth") == width, path
            assert accessibility_findings(page) == [], path

    assert refused == []
    assert complaints == []


@pytest.mark.browser
def test_menu_opens_without_scripts_on_a_narrow_screen(browser, served):
    with offline_context(
        browser, viewport={"width": 320, "height": 800}, java_script_enabled=False
    ) as (context, _refused):
        page = context.new_page()
        page.goto(served.url + SECTIONS["en"])
        link = page.get_by_role("link", name="International Policy", exact=True)

        assert not link.is_visible()
        page.get_by_role("button", name="Menu").click()
        assert link.is_visible()


@pytest.mark.browser
def test_language_switch_leads_to_the_same_page_in_the_other_language(browser, served):
    with offline_context(browser) as (context, _refused):
        page = context.new_page()
        page.goto(served.url + SECTIONS["en"] + "public-safety/")
        page.get_by_role("link", name="Français").click()

        assert page.url == served.url + SECTIONS["fr"] + "securite-publique/"
        assert page.locator("html").get_attribute("lang") == "fr"
