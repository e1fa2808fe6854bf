"""Bytes of saved pages: what they are decoded as, and what is said where a page declares what is not so."""

import codecs

import pytest

from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.readers.html.encoding import Decoded, decode_page

FRENCH = "<p>« L’été à Saint-Cœur » – 3 000 €</p>"


def declared(charset: str) -> str:
    return f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">{FRENCH}'


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        pytest.param(declared("utf-8"), "utf-8", "utf-8", id="utf-8"),
        pytest.param(declared("windows-1252"), "cp1252", "windows-1252", id="windows-1252"),
        pytest.param(declared("iso-8859-1"), "cp1252", "windows-1252", id="latin-1 means windows"),
        pytest.param(
            '<?xml version="1.0" encoding="windows-1252"?>' + FRENCH,
            "cp1252",
            "windows-1252",
            id="xml",
        ),
    ],
)
def test_what_a_page_declares_is_believed_where_it_is_true(text, codec, encoding):
    decoded = decode_page(text.encode(codec))

    assert decoded == Decoded(text, encoding)


@pytest.mark.parametrize(
    ("charset", "codec", "encoding"),
    [
        pytest.param("utf-8", "cp1252", "windows-1252", id="says utf-8, is windows"),
        pytest.param("iso-8859-1", "utf-8", "utf-8", id="says latin-1, is utf-8"),
        pytest.param("x-unheard-of", "utf-8", "utf-8", id="says what nobody knows"),
    ],
)
def test_an_untrue_declaration_is_told(charset, codec, encoding):
    decoded = decode_page(declared(charset).encode(codec))

    assert decoded == Decoded(
        declared(charset),
        encoding,
        (Message("encoding-untrue", declared=charset, encoding=encoding),),
    )


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        pytest.param(codecs.BOM_UTF8, "utf-8", id="utf-8"),
        pytest.param(codecs.BOM_UTF16_LE, "utf-16-le", id="utf-16, little end first"),
        pytest.param(codecs.BOM_UTF16_BE, "utf-16-be", id="utf-16, big end first"),
        pytest.param(b"", "utf-16-le", id="utf-16 without a mark"),
    ],
)
def test_the_bytes_go_before_what_is_declared(mark, codec):
    text = "<html>" + declared("iso-8859-1")

    assert decode_page(mark + text.encode(codec)).text == text


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        pytest.param(
            "<p>Déjà vu à l’orée du bois – naïveté", "cp1252", "windows-1252", id="windows"
        ),
        pytest.param("<p>Déjà vu à l’orée du bois – naïveté", "mac-roman", "mac-roman", id="mac"),
        pytest.param("<p>Déjà vu à la lisière du bois, naïveté", "cp850", "cp850", id="dos"),
        pytest.param("<p>Мир и безопасность людей", "cp1251", "cp1251", id="cyrillic, windows"),
        pytest.param("<p>Мир и безопасность людей", "koi8-r", "koi8-r", id="cyrillic, koi"),
    ],
)
def test_what_declares_nothing_is_read_by_its_letters(text, codec, encoding):
    assert decode_page(text.encode(codec)) == Decoded(
        text, encoding, (Message("encoding-not-declared", encoding=encoding),)
    )


def test_bytes_without_a_character_are_no_obstacle():
    assert decode_page(b"<p>caf\xe9 \x81 \x80").text == "<p>café \x81 €"


def test_plain_ascii_needs_no_declaration():
    assert decode_page(b"<p>Plain words") == Decoded("<p>Plain words", "utf-8")
