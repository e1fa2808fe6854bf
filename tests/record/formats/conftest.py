from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests import factories as make

#: Published here, and changed for readers, by slug.
FIRST = {"un": datetime(2026, 1, 5, 9, 30, tzinfo=UTC), "oas": datetime(2026, 3, 2, tzinfo=UTC)}


@pytest.fixture
def record(section):
    """Return a section with two forums, two topics, and initiatives with dates of every precision."""
    arms = make.topic_page(section, title="Small arms", slug="arms")
    children = make.topic_page(section, title="Children; youth", slug="children")
    un = [
        make.initiative(
            "<p>Signed the treaty, and said so.</p>",
            dates=[("1999-06-30", "signed", ""), "2000"],
            topics=[arms, children],
        ),
        make.initiative("<p>Ratified the treaty.</p>", dates=["2004-02"], topics=[arms]),
        make.initiative("<p>=1+1 is what it said.</p>", dates=["199X"]),
    ]
    oas = [
        make.initiative("<p>Chaired the <b>committee</b>.</p>", dates=["2003-12-30/2004-01-02"]),
        make.initiative("<p>Takes part since.</p>", dates=["1990/.."], topics=[children]),
        make.initiative("<p>Undated.</p>"),
    ]
    make.forum_page(
        section,
        title="United Nations",
        slug="un",
        body=[make.initiatives(*un)],
        first_published_at=FIRST["un"],
    )
    make.forum_page(
        section,
        title="OAS",
        slug="oas",
        status="ended",
        body=[make.initiatives(*oas)],
        first_published_at=FIRST["oas"],
    )
    return section
