"""A site that knows nothing of us: ``wagtail start``, the wheel, one line in INSTALLED_APPS."""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

# What the site looks like from outside and in its tables, our own pages left out.
LOOK = """
import json
from django.apps import apps
from django.test import Client
from wagtail.models import Page, Site

site = Site.objects.get()
others = Page.objects.exclude(content_type__app_label="hsec_wagtail")
client = Client(HTTP_HOST="localhost")
section = Page.objects.filter(slug="human-security-internationally").first()
print("LOOK" + json.dumps({
    "home": client.get("/").content.decode(),
    "rows": [[str(value) for value in row] for row in others.order_by("pk").values_list()],
    "children": site.root_page.numchild,
    "status": client.get("/human-security-internationally/").status_code,
    "forums": section.get_children().filter(content_type__model="forumpage").count() if section else 0,
    "module": apps.get_app_config("hsec_wagtail").path,
}))
"""


class HostSite:
    """A Django project of ``wagtail start`` in a folder, with the unpacked wheel on its path."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        self.folder = folder / "mysite"
        self._environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTEST", "DJANGO", "DATABASE_URL"))
        }
        # Before the checkout, which an editable install puts on the path as well.
        self._environment["PYTHONPATH"] = str(wheel)

    def run(self, *arguments: str) -> str:
        """Run ``python ARGUMENTS`` and return what it prints; it must succeed."""
        done = subprocess.run(  # noqa: S603 -- our own interpreter
            [sys.executable, *arguments],
            cwd=self.folder,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def manage(self, *arguments: str) -> str:
        return self.run("manage.py", *arguments)

    def look(self) -> dict:
        printed = self.manage("shell", "-c", LOOK)
        return json.loads(printed.partition("LOOK")[2])


@pytest.fixture(scope="module")
def site(wheel_file: Path, tmp_path_factory: pytest.TempPathFactory) -> HostSite:
    """Return a new site with the app in INSTALLED_APPS, migrated."""
    folder = tmp_path_factory.mktemp("host")
    wheel = folder / "wheel"
    with zipfile.ZipFile(wheel_file) as archive:
        archive.extractall(wheel)
    site = HostSite(folder, wheel)
    site.folder.mkdir()
    site.run("-m", "wagtail.bin.wagtail", "start", "mysite", ".")
    settings = site.folder / "mysite" / "settings" / "base.py"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        re.sub(r"INSTALLED_APPS = \[", 'INSTALLED_APPS = [\n    "hsec_wagtail",', text),
        encoding="utf-8",
    )
    site.manage("migrate", "--verbosity", "0")
    return site


def test_one_line_is_enough(site):
    assert "no issues" in site.manage("check")
    assert "No changes detected" in site.manage(
        "makemigrations", "--check", "--dry-run", "hsec_wagtail"
    )


def test_the_section_comes_and_goes_and_the_site_is_as_before(site):
    before = site.look()
    assert before["module"].startswith(str(site.folder.parent))

    report = json.loads(site.manage("hsec_import", "human-security", "--json"))
    between = site.look()
    site.manage("hsec_undo", str(report["run"]))
    after = site.look()

    assert (between["status"], between["forums"]) == (200, 6)
    assert between["home"] == before["home"]
    assert between["children"] == before["children"] + 1
    assert (after["status"], after["home"], after["rows"]) == (404, before["home"], before["rows"])


def test_the_app_can_be_taken_out_again(site):
    site.manage("migrate", "hsec_wagtail", "zero", "--verbosity", "0")
    site.manage("migrate", "--verbosity", "0")

    assert site.look()["status"] == 404
