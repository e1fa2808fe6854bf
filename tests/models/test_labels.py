"""The names editors know for places in a page."""

import pytest

from django.utils import translation

from hsec_wagtail.models.labels import place_label

INITIATIVE = (("body", 0), ("initiatives", 2), ("initiatives", 0), ("item", 3))


@pytest.mark.parametrize(
    ("steps", "label"),
    [
        pytest.param([("short_name", 0)], "Short name", id="field"),
        pytest.param([("body", 0), ("quote", 2)], "Body, Quotation 2", id="block"),
        pytest.param(
            [*INITIATIVE, ("text", 0)], "Body, Initiatives 2, Initiative 3, Text", id="part"
        ),
        pytest.param(
            [*INITIATIVE, ("topics", 0), ("item", 1)],
            "Body, Initiatives 2, Initiative 3, Topics, Item 1",
            id="item without a name",
        ),
        pytest.param([("links", 0), ("link", 1)], "Links, Link 1", id="quick link"),
        pytest.param(
            [("body", 0), ("map_of_ports", 1), ("legend", 0)],
            "Body, map of ports 1, legend",
            id="block that a site no longer has",
        ),
        pytest.param([("audience", 0)], "audience", id="field that a site no longer has"),
    ],
)
def test_a_place_is_named_as_in_the_editor(steps, label):
    assert place_label(steps) == label


def test_a_place_is_named_in_the_language_of_its_reader():
    with translation.override("fr"):
        assert (
            place_label([*INITIATIVE, ("text", 0)]) == "Corps, Initiatives 2, Initiative 3, Texte"
        )
