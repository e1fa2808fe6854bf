from typing import Any

import pytest

from django.core.files.base import ContentFile
from django.urls import reverse

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.test.utils.form_data import nested_form_data, streamfield

from hsec_wagtail.models import ForumPage, PolicyPage, QuickLinksSnippet, SectionPage, TopicPage
from tests import factories as make
from tests.admin.forms import page_form

PAGE_TYPES = ["section", "forum", "topic", "policy"]
MODELS: dict[str, Any] = {
    "section": SectionPage,
    "forum": ForumPage,
    "topic": TopicPage,
    "policy": PolicyPage,
}


@pytest.fixture
def admin(client, superuser):
    client.force_login(superuser)
    return client


@pytest.fixture
def parents(home, section):
    return {page_type: home if page_type == "section" else section for page_type in PAGE_TYPES}


def add_url(page_type, parent):
    return reverse("wagtailadmin_pages:add", args=["hsec_wagtail", f"{page_type}page", parent.pk])


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_forms_open(admin, parents, page_type):
    parent = parents[page_type]
    page = getattr(make, f"{page_type}_page")(parent, title="A page", body=[make.paragraph()])

    add = admin.get(add_url(page_type, parent))
    edit = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert (add.status_code, edit.status_code) == (200, 200)


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_only_forums_ask_for_an_anchor(admin, parents, page_type):
    html = admin.get(add_url(page_type, parents[page_type])).content.decode()

    assert ('name="anchor"' in html) is (page_type == "forum")


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_a_page_is_created_and_published(admin, parents, page_type):
    data = page_form(**{"action-publish": "1"})

    admin.post(add_url(page_type, parents[page_type]), data)

    page = MODELS[page_type].objects.get(slug="new-page")
    assert page.live
    assert page.anchor == "new-page"
    assert "A text." in admin.get(page.url).content.decode()


def test_a_half_filled_draft_is_saved(admin, section):
    data = page_form(body=streamfield([("heading", {"text": "", "anchor": "", "level": "2"})]))

    admin.post(add_url("forum", section), data)

    page = ForumPage.objects.get(slug="new-page")
    assert (page.live, len(page.get_latest_revision_as_object().body)) == (False, 1)


def test_what_is_wrong_is_said_when_it_is_to_be_published(admin, section):
    data = page_form(expected="soon", **{"action-publish": "1"})

    response = admin.post(add_url("forum", section), data)

    assert "“soon” is no date." in response.content.decode()
    assert not ForumPage.objects.filter(slug="new-page", live=True).exists()


def test_draft_may_hold_a_date_that_cannot_be_read_and_is_shown_with_it(admin, section):
    data = page_form(expected="next <spring>", status="announced")

    admin.post(add_url("forum", section), data)

    # As Wagtail's bulk publish does.
    page = ForumPage.objects.get(slug="new-page")
    page.get_latest_revision().publish()
    assert "next &lt;spring&gt;" in admin.get(page.url).content.decode()


def test_an_anchor_that_another_forum_has_is_refused(admin, section):
    make.forum_page(section, short_name="UN")

    response = admin.post(
        add_url("forum", section), page_form(anchor="un", **{"action-publish": "1"})
    )

    assert "the next free one is “un-2”" in response.content.decode()


def test_a_page_is_changed(admin, section):
    forum = make.forum_page(section, slug="new-page")

    admin.post(
        reverse("wagtailadmin_pages:edit", args=[forum.pk]),
        page_form(title="Changed", short_name="UN", anchor="un", **{"action-publish": "1"}),
    )

    forum.refresh_from_db()
    assert (forum.title, forum.anchor, forum.anchor_aliases) == (
        "Changed",
        "un",
        ["united-nations"],
    )


def snippet_form(section, **fields):
    links = streamfield([("link", {"label": "On", "page": str(section.pk), "url": ""})])
    return nested_form_data(
        {"heading": "Quick links", "slug": "", "page": str(section.pk), "links": links, **fields}
    )


