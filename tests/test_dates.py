"""Dates of unknown precision: the value, finding it, saying it."""

import copy
import pickle
import unicodedata
from datetime import date

import pytest

from hsec_wagtail.dates import EDTF, DateError, FoundDate, Precision, find_dates, say


def _found(text, language):
    return [(date.edtf, date.text) for date in find_dates(text, language=language)]


def _cases(*cases):
    return [pytest.param(*case, id=case[0]) for case in cases]


# The value


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    _cases(
        ("2001", date(2001, 1, 1), date(2001, 12, 31), Precision.YEAR),
        ("2004-02", date(2004, 2, 1), date(2004, 2, 29), Precision.MONTH),
        ("2001-09-03", date(2001, 9, 3), date(2001, 9, 3), Precision.DAY),
        ("2001-21", date(2001, 3, 1), date(2001, 6, 30), Precision.SEASON),
        ("2001-24", date(2001, 1, 1), date(2001, 12, 31), Precision.SEASON),
        ("199X", date(1990, 1, 1), date(1999, 12, 31), Precision.DECADE),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31), Precision.CENTURY),
        ("2001~", date(2001, 1, 1), date(2001, 12, 31), Precision.YEAR),
        ("1999/2000", date(1999, 1, 1), date(2000, 12, 31), Precision.INTERVAL),
        ("1998-03-28/1998-04-02", date(1998, 3, 28), date(1998, 4, 2), Precision.INTERVAL),
        ("1990/..", date(1990, 1, 1), None, Precision.INTERVAL),
        ("../1990", None, date(1990, 12, 31), Precision.INTERVAL),
        ("1990/", date(1990, 1, 1), None, Precision.INTERVAL),
        ("1984?/2004-06~", date(1984, 1, 1), date(2004, 6, 30), Precision.INTERVAL),
    ),
)
def test_a_value_knows_its_bounds_and_its_precision(text, earliest, latest, precision):
    value = EDTF.parse(text)

    assert (str(value), value.earliest, value.latest, value.precision) == (
        text,
        earliest,
        latest,
        precision,
    )


@pytest.mark.parametrize(
    ("text", "message"),
    _cases(
        ("2001-02-30", "2001-02-30: no such day. 2001-02 has days 01 to 28."),
        ("2001-13", "2001-13: no such month. Months are 01 to 12, seasons 21 to 24."),
        ("0000", "0000: no such year. Years run from 0001 to 9999."),
        ("2000/1999", "'2000/1999': ends before it starts. Write the earlier date first."),
        (
            "2000-22/2000-21",
            "'2000-22/2000-21': ends before it starts. Write the earlier date first.",
        ),
        (
            "../..",
            "'../..': says no date at all. Write at least one end, as in 1990/.. or ../1990.",
        ),
        ("1/2/3", "'1/2/3': an interval has two ends. Write for example 1999/2000."),
        (
            "spring",
            "'spring': not an EDTF date. Write for example 2004, 2004-04, 2004-04-17, 1999/2000, 1990/.., 199X or 2001~.",
        ),
    ),
)
def test_what_is_no_date_is_refused_with_the_way_out(text, message):
    with pytest.raises(DateError) as caught:
        EDTF.parse(text)

    assert str(caught.value) == message


@pytest.mark.parametrize(
    "text",
    ["", " 2001", "2001 ", "2001-1", "200", "20011", "2001-00", "2001-21-03", "199X-01", "1X9X", "2001/2002/", "/", "2001-09-03T10:00",
     "२००१", "2001\n"],
)  # fmt: skip
def test_text_that_is_not_edtf_is_refused(text):
    with pytest.raises(DateError):
        EDTF.parse(text)


def test_values_sort_by_the_earliest_day_then_by_the_latest():
    texts = ["../1990", "1990-01-01", "1990", "1990/2000", "1990/..", "1990-02", "199X~", "1991"]

    assert sorted(texts, key=EDTF.parse) == [
        "../1990",
        "1990-01-01",
        "1990",
        "199X~",
        "1990/2000",
        "1990/..",
        "1990-02",
        "1991",
    ]


