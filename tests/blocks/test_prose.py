import copy
import pickle

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from wagtail.models import Page
from wagtail.rich_text import RichText, expand_db_html

from hsec_wagtail.blocks import ProseBlock
from hsec_wagtail.blocks.prose import InlineProseBlock, one_batch, prose_html
from tests.blocks.faults import draft_faults, publish_faults


@pytest.fixture
def links(home):
    pages = [home.add_child(instance=Page(title=f"P{n}", slug=f"p{n}")) for n in range(30)]
    return [f'<p><a linktype="page" id="{page.pk}">x</a></p>' for page in pages]


def test_showing_the_first_value_resolves_the_links_of_all(links, django_assert_num_queries):
    values = ProseBlock().bulk_to_python(links)
    str(values[0])

    with django_assert_num_queries(0):
        html = [value.html for value in values]

    assert html == [expand_db_html(link) for link in links]


def test_reading_values_costs_nothing_before_they_are_shown(links, django_assert_num_queries):
    with django_assert_num_queries(0):
        ProseBlock().bulk_to_python(links)


def test_queries_do_not_grow_with_the_values(links):
    str(ProseBlock().bulk_to_python(links)[0])  # fills the cache of sites
    counts = []
    for number in (3, 30):
        values = ProseBlock().bulk_to_python(links[:number])
        with CaptureQueriesContext(connection) as queries:
            "".join(str(value) for value in values)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 3


def test_blocks_read_in_one_batch_resolve_their_links_together(links, django_assert_num_queries):
    with one_batch():
        (first,) = ProseBlock().bulk_to_python(links[:1])
        (second,) = InlineProseBlock().bulk_to_python(links[1:2])
    str(first)

    with django_assert_num_queries(0):
        str(second)


def test_value_is_shown_as_wagtail_shows_rich_text(links):
    (value,) = ProseBlock().bulk_to_python(links[:1])

    assert str(value) == str(RichText(links[0]))


def test_links_follow_the_active_language(home, french, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    page = home.add_child(instance=Page(title="Treaties", slug="treaties"))
    translated = page.copy_for_translation(french, copy_parents=True)
    translated.slug, translated.live = "traites", True
    translated.save()
    (value,) = ProseBlock().bulk_to_python([f'<a linktype="page" id="{page.pk}">x</a>'])
    english = str(value)

    with translation.override("fr"):
        french_html = str(value)

    assert "/treaties/" in english
    assert "/traites/" in french_html


@pytest.mark.parametrize(
    "again",
    [copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))],  # noqa: S301 - our own
    ids=["copy", "pickle"],
)
def test_copy_is_plain_rich_text(again):
    value, _other = ProseBlock().bulk_to_python(["<p>a</p>", "<p>b</p>"])

    copied = again(value)

    assert type(copied) is RichText
    assert copied == value


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param('<p data-block-key="x"></p>', "", id="an empty paragraph"),
        pytest.param("<p>&nbsp; </p>", "", id="blanks"),
        pytest.param("<p>word</p>", "<p>word</p>", id="a word"),
    ],
)
def test_html_is_empty_where_nothing_is_shown(source, expected):
    assert prose_html(RichText(source)) == expected


def test_html_of_no_value_is_empty():
    assert prose_html(None) == ""


def test_required_text_of_an_empty_paragraph_is_refused_when_published():
    assert publish_faults(ProseBlock(), "<p></p>") == ["This field is required."]
    assert draft_faults(ProseBlock(), "<p></p>") == {}
