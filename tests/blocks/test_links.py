import pytest
from bs4 import BeautifulSoup

from wagtail.models import Page

from hsec_wagtail.blocks import BodyBlock, LinkBlock, QuickLinkBlock, load_bodies
from hsec_wagtail.blocks.links import QuickLinksBlock
from hsec_wagtail.blocks.prose import one_batch
from tests.blocks.faults import draft_faults, publish_faults

ONE_ONLY = ["Choose one target only."]


def show(raw):
    block = LinkBlock()
    return block.render(block.to_python(raw), {})


@pytest.fixture
def targets(page, document):
    return {"page": page.pk, "document": document.pk, "url": "https://example.org/"}


@pytest.mark.parametrize("name", ["page", "document", "url"])
def test_one_target_is_enough(name, targets):
    assert publish_faults(LinkBlock(), {"label": "More", name: targets[name]}) == {}


@pytest.mark.parametrize(
    "names",
    [("page", "url"), ("page", "document"), ("url", "document"), ("page", "url", "document")],
)
def test_several_targets_are_refused_on_each(names, targets):
    raw = {"label": "More", **{name: targets[name] for name in names}}

    assert publish_faults(LinkBlock(), raw) == dict.fromkeys(names, ONE_ONLY)
    assert draft_faults(LinkBlock(), raw) == {}


def test_quick_link_has_one_target_too(targets):
    raw = {"label": "More", "page": targets["page"], "url": targets["url"]}

    assert publish_faults(QuickLinkBlock(), raw) == {"page": ONE_ONLY, "url": ONE_ONLY}


@pytest.mark.parametrize("block", [LinkBlock(), QuickLinkBlock()], ids=["in a body", "in a group"])
def test_link_that_leads_nowhere_is_refused_unless_that_is_said(root_page, block):
    nowhere = {"label": "More", "unknown": False}

    assert publish_faults(block, nowhere) == {
        "url": ["The link leads nowhere. Choose one target, or tick “The target is not known yet”."]
    }
    assert draft_faults(block, nowhere) == {}
    assert publish_faults(block, {**nowhere, "unknown": True}) == {}


def test_stored_link_without_a_target_is_one_whose_target_is_not_known(root_page):
    stored = {"label": "More", "page": None, "url": "", "document": None}
    (loaded,) = LinkBlock().bulk_to_python([stored])

    assert loaded["unknown"]
    assert publish_faults(LinkBlock(), stored) == {}


@pytest.mark.parametrize(
    ("given", "mark"),
    [
        pytest.param({"unknown": True}, {}, id="not known"),
        pytest.param({"unknown": True, "url": "/a/"}, {}, id="known after all"),
        pytest.param({"unknown": False, "url": "/a/"}, {}, id="known"),
        pytest.param({"unknown": False}, {"unknown": False}, id="still to be said"),
    ],
)
def test_only_of_a_link_that_is_not_finished_more_is_stored(root_page, given, mark):
    block = LinkBlock()
    stored = {"label": "More", "page": None, "url": "", "document": None}

    kept = block.get_prep_value(block.to_python({**stored, **given}))

    assert kept == {**stored, "url": given.get("url", ""), **mark}
    assert block.get_prep_value(block.to_python(kept)) == kept


def test_label_is_needed_to_publish(root_page):
    assert publish_faults(LinkBlock(), {"url": "https://example.org/"}) == {
        "label": ["This field is required."]
    }
    assert draft_faults(LinkBlock(), {"url": "https://example.org/"}) == {}


@pytest.mark.parametrize("block", [BodyBlock(), QuickLinksBlock()])
def test_link_whose_page_was_deleted_is_text_or_gone_when_published(root_page, block):
    raw = [
        {"type": "link", "id": f"i{label}", "value": {"label": label, "page": 987654}}
        for label in ("More", "")
    ]

    cleaned = block.clean(block.to_python(raw))

    assert [child.value["label"] for child in cleaned] == ["More"]


def test_link_to_a_page(targets, page):
    assert f'href="{page.url}">More</a>' in show({"label": "More", "page": targets["page"]})


