import re

import pytest

from hsec_wagtail.blocks import InitiativeBlock, InitiativesBlock
from hsec_wagtail.blocks.initiatives import group_by_year, show_initiative
from tests.blocks.faults import draft_faults, publish_faults


def initiative(html, *edtfs, **date):
    return {
        "text": f"<p>{html}</p>",
        "dates": [{"edtf": edtf, **date} for edtf in edtfs],
        "topics": [],
    }


def show(raw, **context):
    block = InitiativesBlock()
    return block.render(block.to_python(raw), context)


def visible(html):
    html = re.sub(r'<a class="hsec-permalink".*?</a>', "", html)
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_an_initiative_offers_the_link_that_stays():
    item = {"type": "item", "id": "a1b2", "value": initiative("Signed.")}

    html = show({"initiatives": [item]})

    assert '<a class="hsec-permalink" href="#a1b2">' in html
    assert "Link to this initiative" in html


def test_public_reads_the_words_of_the_source():
    raw = {"initiatives": [initiative("Signed in April 2004.", "2004-04", text="April 2004")]}

    html = show(raw)

    assert visible(html) == "Signed in April 2004 ."
    assert '<time datetime="2004-04">April 2004</time>' in html


def test_date_that_the_prose_does_not_give_is_shown_beside_it():
    raw = {"initiatives": [initiative("Signed.", "2004-04", label="ratified")]}

    html = show(raw)

    assert 'ratified <time datetime="2004-04">April 2004</time>' in html


@pytest.mark.parametrize(
    ("language", "prose", "edtf", "marked"),
    [
        pytest.param("en", "Signed in April 2004.", "2004-04", '<time datetime="2004-04">April 2004</time>', id="English"),
        pytest.param("fr", "Signé en avril 2004.", "2004-04", '<time datetime="2004-04">avril 2004</time>', id="French"),
        pytest.param("en", "On the Council in 1999&ndash;2000.", "1999/2000", "in 1999&ndash;2000.", id="no form in HTML"),
    ],
)  # fmt: skip
def test_date_without_words_is_found_in_the_prose(language, prose, edtf, marked):
    html = show({"initiatives": [initiative(prose, edtf)]}, hsec_language=language)

    assert marked in html
    assert "hsec-initiative__date" not in html


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(
            initiative("Signed.", "early spring", label="signed"),
            "Signed. signed early spring",
            id="beside the prose",
        ),
        pytest.param(
            initiative("Signed in early spring.", "early spring"),
            "Signed in early spring.",
            id="in the prose",
        ),
        pytest.param(
            initiative("Met in 1999.", "1999-13", "1999"),
            "Met in 1999 . 1999-13",
            id="beside one that can be read",
        ),
    ],
)
def test_date_that_cannot_be_read_is_shown_as_it_was_typed(raw, expected):
    html = show({"initiatives": [raw]})

    assert visible(html) == expected
    assert re.findall(r'datetime="([^"]*)"', html) in ([], ["1999"])


def test_date_of_other_precision_than_the_prose_s_is_shown_beside_it():
    html = show({"initiatives": [initiative("Signed in April 2004.", "2004-04-17")]})

    assert visible(html) == "Signed in April 2004. 17 April 2004"


def test_date_that_the_prose_gives_once_stands_for_one_event():
    raw = initiative("Signed in 1999.", "1999")
    raw["dates"] = [
        {"edtf": "1999", "label": "ratified", "text": ""},
        {"edtf": "1999", "label": "signed", "text": "1999"},
    ]

    html = show({"initiatives": [raw]})

    assert visible(html) == "Signed in 1999 . ratified 1999"


def test_several_dates_are_separated():
    html = show({"initiatives": [initiative("Signed.", "1999-06", "2000-06")]})

    assert visible(html).endswith("June 1999 , June 2000")


def test_date_is_said_in_the_language_of_the_page():
    html = show({"initiatives": [initiative("Signé.", "2004-04")]}, hsec_language="fr")

    assert "avril 2004" in html


def test_order_is_the_author_s():
    raw = {"initiatives": [initiative("B", "2001"), initiative("A", "2003"), initiative("C")]}

    assert re.findall(r"<p>(\w)</p>", show(raw)) == ["B", "A", "C"]


