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


#: A block with a description and one without, as the how-to has them.
BLOCKS = """
from wagtail import blocks


class StepBlock(blocks.StructBlock):
    on = blocks.DateBlock()
    text = blocks.RichTextBlock()


class TimelineBlock(blocks.StructBlock):
    heading = blocks.CharBlock()
    style = blocks.CharBlock(required=False)
    steps = blocks.ListBlock(StepBlock())

    hsec_parts = {"heading": "plain", "style": "setting", "steps": [{"on": "day", "text": "rich"}]}


class MapBlock(blocks.StructBlock):
    place = blocks.CharBlock()
    zoom = blocks.IntegerBlock()
"""
BODY_BLOCKS = """
HSEC_BODY_BLOCKS = {"timeline": "mysite.blocks.TimelineBlock", "map": "mysite.blocks.MapBlock"}
"""
EDIT = """
from hsec_wagtail.models import SectionPage
page = SectionPage.objects.get(slug="coasts")
raw = list(page.body.raw_data)
raw[0]["value"]["style"] = "narrow"
page.body = raw
page.save_revision().publish()
"""
SEEN = """
import json
from hsec_wagtail.models import SectionPage
page = SectionPage.objects.get(slug="coasts")
print("SEEN" + json.dumps([block["value"] for block in page.body.raw_data]))
"""


def own_blocks(heading: str) -> str:
    """Return a section document with a block of the site that it describes and one that it does not."""
    step = {"on": "1999-05-20", "text": "<p>The network meets.</p><h2></h2>"}
    body = [
        {
            "type": "raw",
            "block": "timeline",
            "key": "timeline",
            "value": {"heading": heading, "style": "", "steps": [{"type": "item", "id": "s1", "value": step}]},
        },
        {"type": "raw", "block": "map", "key": "map", "value": {"place": "Port Norva", "zoom": 4}},
    ]  # fmt: skip
    page = {"type": "section", "key": "coasts", "title": "Coasts", "body": body}
    return json.dumps({"format": "hsec-section/1", "source": {"name": "coasts"}, "page": page})


def seen(site: HostSite) -> list:
    return json.loads(site.manage("shell", "-c", SEEN).partition("SEEN")[2])


@pytest.fixture
def blocks_of_its_own(site):
    """The site with two blocks of its own in our bodies."""
    (site.folder / "mysite" / "blocks.py").write_text(BLOCKS, encoding="utf-8")
    settings = site.folder / "mysite" / "settings" / "base.py"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(before + BODY_BLOCKS, encoding="utf-8")
    yield site
    settings.write_text(before, encoding="utf-8")


def test_blocks_of_the_site_s_own_are_imported_merged_verified_exported_and_undone(
    blocks_of_its_own,
):
    site = blocks_of_its_own
    source = site.folder / "coasts.json"
    assert "no issues" in site.manage("check")
    assert "No changes detected" in site.manage("makemigrations", "--check", "--dry-run")

    source.write_text(own_blocks("Years of work"), encoding="utf-8")
    first = json.loads(site.manage("hsec_import", str(source), "--json"))
    site.manage("shell", "-c", EDIT)
    source.write_text(own_blocks("Years of quiet work"), encoding="utf-8")
    second = json.loads(site.manage("hsec_import", str(source), "--json"))
    timeline, plan = seen(site)
    verified = json.loads(site.manage("hsec_verify", "--json"))
    exported = json.loads(site.manage("hsec_export", "/coasts/"))
    site.manage("hsec_undo", str(second["run"]))
    site.manage("hsec_undo", str(first["run"]))

    # Coasts, years of work, the network meets, Port Norva.
    assert [source["ledger"]["words"] for source in first["sources"]] == [9]
    assert [item["action"] for item in second["items"]] == ["merge"]
    assert (timeline["heading"], timeline["style"]) == ("Years of quiet work", "narrow")
    assert timeline["steps"][0]["value"]["text"] == "<p>The network meets.</p>"
    assert plan == {"place": "Port Norva", "zoom": 4}
    assert verified["complete"] is True
    assert [(node["type"], node["block"]) for node in exported["page"]["body"]] == [("raw", "timeline"), ("raw", "map")]  # fmt: skip
    assert exported["page"]["body"][1]["value"] == plan
    assert site.look()["status"] == 404


def test_a_document_with_a_block_that_the_site_does_not_have_is_refused(site):
    source = site.folder / "coasts.json"
    source.write_text(own_blocks("Years of work"), encoding="utf-8")

    with pytest.raises(AssertionError, match="a block 'timeline', which this site does not have"):
        site.manage("hsec_import", str(source))


def test_the_tables_are_not_dropped_while_pages_are_in_them(site):
    report = json.loads(site.manage("hsec_import", "human-security", "--json"))

    with pytest.raises(
        AssertionError, match=r"'Human security internationally'.*Nothing was changed"
    ):
        site.manage("migrate", "hsec_wagtail", "zero")
    run = str(report["run"])
    verified = json.loads(site.manage("hsec_verify", run, "--json"))
    site.manage("hsec_undo", run)

    assert verified["complete"] is True


#: What an editor sees after the app is gone.
EXPLORER = """
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Page, PageLogEntry
user = get_user_model().objects.create_superuser("editor", "editor@example.org", "editor")
client = Client(HTTP_HOST="localhost")
client.force_login(user)
pages = [client.get(f"/admin/pages/{page.pk}/", follow=True).status_code for page in Page.objects.all()]
left = PageLogEntry.objects.filter(content_type__app_label="hsec_wagtail").count()
print("EXPLORER", {*pages, client.get("/admin/reports/site-history/").status_code}, left)
"""


def test_leaving_exports_the_sections_and_refuses_while_their_pages_exist(site):
    report = json.loads(site.manage("hsec_import", "human-security", "--json"))
    listed = site.manage("hsec_leave", "--export", "kept")
    (kept,) = (site.folder / "kept").glob("*human-security*")
    with pytest.raises(AssertionError, match="Nothing was removed"):
        site.manage("hsec_leave", "--noinput")
    site.manage("hsec_undo", str(report["run"]))

    assert "Nothing was removed." in listed
    assert (
        json.loads(kept.read_text(encoding="utf-8"))["page"]["title"]
        == "Human security internationally"
    )


#: Undo keeps a page that an editor changed.
DELETE = """
from wagtail.models import Page
for page in Page.objects.filter(content_type__app_label="hsec_wagtail").order_by("-path"):
    page.delete()
"""


def test_the_app_can_be_taken_out_again(site):
    site.manage("shell", "-c", DELETE)
    site.manage("hsec_leave", "--noinput")
    site.manage("migrate", "hsec_wagtail", "zero", "--verbosity", "0")
    assert "EXPLORER {200} 0" in site.manage("shell", "-c", EXPLORER)
    site.manage("migrate", "--verbosity", "0")

    assert site.look()["status"] == 404
