"""Cells of CSV that spreadsheets do not take for formulas."""

from __future__ import annotations

import pytest

from hsec_wagtail.record.csv_lines import csv_lines, safe_cell


@pytest.mark.parametrize(
    "cell",
    [
        *(f"{sign}2+3" for sign in "=+-@＝＋－＠"),
        *(f"{blank}=2+3" for blank in ("\n", "\r\n", "\t", " ", "\u00a0", "\u3000", " \n\t")),
        *(f"{blank}words" for blank in "\t\r\n"),
    ],
    ids=ascii,
)
def test_what_may_be_a_formula_is_made_text(cell):
    assert safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", " ", "words", " words", "1+1=2", "a@example.org", "2004-04"])
def test_other_cells_stay_as_they_are(cell):
    assert safe_cell(cell) == cell


def test_each_cell_of_a_line_is_made_text():
    assert list(csv_lines([["＝2+3", "=2"], ["a", "b"]])) == ["'＝2+3,'=2\r\n", "a,b\r\n"]
