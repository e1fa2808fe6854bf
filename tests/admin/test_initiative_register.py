"""The register of initiatives in the admin: as wagtail-modeladmin and as Wagtail's own viewset show it."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from bs4 import BeautifulSoup

from django.contrib.auth.models import Permission
from django.urls import include, path, reverse

from hsec_wagtail.admin.initiative_viewset import InitiativeViewSet
from hsec_wagtail.models import Initiative
from tests import factories as make
from tests.admin.users import user_with


class Addresses:
    """The addresses of the site, with the register as it is without wagtail-modeladmin."""

    def __init__(self):
        from tests import urls

        viewset = InitiativeViewSet()
        self.urlpatterns = [
            path("initiatives/", include((viewset.get_urlpatterns(), viewset.url_namespace))),
            *urls.urlpatterns,
        ]


@pytest.fixture(params=["modeladmin", "viewset"])
def url(request, settings):
    """Return a function that makes an address of the register, by each of its ways."""
    if request.param == "modeladmin":
        return lambda name, *args: reverse(f"hsec-initiatives_modeladmin_{name}", args=args)
    settings.ROOT_URLCONF = Addresses()
    names = {"create": "add"}
    return lambda name, *args: reverse(f"hsec_initiatives:{names.get(name, name)}", args=args)


@pytest.fixture
def forum(section):
    """Return a forum with an initiative that is dated, one that is not, and one whose date is none."""
    topic = make.topic_page(section, title="Land mines")
    body = [
        make.initiatives(
            make.initiative(
                "<p>Signed the Ottawa Treaty.</p>",
                dates=[("1997-12", "signed", ""), ("1998", "ratified", "")],
                topics=[topic],
            ),
            make.initiative("<p>Gave money to Sécurité.</p>"),
            make.initiative("<p>=Spoke of water.</p>", dates=["next spring"]),
        )
    ]
    return make.forum_page(section, title="Council", body=body, status="dormant")


@pytest.fixture
def reader(django_user_model):
    """Return a user who may see the register and nothing else."""
    user = django_user_model.objects.create_user("reader", password="password")
    user.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"),
        Permission.objects.get(codename="view_initiative"),
    )
    return user


@pytest.fixture
def shown(client, url):
    """Return a function that returns the cells of the list that a query string asks for."""

    def ask(query: str = "") -> list[list[str]]:
        html = client.get(url("index") + query).content
        rows = BeautifulSoup(html, "html.parser").select("main table tbody tr")
        return [[" ".join(cell.get_text().split()) for cell in row.select("td")] for row in rows]

    return ask


def texts(cells: list[list[str]]) -> list[str]:
    return [row[0].split(".")[0].removesuffix(" Inspect") for row in cells]


SIGNED, GAVE, SPOKE = "Signed the Ottawa Treaty", "Gave money to Sécurité", "=Spoke of water"


def test_initiatives_are_listed_with_their_dates_in_words(client, reader, forum, shown):
    client.force_login(reader)

    rows = shown()

    assert texts(rows) == [SIGNED, GAVE, SPOKE]
    assert rows[0][1:] == [
        "December 1997 (signed); 1998 (ratified)",
        "Council",
        "Council",
        "Land mines",
        "dormant",
        "en",
    ]
    assert [row[1] for row in rows[1:]] == ["", "next spring"]


ASKED = {
    "dates=dated": [SIGNED],
    "dates=undated": [GAVE],
    "dates=unreadable": [SPOKE],
    "year=1998": [SIGNED],
    "status=dormant": [SIGNED, GAVE, SPOKE],
    "status=active": [],
    "language=en": [SIGNED, GAVE, SPOKE],
    "q=securite": [GAVE],
    "q=OTTAWA+treat": [SIGNED],
    "q=%21%3F": [],
    "q=treaty&dates=undated": [],
}


def test_the_list_is_filtered_and_searched(client, reader, forum, shown):
    client.force_login(reader)

    assert {query: texts(shown(f"?{query}")) for query in ASKED} == ASKED


def test_the_list_is_filtered_by_forum_and_topic(client, reader, section, forum, shown):
    other = make.forum_page(
        section, title="League", body=[make.initiatives(make.initiative("<p>Met.</p>"))]
    )
    topic = forum.get_siblings().get(title="Land mines")
    client.force_login(reader)

    assert texts(shown(f"?forum={other.pk}")) == ["Met"]
    assert texts(shown(f"?topic={topic.pk}")) == [SIGNED]


#: What no list of ours links to.
ODD = [
    "forum=%00",
    "forum=987654321",
    "topic=x",
    "year=-1",
    "year=99999999999999999999",
    "dates=all",
    "unknown=1",
    "text__regex=(a%2B)%2B$",
    "p=x",
    "p=0",
    "o=99",
    "ordering=id",
    "q=%00",
    "status=%F0%9F%92%A5",
    "q=" + "x" * 2000,
]


def test_no_query_string_breaks_the_list(client, reader, forum, url):
    client.force_login(reader)

    addresses = [f"{url('index')}?{query}{more}" for query in ODD for more in ("", "&export=csv")]
    assert [one for one in addresses if client.get(one).status_code != 200] == []


def test_the_list_is_sorted_by_the_first_date(client, reader, section, forum, url, shown):
    make.forum_page(
        section,
        title="League",
        body=[make.initiatives(make.initiative("<p>Met.</p>", dates=["../1990", "2010"]))],
    )
    client.force_login(reader)

    assert texts(shown()) == [SIGNED, "Met", GAVE, SPOKE]
    for query in ("?o=1&ordering=first_day", "?ordering=first_day&o=1"):
        assert texts(shown(query))[-2:] == ["Met", SIGNED]


def test_who_may_edit_the_page_is_led_to_the_block(client, reader, superuser, forum, url):
    block = Initiative.objects.get(position=0).block_id
    address = f'href="{reverse("wagtailadmin_pages:edit", args=[forum.pk])}#block-{block}-section"'

    client.force_login(superuser)
    assert address in client.get(url("index")).content.decode()
    client.force_login(reader)
    assert address not in client.get(url("index")).content.decode()


def test_an_initiative_is_shown_with_the_ways_to_it(client, superuser, forum, url):
    row = Initiative.objects.get(position=0)
    client.force_login(superuser)

    html = client.get(url("inspect", row.pk)).content.decode()

    assert "December 1997 (signed); 1998 (ratified)" in html
    assert f"#block-{row.block_id}-section" in html
    assert f"{forum.get_url()}#{row.block_id}" in html


def test_nobody_changes_an_initiative(client, superuser, forum, url):
    row = Initiative.objects.get(position=0)
    client.force_login(superuser)

    for address in (url("create"), url("edit", row.pk), url("delete", row.pk)):
        assert client.get(address).status_code in (302, 403)
        assert client.post(address, {"text": "changed"}).status_code in (302, 403)
    assert Initiative.objects.get(pk=row.pk).text == row.text


def test_without_the_permission_nobody_sees_the_register(client, reader, forum, url):
    reader.user_permissions.remove(Permission.objects.get(codename="view_initiative"))
    client.force_login(reader)
    row = Initiative.objects.get(position=0)

    for address in (url("index"), url("index") + "?export=csv", url("inspect", row.pk)):
        assert client.get(address).status_code in (302, 403)


def test_the_menu_has_the_register_for_those_who_may_see_it(client, reader):
    address = reverse("hsec-initiatives_modeladmin_index")

    client.force_login(reader)
    assert address in client.get(reverse("wagtailadmin_home")).content.decode()
    reader.user_permissions.remove(Permission.objects.get(codename="view_initiative"))
    assert address not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_exports_have_everything_and_no_formula(client, reader, forum, url):
    client.force_login(reader)

    text = client.get(f"{url('index')}?export=csv&dates=unreadable").getvalue().decode()
    (row,) = csv.DictReader(io.StringIO(text))

    assert row["Initiative"] == "'=Spoke of water."
    assert (row["Date"], row["Date as stored (EDTF)"]) == ("next spring", "next spring")
    assert row["Page id"] == str(forum.pk)
    assert row["Topics"] == ""
    assert client.get(f"{url('index')}?export=xlsx").status_code == 200


def test_drafts_and_private_pages_are_in_no_list(client, reader, section, shown):
    body = [make.initiatives(make.initiative("<p>Secret.</p>"))]
    page = make.forum_page(section, title="Council", body=body)
    page.unpublish()
    client.force_login(reader)

    assert shown() == []


def many(section: Any, count: int) -> None:
    for number in range(count):
        topic = make.topic_page(section, title=f"Topic {number}")
        one = make.initiative(f"<p>Did {number}.</p>", dates=["2001"], topics=[topic])
        make.forum_page(section, title=f"Forum {number}", body=[make.initiatives(one)])


def test_queries_do_not_grow_with_the_initiatives(
    client, section, url, django_assert_max_num_queries
):
    user = user_with("change_page", name="editor", page=section)
    user.user_permissions.add(Permission.objects.get(codename="view_initiative"))
    client.force_login(user)
    many(section, 1)
    client.get(url("index"))
    with django_assert_max_num_queries(40) as one:
        client.get(url("index"))
    many(section, 15)

    with django_assert_max_num_queries(len(one)):
        client.get(url("index"))
