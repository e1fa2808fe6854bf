"""The report as the console shows it."""

from __future__ import annotations

from dataclasses import replace

from django.utils import translation

from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.runs.report import Report, SourceReport

LOCKED = Message("locked")
SOURCE = SourceReport(
    name="page.html",
    format="html",
    profile="",
    language="en",
    sha256="",
    ledger={
        "words": 3,
        "content": 2,
        "chrome": [],
        "unclaimed": [{"span": [4, 9], "text": "peace"}],
    },
    warnings=(Message("Unclear."),),
    dates=({"page": "top", "text": "June 2000", "edtf": "2000-06", "label": ""},),
    unresolved=("top: Treaties",),
    dead_links=("top: http://old.example.org/gone.html",),
)


def test_of_a_few_sources_each_is_shown():
    report = Report(sources=(SOURCE,), items=(), parent="Home (2)")

    assert list(report.lines()) == [
        "page.html: html, en, general rules: 3 words, 2 content, 0 left out with a reason,"
        " 1 stretch unclaimed.",
        "    UNCLAIMED at 4: 'peace'",
        "    date: June 2000 = 2000-06",
        "    link without a target: top: Treaties",
        "    leads to no page of this import: top: http://old.example.org/gone.html",
        "    ! Unclear.",
        "Below Home (2): nothing to do. Nothing was written.",
    ]


def test_of_many_sources_only_the_sums_are_shown_and_what_would_be_lost():
    whole = replace(SOURCE, ledger={"words": 3, "content": 3, "chrome": [], "unclaimed": []})
    report = Report(sources=(SOURCE, *[whole] * 20), items=(), parent="Home (2)")

    assert list(report.lines())[:-1] == [
        "page.html: UNCLAIMED at 4: 'peace'",
        "21 sources: 63 words, 62 content. What was made of each is in the report:"
        " --report FILE.html, or --report FILE.json.",
    ]


def test_the_report_is_in_the_language_of_its_reader():
    report = Report(sources=(SOURCE,), items=(), parent="Accueil (2)", warnings=(LOCKED,))

    with translation.override("fr"):
        lines = [line.replace("\u00a0", " ") for line in report.lines()]

    assert lines == [
        "page.html : html, en, règles générales : 3 mots, dont 2 de contenu, 0 laissés de côté pour une raison"
        " donnée, 1 passage non repris.",
        "    NON REPRIS à 4: 'peace'",
        "    date : June 2000 = 2000-06",
        "    lien sans cible : top: Treaties",
        "    ne mène à aucune page de cette importation : top: http://old.example.org/gone.html",
        "    ! Unclear.",
        "! L’élément est verrouillé.",
        "Sous Accueil (2) : rien à faire. Rien n’a été écrit.",
    ]


def test_the_report_is_printed_in_words_and_kept_with_codes():
    report = Report(sources=(), items=(), warnings=(LOCKED,))

    assert report.as_json()["warnings"] == ["It is locked."]
    assert report.as_stored()["warnings"] == [{"code": "locked", "values": {}}]