def test_a_value_is_not_compared_with_a_text():
    with pytest.raises(TypeError, match="not supported"):
        assert EDTF.parse("1990") < "1991"


@pytest.mark.parametrize(
    ("text", "html"),
    _cases(
        ("2001", "2001"),
        ("2004-04", "2004-04"),
        ("2001-09-03", "2001-09-03"),
        ("2004-21", None),
        ("199X", None),
        ("1999/2000", None),
        ("2001~", None),
    ),
)
def test_html_has_a_form_for_plain_days_months_and_years_only(text, html):
    assert EDTF.parse(text).html == html


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    _cases(
        ("2001", False, False),
        ("2001~", True, False),
        ("2001?", False, True),
        ("2001%", True, True),
        ("1999/2000~", True, False),
    ),
)
def test_a_value_tells_what_it_is_not_sure_of(text, approximate, uncertain):
    value = EDTF.parse(text)

    assert (value.approximate, value.uncertain) == (approximate, uncertain)


@pytest.mark.parametrize(
    "copied",
    [copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))],  # noqa: S301 -- our own
    ids=["deep copy", "pickle"],
)
def test_a_copy_is_the_same_value(copied):
    value = EDTF.parse("1999-06/2000~")

    assert copied(value) == value


# Finding


@pytest.mark.parametrize(
    ("text", "expected"),
    _cases(
        ("In April 2004, Canada", [("2004-04", "April 2004")]),
        ("report. (December 2001)", [("2001-12", "December 2001")]),
        ("(1999-2000)", [("1999/2000", "1999-2000")]),
        ("(2002)", [("2002", "2002")]),
        ("Since joining the OAS in 1990, Canada", [("1990", "1990")]),
        ("Since 1990, Canada", [("1990/..", "Since 1990")]),
        ("From 1995 onwards, it", [("1995/..", "From 1995 onwards")]),
        ("from June 1995 onward", [("1995-06/..", "from June 1995 onward")]),
        ("1995 and beyond", [("1995/..", "1995 and beyond")]),
        ("since 1995 onwards", [("1995/..", "since 1995")]),
        ("1995 to 1997 onwards", [("1995/1997", "1995 to 1997")]),
        ("until 1995", [("../1995", "until 1995")]),
        ("It was not until 1995", [("1995", "1995")]),
        ("1990 to the present", [("1990/..", "1990 to the present")]),
        ("(1990-)", [("1990/..", "1990-")]),
        ("12-14 May 2003", [("2003-05-12/2003-05-14", "12-14 May 2003")]),
        (
            "12\u201114\u00a0May\u202f2003",
            [("2003-05-12/2003-05-14", "12\u201114\u00a0May\u202f2003")],
        ),
        ("12 May - 3 June 2003", [("2003-05-12/2003-06-03", "12 May - 3 June 2003")]),
        ("March 28-April 2, 1998", [("1998-03-28/1998-04-02", "March 28-April 2, 1998")]),
        ("May 12–14, 2003", [("2003-05-12/2003-05-14", "May 12–14, 2003")]),
        (
            "December 30, 2001 - January 2, 2002",
            [("2001-12-30/2002-01-02", "December 30, 2001 - January 2, 2002")],
        ),
        (
            "December 30 - January 2, 2002",
            [("2001-12-30/2002-01-02", "December 30 - January 2, 2002")],
        ),
        ("October–March 1999", [("1998-10/1999-03", "October–March 1999")]),
        (
            "from October to March 1998-99",
            [("1998-10/1999-03", "from October to March 1998-99")],
        ),
        ("autumn to spring 2001", [("2000-23/2001-21", "autumn to spring 2001")]),
        (
            "30 December – 2 January and 4-5 May 2002",
            [
                ("2001-12-30/2002-01-02", "30 December – 2 January"),
                ("2002-05-04/2002-05-05", "4-5 May 2002"),
            ],
        ),
        ("from 1995 to 1997", [("1995/1997", "from 1995 to 1997")]),
        ("between 1995 and 1997", [("1995/1997", "between 1995 and 1997")]),
        ("between 5 and 10 June 2000", [("2000-06-05/2000-06-10", "between 5 and 10 June 2000")]),
        ("Sept. 3, 2001", [("2001-09-03", "Sept. 3, 2001")]),
        ("3 Sept 2001", [("2001-09-03", "3 Sept 2001")]),
        ("3rd of September 2001", [("2001-09-03", "3rd of September 2001")]),
        ("September 3rd, 2001", [("2001-09-03", "September 3rd, 2001")]),
        ("September 3. 2001", [("2001-09-03", "September 3. 2001")]),
        ("3 September. 2001", [("2001-09-03", "3 September. 2001")]),
        ("September 3 , 2001", [("2001-09-03", "September 3 , 2001")]),
        ("September, 3 2001", [("2001-09-03", "September, 3 2001")]),
        ("September, 3, 2001", [("2001-09-03", "September, 3, 2001")]),
        ("It ended on September 3. 2001 was better.", [("2001", "2001")]),
        ("In September, 3 people of 2001", [("2001", "2001")]),
        ("In September. 2001 was better.", [("2001", "2001")]),
        ("September 3,2001", [("2001-09-03", "September 3,2001")]),
        ("Sept.3,2001", [("2001-09-03", "Sept.3,2001")]),
        ("September 3-5,2001", [("2001-09-03/2001-09-05", "September 3-5,2001")]),
        ("Monday, 3 September 2001", [("2001-09-03", "3 September 2001")]),
        ("Sent 2001 Sep 3", [("2001-09-03", "2001 Sep 3")]),
        ("2001-Sep-03", [("2001-09-03", "2001-Sep-03")]),
        ("2001, September 3", [("2001-09-03", "2001, September 3")]),
        ("2001 september", [("2001-09", "2001 september")]),
        ("2001 Sep 3-5", [("2001-09-03/2001-09-05", "2001 Sep 3-5")]),
        ("2001 Sep 3 to 2001 Oct 5", [("2001-09-03/2001-10-05", "2001 Sep 3 to 2001 Oct 5")]),
        ("2001 Sep 31", []),
        ("In 2001 June Fisher", [("2001", "2001")]),
        ("In 2001 may we", [("2001", "2001")]),
        ("In 2001 June 12 people", [("2001", "2001")]),
        ("2001 June 2002", [("2001", "2001"), ("2002-06", "June 2002")]),
        ("2001, June 5, 2002", [("2001", "2001"), ("2002-06-05", "June 5, 2002")]),
        (
            "2001, June 5 and 7, 2002",
            [("2001", "2001"), ("2002-06-05", "June 5"), ("2002-06-07", "7, 2002")],
        ),
        ("3-Sep-2001", [("2001-09-03", "3-Sep-2001")]),
        ("3/Sep/2001:09:30:00", [("2001-09-03", "3/Sep/2001")]),
        ("Sep/3/2001", [("2001-09-03", "Sep/3/2001")]),
        ("Sep/2001", [("2001-09", "Sep/2001")]),
        ("3-4/Sep/2001", [("2001-09-03/2001-09-04", "3-4/Sep/2001")]),
        ("JUNE\n2000", [("2000-06", "JUNE\n2000")]),
        ("June, 2000", [("2000-06", "June, 2000")]),
        ("the 1990s", [("199X", "1990s")]),
        ("from the 1980s to the 1990s", [("198X/199X", "from the 1980s to the 1990s")]),
        ("c. 1995", [("1995~", "c. 1995")]),
        ("about 1995", [("1995~", "about 1995")]),
        ("early 2001", [("2001", "early 2001")]),
        ("mid-June 2000", [("2000-06", "mid-June 2000")]),
        ("spring 2004", [("2004-21", "spring 2004")]),
        ("winter 2003-2004", [("2003/2004", "2003-2004")]),
        ("June and September 2000", [("2000-06", "June"), ("2000-09", "September 2000")]),
        ("June/July 2000", [("2000-06/2000-07", "June/July 2000")]),
        (
            "5, 6 and 7 June 2000",
            [("2000-06-05", "5"), ("2000-06-06", "6"), ("2000-06-07", "7 June 2000")],
        ),
        (
            "May 2, 5 and 9, 2003",
            [("2003-05-02", "May 2"), ("2003-05-05", "5"), ("2003-05-09", "9, 2003")],
        ),
        (
            "May 2-3, 5, and 9-10, 2003",
            [
                ("2003-05-02/2003-05-03", "May 2-3"),
                ("2003-05-05", "5"),
                ("2003-05-09/2003-05-10", "9-10, 2003"),
            ],
        ),
        (
            "May 2, 5 and June 9, 2003",
            [("2003-05-02", "May 2"), ("2003-05-05", "5"), ("2003-06-09", "June 9, 2003")],
        ),
        ("May 12 and 14, 2003", [("2003-05-12", "May 12"), ("2003-05-14", "14, 2003")]),
        (
            "12-14 May and 3-5 June 2003",
            [("2003-05-12/2003-05-14", "12-14 May"), ("2003-06-03/2003-06-05", "3-5 June 2003")],
        ),
        ("1999, 2000 and 2001", [("1999", "1999"), ("2000", "2000"), ("2001", "2001")]),
    ),
)
def test_dates_are_found_in_english(text, expected):
    assert _found(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    _cases(
        ("En avril 2004, le Canada", [("2004-04", "avril 2004")]),
        ("du 8 au 10 mai 2005", [("2005-05-08/2005-05-10", "du 8 au 10 mai 2005")]),
        (
            "du lundi 8 au mercredi 10 mai 2005",
            [("2005-05-08/2005-05-10", "du lundi 8 au mercredi 10 mai 2005")],
        ),
        ("du 28 mars au 2 avril 1998", [("1998-03-28/1998-04-02", "du 28 mars au 2 avril 1998")]),
        (
            "du 20 octobre au 9 mars 1999",
            [("1998-10-20/1999-03-09", "du 20 octobre au 9 mars 1999")],
        ),
        ("d’octobre à mars 1998/1999", [("1998-10/1999-03", "d’octobre à mars 1998/1999")]),
        ("1995 à 1997", [("1995/1997", "1995 à 1997")]),
        ("De 1995 À 1997", [("1995/1997", "De 1995 À 1997")]),
        (
            "entre le 5 et le 10 juin 2000",
            [("2000-06-05/2000-06-10", "entre le 5 et le 10 juin 2000")],
        ),
        ("le 1er juillet 1867", [("1867-07-01", "1er juillet 1867")]),
        ("les années 1990", [("199X", "années 1990")]),
        ("les années 1990 à 1995", [("1990/1995", "1990 à 1995")]),
        ("depuis 1990", [("1990/..", "depuis 1990")]),
        ("1990 et suivantes", [("1990/..", "1990 et suivantes")]),
        ("à partir de 1990", [("1990/..", "à partir de 1990")]),
        ("jusqu’au 1er juin 2000", [("../2000-06-01", "jusqu’au 1er juin 2000")]),
        ("de 1990 à aujourd’hui", [("1990/..", "de 1990 à aujourd’hui")]),
        ("vers 1995", [("1995~", "vers 1995")]),
        ("peut-être vers 1995", [("1995%", "peut-être vers 1995")]),
        ("l’hiver 2004", [("2004-24", "hiver 2004")]),
        ("automne de 2004", [("2004-23", "automne de 2004")]),
        ("début 2001", [("2001", "début 2001")]),
        ("juin-juillet 2000", [("2000-06/2000-07", "juin-juillet 2000")]),
        ("le 5 et le 6 juin 2000", [("2000-06-05", "5"), ("2000-06-06", "6 juin 2000")]),
        ("2001 septembre", [("2001-09", "2001 septembre")]),
        ("févr. 2001", [("2001-02", "févr. 2001")]),
        ("AOUT 2001", [("2001-08", "AOUT 2001")]),
        ("en 1999 pour la paix", [("1999", "1999")]),
        ("à 8h35 le 7 juin 2002", [("2002-06-07", "7 juin 2002")]),
        ("à 21 h 35 et le 7 juin 2002", [("2002-06-07", "7 juin 2002")]),
        ("Bulletin no 38 Le 7 juin 2002", [("2002-06-07", "7 juin 2002")]),
        ("no 38 du 7 au 9 juin 2002", [("2002-06-07/2002-06-09", "du 7 au 9 juin 2002")]),
    ),
)
def test_dates_are_found_in_french(text, expected):
    assert _found(text, "fr-CA") == expected


