"""The general rules of the text reader, one by one."""

from __future__ import annotations

from typing import Any

import pytest

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.errors import ReadError
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.profile import Profile
from hsec_wagtail.importer.reading.readers import Reading, read

LEAD = "The ministry works for the security of people."


def reading(text: str, **options: Any) -> Reading:
    """Return ``text`` as read; every word of it must be accounted for."""
    found = read(text.encode(), name="some-page.txt", format="text", **options)
    assert found.ledger.unclaimed == []
    return found


def body(*lines: str) -> list[nodes.BodyNode]:
    """Return the body that ``lines`` make below a title and a lead."""
    return reading("\n\n".join(["Peace", LEAD, *lines])).document.page.body


def members(prose: str, language: str = "en") -> list[tuple[str, str | None, str]]:
    found = reading(f"Peace\n\n{LEAD}\n\n{prose}", language=language).document.page.body
    return [
        (member.name, member.country, member.role)
        for node in found
        if isinstance(node, nodes.Members)
        for member in node.items
    ]


def titles(text: str) -> tuple[str, list[str]]:
    page = reading(text).document.page
    return page.title, [child.title for child in page.children]


# --- titles and headings


@pytest.mark.parametrize(
    ("text", "title", "headings"),
    [
        pytest.param(f"Peace\n\n{LEAD}", "Peace", [], id="title and prose"),
        pytest.param(LEAD, "some-page", [], id="only prose"),
        pytest.param(f"Home\nNews\nAbout\n\nPeace\n\n{LEAD}", "Peace", [], id="below navigation"),
        pytest.param(f"Peace\n\nThe Network\n\n{LEAD}\n\nThe Council\n\n{LEAD}", "Peace",
                     ["The Network", "The Council"], id="above the first heading"),
        pytest.param(f"Ministry of Peace\n\nPeace\n\n{LEAD}\n\nThe Council\n\n{LEAD}", "Peace",
                     ["The Council"], id="below the name of the site"),
        pytest.param(f"# Peace\n{LEAD}\n## One\n{LEAD}\n### Two\n{LEAD}\n## Three\n{LEAD}", "Peace",
                     ["One", "Three"], id="hashes"),
        pytest.param(f"## One\n\n{LEAD}\n\n## Two\n\n{LEAD}", "some-page", ["One", "Two"], id="no title"),
        pytest.param(f"Peace\n=====\n{LEAD}\n\nOne\n---\n{LEAD}\n\nTwo\n---\n{LEAD}", "Peace",
                     ["One", "Two"], id="underlines"),
        pytest.param(f"PEACE ABROAD\n\n{LEAD}\n\nTHE NETWORK\n\n{LEAD}\n\nNATO\n\n{LEAD}\n\nAIMS OF IT\n\n{LEAD}",
                     "PEACE ABROAD", ["THE NETWORK", "NATO", "AIMS OF IT"], id="capitals"),
        pytest.param(f"Peace\n\n{LEAD}\n\n\n\nOne\n\n{LEAD}\n\nPart\n\n{LEAD}\n\n\n\nTwo\n\n{LEAD}", "Peace",
                     ["One", "Two"], id="wide gaps"),
    ],
)  # fmt: skip
def test_title_and_headings(text, title, headings):
    assert titles(text) == (title, headings)


def test_a_heading_of_the_same_name_as_the_title_has_a_key_of_its_own():
    page = reading(f"Peace\n\n{LEAD}\n\nPeace\n\n{LEAD}\n\nCouncil\n\n{LEAD}").document.page

    keys = [each.key for each in page.walk()]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("mark", ["# ", "## "])
def test_a_heading_too_long_for_a_page_is_a_paragraph_and_not_cut(mark):
    long = " ".join(["peace"] * 60)

    page = reading(f"{mark}{long}\n\n{LEAD}").document.page

    assert page.title == "some-page"
    assert long in page.lead or any(long in getattr(node, "html", "") for node in page.body)


def test_a_link_of_the_navigation_that_is_too_long_is_a_paragraph():
    long = " ".join(["peace"] * 60)
    profile = Profile.model_validate({
        "name": "p", "recognise": ["Home"], "navigation": {"first": "Home", "last": "Contact"},
    })  # fmt: skip

    found = reading(f"Home\n{long}\nContact\n\nPeace\n\n{LEAD}", profile=profile).document

    assert [link.label for link in found.navigation[0].links] == ["Home", "Contact"]
    assert long in f"{found.page.lead}{found.page.body}"


def test_a_breadcrumb_is_known_by_its_signs():
    found = reading(f"Home > Policy > Peace\n\nPeace\n\n{LEAD}")

    assert found.document.trail == ["Home", "Policy", "Peace"]
    assert found.ledger.chrome == {Message("breadcrumb"): 3}


