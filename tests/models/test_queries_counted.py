"""Costs that are promised: the number of queries does not grow with what a page shows."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories as make

#: What a page may cost at most; the packages of a site add their own.
LIMIT = 28


def add_forums(section, topics, numbers):
    """Add forums whose bodies hold links, choosers and topics."""
    for number in numbers:
        topic = topics[number % len(topics)]
        make.forum_page(
            section,
            title=f"Forum {number}",
            lead=f"<p>Lead {make.page_link(topic)} and {make.external_link()}.</p>",
            body=[
                make.paragraph(f"<p>See {make.page_link(section)}.</p>"),
                make.heading(f"Heading {number}", anchor=f"heading-{number}"),
                make.initiatives(
                    make.initiative(
                        f"<p>Did {make.page_link(topic)} in April 2004.</p>",
                        dates=[("2004-04", "signed", "April 2004")],
                        topics=[topic],
                    ),
                    make.initiative("<p>Did more.</p>", dates=["2001"], topics=[topic, topics[0]]),
                    intro="<p>What was done:</p>",
                ),
                make.members("Canada", "Norway"),
                make.link("Onward", page=topic),
                make.notice(f"<p>Note {make.page_link(topic)}.</p>"),
            ],
        )


def count_queries(client, url):
    # Once before, for what is kept for all requests: content types, sites, templates.
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return len(captured)


def test_pages_cost_the_same_with_six_and_with_sixty_forums(client, home, french):
    section = make.section_page(home, lead=f"<p>Lead with {make.page_link(home)}.</p>")
    cards = make.section_page(home, title="Cards", layout="cards")
    topics = [make.topic_page(section, title=f"Topic {number}") for number in range(3)]
    links = [make.quick_link("Topic", page=topic) for topic in topics]
    make.quick_links(page=section, links=links)
    make.quick_links(page=cards, links=links)
    urls = [section.url, cards.url, topics[0].url, f"{section.url}?q=lead"]
    counts = []

    for numbers in (range(6), range(6, 60)):
        add_forums(section, topics, numbers)
        for number in numbers:
            make.forum_page(cards, title=f"Card {number}", lead=f"<p>{make.page_link(section)}</p>")
        counts.append({url: count_queries(client, url) for url in urls})

    assert counts[0] == counts[1]
    assert max(counts[1].values()) <= LIMIT, counts[1]
