"""References to pages and initiatives: in words and as files, read by readers of their formats."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import jsonschema
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from django.utils import timezone

from wagtail.models import Locale, PageViewRestriction, Site

from hsec_wagtail.models import SiteRecordSettings, SiteRecordWords
from hsec_wagtail.record.cite.citation import Citation, in_words
from hsec_wagtail.record.cite.formats import as_bibtex, as_csl_json, as_ris
from tests import factories as make
from tests.record.captured import capture

DAY = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        }
    },
    "required": ["date-parts"],
    "additionalProperties": False,
}
CSL_TEXTS = "id title container-title publisher version URL language note".split()
#: Of the schema of CSL 1.0.2 what a web page may have.
CSL = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {
            **{name: {"type": "string", "minLength": 1} for name in CSL_TEXTS},
            "type": {"const": "webpage"},
            "author": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["literal"],
                    "properties": {"literal": {"type": "string"}},
                    "additionalProperties": False,
                },
            },
            "issued": DAY,
            "accessed": DAY,
        },
    },
}
_TEX = {
    r"\textbackslash{}": "\\",
    r"\textasciicircum{}": "^",
    r"\textasciitilde{}": "~",
    **{f"\\{sign}": sign for sign in "{}$&#%_"},
}


def read_ris(text: str) -> dict[str, str]:
    """Return the one record of a file, tag by tag."""
    assert text.endswith("ER  - \r\n")
    found = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line) for line in text.split("\r\n")[:-1]]
    assert all(found), text
    tags = [(one[1], one[2]) for one in found if one]
    assert tags[0][0] == "TY"
    assert tags[-1][0] == "ER"
    assert len(dict(tags)) == len(tags)
    return dict(tags)


def read_bibtex(text: str) -> dict[str, str]:
    """Return the fields of the one entry of a file as they are typeset."""
    entry = re.fullmatch(r"@misc\{([A-Za-z0-9-]+),\n(.*)\n\}\n", text, re.DOTALL)
    assert entry, text
    fields = {}
    for line in entry[2].split("\n"):
        field = re.fullmatch(r"  ([a-z]+) = \{(.*)\},?", line)
        assert field, line
        fields[field[1]] = typeset(field[2]) if field[1] != "url" else field[2]
    return {"key": entry[1], **fields}


def typeset(value: str) -> str:
    shown, depth = "", 0
    parts = "|".join(re.escape(code) for code in _TEX)
    for token in re.findall(rf"{parts}|.", value, re.DOTALL):
        assert token in _TEX or token not in "\\$&#%_^~", value
        depth += {"{": 1, "}": -1}.get(token, 0)
        assert depth >= 0
        shown += "" if token in "{}" else _TEX.get(token, token)
    assert depth == 0
    return shown


def citation(**fields: Any) -> Citation:
    known: dict[str, Any] = {
        "key": "page-1",
        "title": "United Nations",
        "container": "",
        "author": "Department",
        "url": "https://policy.example/un/",
        "version": date(2004, 5, 12),
        "accessed": date(2026, 1, 1),
        "language": "en",
        "capture": None,
    }
    return Citation(**(known | fields))


@pytest.fixture
def forum(section):
    record = SiteRecordSettings.objects.create(site=Site.objects.get(is_default_site=True))
    SiteRecordWords.objects.create(
        record=record,
        locale=Locale.get_default(),
        organisation="Department",
        report_address="web@example.org",
    )
    text = "<p>Signed the <b>treaty</b> &amp; 50% of {it}.</p>"
    return make.forum_page(
        section,
        changed=date(2004, 5, 12),
        body=[make.initiatives(make.initiative(text, dates=["1999-06"]))],
    )


def block_id(page: Any) -> str:
    (block,) = page.body.raw_data
    return str(block["value"]["initiatives"][0]["id"])


def soup(client: Any, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    return BeautifulSoup(response.content, "html.parser")


def test_a_page_is_cited_in_both_languages(client, section, forum):
    shown = soup(client, f"{section.url}cite/{forum.pk}/")

    texts = {one["lang"]: one.get_text() for one in shown.select("textarea")}
    today = timezone.localdate()
    assert texts["en"].startswith(
        f"Department. “United Nations.” Version of 12 May 2004. {forum.full_url} (accessed {today.day} "
    )
    assert texts["fr"].startswith(
        f"Department. «\xa0United Nations\xa0». Version du 12 mai 2004. {forum.full_url} (consulté le "
    )


def test_an_initiative_is_cited_with_its_permanent_link(client, section, forum):
    shown = soup(client, f"{section.url}cite/{forum.pk}/{block_id(forum)}/")

    (link,) = (field["value"] for field in shown.select("input[readonly]"))
    assert link == f"{forum.full_url}#{block_id(forum)}"
    assert "“Signed the treaty & 50% of {it}.” United Nations." in shown.textarea.get_text()


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("ris", lambda text: (read_ris(text)["TI"], read_ris(text)["UR"])),
        ("bibtex", lambda text: (read_bibtex(text)["title"], read_bibtex(text)["url"])),
        ("csl-json", lambda text: (json.loads(text)[0]["title"], json.loads(text)[0]["URL"])),
    ],
)
def test_a_file_says_the_same(client, section, forum, name, read):
    response = client.get(f"{section.url}cite/{forum.pk}/{block_id(forum)}/{name}/")

    title, url = read(response.content.decode())
    assert title == "Signed the treaty & 50% of {it}."
    assert url == f"{forum.full_url}#{block_id(forum)}"
    assert response["Content-Disposition"].startswith('attachment; filename="page-')
    assert response["X-Robots-Tag"] == "noindex"


def test_the_section_itself_is_cited_without_a_page(client, section, forum):
    response = client.get(f"{section.url}cite/ris/")

    assert read_ris(response.content.decode())["TI"] == section.title


@pytest.mark.parametrize(
    "path",
    ["0/", "-1/", "x/", "9" * 5000 + "/", "٣/", "{page}/x/", "{page}/%00/", "{page}/{block}/pdf/",
     "{page}/{block}/ris/ris/", "ris/{page}/", "{page}/" + "a" * 500 + "/", "{home}/", "{page}//ris/"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client, section, forum, home, path):
    path = path.format(page=forum.pk, block=block_id(forum), home=home.pk)

    assert client.get(f"{section.url}cite/{path}").status_code == 404


@pytest.mark.parametrize("query", ["?page=-1", "?page=%00&page[]=1", "?initiative=" + "x" * 10_000])
def test_a_query_string_changes_nothing(client, section, forum, query):
    assert client.get(f"{section.url}cite/{forum.pk}/{query}").status_code == 200


def test_a_private_page_is_not_cited_and_has_no_link_to_it(admin_client, section, forum):
    PageViewRestriction.objects.create(page=forum, restriction_type="login")

    assert admin_client.get(f"{section.url}cite/{forum.pk}/").status_code == 404
    assert admin_client.get(f"{section.url}cite/{forum.pk}/{block_id(forum)}/").status_code == 404
    assert "/cite/" not in admin_client.get(forum.url).content.decode()


def test_pages_and_entries_of_the_list_link_to_their_reference(client, section, forum):
    page = BeautifulSoup(client.get(forum.url).content, "html.parser")
    listed = BeautifulSoup(client.get(f"{section.url}initiatives/").content, "html.parser")

    links = [link["href"] for link in page.select(".hsec-page-links a")]
    assert links[0] == f"{section.url}cite/{forum.pk}/"
    (entry,) = listed.select(".hsec-filed__cite a")
    assert entry["href"] == f"{section.url}cite/{forum.pk}/{block_id(forum)}/"


def test_a_page_is_sent_and_a_problem_reported_by_mail(client, forum):
    page = BeautifulSoup(client.get(forum.url).content, "html.parser")

    _cite, share, report = (
        urlsplit(str(link["href"])) for link in page.select(".hsec-page-links a")
    )
    assert (share.scheme, share.path) == ("mailto", "")
    assert parse_qs(share.query)["body"] == [f"United Nations\r\n{forum.full_url}"]
    assert unquote(report.path) == "web@example.org"
    assert forum.full_url in parse_qs(report.query)["body"][0]


def test_the_reference_to_an_initiative_shows_the_words_of_its_source(client, section, forum):
    text = "Signed the\n treaty & 50% of {it}. Another."
    spans = {f"body.x.initiatives.{block_id(forum)}.text": [0, 33]}
    capture(forum, url="http://policy.example/un", captured="2003-01-02", text=text, spans=spans)

    shown = soup(client, f"{section.url}cite/{forum.pk}/{block_id(forum)}/")

    assert shown.blockquote.get_text(strip=True) == "Signed the treaty & 50% of {it}."
    assert "Copy of http://policy.example/un, captured 2 January 2003." in shown.textarea.get_text()


LINES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1).map(
    lambda text: " ".join(text.split())
)


@given(LINES, LINES, LINES)
def test_any_words_survive_each_format(title, container, author):
    cited = citation(title=title, container=container, author=author)

    ris, bibtex = read_ris(as_ris(cited)), read_bibtex(as_bibtex(cited))
    (item,) = items = json.loads(as_csl_json(cited))
    jsonschema.validate(items, CSL)

    assert ris["TI"] == bibtex["title"] == item.get("title", "") == title
    assert (
        (ris.get("T2", ""), ris.get("AU", ""))
        == (bibtex.get("howpublished", ""), bibtex.get("author", ""))
        == (item.get("container-title", ""), item.get("publisher", ""))
        == (container, author)
    )


def test_an_address_ends_no_field():
    cited = citation(url="https://policy.example/a}b\\c{d%20#x_y")

    assert read_bibtex(as_bibtex(cited))["url"] == "https://policy.example/a%7Db%5Cc%7Bd%20#x_y"


def test_a_reference_without_author_and_version_leaves_them_out():
    cited = citation(author="", version=None)

    assert in_words(cited, language="en") == (
        "“United Nations.” https://policy.example/un/ (accessed 1 January 2026)."
    )
    assert in_words(cited, language="fr-ca") == (
        "«\xa0United Nations\xa0». https://policy.example/un/ (consulté le 1er janvier 2026)."
    )
    assert set(read_ris(as_ris(cited))) == {"TY", "ID", "TI", "UR", "Y2", "LA", "ER"}
