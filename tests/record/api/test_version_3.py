"""Wagtail 8's own version 3 of the API is given our fields of pages."""

import pytest

from wagtail import VERSION

from tests import factories as make

pytestmark = pytest.mark.skipif(VERSION < (8, 0), reason="Wagtail 7.4 has no version 3")


def test_version_3_says_the_fields_of_pages(record):
    from django.test import RequestFactory

    from wagtail.api.v3.schemas import PageSchema, read_generator

    policy = make.policy_page(record["un"])
    for page, field in (
        (record["section"], "forums"),
        (record["un"], "body"),
        (record["topic"], "initiatives"),
        (policy, "breadcrumb"),
    ):
        schema = read_generator.generate_schema(type(page), base_class=PageSchema)
        request = RequestFactory().get("/")
        said = schema.model_validate(page, context={"request": request}).model_dump(mode="json")
        assert said[field]
