from datetime import timedelta

import pytest

from django.utils import timezone

from hsec_wagtail.blocks import FundingBlock
from tests.blocks.faults import draft_faults, publish_faults


def call(opens=None, closes=None, **raw):
    today = timezone.localdate()
    days = {
        name: (today + timedelta(days=offset)).isoformat()
        for name, offset in (("opens", opens), ("closes", closes))
        if offset is not None
    }
    return FundingBlock().to_python({"title": "Grants", **days, **raw})


@pytest.mark.parametrize(
    ("opens", "closes", "state"),
    [
        pytest.param(None, None, "", id="no days"),
        pytest.param(1, None, "upcoming", id="tomorrow"),
        pytest.param(0, 0, "open", id="today only"),
        pytest.param(-1, None, "open", id="no end"),
        pytest.param(None, 0, "open", id="last day"),
        pytest.param(-9, -1, "closed", id="over"),
    ],
)
def test_call_opens_and_closes_by_itself(opens, closes, state):
    value = call(opens, closes)

    assert value.state == state
    assert FundingBlock().get_api_representation(value)["state"] == state


def test_state_and_days_are_said():
    html = FundingBlock().render(call(-9, -1), {})

    assert ">Closed</p>" in html
    assert html.count("<time datetime=") == 2


def test_headings_follow_the_level_of_the_page():
    html = FundingBlock().render(call(how_to_apply="<p>Write.</p>"), {"hsec_heading_level": 3})

    assert "<h3" in html
    assert "<h4" in html
    assert "<h2" not in html


def test_unsafe_url_is_never_a_link():
    assert "href" not in FundingBlock().render(call(url="javascript:alert(1)"), {})


def test_end_before_start_is_a_fault_of_both():
    raw = {"title": "x", "opens": "2031-02-01", "closes": "2031-01-01"}

    assert publish_faults(FundingBlock(), raw) == {
        "opens": ["The end is before the start. Correct one of the two dates."],
        "closes": ["The end is before the start. Correct one of the two dates."],
    }
    assert draft_faults(FundingBlock(), raw) == {}


def test_title_is_needed_to_publish():
    assert publish_faults(FundingBlock(), {}) == {"title": ["This field is required."]}
    assert draft_faults(FundingBlock(), {}) == {}
