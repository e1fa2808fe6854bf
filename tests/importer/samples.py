"""Section documents for tests, built from what a test says and defaults for the rest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def section(**changes: Any) -> dict[str, Any]:
    """Return a section document with two forums, a topic, quick links and a navigation."""
    page: dict[str, Any] = {
        "type": "section",
        "key": "security",
        "title": "Security abroad",
        "lead": "<p>What the department does with others.</p>",
        "quick_links": [
            {
                "heading": "Agenda",
                "slug": "agenda",
                "key": "agenda",
                "links": [{"label": "Peace", "page": "peace", "key": "peace"}],
            }
        ],
        "children": [council(), alliance(), topic()],
    }
    document: dict[str, Any] = {
        "format": "hsec-section/1",
        "language": "en",
        "source": {"name": "sample", "key": "sample"},
        "page": page,
        "navigation": [
            {
                "slug": "main-menu",
                "key": "main-menu",
                "links": [{"label": "About us", "key": "about"}],
            }
        ],
    }
    return {**document, **changes}


def council() -> dict[str, Any]:
    """Return a forum with a paragraph, an initiative filed under the topic, and a link."""
    initiative = {
        "key": "report",
        "html": "Tabled a report (June 2000)",
        "topics": ["peace"],
        "dates": [{"key": "june", "edtf": "2000-06", "text": "June 2000"}],
    }
    return {
        "type": "forum",
        "key": "council",
        "title": "Council of the North",
        "short_name": "CN",
        "body": [
            {"type": "paragraph", "key": "intro", "html": "<p>The council meets each spring.</p>"},
            {"type": "initiatives", "key": "actions", "intro": "Actions:", "items": [initiative]},
            {
                "type": "link",
                "key": "site",
                "label": "The council's site",
                "url": "https://example.org/",
            },
        ],
    }


def alliance() -> dict[str, Any]:
    """Return a forum that is only announced."""
    notice = {"type": "notice", "key": "soon", "kind": "announced", "html": "<p>To come.</p>"}
    return {
        "type": "forum",
        "key": "alliance",
        "title": "Alliance",
        "status": "announced",
        "body": [notice],
    }


def topic() -> dict[str, Any]:
    """Return a topic page."""
    return {
        "type": "topic",
        "key": "peace",
        "title": "Peace",
        "lead": "<p>Peace and its keeping.</p>",
    }


def french() -> dict[str, Any]:
    """Return the same section in French."""
    document = section(language="fr")
    document["page"] = {**document["page"], "title": "La sécurité à l'étranger"}
    return document


def write(folder: Path, document: dict[str, Any], name: str = "sample.json") -> Path:
    """Write ``document`` to a file below ``folder`` and return its path."""
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return path
