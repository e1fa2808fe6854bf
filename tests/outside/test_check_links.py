"""hsec_check_links, and the report of what it found."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup

from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from hsec_wagtail.models import OutsideLink, OutsidePlace
from hsec_wagtail.outside.checking import site_agent
from tests import factories as make


@pytest.fixture
def section(home):
    return make.section_page(home)


def check(**options: Any) -> None:
    call_command("hsec_check_links", "--allow-private", delay=0, timeout=1, **options)


def states() -> dict[str, str]:
    links = OutsideLink.objects.order_by("url")
    return {link.url.rpartition("/")[2]: link.state for link in links}


@pytest.fixture
def page(section, server):
    """Return a page with links of all kinds in its lead, its prose and a block of its own."""
    body = [
        make.paragraph(
            f'<p><a href="{server.url}/gone#part">Gone</a> <a id="3" linktype="page">x</a></p>'
        ),
        make.link("Moved", url=f"{server.url}/moved"),
        make.link("By mail", url="mailto:nobody@example.org"),
        make.link("Here", url="http://localhost/about/"),
        make.initiatives(
            make.initiative(f"<p>See <a href='{server.url}/login?a=1&amp;b=2'>it</a>.</p>")
        ),
    ]
    lead = f'<p><a href="{server.url}/ok">Works</a></p>'
    return make.forum_page(section, title="Council", lead=lead, body=body)


def test_links_of_what_is_published_are_found_and_asked_for(page, server, capsys):
    make.quick_links(page=page, links=[make.quick_link("Beside", url=f"{server.url}/broken")])
    make.policy_page(
        page, title="Draft", live=False, body=[make.link("No", url="http://a.example/")]
    )

    check()

    assert states() == {
        "broken": "broken",
        "gone": "broken",
        "login?a=1&b=2": "uncertain",
        "moved": "moved",
        "ok": "works",
    }
    said = capsys.readouterr().out
    assert f"404  {server.url}/gone" in said
    assert "5 links out of the site: 1 works, 1 moved, 1 cannot be told, 2 broken." in said
    assert site_agent() == "hsec_wagtail link check (+http://testserver)"
    assert server.asked[0][2]["User-Agent"] == site_agent()


def test_a_link_is_asked_for_again_when_it_is_due_and_the_first_failure_is_kept(page, server):
    check()
    asked = len(server.asked)
    check()
    assert len(server.asked) == asked

    earlier = timezone.now() - timedelta(days=8)
    OutsideLink.objects.update(checked_at=earlier, first_failed_at=earlier)
    check(limit=10)

    assert len(server.asked) > asked
    assert OutsideLink.objects.get(state="broken").first_failed_at == earlier
    works = OutsideLink.objects.get(state="works")
    assert works.first_failed_at is None
    assert works.last_worked_at is not None
    assert works.last_worked_at > earlier


def test_no_more_links_than_allowed_are_asked_for_those_never_asked_first(page, server):
    check(limit=1)
    assert OutsideLink.objects.exclude(checked_at=None).count() == 1

    check(limit=2, again_after=0)

    assert OutsideLink.objects.exclude(checked_at=None).count() == 3


def test_a_host_rests_between_two_questions(page, server):
    call_command("hsec_check_links", "--allow-private", delay=0.3, timeout=1, limit=2)

    first, *_others, last = server.asked
    assert last[3] - first[3] >= 0.3


def test_what_is_linked_to_no_more_is_forgotten(page, server):
    check()
    page.body = [make.link("Works", url=f"{server.url}/ok")]
    page.lead = ""
    page.save_revision().publish()

    check()

    assert states() == {"ok": "works"}
    page.unpublish()
    check()
    assert not OutsideLink.objects.exists()


def test_private_machines_are_named_and_not_asked(page, server, capsys):
    call_command("hsec_check_links", delay=0, timeout=1)

    assert set(states().values()) == {"refused"}
    assert server.asked == []
    assert "private" in capsys.readouterr().out


@pytest.mark.parametrize("option", ["--limit=0", "--limit=x", "--delay=-1", "--timeout=nan"])
def test_impossible_numbers_are_refused(db, option):
    with pytest.raises(CommandError):
        call_command("hsec_check_links", option)


def test_queries_of_the_search_for_links_do_not_grow_with_the_pages(
    section, django_assert_max_num_queries
):
    from hsec_wagtail.outside.places import note_places

    def some(count: int) -> None:
        for number in range(count):
            make.forum_page(
                section,
                title=f"Forum {number}",
                body=[make.link("x", url=f"http://{number}.example/")],
            )

    some(1)
    with django_assert_max_num_queries(40) as one:
        note_places()
    some(8)

    with django_assert_max_num_queries(len(one)):
        note_places()


def test_the_report_lists_what_is_broken_where_it_stands(client, superuser, page, server):
    check()
    client.force_login(superuser)
    address = reverse("hsec_outside_links")

    def rows(query: str = "") -> list[list[str]]:
        html = client.get(address + query).content
        found = BeautifulSoup(html, "html.parser").select("table tbody tr")
        return [[" ".join(cell.get_text().split()) for cell in row.select("td")] for row in found]

    assert [row[:4] for row in rows()] == [
        ["Council", f"{server.url}/gone", "broken", "There is no such page (404)."]
    ]
    assert [row[3] for row in rows("?state=moved")] == [f"{server.url}/ok"]
    assert [row[3] for row in rows("?state=uncertain")] == ["It answers with 401."]
    block = OutsidePlace.objects.get(link__state="broken").block_id
    assert f"#block-{block}-section" in client.get(address).content.decode()
    assert "404" in client.get(f"{address}?export=csv").getvalue().decode()
