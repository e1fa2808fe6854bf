"""The record as endpoints of Wagtail's API, version 2; a site registers them in its router.

>>> from wagtail.api.v2.router import WagtailAPIRouter
>>> api_router = WagtailAPIRouter("wagtailapi")
>>> register_endpoints(api_router)

The description of all of them, as OpenAPI 3.1, is an endpoint too: ``openapi``.
"""

from __future__ import annotations

from typing import Any

from hsec_wagtail.api.description import ENDPOINTS, OpenAPIViewSet
from hsec_wagtail.api.initiatives import InitiativesAPIViewSet
from hsec_wagtail.api.memberships import MembershipsAPIViewSet
from hsec_wagtail.api.pages import ForumsAPIViewSet, TopicsAPIViewSet
from hsec_wagtail.api.quick_links import QuickLinksAPIViewSet

__all__ = [
    "ENDPOINTS",
    "ForumsAPIViewSet",
    "InitiativesAPIViewSet",
    "MembershipsAPIViewSet",
    "OpenAPIViewSet",
    "QuickLinksAPIViewSet",
    "TopicsAPIViewSet",
    "register_endpoints",
]


def register_endpoints(router: Any) -> None:
    """Register all endpoints and their description in ``router``, a ``WagtailAPIRouter``, by their names."""
    for endpoint in (*ENDPOINTS, OpenAPIViewSet):
        router.register_endpoint(endpoint.endpoint_name, endpoint)
