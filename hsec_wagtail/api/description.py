"""The description of the endpoints, as OpenAPI 3.1."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import Any

from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from django.urls import NoReverseMatch, reverse

from hsec_wagtail.api.base import RecordAPIViewSet
from hsec_wagtail.api.initiatives import InitiativesAPIViewSet
from hsec_wagtail.api.memberships import MembershipsAPIViewSet
from hsec_wagtail.api.pages import ForumsAPIViewSet, TopicsAPIViewSet
from hsec_wagtail.api.quick_links import QuickLinksAPIViewSet
from hsec_wagtail.api.schemas import SCHEMAS, reference

__all__ = ["ENDPOINTS", "OpenAPIViewSet"]

#: Those that are described, in their order.
ENDPOINTS: tuple[Any, ...] = (
    InitiativesAPIViewSet,
    MembershipsAPIViewSet,
    ForumsAPIViewSet,
    TopicsAPIViewSet,
    QuickLinksAPIViewSet,
)


class OpenAPIViewSet(RecordAPIViewSet):
    """The description of the endpoints that the router has."""

    endpoint_name = "openapi"
    renderer_classes = (JSONRenderer,)

    def listing_view(self, request: Any) -> Response:
        """Return the description."""
        namespace = request.wagtailapi_router.url_namespace
        base = request.build_absolute_uri(reverse(f"{namespace}:{self.endpoint_name}:listing"))
        base = base.removesuffix(f"{self.endpoint_name}/")
        return Response(
            {
                "openapi": "3.1.0",
                "info": {
                    "title": "The public record",
                    "description": "What the published pages of the site say; nothing of private pages.",
                    "version": version("hsec_wagtail"),
                },
                "servers": [{"url": base}],
                "paths": _paths(namespace),
                "components": {"schemas": SCHEMAS},
            }
        )


def _paths(namespace: str) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for endpoint in ENDPOINTS:
        try:
            reverse(f"{namespace}:{endpoint.endpoint_name}:listing")
        except NoReverseMatch:
            # A site registers those that it wants.
            continue
        paths[f"/{endpoint.endpoint_name}/"] = {"get": _listing(endpoint)}
        if endpoint.detail_path:
            shown = re.sub(r"<\w+:(\w+)>", r"{\1}", endpoint.detail_path)
            paths[f"/{endpoint.endpoint_name}/{shown}"] = {"get": _detail(endpoint)}
    return paths


def _listing(endpoint: Any) -> dict[str, Any]:
    items = {
        "type": "object",
        "properties": {
            "meta": {
                "type": "object",
                "properties": {
                    "total_count": {
                        "type": "integer",
                        "minimum": 0,
                        "description": "how many there are in all",
                    }
                },
                "required": ["total_count"],
                "additionalProperties": False,
            },
            "items": {"type": "array", "items": reference(endpoint.item)},
        },
        "required": ["meta", "items"],
        "additionalProperties": False,
    }
    return {
        "operationId": f"list_{_identifier(endpoint)}",
        "summary": endpoint.summary,
        "parameters": [one.described() for one in endpoint.all_parameters()],
        "responses": {
            "200": _answer("A part of the list", items),
            "400": _answer("A parameter cannot be asked so", reference("Error")),
            "404": _answer("There is no such page", reference("Error")),
        },
    }


def _detail(endpoint: Any) -> dict[str, Any]:
    return {
        "operationId": f"get_{_identifier(endpoint)}",
        "summary": f"One of these: {endpoint.summary}",
        "parameters": [
            {
                "name": "page",
                "in": "path",
                "required": True,
                "description": "Id of the page that tells it.",
                "schema": {"type": "integer", "minimum": 1},
            },
            {
                "name": "id",
                "in": "path",
                "required": True,
                "description": "Id of the row.",
                "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$", "maxLength": 36},
            },
        ],
        "responses": {
            "200": _answer("The row", reference(endpoint.item)),
            "404": _answer("There is nothing public at this address", reference("Error")),
        },
    }


def _identifier(endpoint: Any) -> str:
    return endpoint.endpoint_name.replace("-", "_")


def _answer(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}
