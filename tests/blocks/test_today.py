from datetime import date
from pathlib import Path

import pytest

import hsec_wagtail
from hsec_wagtail.blocks import FundingBlock, NoticeBlock
from hsec_wagtail.blocks.today import today


@pytest.mark.parametrize("uses_time_zones", [True, False])
def test_there_is_a_day_with_and_without_time_zones(settings, uses_time_zones):
    settings.USE_TZ = uses_time_zones

    assert isinstance(today(), date)


@pytest.mark.parametrize("block", [FundingBlock, NoticeBlock])
def test_blocks_with_days_are_shown_without_time_zones(settings, block):
    settings.USE_TZ = False

    assert block().render(block().get_preview_value())


def test_nothing_else_asks_for_the_day():
    package = Path(hsec_wagtail.__file__).parent
    asking = [
        path.name
        for path in package.rglob("*.py")
        if any(word in path.read_text(encoding="utf-8") for word in ("localdate(", "date.today("))
    ]

    assert asking == ["today.py"]
