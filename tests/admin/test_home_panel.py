"""The panel of our pages on the admin's home: what it tells whom, and what it costs."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from django.contrib.auth.models import Permission
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hsec_wagtail.admin.home_panel import DeskPanel
from hsec_wagtail.blocks.today import another_day
from hsec_wagtail.models import ImportRun
from tests import factories as make
from tests.admin.users import user_with


@pytest.fixture
def editor(section):
    return user_with("change_page", name="editor", page=section)


def lines(client, user):
    """Return the headings and entries of the panel as ``user`` reads them; None without a panel."""
    client.force_login(user)
    page = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    panel = page.select_one("#hsec-desk-content")
    if panel is None:
        return None
    return [" ".join(one.get_text(" ").split()) for one in panel.select("h3, li, p")]


def test_an_editor_is_told_of_drafts_of_the_pages_that_he_may_edit(client, editor, section, home):
    make.forum_page(section, title="Begun", live=False)
    make.forum_page(section, title="Ready")
    make.section_page(home, title="Elsewhere", live=False)

    assert lines(client, editor) == ["1 draft", "Begun – Draft"]


def test_an_announced_page_is_due_when_its_whole_date_is_past(client, editor, section):
    for title, expected in (("Past", "2004-03"), ("Month", "2004-04"), ("Soon", "soon")):
        make.forum_page(section, title=title, status="announced", expected=expected)
    make.policy_page(section, title="Done", expected="2004-03")

    with another_day(date(2004, 4, 15)):
        told = lines(client, editor)

    assert told == ["1 page is due", "Past – announced, expected March 2004"]


def test_a_page_is_due_from_its_day_of_review_on_and_counted_once(client, editor, section, home):
    for title, day in (("Late", 14), ("Now", 15), ("Soon", 16)):
        make.forum_page(section, title=title, review_on=date(2004, 4, day))
    make.forum_page(
        section, title="Both", status="announced", expected="2004-03", review_on=date(2004, 4, 1)
    )
    make.section_page(home, title="Elsewhere", review_on=date(2004, 4, 1))

    with another_day(date(2004, 4, 15)):
        told = lines(client, editor)

    assert told == [
        "3 pages are due",
        "Both – announced, expected March 2004",
        "Both – to be reviewed on April 1, 2004",
        "Late – to be reviewed on April 14, 2004",
        "Now – to be reviewed on April 15, 2004",
    ]


def test_unresolved_links_are_counted_by_type_with_a_link_to_the_filtered_list(
    client, editor, section, home
):
    make.policy_page(section, body=[make.link("First"), make.link("Second")])
    make.policy_page(home, title="Elsewhere", body=[make.link("Third")])
    client.force_login(editor)

    page = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser")
    (link,) = page.select("#hsec-desk-content a")

    assert lines(client, editor) == ["Unresolved links", "Policy pages : 2"]
    listed = client.get(link["href"]).content.decode()
    assert "Publications" in listed
    assert "Elsewhere" not in listed


def test_the_last_import_is_told_to_who_may_see_runs(client, editor, section):
    ImportRun.objects.create(status="done", source_name="capture.txt", parent=section)
    auditor = user_with(name="auditor")
    auditor.user_permissions.add(Permission.objects.get(codename="view_importrun"))

    heading, run = lines(client, auditor)

    assert (heading, run.startswith("capture.txt – ")) == ("Last import", True)
    assert lines(client, editor) == ["No draft, nothing due, no unresolved link."]


def test_without_rights_on_our_pages_there_is_no_panel(client, section, home):
    blog = home.add_child(instance=type(home)(title="Blog"))

    assert lines(client, user_with(name="guest")) is None
    assert lines(client, user_with("change_page", name="blogger", page=blog)) is None


def test_queries_do_not_grow_with_the_pages(section, editor):
    request = RequestFactory().get("/")
    request.user = editor
    editor.has_perm("hsec_wagtail.view_importrun")

    def count():
        with CaptureQueriesContext(connection) as queries:
            html = DeskPanel().render_html({"request": request})
        assert "Forum" in html
        return len(queries)

    body = [make.link("Open")]
    make.forum_page(section, title="Forum", status="announced", expected="1999", body=body)
    make.forum_page(section, title="Forum draft", live=False)
    count()
    few = count()
    for number in range(12):
        kept = {"status": "announced", "expected": "1999", "body": body}
        make.forum_page(section, title=f"Forum {number}", live=bool(number % 2), **kept)

    assert count() == few <= 6
