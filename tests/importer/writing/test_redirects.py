"""Redirects from the addresses that pages had before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupPagePermission, Site

from hsec_wagtail.importer import ImportOptions, service
from hsec_wagtail.importer.messages import said
from hsec_wagtail.models import SectionPage
from tests.importer import samples

pytestmark = pytest.mark.django_db

OLD = "http://www.department.example/hs/Menu.asp?lang=en"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a section whose top page stood elsewhere before."""
    document = samples.section()
    document["page"]["addresses"] = [OLD]
    return samples.write(tmp_path, document)


def kept(report: Any) -> list[list[str]]:
    return [said(item.notes) for item in report.items if item.action == "keep"]


def test_an_old_address_leads_to_the_page(home, source):
    service.run(source)

    response = Client().get("/hs/Menu.asp?lang=en")

    page = SectionPage.objects.get()
    assert (response.status_code, response["Location"]) == (301, page.url)


def test_a_second_import_makes_no_second_redirect(home, source):
    service.run(source)

    assert service.run(source).run is None
    assert Redirect.objects.count() == 1


def test_an_address_that_is_known_later_gets_its_redirect_then(home, source, tmp_path):
    service.run(samples.write(tmp_path, samples.section()))
    document = samples.section()
    document["page"]["addresses"] = [OLD]

    report = service.run(samples.write(tmp_path, document))

    assert [item.kind for item in report.items if item.action == "create"] == ["redirect"]


def test_a_redirect_that_is_there_stays(home, source):
    Redirect.add_redirect("/hs/Menu.asp?lang=en", home, site=Site.objects.get())

    report = service.run(source)

    assert kept(report) == [["A redirect from this address is there already; it stays."]]
    assert Redirect.objects.get().redirect_page_id == home.pk


def test_where_a_page_stands_no_redirect_is_made(home, tmp_path):
    document = samples.section()
    document["page"]["addresses"] = ["https://www.department.example/security-abroad/"]
    service.run(samples.write(tmp_path, samples.section()))

    report = service.run(samples.write(tmp_path, document))

    assert kept(report) == [["A page has this address; a redirect would never be used."]]
    assert not Redirect.objects.exists()


def test_undo_takes_redirects_back(home, source):
    run = service.run(source).run

    service.undo(run or 0)

    assert not Redirect.objects.exists()


def test_addresses_that_differ_in_case_are_both_imported(home, tmp_path):
    document = samples.section()
    for page, path in zip(document["page"]["children"], ("A.html", "a.html"), strict=False):
        page["addresses"] = [f"http://www.department.example/{path}"]

    report = service.run(samples.write(tmp_path, document))

    # On MySQL and MariaDB one redirect serves both addresses.
    alike = connection.vendor == "mysql"
    reason = "Another page of the source had the address /A.html, too."
    assert kept(report) == ([[reason]] if alike else [])
    assert Redirect.objects.count() == (1 if alike else 2)
    assert SectionPage.objects.get().get_children().count() == len(document["page"]["children"])


def test_a_dry_run_makes_none(home, source):
    service.preview(source)

    assert not Redirect.objects.exists()


def test_a_capture_s_address_is_its_page_s(home, tmp_path):
    capture = tmp_path / "capture.txt"
    capture.write_text("Peace abroad\n\nThe department works for peace.\n", encoding="utf-8")

    service.run(
        capture, options=ImportOptions(base_url="https://www.department.example/peace.html")
    )

    assert Redirect.objects.get().old_path == "/peace.html"


def test_who_may_not_add_redirects_adds_none(home, source, django_user_model):
    user = django_user_model.objects.create_user("eve", password="password")
    group = Group.objects.create(name="writers")
    user.groups.add(group)
    ours = ["add_quicklinkssnippet", "run_import"]
    group.permissions.add(*Permission.objects.filter(codename__in=ours))
    add = Permission.objects.get(content_type__app_label="wagtailcore", codename="add_page")
    GroupPagePermission.objects.create(group=group, page=home, permission=add)

    report = service.run(source, options=ImportOptions(user=user))

    assert kept(report) == [["eve may not add redirects."]]
    assert not Redirect.objects.exists()


def test_a_page_that_has_its_old_address_again_needs_none(home, tmp_path):
    document = samples.section()
    document["page"]["addresses"] = ["https://www.department.example/security-abroad/"]

    report = service.run(samples.write(tmp_path, document), options=ImportOptions(draft=True))

    assert kept(report) == [["The page has its old address again; it needs no redirect."]]
    assert not Redirect.objects.exists()