SNIPPETS = "wagtailsnippets_hsec_wagtail_quicklinkssnippet"


def test_quick_links_are_created_and_published(admin, section):
    admin.get(reverse(f"{SNIPPETS}:add"))

    admin.post(reverse(f"{SNIPPETS}:add"), snippet_form(section, **{"action-publish": "1"}))

    snippet = QuickLinksSnippet.objects.get()
    assert (snippet.live, snippet.slug, snippet.page_id) == (True, "quick-links", section.pk)


def test_half_filled_quick_links_are_saved_as_a_draft(admin, section):
    links = streamfield([("link", {"label": "", "page": "", "url": ""})])

    admin.post(reverse(f"{SNIPPETS}:add"), snippet_form(section, heading="", page="", links=links))

    assert not QuickLinksSnippet.objects.get().live


def test_quick_links_are_edited(admin, section):
    snippet = make.quick_links(page=section)

    assert admin.get(reverse(f"{SNIPPETS}:edit", args=[snippet.pk])).status_code == 200


@pytest.mark.parametrize(
    "query",
    ["", "?q=quick", "?live=true", "?page__isnull=false", "?ordering=sort_order", "?export=csv"],
)
def test_quick_links_are_listed(admin, section, query):
    make.quick_links("Quick links", page=section)

    response = admin.get(reverse(f"{SNIPPETS}:list") + query)

    assert response.status_code == 200
    assert "Quick links" in response.getvalue().decode()


def references(**gone):
    """Return a body in which all that can be deleted is named."""
    return [
        make.initiatives(make.initiative("<p>Did it.</p>", topics=[gone["topic"]])),
        make.link("Onward", page=gone["topic"]),
        make.block("documents", {"documents": [make.item({"document": gone["document"].pk})]}),
        make.block(
            "image",
            {"image": {"image": gone["image"].pk, "alt_text": "x", "decorative": False}},
        ),
        make.paragraph(f"<p>{make.page_link(gone['topic'])}</p>"),
    ]


@pytest.fixture
def deletable(section):
    """Return a topic, a document and an image."""
    file = ContentFile(b"x", name="report.pdf")
    return {
        "topic": make.topic_page(section),
        "document": get_document_model().objects.create(title="Report", file=file),
        "image": get_image_model().objects.create(title="Port", file=get_test_image_file()),
    }


def test_a_page_is_published_after_all_that_it_named_was_deleted(admin, section, deletable):
    forum = make.forum_page(section, slug="new-page", body=references(**deletable))
    for thing in deletable.values():
        thing.delete()
    forum.refresh_from_db()
    body = forum.body.stream_block
    (shown, *_rest) = body.get_form_state(forum.body)

    cleaned = body.clean(forum.body)

    assert shown["value"]["initiatives"][0]["value"]["topics"] == []
    assert [child.block_type for child in cleaned] == ["initiatives", "link", "paragraph"]


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("topic", "wagtailadmin_pages:delete"),
        ("document", "wagtaildocs:delete"),
        ("image", "wagtailimages:delete"),
    ],
)
def test_deleting_warns_with_the_usage(admin, section, deletable, name, url):
    make.forum_page(section, body=references(**deletable))

    html = admin.get(reverse(url, args=[deletable[name].pk])).content.decode()

    assert "1 time" in html


def test_deleting_a_section_names_what_refers_to_the_pages_below(admin, home, section, deletable):
    other = make.section_page(home, title="Elsewhere", slug="elsewhere")
    make.forum_page(other, title="Council", body=references(**deletable))
    make.forum_page(section, title="Goes too", slug="goes", body=references(**deletable))

    html = admin.get(reverse("wagtailadmin_pages:delete", args=[section.pk])).content.decode()

    assert "1 item elsewhere refers to pages that would be deleted: Council." in html
