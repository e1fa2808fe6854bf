"""Blocks as an editor meets them."""

import pytest

from django.urls import reverse

from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from hsec_wagtail.page_models import page_model


@pytest.fixture
def admin(client, superuser):
    client.force_login(superuser)
    return client


@pytest.fixture
def forum(home):
    section = home.add_child(instance=page_model("section")(title="Section", slug="section"))
    return section.add_child(instance=page_model("forum")(title="Council", slug="council"))


def body_blocks():
    return page_model("forum")._meta.get_field("body").stream_block.child_blocks


@pytest.mark.parametrize(
    "name",
    ["paragraph", "heading", "initiatives", "members", "notice", "funding", "link", "documents",
     "contact", "quote", "details", "image", "table"],
)  # fmt: skip
def test_block_picker_shows_a_preview(admin, name, image):
    block = body_blocks()[name]

    response = admin.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})

    assert response.status_code == 200
    assert 'href="/static/hsec_wagtail/css/hsec.css"' in response.content.decode()


def test_editor_opens(admin, forum):
    forum.body = [("initiatives", body_blocks()["initiatives"].get_preview_value())]
    forum.save()

    response = admin.get(reverse("wagtailadmin_pages:edit", args=[forum.pk]))

    assert response.status_code == 200


def form(forum, *blocks):
    field = {
        "lead": rich_text(""),
        "body": streamfield(blocks),
        "title": forum.title,
        "slug": forum.slug,
        "short_name": "",
        "status": "active",
        "expected": "",
        "changed": "",
        "change_note": "",
        "seo_title": "",
        "search_description": "",
        "anchor": "council",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": 1000,
    }
    return nested_form_data(field)


HALF_A_LINK = ("link", {"label": "", "page": "", "url": "www.example.org", "document": ""})
HALF_A_HEADING = ("heading", {"text": "", "anchor": "a b", "level": "2"})


def test_half_filled_blocks_are_kept_as_a_draft(admin, forum):
    url = reverse("wagtailadmin_pages:edit", args=[forum.pk])

    admin.post(url, form(forum, HALF_A_LINK, HALF_A_HEADING))

    forum.refresh_from_db()
    draft = forum.get_latest_revision_as_object()
    assert [child.block_type for child in draft.body] == ["link", "heading"]


def test_half_filled_blocks_are_not_published(admin, forum):
    url = reverse("wagtailadmin_pages:edit", args=[forum.pk])

    response = admin.post(url, {**form(forum, HALF_A_LINK), "action-publish": "action-publish"})

    forum.refresh_from_db()
    assert response.status_code == 200
    assert len(forum.body) == 0
    assert "This field is required." in response.content.decode()


@pytest.mark.parametrize("layout", ["alone", "inside the section"])
def test_published_page_shows_its_blocks(client, forum, layout):
    shown = [name for name in body_blocks() if name not in ("image", "documents")]
    forum.body = [(name, body_blocks()[name].get_preview_value()) for name in shown]
    forum.save_revision().publish()
    page = forum if layout == "alone" else forum.get_parent()

    html = client.get(page.url).content.decode()

    assert [name for name in shown if f"hsec-block--{name}" not in html] == []


def test_headings_of_two_forums_have_two_anchors(client, forum):
    section = forum.get_parent().specific
    other = section.add_child(instance=page_model("forum")(title="League", slug="league"))
    for page in (forum, other):
        page.body = [("heading", {"text": "Links", "anchor": "links", "level": "2"})]
        page.save_revision().publish()

    html = client.get(section.url).content.decode()

    assert html.count('id="links"') == html.count('id="links-2"') == 1