def test_link_to_a_document(targets, document):
    assert f'href="{document.url}">More</a>' in show(
        {"label": "More", "document": targets["document"]}
    )


@pytest.mark.parametrize(
    ("url", "label", "host"),
    [
        pytest.param("https://www.un.org/en/", "United Nations", "(un.org)", id="out"),
        pytest.param("http://sea.example:8080/", "The sea", "(sea.example)", id="port"),
        pytest.param("https://testserver/en/", "Home", "", id="this site"),
        pytest.param("/en/", "Home", "", id="path"),
        pytest.param("mailto:sea@example.org", "Write to us", "", id="no host"),
        pytest.param("https://un.org/", "un.org", "", id="named by the label"),
    ],
)
def test_link_out_of_the_site_says_to_which_host(rf, url, label, host):
    block = LinkBlock()
    html = block.render(block.to_python({"label": label, "url": url}), {"request": rf.get("/")})

    (link,) = BeautifulSoup(html, "html.parser").select("a")

    assert link.get_text() == f"{label} {host}".strip()


def test_label_without_target_is_text():
    html = show({"label": "More"})

    assert "More" in html
    assert "<a" not in html


def test_draft_page_is_not_linked_and_not_named(draft_page):
    assert "<a" not in show({"label": "Plans", "page": draft_page.pk})
    assert show({"label": "", "page": draft_page.pk}).strip() == ""


def test_deleted_page_leaves_the_label(root_page):
    html = show({"label": "More", "page": 987654})

    assert "More" in html
    assert "<a" not in html


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "java\tscript:x"])
def test_unsafe_url_is_never_a_link(url):
    html = show({"label": "More", "url": url})

    assert "More" in html
    assert "href" not in html


def test_api_leaves_unsafe_urls_out():
    block = LinkBlock()
    value = block.to_python({"label": "More", "url": "javascript:alert(1)"})

    assert block.get_api_representation(value) == {
        "label": "More",
        "page": None,
        "url": "",
        "document": None,
    }


def test_label_is_escaped():
    assert "&lt;b&gt;" in show({"label": "<b>", "url": "https://example.org/"})


@pytest.fixture
def translated(page, french):
    page.copy_for_translation(french, copy_parents=True)
    Page.objects.filter(locale=french).update(live=True)
    return Page.objects.get(locale=french, translation_key=page.translation_key)


def shown_in(locale, *raw):
    """Return the HTML of a body with links on a page in ``locale``."""
    with one_batch(locale_id=locale.pk):
        (body,) = load_bodies([[{"type": "link", "value": one} for one in raw]])
    return str(body.render_as_block({}))


def test_link_leads_to_the_translation_in_the_language_of_the_page(page, translated, french):
    html = shown_in(french, {"label": "Traités", "page": page.pk})

    assert f'href="{translated.url}">Traités</a>' in html


def test_link_without_a_label_has_the_title_of_the_translation(page, translated, french):
    Page.objects.filter(pk=translated.pk).update(title="Traités")

    assert ">Traités</a>" in shown_in(french, {"label": "", "page": page.pk})


def test_link_to_a_page_in_another_language_says_so(page, french):
    html = shown_in(french, {"label": "Traités", "page": page.pk}, {"label": "", "page": page.pk})

    assert f'href="{page.url}" hreflang="en">Traités</a>' in html
    assert f'href="{page.url}" hreflang="en" lang="en">Treaties</a>' in html
    assert html.count("(English)") == 2


def test_translations_of_all_links_cost_one_query(home, french, django_assert_num_queries):
    pages = [home.add_child(instance=Page(title=f"P{n}", slug=f"p{n}")) for n in range(9)]
    for page in pages:
        page.copy_for_translation(french, copy_parents=True)
    Page.objects.filter(locale=french).update(live=True)
    with one_batch(locale_id=french.pk):
        (body,) = load_bodies(
            [[{"type": "link", "value": {"label": "x", "page": page.pk}} for page in pages]]
        )
    links = [child.value for child in body]
    assert page.url  # fills the cache of sites

    with django_assert_num_queries(1):
        assert not any(link.resolve().language for link in links)
