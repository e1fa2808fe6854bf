"""What the text reader makes of a profile's habits."""

from __future__ import annotations

import pytest

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.reading.profile import Profile
from tests.importer.reading.readers.test_capture_rules import LEAD, reading

MENU = Profile.model_validate({
    "name": "p", "recognise": ["Offices"], "trail": True, "link_prefix": "> ",
    "navigation": {"first": "Offices", "last": "Contact"},
})  # fmt: skip
BREADCRUMB = ["Home", "Policies"]


@pytest.mark.parametrize(
    ("text", "title", "trail"),
    [
        pytest.param(f"Home\nPolicies\nPeace\n=====\n{LEAD}", "Peace", BREADCRUMB, id="no blank line"),
        pytest.param(f"Home\nPolicies\n# Peace\n{LEAD}", "Peace", BREADCRUMB, id="hashes"),
        pytest.param(f"Home\nPolicies\n# Peace\n\nNews\n\n{LEAD}", "Peace", BREADCRUMB, id="label below"),
        pytest.param(f"Home\nPolicies\nPeace\n{LEAD}", "Peace", BREADCRUMB, id="plain"),
        pytest.param(f"Home\nPolicies\nPeace\n\n{LEAD}", "Peace", BREADCRUMB, id="blank line below only"),
        pytest.param(f"Home\nPolicies\n\nPeace\n\n{LEAD}", "Peace", BREADCRUMB, id="blank lines"),
        pytest.param(f"Home\nPolicies\n\nWhy peace?\n\n{LEAD}", "Why peace?", BREADCRUMB, id="question"),
        pytest.param(f"Home\n\nPeace\n\nNews\n\n{LEAD}", "Peace", ["Home"], id="heading below"),
        pytest.param(f"Peace\n\n{LEAD}", "Peace", [], id="no breadcrumb"),
        pytest.param(f"Home\nPeace\n• {LEAD}", "Peace", ["Home"], id="list"),
        pytest.param("Home\nPeace", "Peace", ["Home"], id="no text"),
        pytest.param(
            f"Home\nPeace\nThe Council\nThe Network\n{LEAD}\n\nThe Council\n\n{LEAD}\n\nThe Network\n\n{LEAD}",
            "Peace", ["Home"], id="jump links",
        ),
    ],
)  # fmt: skip
def test_the_breadcrumb_of_a_profile_leaves_the_title(text, title, trail):
    found = reading(f"Offices\nContact\n{text}", profile=MENU).document

    assert (found.page.title, found.trail) == (title, trail)


def test_the_prefix_of_links_is_no_part_of_their_labels():
    found = reading(
        f"Offices\n> Staff\nContact\n\nPeace\n\n{LEAD}\n\n> Conference web page\n> The Treaty\n\n{LEAD}"
        "\n\nQuick Links\n> Publications",
        profile=MENU.model_copy(update={"quick_links": ["Quick Links"]}),
    ).document

    links = [node.label for node in found.page.body if isinstance(node, nodes.LinkNode)]
    assert links == ["Conference web page", "The Treaty"]
    assert [link.label for link in found.page.quick_links[0].links] == ["Publications"]
    assert [link.label for link in found.navigation[0].links] == ["Offices", "Staff", "Contact"]


def test_a_prefix_that_says_something_stays():
    profile = Profile(name="p", recognise=["Peace"], link_prefix="Link: ")

    (link,) = reading(f"Peace\n\n{LEAD}\n\nLink: Treaty", profile=profile).document.page.body

    assert isinstance(link, nodes.LinkNode)
    assert link.label == "Link: Treaty"
