import re
from pathlib import Path

import pytest

from wagtail.admin.userbar import ContentCheckerItem

from hsec_wagtail.admin import content_checks
from hsec_wagtail.admin.content_checks import add_content_checks, extended
from tests import factories as make

OURS = ["hsec-link-text", "hsec-french-spacing", "hsec-french-spacing-canada"]
SCRIPT = Path(content_checks.__file__).parents[1] / "static/hsec_wagtail/js/content-checks.js"


def configured(rf, page, item=None):
    items = [item or ContentCheckerItem()]
    add_content_checks(rf.get("/"), items, page)
    return items[0].get_axe_configuration(rf.get("/"))


def test_our_rules_run_beside_those_of_wagtail(rf, section):
    before = ContentCheckerItem().get_axe_configuration(None)
    after = configured(rf, section)

    assert after["options"]["runOnly"] == [*before["options"]["runOnly"], *OURS]
    assert [rule["id"] for rule in after["spec"]["rules"]][-3:] == OURS
    assert after["messages"].keys() == {*before["messages"], *OURS}
    assert ContentCheckerItem().get_axe_configuration(None) == before


def test_pages_of_the_site_itself_are_left_alone(rf, home):
    assert configured(rf, home) == ContentCheckerItem().get_axe_configuration(None)


def test_the_site_s_own_item_stays_with_its_settings(rf, section):
    class OwnItem(ContentCheckerItem):
        axe_run_only = ["wcag2a", "best-practice"]
        axe_rules = {"hsec-link-text": {"enabled": False}}
        axe_messages = {"hsec-link-text": {"error_name": "Ours", "help_text": "Say more"}}

    own = configured(rf, section, OwnItem())

    assert own["options"]["runOnly"] == ["wcag2a", "best-practice", "hsec"]
    assert own["options"]["rules"] == {"hsec-link-text": {"enabled": False}}
    assert own["messages"]["hsec-link-text"]["error_name"] == "Ours"


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        pytest.param(
            {"type": "tag", "values": ["wcag2a"]},
            {"type": "tag", "values": ["wcag2a", "hsec"]},
            id="tags",
        ),
        pytest.param(
            {"type": "rule", "values": ["link-name"]},
            {"type": "rule", "values": ["link-name", *OURS]},
            id="rules",
        ),
    ],
)
def test_a_choice_of_rules_or_tags_gets_ours(chosen, expected):
    configuration = {
        "options": {"runOnly": chosen},
        "messages": {},
        "spec": {"rules": [], "checks": []},
    }

    assert extended(configuration)["options"]["runOnly"] == expected


def test_where_all_rules_run_nothing_is_chosen(rf, section):
    class OwnItem(ContentCheckerItem):
        axe_run_only = None

    assert "runOnly" not in configured(rf, section, OwnItem())["options"]


def test_every_rule_has_a_message_and_a_check_in_the_script():
    checks = {name for rule in content_checks.RULES for name in rule["any"]}

    assert set(content_checks.MESSAGES) == {rule["id"] for rule in content_checks.RULES}
    assert {check["id"] for check in content_checks.CHECKS} == checks
    assert set(re.findall(r"registerCheck\('([\w-]+)'", SCRIPT.read_text())) == checks


def test_groups_of_quick_links_are_checked_too(rf, section):
    group = make.quick_links(page=section)

    assert set(OURS) <= set(configured(rf, group)["options"]["runOnly"])
