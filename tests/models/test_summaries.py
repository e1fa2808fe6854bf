"""What a page is about, in a line."""

import pytest

from hsec_wagtail.models.summaries import add_texts, summary_of
from hsec_wagtail.page_models import base_page_model
from tests import factories as make

LONG = "<p>" + "The harbour of Avalonia is old. " * 20 + "</p>"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param(
            {"search_description": "In short.", "lead": "<p>Lead.</p>"},
            "In short.",
            id="description",
        ),
        pytest.param(
            {"lead": "<p>A <b>lead</b>.</p>", "body": [make.paragraph()]}, "A lead.", id="lead"
        ),
        pytest.param(
            {"body": [make.heading("Origin"), make.paragraph("<p>It began at sea.</p>")]},
            "It began at sea.",
            id="first paragraph",
        ),
        pytest.param(
            {"body": [make.notice("<p>A notice.</p>"), make.paragraph("<p>It began at sea.</p>")]},
            "It began at sea.",
            id="paragraph before other blocks",
        ),
        pytest.param(
            {
                "body": [
                    make.initiatives(make.initiative("<p>Did.</p>"), intro="<p>What was done:</p>")
                ]
            },
            "What was done:",
            id="no paragraph",
        ),
        pytest.param({}, "", id="nothing"),
    ],
)
def test_a_page_is_about_its_first_text(section, fields, expected):
    assert summary_of(make.forum_page(section, **fields)) == expected


def test_the_beginning_of_a_body_ends_with_a_word(section):
    summary = summary_of(make.forum_page(section, body=[make.paragraph(LONG)]))

    assert len(summary) <= 200
    assert summary.endswith(("is …", "old. …", "Avalonia …", "of …", "The …", "harbour …"))


def test_pages_without_the_fields_of_their_type_get_them_in_a_query_a_type(
    section, django_assert_num_queries
):
    for number in range(3):
        make.topic_page(section, title=f"Topic {number}", body=[make.paragraph()])
        make.policy_page(section, title=f"Policy {number}", lead="<p>Lead.</p>")
        make.policy_page(section, title=f"Other {number}", search_description="In short.")
    pages = list(base_page_model().objects.child_of(section).order_by("path"))

    with django_assert_num_queries(2):
        add_texts(pages)

    assert [summary_of(page) for page in pages] == ["Text.", "Lead.", "In short."] * 3