@pytest.mark.parametrize(
    ("text", "edtf"),
    _cases(
        ("2001/02", "2001/2002"),
        ("2001-02", "2001/2002"),
        ("1999-00", "1999/2000"),
        ("1995-97", "1995/1997"),
        ("2001-05", "2001-05"),
        ("2001–05", "2001/2005"),
        ("2001-09-03", "2001-09-03"),
        ("2001/09/03", "2001-09-03"),
        ("13/09/2001", "2001-09-13"),
        ("09/13/2001", "2001-09-13"),
        ("03/03/2001", "2001-03-03"),
        ("03/09/2001", "2001"),
        ("09/2001", "2001-09"),
        ("2004-04/2004-06", "2004-04/2004-06"),
    ),
)
def test_digits_alone_state_what_is_certain(text, edtf):
    assert _found(f"({text})", "en") == [(edtf, text)]


@pytest.mark.parametrize(
    "text",
    ["resolution 1325", "$2,000", "2,000 troops", "2000 troops", "2 000 soldats", "ISO 9001", "ISO 2001", "1500 participants", "page 1999",
     "pages 1999 to 2003", "No. 1999", "n° 1999", "Bill C-1999", "Article 1999", "613-944-2000", "+1 613 944 2000", "http://x.org/2001/05",
     "www.x.org/2001", "docs/2001/x.pdf", "docs/Jun/2001", "Jun/2001/x.pdf", "report-2001.pdf", "a2001@x.ca", "2001@x.ca", "2000 km", "1999 $", "US$ 2000", "1,999", "23,1999", "1999.5",
     "UN 1540 Committee", "Security Council 1540", "G8", "20/20", "may 5", "May 5", "in march", "mars", "A/RES/2001/45", "over 2000",
     "plus de 2000 habitants", "about 2000 farmers", "between 1999 and 2000 troops", "between 1800 and 2400 words", "from 2000 to 2,500", "1900-2900", "2000 or 12000",
     "a choice of 1850 comments", "1999 pieces", "2000 pour cent", "resolutions 1325 and 1820",
     "UNSCR 1701", "2001-13-45", "30/02/2001", "12:2000", "2101", "the 21st century", "June\n\n5"],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", ""])
def test_numbers_that_are_no_dates_are_left_alone(text, language):
    assert _found(f"x ({text}) y", language) == []


@pytest.mark.parametrize(
    "text",
    ["résolution 1325", "résolution 1701", "les résolutions 1325 et 1820", "2 000 $", "2 000 soldats", "2000 soldats", "n° 1999", "nº 1999",
     "page 1999", "pages 1999 à 2003", "l’article 1999", "projet de loi C-1999", "1999 $", "plus de 2000 habitants", "environ 2000 villageois",
     "entre 1999 et 2000 soldats", "2000 pour cent", "5 mai", "en mars", "le XXIe siècle", "les années 90", "2 000,50"],
)  # fmt: skip
def test_french_numbers_that_are_no_dates_are_left_alone(text):
    assert _found(f"x ({text}) y", "fr") == []


@pytest.mark.parametrize(
    "text",
    [
        "June 2000",
        "2000",
        "12-14 May 2003",
        "since 1990",
        "from 1995 to 1997",
        "1990s",
        "2001-09-03",
        "~1995",
    ],
)
def test_a_paragraph_may_begin_with_a_date_and_ends_one(text):
    assert _found(f"June\n\n{text}\r\n\r\nof 2001", "en") == [*_found(text, "en"), ("2001", "2001")]


@pytest.mark.parametrize(
    ("text", "expected"),
    _cases(
        ("2001-09-03T10:00", [("2001-09-03", "2001-09-03")]),
        ("Resolution 1325 (2000)", [("2000", "2000")]),
        ("resolutions 1970 and 1973 (2011)", [("2011", "2011")]),
        ("In 1999 states agreed", [("1999", "1999")]),
        ("the 2000 elections", [("2000", "2000")]),
        ("The protocol of 1998 states that", [("1998", "1998")]),
        ("The note of June 7, 2002 states that", [("2002-06-07", "June 7, 2002")]),
        ("On June 7, 2002 women marched", [("2002-06-07", "June 7, 2002")]),
        ("1998 Women and Peace", []),
        ("1998 Women Peace Forum", [("1998", "1998")]),
        ("1998 Students Day", [("1998", "1998")]),
        ("the 1998 comments", [("1998", "1998")]),
        ("In 1998 and 2,000 times since", [("1998", "1998")]),
        ("the 1998 year end", [("1998", "1998")]),
        ("a 2000 year old custom", []),
        ("On June 7, 2000 km of road", []),
        ("In June, 2000 women marched", []),
        ("states may 2001", [("2001", "2001")]),
        ("at 10:30 June 2000", [("2000-06", "June 2000")]),
        ("Article 5, 6 June 2000", [("2000-06-06", "6 June 2000")]),
        ("14-12 May 2003", [("2003-05-12", "12 May 2003")]),
        ("3 to March 9, 2002", [("2002-03-09", "March 9, 2002")]),
        ("28 May to 3 May 2003", [("2003-05-03", "3 May 2003")]),
    ),
)
def test_only_the_certain_part_is_found(text, expected):
    assert _found(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "language", "labels"),
    _cases(
        ("(Canada signed June 1999 and ratified June 2000)", "en", ["signed", "ratified"]),
        ("signée en juin 1999 et ratifiée en juin 2000", "fr", ["signée", "ratifiée"]),
        ("Entered into force on 1 March 1999", "en", ["entered into force"]),
        ("entrée en vigueur le 1er mars 1999", "fr", ["entrée en vigueur"]),
        ("Updated: Monday, 3 September 2001", "en", ["updated"]),
        ("signed on 5 and 6 June 2000", "en", ["signed", "signed"]),
        ("signed. (June 1999)", "en", [""]),
        ("signed\n\nJune 1999", "en", [""]),
        ("Canada (June 2000)", "en", [""]),
        ("le Canada signe en 2001", "fr", [""]),
    ),
)
def test_the_word_before_a_date_labels_it(text, language, labels):
    assert [date.label for date in find_dates(text, language=language)] == labels


