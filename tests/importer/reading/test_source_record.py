"""The record of a source that was read."""

from __future__ import annotations

from hsec_wagtail.importer.document.schema import Page
from hsec_wagtail.importer.reading.source_record import unresolved_in


def test_only_links_without_any_target_are_unresolved():
    file = {"title": "Report", "filename": "report.pdf", "sha1": "a" * 40}
    links = [
        {"type": "link", "label": "Treaties"},
        {"type": "link", "label": "Report", "document": file},
        {"type": "link", "label": "Elsewhere", "url": "https://example.org/"},
    ]
    page = Page.model_validate({"type": "section", "key": "top", "title": "Top", "body": links})

    assert list(unresolved_in([page])) == ["top: Treaties"]
