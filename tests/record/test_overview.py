"""The record of a section at a glance, on a page that leads to it."""

from __future__ import annotations

from bs4 import BeautifulSoup

from django.template import Context, Template

from tests import factories as make

TWO_OVERVIEWS = """{% load hsec_record %}
{% for section in sections %}
    {% hsec_overview section size=1 as overview %}
    {% include "hsec_wagtail/includes/overview.html" %}
{% endfor %}
"""


def test_overviews_of_two_sections_repeat_no_id_and_no_name_of_a_landmark(home, rf):
    sections = [make.section_page(home, title=title) for title in ("Oceans", "Mountains")]
    for section in sections:
        entries = [make.initiative(f"<p>Of {year}.</p>", dates=[year]) for year in ("1999", "2004")]
        make.forum_page(section, body=[make.initiatives(*entries)])
    context = Context({"sections": sections, "request": rf.get("/")})

    soup = BeautifulSoup(Template(TWO_OVERVIEWS).render(context), "html.parser")

    assert len(soup.select(".hsec-overview h3")) == 4
    ids = [element["id"] for element in soup.select("[id]")]
    assert sorted(ids) == sorted(set(ids))
    assert [nav["aria-label"] for nav in soup.select("nav")] == [
        "Record of Oceans",
        "Record of Mountains",
    ]
