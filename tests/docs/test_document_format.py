"""What docs/reference/document.md says of section documents, against the code."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
import yaml
from pydantic import BaseModel

from hsec_wagtail.importer import service
from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document.schema import MAX_PAGE_DEPTH, json_schema
from hsec_wagtail.importer.text.html_cleaning import MAX_NESTING
from hsec_wagtail.models import ForumPage
from tests.docs.pages import PAGES, examples, rows, section

PAGE = PAGES["docs/reference/document.md"]
NODES = {node.model_fields["type"].default: node for node in get_args(nodes.BodyNode)}
TABLE = {cells[0].strip("`"): cells[1] for cells in rows(section(PAGE, "The section document"))}
#: Fields that every node may have, or that are named below the table.
ELSEWHERE = {"id", "key", "span", "type", "topic_ids", "row_ids", "cell_ids"}


def models_in(model: type[BaseModel]) -> list[type[BaseModel]]:
    """Return ``model`` and the models of its items, and of what is in these; not those of files."""
    found = [model]
    for one in found:
        for field in one.model_fields.values():
            parts = [field.annotation, *get_args(field.annotation)]
            found += [
                part for part in parts if isinstance(part, type) and issubclass(part, nodes.Node)
            ]
    return found


@pytest.mark.django_db
def test_the_example_is_imported(home, tmp_path):
    path = tmp_path / "example.yaml"
    path.write_text(examples(PAGE, "yaml")[0], encoding="utf-8")

    report = service.run(path)

    assert report.counts["create"] == 7
    assert ForumPage.objects.get(slug="united-nations").body[1].value["initiatives"][0]["topics"]


def test_the_example_has_every_field_of_a_document_and_of_a_page():
    example: dict[str, Any] = yaml.safe_load(examples(PAGE, "yaml")[0])
    page = json_schema()["$defs"]["Page"]["properties"]
    said = set(re.findall(r"\w+", PAGE))

    assert set(json_schema()["properties"]) == set(example)
    assert set(page) - said == set()


def test_every_node_is_documented_with_all_its_fields():
    assert TABLE.keys() == NODES.keys()
    for name, node in NODES.items():
        documented = set(re.findall(r"`(\w+)`", TABLE[name]))
        fields = {field for model in models_in(node) for field in model.model_fields}
        assert (
            fields - ELSEWHERE - {field for field in fields if field.endswith("_span")}
            <= documented
        ), name


@pytest.mark.parametrize("name", NODES)
def test_the_fields_that_a_node_must_have_are_bold(name):
    required = {
        field
        for model in models_in(NODES[name])
        for field, info in model.model_fields.items()
        if info.is_required()
    }

    assert set(re.findall(r"\*\*`(\w+)`\*\*", TABLE[name])) == required


def test_the_limits_are_those_of_the_code():
    numbers = {int(cells[1].split()[0]) for cells in rows(section(PAGE, "Limits"))}

    assert numbers == {*_lengths(json_schema()), MAX_PAGE_DEPTH, MAX_NESTING}


def _lengths(part: Any) -> set[int]:
    if isinstance(part, list):
        return set().union(*map(_lengths, part))
    if not isinstance(part, dict):
        return set()
    own = {part["maxLength"]} if isinstance(part.get("maxLength"), int) else set()
    return own.union(*map(_lengths, part.values()))
