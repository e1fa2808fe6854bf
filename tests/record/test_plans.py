"""How the databases find what lists ask for: by indexes, at any size."""

from random import Random

import pytest

from django.db import connection
from django.http import QueryDict

from hsec_wagtail.models.register import Initiative, InitiativeTopic, InitiativeYear
from hsec_wagtail.record.filters import Filter
from hsec_wagtail.record.initiatives import InitiativeList
from tests import factories as make

pytestmark = pytest.mark.except_mysql("ANALYZE commits what a test wrote")

SECTIONS, ROWS = 10, 200
TABLES = [one._meta.db_table for one in (Initiative, InitiativeTopic, InitiativeYear)]


@pytest.fixture
def record(home):
    """Return one of ten sections with 200 initiatives each, about which the database knows."""
    chance = Random(1)  # noqa: S311 - the same each time
    sections = [make.section_page(home, title=f"Section {n}") for n in range(SECTIONS)]
    for section in sections:
        forums = [make.forum_page(section, title=f"Forum {n}") for n in range(4)]
        topic = make.topic_page(section)
        rows = Initiative.objects.bulk_create(
            Initiative(
                page=forums[n % 4],
                forum=forums[n % 4],
                section=section,
                position=n,
                language="en",
                html="<p>Mines were cleared.</p>",
                text="Mines were cleared. " * 10,
                status="active",
                newest=chance.randrange(700_000, 730_000),
            )
            for n in range(ROWS)
        )
        parts = [{"initiative": row, "section": section} for row in rows]
        InitiativeYear.objects.bulk_create(InitiativeYear(year=2001, **one) for one in parts)
        InitiativeTopic.objects.bulk_create(InitiativeTopic(topic=topic, **one) for one in parts)
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ANALYZE {table}")
    return sections[3]


def plan(query):
    """Return how the database answers ``query``, in its own words, a step a line."""
    return query.explain()


def whole_tables(text):
    """Return the steps of a plan that read the whole of a table of ours."""
    signs = {
        "sqlite": ("SCAN ",),
        "postgresql": ("Seq Scan",),
    }[connection.vendor]
    return [one for one in text.splitlines() if any(sign in f" {one} " for sign in signs)]


QUERIES = {
    "list": lambda found: found.rows[:50],
    "deep": lambda found: found.rows.values_list("pk")[150:200],
    "one forum": lambda found: InitiativeList(found._section, QueryDict("forum=forum-1")).rows[:50],
    "years": lambda found: found._parts(InitiativeYear, Filter()).values_list("year"),
    "topics": lambda found: found._parts(InitiativeTopic, Filter()).values_list("topic"),
}


@pytest.mark.parametrize("name", QUERIES)
def test_no_list_reads_the_whole_register(record, name):
    found = InitiativeList(record, QueryDict())

    text = plan(QUERIES[name](found))

    assert whole_tables(text) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="each database says it in other words")
@pytest.mark.parametrize("name", ["list", "deep"])
def test_the_default_list_is_not_sorted(record, name):
    text = plan(QUERIES[name](InitiativeList(record, QueryDict())))

    assert "hsec_initiative_newest" in text
    assert "TEMP B-TREE" not in text
