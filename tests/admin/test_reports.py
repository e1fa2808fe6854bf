"""The reports on pages: who sees them, what is in them, and what they cost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup

from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wagtail.models import GroupPagePermission

from hsec_wagtail.admin.reports.all import REPORTS
from hsec_wagtail.blocks.today import another_day
from hsec_wagtail.models import Initiative, OutsideLink, OutsidePlace
from tests import factories as make

NAMES = [report.index_url_name for report in REPORTS]
TODAY = date(2026, 5, 4)


@pytest.fixture
def editor(django_user_model):
    """Return a function that makes a user who may edit the pages below a page."""

    def make_editor(*pages: Any) -> Any:
        user = django_user_model.objects.create_user("editor", password="x")
        group = Group.objects.create(name="Editors of some pages")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        user.groups.add(group)
        change = Permission.objects.get(codename="change_page")
        for page in pages:
            GroupPagePermission.objects.create(group=group, page=page, permission=change)
        return user

    return make_editor


@pytest.fixture
def rows(client):
    """Return a function that returns the cells of a report."""

    def ask(name: str, query: str = "") -> list[list[str]]:
        html = client.get(reverse(name) + query).content
        found = BeautifulSoup(html, "html.parser").select("table tbody tr")
        return [[" ".join(cell.get_text().split()) for cell in row.select("td")] for row in found]

    return ask


def faulty(section: Any, title: str, french: Any = None) -> Any:
    """Return a page that every report has something to say about."""
    body = [
        make.paragraph("<p>It recently met. Over a dozen actions:</p>"),
        make.initiatives(make.initiative("<p>Signed it.</p>", dates=["next spring"])),
        make.link("The treaty"),
    ]
    page = make.forum_page(section, title=title, body=body, review_on=TODAY)
    link = OutsideLink.objects.create(
        url=f"https://{page.pk}.example/", digest=str(page.pk), state="broken", status=404
    )
    OutsidePlace.objects.create(link=link, page=page)
    if french is not None:
        translated = page.copy_for_translation(french, copy_parents=True)
        translated.body = [make.paragraph("<p>Une rencontre.</p>")]
        translated.save_revision().publish()
    return page


def test_every_report_shows_an_editor_the_pages_that_he_may_edit(
    client, section, french, editor, rows
):
    section.get_parent().copy_for_translation(french)
    own = faulty(section, "Own", french)
    faulty(section, "Of others", french)
    client.force_login(editor(own, own.get_translation(french)))

    said = {name: " ".join(str(row) for row in rows(name)) for name in NAMES}

    assert [name for name in NAMES if "Own" not in said[name]] == []
    assert [name for name in NAMES if "Of others" in said[name]] == []


def test_who_may_edit_no_page_sees_no_report(client, section, editor):
    faulty(section, "Council")
    client.force_login(editor())
    menu = client.get(reverse("wagtailadmin_home")).content.decode()

    for name in NAMES:
        for address in (reverse(name), reverse(f"{name}_results"), f"{reverse(name)}?export=csv"):
            assert client.get(address).status_code == 302
        assert reverse(name) not in menu


def test_who_edits_pages_of_other_kinds_only_has_no_report_in_the_menu(client, section, editor):
    home = section.get_parent()
    client.force_login(editor(home.add_child(instance=type(home)(title="Blog"))))

    menu = client.get(reverse("wagtailadmin_home")).content.decode()

    assert [name for name in NAMES if reverse(name) in menu] == []


def test_anonymous_visitors_are_sent_to_the_login(client, db):
    assert {client.get(reverse(name)).status_code for name in NAMES} == {302}


@pytest.mark.parametrize("name", NAMES)
def test_a_report_is_filtered_and_exported(client, superuser, section, french, name):
    section.get_parent().copy_for_translation(french)
    faulty(section, "=Council", french)
    client.force_login(superuser)
    address = reverse(name)
    odd = ["section=x", "content_type=-1", "locale=xx", "kind=%00", "due=1", "phrase=?", "p=x"]
    queries = ["", f"section={section.pk}", "locale=fr", "locale=en", *odd]

    for query in queries:
        for one in (address, reverse(f"{name}_results")):
            assert client.get(f"{one}?{query}").status_code == 200
    assert ",=" not in client.get(f"{address}?export=csv").getvalue().decode()
    assert client.get(f"{address}?export=xlsx").status_code == 200
    assert address in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_queries_of_a_report_do_not_grow_with_the_pages(client, section, french, editor, name):
    section.get_parent().copy_for_translation(french)
    client.force_login(editor(section.get_parent()))
    faulty(section, "One", french)
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(name))
    for number in range(4):
        faulty(section, f"Another {number}", french)

    with CaptureQueriesContext(connection) as several:
        client.get(reverse(name))

    assert len(several) <= len(one)


def test_labels_without_a_target_are_listed_as_the_newest_draft_has_them(
    client, superuser, section, rows
):
    page = make.forum_page(
        section,
        title="Council",
        body=[make.link("Known", url="https://example.org/"), make.link("Treaty")],
    )
    draft = page.get_latest_revision_as_object()
    draft.body = [*page.body.raw_data, make.link("Only in the draft")]
    draft.save_revision()
    make.quick_links(page=page, links=[make.quick_link("Agenda")], heading="Beside")
    make.quick_links(links=[make.quick_link("Menu")], heading="Everywhere", slug="everywhere")
    client.force_login(superuser)

    assert rows("hsec_unresolved_links") == [
        ["Council", "Body, Link 2", "Treaty", "en"],
        ["Council", "Body, Link 3", "Only in the draft", "en"],
        ["Beside", "Links, Link 1", "Agenda", "en"],
        ["Everywhere", "Links, Link 1", "Menu", "en"],
    ]
    assert len(rows("hsec_unresolved_links", f"?section={section.pk}")) == 3
    html = client.get(reverse("hsec_unresolved_links")).content.decode()
    block = page.body.raw_data[1]["id"]
    assert f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}#block-{block}-section" in html


def test_pages_are_due_the_longest_overdue_first(client, superuser, section, rows):
    for title, days in (("Soon", 3), ("Late", -400), ("Later", 300), ("Now", 0), ("Yesterday", -1)):
        make.forum_page(section, title=title, review_on=TODAY + timedelta(days))
    make.forum_page(section, title="Never")
    client.force_login(superuser)

    with another_day(TODAY):
        found = rows("hsec_due_for_review")
        overdue = rows("hsec_due_for_review", "?due=overdue")

    assert [(row[0], row[2]) for row in found] == [
        ("Late", "400 days overdue"),
        ("Yesterday", "1 day overdue"),
        ("Now", "today"),
        ("Soon", "in 3 days"),
        ("Later", "in 300 days"),
    ]
    assert [row[0] for row in overdue] == ["Late", "Yesterday"]


def test_stale_phrases_are_listed_in_their_sentences(client, superuser, section, rows):
    items = [make.initiative(f"<p>Did {number}.</p>", dates=["2001"]) for number in range(14)]
    body = [
        make.paragraph("<p>Canada <b>recently</b> signed. It stays.</p>"),
        make.block("quote", {"text": "<p>We met recently.</p>", "attribution": "Somebody"}),
        make.paragraph("<p>It took over a dozen steps:</p>"),
        make.initiatives(*items),
    ]
    page = make.forum_page(section, title="Council", body=body, lead="<p>Currently active.</p>")
    page.body = [make.paragraph("<p>Soon.</p>")]
    page.save_revision()
    client.force_login(superuser)

    found = rows("hsec_stale_claims")

    assert [row[:3] for row in found] == [
        ["Council", "Currently", "Currently active."],
        ["Council", "recently", "Canada recently signed."],
        ["Council", "over a dozen", "It took over a dozen steps:"],
    ]
    assert "has 14" in found[2][3]
    assert [row[1] for row in rows("hsec_stale_claims", "?phrase=count")] == ["over a dozen"]


def test_translations_are_compared_block_by_block(client, superuser, section, french, rows):
    section.get_parent().copy_for_translation(french)
    first, second = (
        make.initiative(f"<p>{text}</p>", dates=[day])
        for text, day in (("Signed.", "1997-12"), ("Paid.", "2001"))
    )
    body = [make.paragraph("<p>It met.</p>"), make.heading("Done"), make.initiatives(first, second)]
    page = make.forum_page(section, title="Council", body=body, changed=date(2004, 5, 1))
    other = page.copy_for_translation(french, copy_parents=True)
    signed = make.initiative("<p>Signé.</p>", dates=["1997"]) | {"id": first["id"]}
    other.body = [make.paragraph("<p>Une rencontre.</p>"), make.initiatives(signed)]
    other.title, other.changed = "Conseil", date(2003, 1, 1)
    other.save_revision().publish()
    client.force_login(superuser)

    found = [row[2:] for row in rows("hsec_language_parity") if row[0] == "Council (en)"]

    assert found == [
        ["only in one language", "Heading", "Done", ""],
        ["another number of entries", "Initiatives", "2", "1"],
        ["other dates", "entry of a list", "December 1997", "1997"],
        ["only in one language", "entry of a list", "Paid.", ""],
    ]
    assert Initiative.objects.count() == 3