def test_links_to_the_top_and_the_date_of_change_are_no_content():
    found = reading(f"Peace\n\n{LEAD}\n\nBack to top\n\nLast modified: 4 November 2003")

    assert str(found.document.page.changed) == "2003-11-04"
    assert found.ledger.chrome == {Message("link-to-top"): 3, Message("date-modified"): 5}


def test_a_capture_without_a_word_is_refused():
    with pytest.raises(ReadError) as refused:
        read(b"* * *", name="page.txt")

    assert str(refused.value) == (
        "page.txt: there is no word in it. Save it again, or leave it out."
    )


# --- jump links


@pytest.mark.parametrize(
    "jumps",
    [
        pytest.param("United Nations\n\nPeace League", id="in full"),
        pytest.param("UN\n\nPL", id="initials"),
        pytest.param("• United Nations\n• Peace League", id="bulleted"),
        pytest.param("1. United Nations\n2. Peace League", id="numbered"),
        pytest.param("On this page:\n\nThe United Nations\n\nPeace League", id="below a label"),
    ],
)
def test_jump_links_lead_to_headings(jumps):
    found = reading(
        f"Peace\n\n{LEAD}\n\n{jumps}\n\nUnited Nations\n\n{LEAD}\n\nPeace League (PL)\n\nSoon enough."
    )

    assert [child.title for child in found.document.page.children] == [
        "United Nations",
        "Peace League (PL)",
    ]
    assert list(found.ledger.chrome) == [Message("jump-link")]


def test_links_that_come_again_in_the_footer_are_no_jump_links():
    found = reading(f"Home\nContact\n\nPeace\n\n{LEAD}\n\nThe Council\n\n{LEAD}\n\nHome\nContact")

    assert Message("jump-link") not in found.ledger.chrome


# --- lists


def test_the_sentence_before_a_list_introduces_it():
    (actions,) = [
        node
        for node in body("It met. Actions include:", "• a report (2001)\n• a visit")
        if node.type == "initiatives"
    ]

    assert actions.intro == "<p>Actions include:</p>"
    assert [item.html for item in actions.items] == ["<p>a report (2001)</p>", "<p>a visit</p>"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param("- a\n- b", ["a", "b"], id="dashes"),
        pytest.param("–\u00a0a\n–\u00a0b", ["a", "b"], id="dashes with no-break spaces"),
        pytest.param("o\ta\no\tb", ["a", "b"], id="letter o"),
        pytest.param("•a\n•b", ["a", "b"], id="nothing between"),
        pytest.param("•\na\n•\nb", ["a", "b"], id="marks alone"),
        pytest.param("• a\n\n• b", ["a", "b"], id="blank lines between"),
        pytest.param("• a\n  and more\n• b", ["a and more", "b"], id="hanging indent"),
    ],
)
def test_the_marks_of_lists(lines, expected):
    (found,) = body(lines)

    assert isinstance(found, nodes.ListNode)
    assert [item.html for item in found.items] == expected


@pytest.mark.parametrize(
    ("lines", "ordered", "expected"),
    [
        pytest.param("1. a\n2. b", True, ["a", "b"], id="figures"),
        pytest.param("(a) a\n(b) b", True, ["a", "b"], id="letters"),
        pytest.param("i) a\nii) b\niii) c", True, ["a", "b", "c"], id="roman"),
        pytest.param("1.\na\n2.\nb", True, ["a", "b"], id="figures alone"),
        pytest.param("4. a\n5. b", False, ["4. a", "5. b"], id="another count stays in the text"),
    ],
)
def test_numbered_lists(lines, ordered, expected):
    (found,) = body(lines)

    assert isinstance(found, nodes.ListNode)
    assert (found.ordered, [item.html for item in found.items]) == (ordered, expected)


def test_short_lines_below_an_introduction_are_a_list_and_are_warned_of():
    found = reading(f"Peace\n\n{LEAD}\n\nIssues include: mines\nsmall arms")

    (_, actions) = found.document.page.body[0], found.document.page.body[-1]
    assert isinstance(actions, nodes.Initiatives)
    assert [item.html for item in actions.items] == ["<p>mines</p>", "<p>small arms</p>"]
    assert str(found.warnings[-1]) == (
        "Lines 5 to 6: 2 short lines below an introduction are taken for a list that lost its bullets."
    )


def test_what_follows_a_list_is_a_paragraph():
    found = body("• a\n• b\nIt ends. All is said.", "And more is to come.")

    assert [node.type for node in found] == ["list", "paragraph", "paragraph"]


# --- links