def test_a_found_date_says_what_where_and_how():
    text = "Canada signed June 1999."

    assert find_dates(text) == [FoundDate(EDTF.parse("1999-06"), "June 1999", (14, 23), "signed")]


def test_decomposed_accents_keep_their_place_in_the_text():
    text = unicodedata.normalize("NFD", "signée en décembre 2001")

    (date,) = find_dates(text, language="fr")

    assert (date.edtf, date.text, date.label) == (
        "2001-12",
        unicodedata.normalize("NFD", "décembre 2001"),
        "signée",
    )


@pytest.mark.parametrize("language", ["", "de", "iu"])
def test_other_languages_are_read_as_either(language):
    assert _found("April 2004, avril 2005", language) == [
        ("2004-04", "April 2004"),
        ("2005-04", "avril 2005"),
    ]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param(
            "Published 14 juin 2007", "en", ["2007-06-14"], id="French on an English page"
        ),
        pytest.param("Bulletin, octobre 2007", "en", ["2007-10"], id="French month"),
        pytest.param("1er août 2007", "en", ["2007-08-01"], id="French ordinal"),
        pytest.param("le 14 sep. 2007", "fr", ["2007-09-14"], id="English short form"),
        pytest.param(
            "14 Mar 2007", "fr", ["2007-03-14"], id="English short form of a doubtful month"
        ),
        pytest.param("June 14, 2007", "fr", ["2007-06-14"], id="month first on a French page"),
        pytest.param("the Mars 2007 probe", "en", ["2007"], id="planet"),
        pytest.param("14 mars 2007", "en", ["2007-03-14"], id="no planet"),
        pytest.param("Chiang Mai 2007", "en", ["2007"], id="town"),
        pytest.param("en été 2007", "fr", ["2007-22"], id="summer"),
        pytest.param("Mme May 2007", "fr", ["2007"], id="name"),
        pytest.param("juin 14, 2007", "fr", ["2007"], id="no French order"),
    ],
)
def test_months_of_the_other_language_are_known(text, language, expected):
    assert [found.edtf for found in find_dates(text, language=language)] == expected


