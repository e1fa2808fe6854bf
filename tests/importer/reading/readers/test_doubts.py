"""The guard of what is left out: content that looks like a menu, a masthead or a footer is kept."""

from __future__ import annotations

import pytest

from hsec_wagtail.importer.reading.readers import Reading, read
from hsec_wagtail.importer.text.words import html_text, words

PROSE = "<p>The Department of Ponds counts the frogs of every pond in the country each spring.</p>"


def page(*parts: str, title: str = "Frogs") -> Reading:
    markup = f"<html><head><title>{title}</title></head><body>{''.join(parts)}</body></html>"
    found = read(markup.encode(), name="frogs.html")
    assert found.ledger.unclaimed == []
    return found


def left_out(found: Reading) -> str:
    """Return the words that are no content."""
    claims = zip(found.source.words, found.ledger.claims, strict=True)
    return " ".join(word.text for word, claim in claims if claim and claim.reason)


def codes(found: Reading) -> list[str]:
    return [warning.code for warning in found.warnings]


@pytest.mark.parametrize("suffix", ["pdf", "html"])
@pytest.mark.parametrize("border", ["0", "1"])
def test_a_table_of_links_below_a_heading_is_content(suffix, border):
    table = (
        f'<table border="{border}"><tr><td><a href="a.{suffix}">Northern ponds 2001</a></td>'
        f'<td><a href="b.{suffix}">Southern ponds 2001</a></td></tr></table>'
    )

    found = page("<h1>Frogs</h1>", PROSE, "<h2>Reports</h2>", table, "<p>More will come.</p>")

    assert left_out(found) == ""
    assert found.document.navigation == []


def test_links_to_documents_are_no_menu():
    table = '<table><tr><td><a href="a.pdf">Northern ponds</a></td><td><a href="b.doc">Southern ponds</a></td></tr></table>'

    found = page("<h1>Frogs</h1>", PROSE, table, "<p>More will come.</p>")

    assert left_out(found) == ""


def test_short_links_beside_the_text_are_a_menu_still():
    menu = '<td><a href="a.html">Ponds</a><br><a href="b.html">Toads</a><br><a href="c.html">Newts</a></td>'

    found = page(f"<table><tr>{menu}<td><h1>Frogs</h1>{PROSE}{PROSE}</td></tr></table>")

    assert left_out(found) == "Ponds Toads Newts"


def test_a_line_above_the_title_that_names_no_office_is_kept_and_warned_of():
    found = page("<p>In memory of Alva Reed</p>", "<h1>Frogs</h1>", PROSE)

    assert found.document.page.title == "Frogs"
    assert html_text(found.document.page.lead).strip().startswith("The Department of Ponds")
    assert left_out(found) == ""
    assert "kept-as-content" in codes(found)


def test_the_office_above_the_title_is_masthead():
    found = page("<p>Department of Ponds</p>", "<h1>Frogs</h1>", PROSE)

    assert left_out(found) == "Department of Ponds"
    assert "kept-as-content" not in codes(found)


def test_the_foot_of_a_part_of_the_page_is_content():
    post = f'{PROSE}<div class="footer">Posted by Alva Reed at noon</div>'

    found = page("<h1>Frogs</h1>", post, post)

    assert "Posted by Alva Reed at noon" in left_out(found)
    assert left_out(found).count("Posted") == 1


def test_a_line_that_other_pages_have_there_too_is_left_out():
    markup = (
        f"<html><title>Frogs</title><body><p>Alva's ponds</p><h1>Frogs</h1>{PROSE}</body></html>"
    )

    found = read(markup.encode(), name="frogs.html", repeated={"alva's ponds"})

    assert left_out(found) == "Alva's ponds"
    assert found.doubtful == ("alva's ponds",)


def test_the_title_stands_above_who_speaks_and_where_that_person_works():
    found = page(
        "<p><b>Report on the pond of frogs</b></p>",
        "<p><b>Alva Reed</b><br>Institute of Ponds, University of Reeds</p>",
        PROSE,
        title="Meeting on Ponds",
    )

    assert found.document.page.title == "Report on the pond of frogs"
    assert left_out(found) == ""


def test_what_is_kept_is_counted_in_words():
    found = page("<p>In memory of Alva Reed</p>", "<h1>Frogs</h1>", PROSE)

    (kept,) = (warning for warning in found.warnings if warning.code == "kept-as-content")
    assert kept.values["count"] == len(words("In memory of Alva Reed"))