@pytest.mark.parametrize(
    ("line", "label", "url"),
    [
        ("The UN: http://un.example/", "The UN", "http://un.example/"),
        ("The UN (www.un.example)", "The UN", "http://www.un.example"),
        ("The UN <https://un.example/a?b=c>", "The UN", "https://un.example/a?b=c"),
        ("[The UN](https://un.example)", "The UN", "https://un.example"),
        ("http://un.example/ - The UN", "The UN", "http://un.example/"),
        ("The UN\nhttp://un.example/", "The UN", "http://un.example/"),
        ("http://un.example/", "http://un.example/", "http://un.example/"),
        ("UN web site", "UN web site", None),
    ],
)
def test_a_line_with_an_address_is_a_link(line, label, url):
    (found,) = body(line)

    assert isinstance(found, nodes.LinkNode)
    assert (found.label, found.url) == (label, url)


@pytest.mark.parametrize(
    "line",
    [
        "See http://un.example/ for more.",
        "UN:http://un.example/ without a blank",
        "From http://[ or from nowhere",
        "http://un.example/" + "a" * 3000,
    ],
)
def test_an_address_in_a_sentence_is_a_paragraph(line):
    (found,) = body(line)

    assert isinstance(found, nodes.Paragraph)


# --- members


@pytest.mark.parametrize(
    ("prose", "language", "expected"),
    [
        pytest.param(
            "It includes: Canada, the Netherlands and South Africa (as an observer).",
            "en",
            [("Canada", "CA", "member"), ("Netherlands", "NL", "member"), ("South Africa", "ZA", "observer")],
            id="brackets",
        ),
        pytest.param(
            "Its members are Trinidad and Tobago, St. Lucia, Antigua and Barbuda and Mali.",
            "en",
            [("Trinidad and Tobago", "TT", "member"), ("St. Lucia", "LC", "member"),
             ("Antigua and Barbuda", "AG", "member"), ("Mali", "ML", "member")],
            id="names in two halves",
        ),
        pytest.param(
            "Members are Chile, Mali, the Czech Republic and, as associate members, Peru and Fiji.",
            "en",
            [("Chile", "CL", "member"), ("Mali", "ML", "member"), ("Czech Republic", "CZ", "member"),
             ("Peru", "PE", "associate"), ("Fiji", "FJ", "associate")],
            id="roles before",
        ),
        pytest.param(
            "Il regroupe la Suisse, les Pays-Bas, l'Irlande et l’Afrique du Sud à titre d’observatrice.",
            "fr",
            [("Suisse", "CH", "member"), ("Pays-Bas", "NL", "member"), ("Irlande", "IE", "member"),
             ("Afrique du Sud", "ZA", "observer")],
            id="french",
        ),
        pytest.param("Members are Chile and Mali.", "en", [], id="two are no list"),
        pytest.param("Storms struck Chile, Mali, Peru and Fiji.", "en", [], id="nobody takes part"),
        pytest.param(
            "Members:\n\n• Chile\n• Mali\n• Peru (observer)",
            "en",
            [("Chile", "CL", "member"), ("Mali", "ML", "member"), ("Peru", "PE", "observer")],
            id="a list",
        ),
    ],
)  # fmt: skip
def test_members(prose, language, expected):
    assert members(prose, language) == expected


# --- announcements, language, wrapping


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Coming soon...", None),
        ("À venir", None),
        ("This page is under construction.", None),
        ("Coming in spring 2005", "2005-21"),
        ("Available in June 2005.", "2005-06"),
    ],
)
def test_a_forum_that_is_only_announced(text, expected):
    forum = reading(
        f"Peace\n\n{LEAD}\n\nCouncil\n\n{LEAD}\n\nCentre\n\n{text}"
    ).document.page.children[-1]

    assert (forum.title, forum.status, forum.expected) == ("Centre", "announced", expected)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The work of the ministry for peace.", "en"),
        ("Le travail du ministère pour la paix.", "fr"),
    ],
)
def test_the_language_is_guessed(text, language):
    assert reading(f"Peace\n\n{text}").document.language == language


def test_wrapped_lines_are_joined_and_short_ones_are_not():
    words = "to keep the peace is the first aim of the ministry and of all its staff abroad".split()
    prose = " ".join(words * 4).capitalize() + "."
    lines, line = [], ""
    for word in prose.split():
        if len(line) + len(word) >= 60:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    wrapped = "\n".join([*lines, line])

    page = reading(f"Peace\n\n{wrapped}\nThe end is near.").document.page

    assert page.lead == f"<p>{prose}</p>"
    assert [getattr(node, "html", "") for node in page.body] == ["<p>The end is near.</p>"]
