"""Documents that come back the same: what the round trips share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document.keys import set_keys
from hsec_wagtail.importer.document.schema import Document, load_document
from hsec_wagtail.importer.text.html_cleaning import clean_text
from hsec_wagtail.importer.text.urls import page_reference
from tests.importer.strategies import documents

#: What our pages may hold on a site; generated trees know no such rules.
_BELOW = {"section": "section", "forum": "policy", "topic": "policy", "policy": "policy"}


def solid(value: Any) -> Any:
    """Return ``value`` with a letter for every text that shows nothing: no site keeps such labels."""
    if isinstance(value, dict):
        return {name: solid(part) for name, part in value.items()}
    if isinstance(value, list):
        return [solid(part) for part in value]
    return "x" if isinstance(value, str) and value and not clean_text(value) else value


def loaded(data: dict[str, Any]) -> Document:
    """Return ``data`` as a document whose nodes have keys."""
    document = load_document(data, name="x")
    set_keys(document)
    return document


def files(document: Document) -> Iterator[tuple[str, nodes.File]]:
    """Yield the files that the nodes of ``document`` name, each with its kind."""
    for page in document.page.walk():
        for node in page.body:
            if isinstance(node, nodes.LinkNode) and node.document:
                yield "document", node.document
            elif isinstance(node, nodes.Documents):
                yield from (("document", item.file) for item in node.items if item.file)
            elif isinstance(node, nodes.Image) and node.file:
                yield "image", node.file


@st.composite
def sections(draw: st.DrawFn) -> dict[str, Any]:
    """Return the data of a document that any site can take: of solid words, each page where it may stand."""
    data: dict[str, Any] = solid(draw(documents()))
    data["language"] = "en"
    data["page"]["type"] = "section"
    pages, keys = [data["page"]], []
    for page in pages:
        keys.append(page["key"])
        for child in page["children"]:
            if page["type"] != "section":
                child["type"] = _BELOW[page["type"]]
        pages += page["children"]
    for page in pages:
        # A site's own blocks are on that site alone.
        page["body"] = [node for node in page["body"] if node["type"] != "raw"]
        page["body"] += draw(st.lists(_links_to(keys), max_size=2))
    return data


def _links_to(keys: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Return nodes that lead to the pages ``keys`` in every way there is."""
    key = st.sampled_from(keys)
    html = key.map(lambda name: f'<p>See <a href="{page_reference(name)}">this</a>.</p>')
    topics = st.lists(key, min_size=1, max_size=2)
    initiative = st.fixed_dictionaries({"html": html, "topics": topics})
    return st.one_of(
        st.fixed_dictionaries({"type": st.just("link"), "label": st.just("L"), "page": key}),
        st.fixed_dictionaries({"type": st.just("paragraph"), "html": html}),
        st.fixed_dictionaries(
            {"type": st.just("initiatives"), "items": st.lists(initiative, min_size=1, max_size=2)}
        ),
    )