# Saying


@pytest.mark.parametrize(
    ("edtf", "english", "french"),
    _cases(
        ("2004-04", "April 2004", "avril 2004"),
        ("2000-06-01", "1 June 2000", "1er juin 2000"),
        ("2001", "2001", "2001"),
        ("2004-21", "spring 2004", "printemps 2004"),
        ("199X", "the 1990s", "les années 1990"),
        ("19XX", "the 20th century", "le XXe siècle"),
        ("1995~", "about 1995", "vers 1995"),
        ("1995?", "perhaps 1995", "peut-être 1995"),
        ("1999/2000", "1999–2000", "de 1999 à 2000"),
        ("2003-05-12/2003-05-14", "12–14 May 2003", "du 12 au 14 mai 2003"),
        ("1998-03-28/1998-04-02", "28 March – 2 April 1998", "du 28 mars au 2 avril 1998"),
        (
            "2001-12-30/2002-01-02",
            "30 December 2001 – 2 January 2002",
            "du 30 décembre 2001 au 2 janvier 2002",
        ),
        ("2000-04/2000-08", "April–August 2000", "d’avril à août 2000"),
        ("198X/199X", "from the 1980s to the 1990s", "des années 1980 aux années 1990"),
        ("1984~/2004", "from about 1984 to 2004", "de vers 1984 à 2004"),
        ("1990/..", "since 1990", "depuis 1990"),
        ("2000-06-01/..", "since 1 June 2000", "depuis le 1er juin 2000"),
        ("../1990", "until 1990", "jusqu’en 1990"),
        ("../2004-22", "until summer 2004", "jusqu’à l’été 2004"),
        ("1990/", "from 1990, end unknown", "à partir de 1990, fin inconnue"),
        ("/2000-06-01", "to 1 June 2000, start unknown", "au 1er juin 2000, début inconnu"),
    ),
)
def test_a_value_is_said_in_english_and_in_french(edtf, english, french):
    assert (say(edtf), say(EDTF.parse(edtf), language="fr-CA")) == (english, french)


