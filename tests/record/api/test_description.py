"""The description of the endpoints is valid, true, and the same as the reference."""

import re

from openapi_spec_validator import OpenAPIV31SpecValidator

from wagtail.api.v2.router import WagtailAPIRouter

from hsec_wagtail.api import ENDPOINTS, OpenAPIViewSet
from tests.conftest import ROOT


def test_the_description_is_valid(get, record):
    document = get("openapi/")

    OpenAPIV31SpecValidator(document).validate()
    assert document["servers"] == [{"url": "http://testserver/api/v2/"}]
    assert list(document["paths"]) == [
        "/initiatives/",
        "/initiatives/{page}/{id}/",
        "/memberships/",
        "/memberships/{page}/{id}/",
        "/forums/",
        "/topics/",
        "/quick-links/",
    ]


def test_endpoints_take_no_model_from_wagtails(record):
    router = WagtailAPIRouter("any")
    for endpoint in (*ENDPOINTS, OpenAPIViewSet):
        router.register_endpoint(endpoint.endpoint_name, endpoint)

    assert router.get_model_endpoint(type(record["un"])) is None


def test_the_reference_names_every_parameter():
    page = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    section = page.partition("\n### Parameters\n")[2].partition("\n#")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall("`([^`]+)`", row)}

    known = {one.name for endpoint in ENDPOINTS for one in endpoint.all_parameters()}
    assert named == known
