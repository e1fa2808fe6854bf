import pytest

from django.core.exceptions import ValidationError

from wagtail.blocks import CharBlock

from hsec_wagtail.models import ForumPage
from hsec_wagtail.models.fields import BodyField, validate_edtf

RAW = [{"type": "paragraph", "value": "<p>Text.</p>", "id": "b1"}]


def test_blocks_are_kept_out_of_migrations():
    field = BodyField([("title", CharBlock())], blank=True)

    _name, path, args, kwargs = field.deconstruct()

    assert (path, args, kwargs) == ("hsec_wagtail.models.fields.BodyField", [], {"blank": True})


@pytest.mark.parametrize(
    "stored", [RAW, '[{"type": "paragraph", "value": "<p>Text.</p>", "id": "b1"}]']
)
def test_a_migration_writes_back_what_it_read(stored):
    field = BodyField(blank=True)

    assert field.get_prep_value(field.to_python(stored)) == RAW


@pytest.mark.parametrize("empty", [None, "", []])
def test_an_empty_body_stays_empty_in_a_migration(empty):
    field = BodyField(blank=True)

    assert list(field.to_python(empty).raw_data) == []


def test_the_blocks_of_a_page_are_known():
    names = ForumPage._meta.get_field("body").stream_block.child_blocks

    assert {"paragraph", "initiatives", "members", "link"} <= set(names)


@pytest.mark.parametrize("value", ["2004", "2004-04", "1999/2000", "1990/.."])
def test_edtf_is_a_date(value):
    validate_edtf(value)


def test_other_text_is_no_date():
    with pytest.raises(ValidationError, match="not an EDTF date"):
        validate_edtf("next spring")