def test_years_stand_newest_first_and_undated_last():
    raw = {
        "grouping": "year",
        "initiatives": [
            initiative("undated"),
            initiative("unreadable", "next spring"),
            initiative("first of 2001", "2001-02"),
            initiative("of 2003", "2003", "1999"),
            initiative("of 2005", "2005-01-01"),
            initiative("second of 2001", "2001-01"),
        ],
    }

    html = re.sub(r"</?time[^>]*>", "", show(raw))
    assert re.findall(r"<h2[^>]*>(.*?)</h2>|<p>([\w ]+)</p>", html) == [
        ("2005", ""), ("", "of 2005"),
        ("2001", ""), ("", "first of 2001"), ("", "second of 2001"),
        ("1999", ""), ("", "of 2003"),
        ("Date that cannot be read", ""), ("", "unreadable"),
        ("No date given", ""), ("", "undated"),
    ]  # fmt: skip


def test_no_year_of_a_decade_is_made_up():
    shown = [
        show_initiative(InitiativeBlock().to_python(initiative("x", edtf)), language="en")
        for edtf in ("199X", "1990", "1995", "../1989")
    ]

    assert [group.heading for group in group_by_year(shown, language="en")] == [
        "1995",
        "1990",
        "The 1990s",
        "1989",
    ]


@pytest.mark.parametrize(("level", "tag"), [(2, "h2"), (3, "h3"), (6, "h6"), (7, "h6")])
def test_level_of_years_follows_the_page(level, tag):
    raw = {"grouping": "year", "initiatives": [initiative("x", "2001")]}

    assert f'<{tag} class="hsec-initiatives__year">2001</{tag}>' in show(
        raw, hsec_heading_level=level
    )


def test_initiative_has_its_stable_id_as_anchor():
    raw = {"initiatives": [{"type": "item", "id": "abc-1", "value": initiative("x")}]}

    assert 'id="abc-1"' in show(raw)


def test_draft_with_half_a_date_is_shown():
    html = show({"initiatives": [initiative("x", "200"), initiative("y", "")]})

    assert visible(html) == "x 200 y"


def test_empty_initiatives_are_left_out():
    html = show({"initiatives": [initiative(""), initiative("x")]})

    assert html.count("<li") == 1


def test_faults_are_on_the_date():
    raw = {"initiatives": [initiative("x", "2001-99-01")]}

    assert publish_faults(InitiativesBlock(), raw) == {
        "initiatives": {
            0: {"dates": {0: {"edtf": ["“2001-99-01”: there is no month 99."]}}}
        }
    }  # fmt: skip
    assert draft_faults(InitiativesBlock(), raw) == {}


def test_text_is_needed_to_publish():
    raw = {"initiatives": [initiative("")]}

    assert publish_faults(InitiativesBlock(), raw) == {
        "initiatives": {0: {"text": ["This field is required."]}}
    }
    assert draft_faults(InitiativesBlock(), raw) == {}


def test_list_may_have_no_introduction():
    assert publish_faults(InitiativesBlock(), {"initiatives": [initiative("x")]}) == {}


def test_api_keeps_the_ids():
    block = InitiativesBlock()
    raw = {
        "grouping": "none",
        "intro": "<p>i</p>",
        "initiatives": [
            {
                "type": "item",
                "id": "i1",
                "value": {
                    "text": "<p>x</p>",
                    "dates": [
                        {
                            "type": "item",
                            "id": "d1",
                            "value": {"edtf": "2001", "label": "signed", "text": ""},
                        }
                    ],
                    "topics": [],
                },
            }
        ],
    }

    said = block.get_api_representation(block.to_python(raw))

    (action,) = said["initiatives"]
    assert (action["id"], action["text"]) == ("i1", "<p>x</p>")
    assert action["dates"] == [
        {"id": "d1", "edtf": "2001", "label": "signed", "text": "", "words": "2001"}
    ]
    assert said["groups"] == [{"heading": "", "initiatives": ["i1"]}]


def test_deleted_topic_is_no_topic_and_does_not_block_publishing(root_page):
    block = InitiativesBlock()
    value = block.to_python({"initiatives": [{**initiative("x"), "topics": [987654, None]}]})

    cleaned = block.clean(value)

    assert list(value["initiatives"][0]["topics"]) == []
    assert list(cleaned["initiatives"][0]["topics"]) == []
    assert block.get_api_representation(value)["initiatives"][0]["topics"] == []
