import pytest
from bs4 import BeautifulSoup

from hsec_wagtail.blocks import LinkBlock, QuickLinkBlock
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


def test_target_may_be_unknown(root_page):
    assert publish_faults(LinkBlock(), {"label": "More"}) == {}


def test_label_is_needed_to_publish(root_page):
    assert publish_faults(LinkBlock(), {"url": "https://example.org/"}) == {
        "label": ["This field is required."]
    }
    assert draft_faults(LinkBlock(), {"url": "https://example.org/"}) == {}


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
