"""Phrases of pages about themselves, and content that holds the same words."""

from __future__ import annotations

import pytest

from hsec_wagtail.importer.reading.readers.marks import Zone
from hsec_wagtail.importer.reading.readers.phrases import chrome_reason


@pytest.mark.parametrize(
    "line",
    [
        "© 2004 Ministry of Lakes",
        "Ministry of Lakes © Crown of Ostmark",
        "Copyright 2004",
        "Copyright (c) Ministry of Lakes",
        "Copyright",
        "All rights reserved",
    ],
)
def test_a_copyright_line_is_footer(line):
    assert chrome_reason(line) is Zone.FOOTER


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("rÃ©union du comitÃ© des lacs", id="the sign inside a word"),
        pytest.param("Copyright and trade in Ostmark", id="a subject"),
        pytest.param("(c) the protection of fishermen", id="a typed enumerator"),
    ],
)
def test_a_line_that_only_looks_like_copyright_is_content(line):
    assert chrome_reason(line) is None
