from datetime import timedelta
from types import SimpleNamespace

import pytest

from django.utils import timezone

from hsec_wagtail.blocks import NoticeBlock
from tests.blocks.faults import draft_faults, publish_faults


def day(offset):
    return (timezone.localdate() + timedelta(days=offset)).isoformat()


def show(raw, **context):
    block = NoticeBlock()
    return block.render(block.to_python({"text": "<p>Word</p>", **raw}), context)


@pytest.mark.parametrize(
    ("starts", "ends", "is_shown"),
    [
        pytest.param(None, None, True, id="always"),
        pytest.param(-9, None, True, id="begun"),
        pytest.param(0, 0, True, id="today"),
        pytest.param(1, None, False, id="tomorrow"),
        pytest.param(None, -1, False, id="over"),
        pytest.param(-9, 9, True, id="between"),
    ],
)
def test_notice_is_shown_in_its_time(starts, ends, is_shown):
    raw = {
        "starts": None if starts is None else day(starts),
        "ends": None if ends is None else day(ends),
    }

    assert ("Word" in show(raw)) is is_shown


def test_editor_sees_a_notice_whose_time_has_not_come():
    preview = SimpleNamespace(is_preview=True)

    assert "Word" in show({"starts": day(9)}, request=preview)


@pytest.mark.parametrize(
    ("kind", "is_said"),
    [
        ("announced", False),
        ("information", False),
        ("warning", True),
        ("historical", True),
        ("correction", True),
    ],
)
def test_kind_is_said_where_the_text_may_not_say_it(kind, is_said):
    html = show({"kind": kind})

    assert f"hsec-notice--{kind}" in html
    assert 'role="note"' in html
    assert ("hsec-notice__kind" in html) is is_said


def test_end_before_start_is_a_fault_of_both():
    raw = {"text": "<p>x</p>", "starts": "2031-02-01", "ends": "2031-01-01"}

    assert publish_faults(NoticeBlock(), raw) == {
        "starts": ["The end is before the start. Correct one of the two dates."],
        "ends": ["The end is before the start. Correct one of the two dates."],
    }
    assert draft_faults(NoticeBlock(), raw) == {}


def test_notice_that_runs_already_may_be_edited():
    assert publish_faults(NoticeBlock(), {"text": "<p>x</p>", "starts": "1999-01-01"}) == {}


def test_text_is_needed_to_publish():
    assert publish_faults(NoticeBlock(), {"text": ""}) == {"text": ["This field is required."]}
    assert draft_faults(NoticeBlock(), {"text": ""}) == {}
