"""The report of dates on public pages that cannot be read, and of initiatives without any."""

import pytest
from bs4 import BeautifulSoup

from django.urls import reverse

from hsec_wagtail.models import Initiative
from tests import factories as make
from tests.admin.users import user_with


@pytest.fixture
def address():
    return reverse("hsec_unreadable_dates")


def member(name, **dates):
    value = {"name": name, "country": "", "role": "member", "since": "", "until": "", **dates}
    return make.item(value)


def forum(section, title, written="next spring"):
    """Return a published forum with one date that cannot be read and one that can."""
    return make.forum_page(
        section,
        title=title,
        body=[make.initiatives(make.initiative("<p>Signed it.</p>", dates=["2004", written]))],
    )


def rows(response):
    """Return the cells of the rows of the list."""
    table = BeautifulSoup(response.content, "html.parser").select("table tbody tr")
    return [[" ".join(cell.get_text().split()) for cell in row.select("td")] for row in table]


@pytest.mark.parametrize("name", ["hsec_unreadable_dates", "hsec_unreadable_dates_results"])
def test_dates_of_initiatives_and_members_are_listed_with_a_link_to_edit(
    client, superuser, section, name
):
    page = forum(section, "Council")
    members = [
        member("Norway", since="long ago", until="2001"),
        member("Chile", since="1999", until="?"),
        member("Peru", since="1999"),
    ]
    block = make.members()
    block["value"]["members"] = members
    make.forum_page(section, title="League", body=[block])
    client.force_login(superuser)

    response = client.get(reverse(name))

    assert rows(response) == [
        ["Council", "Signed it.", "Date", "cannot be read", "next spring"],
        ["League", "Norway", "Since", "cannot be read", "long ago"],
        ["League", "Chile", "Until", "cannot be read", "?"],
    ]
    row = Initiative.objects.get(page=page)
    address = f"{reverse('wagtailadmin_pages:edit', args=[page.pk])}#block-{row.block_id}-section"
    assert address in response.content.decode()


def test_initiatives_without_a_date_are_listed_and_either_can_be_left_out(
    client, superuser, section, address
):
    forum(section, "Council")
    make.forum_page(
        section, title="League", body=[make.initiatives(make.initiative("<p>Met.</p>"))]
    )
    client.force_login(superuser)

    found = {
        asked: [row[0] for row in rows(client.get(f"{address}?problem={asked}"))]
        for asked in ("", "undated", "unreadable", "odd")
    }

    assert found == {
        "": ["Council", "League"],
        "undated": ["League"],
        "unreadable": ["Council"],
        "odd": ["Council", "League"],
    }


def test_report_without_unreadable_dates_says_so(client, superuser, section, address):
    forum(section, "Council", written="2001")
    client.force_login(superuser)

    assert "can be read" in client.get(address).content.decode()


def test_editors_see_the_pages_that_they_may_edit(client, section, address):
    own = forum(section, "Own")
    forum(section, "Of others")
    client.force_login(user_with("change_page", name="editor", page=own))

    assert [row[0] for row in rows(client.get(address))] == ["Own"]
    assert address in client.get(reverse("wagtailadmin_home")).content.decode()


def test_who_may_edit_no_page_sees_no_report(client, section, address):
    forum(section, "Council")
    client.force_login(user_with(name="clerk"))

    assert client.get(address).status_code == 302
    assert address not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_export_holds_no_formula(client, superuser, section, address):
    forum(section, "Council", written="=1+1")
    client.force_login(superuser)

    text = client.get(f"{address}?export=csv").getvalue().decode()

    assert "Council,Signed it.,Date,cannot be read,'=1+1" in text
    assert client.get(f"{address}?export=xlsx").status_code == 200


def test_queries_do_not_grow_with_the_dates(
    client, superuser, section, address, django_assert_max_num_queries
):
    for number in range(10):
        forum(section, f"Forum {number}")
    client.force_login(superuser)
    client.get(address)

    with django_assert_max_num_queries(15):
        assert len(rows(client.get(address))) == 10
