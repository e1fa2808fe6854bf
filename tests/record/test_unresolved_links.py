"""The register of labels without a target, which the lists of the admin read."""

import pytest

from wagtail.models import PageViewRestriction

from hsec_wagtail.models import UnresolvedLink
from hsec_wagtail.record.keeping import find_untrue, rebuild
from tests import factories as make


@pytest.fixture(autouse=True)
def true_register(home):
    """Whatever a test does, the register is true at its end."""
    yield
    assert list(find_untrue()) == []


def labels():
    return list(UnresolvedLink.objects.order_by("page", "position").values_list("label", flat=True))


def test_labels_without_a_target_have_rows_in_the_order_of_the_body(section):
    body = [make.link("First"), make.link("On", url="https://example.org/"), make.link("Second")]
    page = make.policy_page(section, body=body)

    rows = UnresolvedLink.objects.values_list("label", "page", "section", "position", "block_id")
    assert list(rows.order_by("position")) == [
        ("First", page.pk, section.pk, 0, body[0]["id"]),
        ("Second", page.pk, section.pk, 1, body[2]["id"]),
    ]


def test_rows_go_with_the_target_the_page_and_its_publicity(section):
    page = make.policy_page(section, body=[make.link("First")])
    other = make.policy_page(section, title="Other", body=[make.link("Second")])
    private = make.policy_page(section, title="Private", body=[make.link("Third")])

    page.body = [("link", {"label": "First", "url": "https://example.org/"})]
    page.save_revision().publish()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert labels() == ["Second"]

    other.delete()
    assert labels() == []


def test_the_rows_are_made_afresh_but_not_counted_among_the_initiatives(section):
    make.policy_page(section, body=[make.link("First")])
    UnresolvedLink.objects.all().delete()

    assert (rebuild(), labels()) == (0, ["First"])
