"""The reader of section documents: JSON and YAML, and what is neither."""

from __future__ import annotations

import json

import pytest

from hsec_wagtail.importer.errors import DocumentError, ReadError
from hsec_wagtail.importer.reading.readers import read
from tests.importer import samples

YAML = """\
# By hand.
format: hsec-section/1
page:
  type: section
  key: peace
  title: Peace
"""


def refusal(text: str, name: str = "page.json") -> str:
    with pytest.raises(DocumentError) as refused:
        read(text.encode(), name=name)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(json.dumps(samples.section()), "a.txt", id="json by its look"),
        pytest.param(YAML, "a.txt", id="yaml by its look"),
        pytest.param("---\n" + YAML, "standard input", id="yaml with its mark"),
        pytest.param(YAML, "a.yml", id="yaml by its name"),
        pytest.param("\ufeff" + YAML, "a.yaml", id="byte order mark"),
    ],
)
def test_a_document_is_told_from_a_capture(text, name):
    assert read(text.encode(), name=name).format == "fixture"


@pytest.mark.parametrize(
    "text", ["---\nPeace\n\nWords.", "{ Home | About }\nPeace", "-----\nformat\n-----\n"]
)
def test_a_capture_is_told_from_a_document(text):
    assert read(text.encode(), name="a.txt").format == "text"


def test_nodes_without_keys_get_keys():
    reading = read(
        YAML.replace("title: Peace", "title: Peace\n  body: [{type: paragraph, html: a}]").encode(),
        name="a.yaml",
    )

    assert reading.document.page.body[0].key == "paragraph-ca978112ca1b"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param('{"a": 1,}', "page.json: not JSON: ", id="not json"),
        pytest.param(
            '{"format": "hsec-section/1", "page": 1, "page": 2}',
            "page.json: cannot be read: the key 'page' stands twice in one object.",
            id="key twice",
        ),
        pytest.param(
            "[" * 100_000, "page.json: nested too deep to be a section document.", id="deep json"
        ),
        pytest.param('{"a": ' + "9" * 5000 + "}", "page.json: cannot be read: Exceeds the limit", id="digits"),
        pytest.param(
            '{"format": "hsec-section/1", "page": {"type": "section", "key": "k", "title": "\\ud800"}}',
            "page.json: cannot be read: half a character (a lone surrogate) at page.title.",
            id="half a character",
        ),
        pytest.param(
            "[1, 2]",
            'page.json: not a section document: expected an object with "format": "hsec-section/1", found list.',
            id="list",
        ),
    ],
)  # fmt: skip
def test_json_that_is_no_document_is_refused(text, message):
    assert refusal(text).startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("format: [", "page.yaml: not YAML: while parsing a flow node", id="not yaml"),
        pytest.param("a: &a [x]\nb: *a", "page.yaml: not YAML: aliases are not read", id="aliases"),
        pytest.param("page: 1\npage: 2", "page.yaml: not YAML: the key 'page' stands twice", id="key twice"),
        pytest.param("a: 2004-13-45", "page.yaml: cannot be read: month must be in 1..12", id="impossible day"),
        pytest.param("- " * 50_000, "page.yaml: nested too deep to be a section document.", id="deep yaml"),
        pytest.param("a: !!python/object:os.system x", "page.yaml: not YAML: could not determine", id="objects"),
        pytest.param(
            "Peace and security",
            'page.yaml: not a section document: expected an object with "format": "hsec-section/1", found str.',
            id="text",
        ),
    ],
)  # fmt: skip
def test_yaml_that_is_no_document_is_refused(text, message):
    assert refusal(text, "page.yaml").startswith(message)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param({"format": "pdf"}, "Unknown format 'pdf'; use one of: fixture, html, text.", id="format"),
        pytest.param(
            {"language": "English"},
            "'English' is not a language code; use one such as en, fr or pt-BR.",
            id="language",
        ),
        pytest.param(
            {"base_url": "javascript:x"},
            "'javascript:x' is not the address of a page; it begins with http or https.",
            id="address",
        ),
        pytest.param(
            {"language": "foo bar"},
            "'foo bar' is not a language code; use one such as en, fr or pt-BR.",
            id="language in two words",
        ),
        *(
            pytest.param(
                {"base_url": url},
                f"{url!r} is not the address of a page; use one such as https://www.example.org/page.",
                id=url,
            )
            for url in ("https://", "http:///page", "http://[", "https://a.example/a page", "http://a.example:x/")
        ),
    ],
)  # fmt: skip
def test_options_that_mean_nothing_are_refused(options, message):
    with pytest.raises(ReadError) as refused:
        read(b"Peace", name="page.txt", **options)

    assert str(refused.value) == message


def test_a_language_that_nobody_knows_and_an_address_are_taken():
    source = read(
        b"Peace", name="page.txt", language="xx", base_url="HTTPS://a.example/b?c#d"
    ).document

    assert source.language == "xx"
    assert source.source
    assert source.source.url == "HTTPS://a.example/b?c#d"


def test_a_name_too_long_to_be_kept_is_refused():
    with pytest.raises(ReadError, match=r"the name is longer than 255 characters; shorten it\.$"):
        read(b"Peace", name="a" * 256)