@pytest.mark.parametrize(
    ("language", "months"),
    [
        pytest.param(
            "en",
            "January February March April May June July August September October November December",
            id="English",
        ),
        pytest.param(
            "fr",
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            id="French",
        ),
    ],
)
def test_every_month_has_its_name(language, months):
    said = [say(f"2003-{month:02}", language=language) for month in range(1, 13)]

    assert said == [f"{name} 2003" for name in months.split()]


def test_other_languages_are_said_in_english():
    assert say("2004-04", language="de") == "April 2004"


def test_saying_what_is_no_date_is_refused():
    with pytest.raises(DateError, match=r"^'soon': not an EDTF date\."):
        say("soon")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("30 February 2001", "en", id="February"),
        pytest.param("31 April 2004", "en", id="April"),
        pytest.param("April 31, 2004", "en", id="month first"),
        pytest.param("Sept. 31, 2001", "en", id="short month"),
        pytest.param("31st of April 2004", "en", id="ordinal"),
        pytest.param("32 May 2003", "en", id="no month has it"),
        pytest.param("29 February 2001", "en", id="no leap year"),
        pytest.param("12-32 May 2003", "en", id="end of a range"),
        pytest.param("30 April-31 April 2004", "en", id="range of whole dates"),
        pytest.param("February 30-31, 2001", "en", id="range, month first"),
        pytest.param("31 April - 2 May 2004", "en", id="start of a range"),
        pytest.param("April 31 - May 2, 2004", "en", id="start of a range, month first"),
        pytest.param("between 12 and 32 May 2003", "en", id="between and"),
        pytest.param("30 and 31 April 2004", "en", id="list"),
        pytest.param("32-May-2003", "en", id="dashes"),
        pytest.param("31/Jun/2003", "en", id="slashes"),
        pytest.param("0 May 2003", "en", id="day zero"),
        # April has no day 31, and of what there is a number 31 is not said.
        pytest.param("No. 31 April 2004", "en", id="number or day"),
        pytest.param("31 avril 2004", "fr", id="avril"),
        pytest.param("32 mai 2003", "fr", id="mai"),
        pytest.param("du 31 avril au 2 mai 2004", "fr", id="du au, two months"),
        pytest.param("le 30 février 2001", "fr", id="février"),
        pytest.param("du 30 au 31 février 2001", "fr", id="du au"),
        pytest.param("April 30 and 31, 2004", "en", id="list, month first"),
    ],
)
def test_an_impossible_day_leaves_no_date_at_all(text, language):
    assert find_dates(text, language=language) == []


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        pytest.param("March 31-April 2, 1998", "1998-03-31/1998-04-02", id="other month's day"),
        pytest.param("29 February 2000", "2000-02-29", id="leap year"),
        pytest.param("32 members in May 2003", "2003-05", id="number of something"),
        pytest.param("Article 45. June 2000", "2000-06", id="number of a sentence before"),
        pytest.param("In May 2003, 45 states met", "2003-05", id="number after"),
        pytest.param("In April 31. 5 May 2004", "2004-05-05", id="day of a sentence before"),
        pytest.param("resolution 1325 June 2000", "2000-06", id="more than two digits"),
        pytest.param("at 10:45 June 2000", "2000-06", id="time"),
        pytest.param("Bill C-36 December 2001", "2001-12", id="name with a number"),
        pytest.param("No. 45, 12 May 2003", "2003-05-12", id="number before a comma"),
        pytest.param("(2001-)", "2001/..", id="open range"),
        pytest.param("No. 38 June 7, 2002", "2002-06-07", id="number before the month"),
        pytest.param("B/41/22 7 June 2002", "2002-06-07", id="end of a symbol"),
        pytest.param("38   7 June 2002", "2002-06-07", id="number of a row"),
        pytest.param("38\n7 June 2002", "2002-06-07", id="page number"),
        pytest.param("9\n17 June 2002", "2002-06-17", id="page number that may be a day"),
        pytest.param("Page 38 - 7 June 2002", "2002-06-07", id="number and dash"),
        pytest.param("No. 30 and 7 February 2002", "2002-02-07", id="numbered, and"),
        pytest.param("No. 38 June 2002", "2002-06", id="number of a journal"),
        pytest.param("No. 7 June 2002", "2002-06", id="number of a journal that may be a day"),
        pytest.param("at 8h35 and 7 June 2002", "2002-06-07", id="time with h"),
        pytest.param("Fri Jun 7 08:35:00 GMT 2002", "2002-06-07", id="time before the year"),
        pytest.param("June 7 08:35 2002", "2002-06-07", id="short time before the year"),
    ],
)
def test_a_number_that_is_no_day_does_no_harm(text, edtf):
    assert [found.edtf for found in find_dates(text, language="en")] == [edtf]
