"""Sources: which bytes are text, and where its words stand."""

import codecs

import pytest

from hsec_wagtail.importer.errors import SourceError
from hsec_wagtail.importer.reading.source import decode


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param("Été".encode(), "Été", id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + "Été".encode(), "Été", id="utf-8 with mark"),
        pytest.param("Été".encode("utf-16"), "Été", id="utf-16"),
        pytest.param(codecs.BOM_UTF16_BE + "Été".encode("utf-16-be"), "Été", id="utf-16 big-endian"),
        pytest.param("Été".encode("utf-32"), "Été", id="utf-32"),
        pytest.param(b"a\r\n\x0cb", "a\r\n\x0cb", id="white space stays"),
    ],
)  # fmt: skip
def test_text_is_decoded(data, text):
    assert decode(data, name="page.txt").text == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "page.txt: there is nothing in it. Save it again, or leave it out.", id="empty"),
        pytest.param(" \r\n\u00a0\ufeff".encode(), "page.txt: there is nothing in it. Save it again, or leave it out.", id="blank"),
        pytest.param(
            b"%PDF-1.4", "page.txt: this is a PDF file, not text. Save its text and import that.", id="pdf"
        ),
        pytest.param(
            b"PK\x03\x04\x00",
            "page.txt: this is a ZIP archive or an Office document, not text. Save its text and import that.",
            id="zip",
        ),
        pytest.param(
            b"abc\x01def",
            "page.txt: not text: control byte 0x01 at byte 3. Save the page as plain text.",
            id="binary",
        ),
        pytest.param(
            "Peace".encode("utf-16-le"),
            "page.txt: not text: control byte 0x00 at byte 1."
            " If it is UTF-16, save it with a byte order mark, or as UTF-8.",
            id="utf-16 without mark",
        ),
        pytest.param(
            b"one\nt\xe9",
            "page.txt: not UTF-8 at byte 5 (0xE9, line 2)."
            " Convert it first, for example: iconv -f WINDOWS-1252 -t UTF-8",
            id="windows-1252",
        ),
        pytest.param(
            codecs.BOM_UTF16_LE + b"a",
            "page.txt: begins as utf-16-le and is not at byte 0. Save it as UTF-8.",
            id="broken utf-16",
        ),
        pytest.param(
            codecs.BOM_UTF16_LE + "ab\0".encode("utf-16-le"),
            "page.txt: not text: control character U+0000 at character 2. Save the page as plain text.",
            id="control in utf-16",
        ),
        pytest.param(
            b"a" * 101,
            "page.txt: more than 100 bytes, the largest source that is read."
            " Split the source, or raise HSEC_MAX_SOURCE_BYTES.",
            id="too large",
        ),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused_with_the_remedy(data, message):
    with pytest.raises(SourceError) as refused:
        decode(data, name="page.txt", max_bytes=100)

    assert str(refused.value) == message


def test_words_know_where_they_stand():
    source = decode(b"Peace,\n (at last)", name="page.txt")

    assert [(word.start, word.end, word.text) for word in source.words] == [
        (0, 5, "Peace"),
        (9, 11, "at"),
        (12, 16, "last"),
    ]


@pytest.mark.parametrize(("offset", "line"), [(0, 1), (2, 1), (3, 2), (4, 3), (6, 3)])
def test_an_offset_knows_its_line(offset, line):
    assert decode(b"ab\n\ncd\n", name="page.txt").line_of(offset) == line
