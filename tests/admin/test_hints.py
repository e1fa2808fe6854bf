from typing import Any

import pytest
from bs4 import BeautifulSoup

from django.urls import reverse

from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from tests import factories as make
from tests.admin.forms import page_form
from tests.admin.users import user_with


@pytest.fixture
def admin(client, superuser):
    client.force_login(superuser)
    return client


@pytest.fixture
def forum(section):
    return make.forum_page(section, slug="new-page", body=body(1))


def body(count):
    return [
        make.link("A label"),
        make.initiatives(
            *(make.initiative("<p>Signed in April 2004.</p>") for _number in range(count))
        ),
    ]


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def hints_url(thing, kind="page"):
    return reverse("hsec_hints", args=[kind, thing.pk])


def hints_in(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return [
        " ".join(item.get_text(" ", strip=True).split())
        for item in soup.select(".hsec-hints__hint")
    ]


EXPECTED = [
    "The link leads nowhere yet. A label",
    "“April 2004” stands in the text, but not among the dates. Signed in April 2004. File “April 2004” as date",
]


def test_hints_stand_in_the_form_and_are_made_again(admin, forum):
    assert hints_in(admin.get(edit_url(forum))) == EXPECTED
    assert hints_in(admin.get(hints_url(forum))) == EXPECTED


def test_hint_leads_to_its_block_and_its_button_says_the_date(admin, forum):
    soup = BeautifulSoup(admin.get(edit_url(forum)).content, "html.parser")
    (initiative,) = forum.body[1].value["initiatives"].bound_blocks
    (button,) = soup.select("[data-hsec-file-date]")

    assert soup.select(".hsec-hints a")[1]["href"] == f"#block-{initiative.id}-section"
    assert {name: value for name, value in button.attrs.items() if name.startswith("data-")} == {
        "data-hsec-file-date": "",
        "data-block": initiative.id,
        "data-edtf": "2004-04",
        "data-text": "April 2004",
        "data-label": "signed",
    }


def test_hints_are_those_of_the_latest_draft(admin, forum):
    forum.body = []
    forum.save_revision()

    assert hints_in(admin.get(hints_url(forum))) == []
    assert "There are no hints" in admin.get(edit_url(forum)).content.decode()


def test_quick_links_have_hints(admin, section):
    group = make.quick_links(page=section, links=[make.quick_link("A label")])
    edit = reverse("wagtailsnippets_hsec_wagtail_quicklinkssnippet:edit", args=[group.pk])

    assert hints_in(admin.get(edit)) == EXPECTED[:1]
    assert hints_in(admin.get(hints_url(group, "quick-links"))) == EXPECTED[:1]


def test_a_new_page_has_no_hints_yet(admin, section):
    add = reverse("wagtailadmin_pages:add", args=["hsec_wagtail", "forumpage", section.pk])

    html = admin.get(add).content.decode()

    assert reverse("hsec_hints", args=["page", 0]) in html


@pytest.fixture
def editor(client, section):
    """Return the client of somebody who may edit one other page only."""
    other = make.section_page(section.get_parent(), title="Elsewhere", slug="elsewhere")
    client.force_login(user_with("change_page", name="neighbour", page=other))
    return client


def test_only_who_may_edit_sees_hints(editor, forum, section):
    group = make.quick_links(page=section)

    assert editor.get(hints_url(forum)).status_code == 302
    assert editor.get(hints_url(group, "quick-links")).status_code == 302


def test_pages_that_are_not_ours_have_none(admin, home):
    assert admin.get(hints_url(home)).status_code == 404


def test_hints_of_many_initiatives_cost_no_more_queries(
    admin, section, forum, django_assert_num_queries
):
    many = make.forum_page(section, title="Many", slug="many", body=body(40))
    admin.get(hints_url(forum))

    with django_assert_num_queries(12, exact=False) as few:
        admin.get(hints_url(forum))
    with django_assert_num_queries(len(few.captured_queries)):
        response = admin.get(hints_url(many))

    assert len(hints_in(response)) == 41


def broken_body():
    """Return a body that was published before anybody checked it."""
    members = make.members("Norway", "Norway")
    return [
        members,
        make.heading("A", anchor="a"),
        make.heading("B", anchor="a"),
        make.initiatives(make.initiative("<p>x</p>", dates=["2099"])),
    ]


def posted(page, **fields):
    """Return what the form of ``page`` sends with other fields changed."""
    blocks = [
        (
            "members",
            {
                "intro": rich_text(""),
                "display": "list",
                "members": items(
                    {"name": name, "country": "", "role": "member", "since": "", "until": ""}
                    for name in ("Norway", "Norway")
                ),
            },
        ),
        ("heading", {"text": "A", "anchor": "a", "level": "2"}),
        ("heading", {"text": "B", "anchor": "a", "level": "2"}),
        ("link", {"label": "More", "page": "", "url": "", "document": ""}),
    ]
    return page_form(body=streamfield(blocks), **fields)


def items(values):
    values = list(values)
    data: dict[str, Any] = {"count": str(len(values))}
    for number, value in enumerate(values):
        data[str(number)] = {
            "value": value, "order": str(number), "id": "", "deleted": "", "type": "item",
        }  # fmt: skip
    return data


def test_what_was_published_and_breaks_rules_is_told_all_at_once_and_nothing_is_lost(
    admin, section
):
    page = make.forum_page(section, slug="new-page", body=broken_body())

    response = admin.post(
        edit_url(page), posted(page, title="Changed", status="ended", **{"action-publish": "1"})
    )

    errors = response.context["form"].errors["body"].as_data()[0].as_json_data()["blockErrors"]
    assert errors[0]["blockErrors"]["members"]["blockErrors"][1]["blockErrors"]["name"]["messages"][
        0
    ].startswith("Number 1 is the same member")
    assert errors[2]["blockErrors"]["anchor"]["messages"] == [
        "Another heading of this page has the anchor “a”; the next free one is “a-2”."
    ]
    assert list(errors[3]["blockErrors"]) == ["url"]
    page.refresh_from_db()
    assert (page.title, len(page.body)) == ("United Nations", 4)
    assert "Changed" in response.content.decode()


def test_a_draft_may_break_every_rule(admin, section):
    page = make.forum_page(section, slug="new-page", body=broken_body())

    admin.post(edit_url(page), posted(page, status="ended", expected="2099"))

    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert [one.value["anchor"] for one in draft.body if one.block_type == "heading"] == ["a", "a"]
    assert draft.body[3].get_prep_value()["value"]["unknown"] is False
    assert "The link leads nowhere yet." in "".join(hints_in(admin.get(edit_url(page))))


def test_an_ended_page_expects_nothing(admin, section):
    page = make.forum_page(section, slug="new-page")

    response = admin.post(
        edit_url(page),
        page_form(status="ended", expected="2099", **{"action-publish": "1"}),
    )

    assert response.context["form"].errors["expected"] == [
        "The page is ended, and so nothing is expected. Empty this field, or correct the status."
    ]


def test_a_date_to_come_on_an_ended_page_is_told_at_the_date(admin, section):
    funding = {
        "title": "x", "description": rich_text("<p>x</p>"), "opens": "2099-01-01", "closes": "",
        "eligibility": rich_text(""), "how_to_apply": rich_text(""), "url": "",
    }  # fmt: skip
    page = make.forum_page(section, slug="new-page")
    data = nested_form_data({"body": streamfield([("funding", funding)])})

    response = admin.post(
        edit_url(page),
        {**page_form(status="ended", **{"action-publish": "1"}), **data},
    )

    errors = response.context["form"].errors["body"].as_data()[0].as_json_data()["blockErrors"]
    assert list(errors[0]["blockErrors"]) == ["opens"]
