"""Pages and bodies for tests: plain functions, with what a test does not name left sensible.

>>> forum_page(section, title="United Nations", short_name="UN", body=[paragraph("<p>Text.</p>")])
"""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from wagtail.models import Locale

from hsec_wagtail.models import QuickLinksSnippet
from hsec_wagtail.page_models import page_model

__all__ = [
    "block",
    "document_link",
    "external_link",
    "forum_page",
    "heading",
    "initiative",
    "initiatives",
    "link",
    "members",
    "notice",
    "page_link",
    "paragraph",
    "policy_page",
    "quick_link",
    "quick_links",
    "section_page",
    "topic_page",
]


def block(block_type: str, value: Any) -> dict[str, Any]:
    """Return the raw data of a block with a new id."""
    return {"type": block_type, "value": value, "id": str(uuid4())}


def item(value: Any) -> dict[str, Any]:
    """Return the raw data of an item of a list."""
    return block("item", value)


def paragraph(html: str = "<p>Text.</p>") -> dict[str, Any]:
    return block("paragraph", html)


def heading(text: str, *, anchor: str = "", level: str = "2") -> dict[str, Any]:
    return block("heading", {"text": text, "anchor": anchor, "level": level})


def initiative(
    text: str, *, dates: Iterable[Any] = (), topics: Iterable[Any] = ()
) -> dict[str, Any]:
    """Return an item: ``dates`` are EDTF texts or (edtf, label, text); ``topics`` are pages."""
    full = [(one, "", "") if isinstance(one, str) else one for one in dates]
    return item(
        {
            "text": text,
            "dates": [
                item(dict(zip(("edtf", "label", "text"), date, strict=True))) for date in full
            ],
            "topics": [item(topic.pk) for topic in topics],
        }
    )


def initiatives(*items: dict[str, Any], intro: str = "", grouping: str = "none") -> dict[str, Any]:
    return block("initiatives", {"intro": intro, "grouping": grouping, "initiatives": list(items)})


def members(*names: str, display: str = "list") -> dict[str, Any]:
    people = [
        item({"name": name, "country": "", "role": "member", "since": "", "until": ""})
        for name in names
    ]
    return block("members", {"intro": "", "display": display, "members": people})


def notice(text: str, *, kind: str = "information") -> dict[str, Any]:
    return block("notice", {"kind": kind, "text": text, "starts": None, "ends": None})


def link(label: str, *, page: Any = None, url: str = "") -> dict[str, Any]:
    return block(
        "link", {"label": label, "page": page.pk if page else None, "url": url, "document": None}
    )


def page_link(page: Any, label: str = "a page") -> str:
    """Return a link to ``page`` as rich text keeps it."""
    return f'<a linktype="page" id="{page.pk}">{label}</a>'


def document_link(document: Any, label: str = "a document") -> str:
    """Return a link to ``document`` as rich text keeps it."""
    return f'<a linktype="document" id="{document.pk}">{label}</a>'


def external_link(url: str = "https://example.org/", label: str = "a site") -> str:
    return f'<a href="{url}">{label}</a>'


def section_page(parent: Any, *, title: str = "Human security", **fields: Any) -> Any:
    return _page("section", parent, title=title, **fields)


def forum_page(parent: Any, *, title: str = "United Nations", **fields: Any) -> Any:
    return _page("forum", parent, title=title, **fields)


def topic_page(parent: Any, *, title: str = "Small arms", **fields: Any) -> Any:
    return _page("topic", parent, title=title, **fields)


def policy_page(parent: Any, *, title: str = "Publications", **fields: Any) -> Any:
    return _page("policy", parent, title=title, **fields)


def _page(page_type: str, parent: Any, **fields: Any) -> Any:
    """Return a new child of ``parent``, published unless ``live=False`` is given."""
    # The parent that a test holds may not know of children made since.
    parent.numchild = type(parent).objects.values_list("numchild", flat=True).get(pk=parent.pk)
    return parent.add_child(instance=page_model(page_type)(**fields))


def quick_links(
    heading: str = "Quick links", *, links: list[dict[str, Any]] | None = None, **fields: Any
) -> QuickLinksSnippet:
    """Return a saved group, published unless ``live=False`` is given; ``links`` as quick_link() makes, or one."""
    fields.setdefault("locale", getattr(fields.get("page"), "locale", None) or Locale.get_default())
    shown = [quick_link("Elsewhere", url="https://example.org/")] if links is None else links
    snippet = QuickLinksSnippet(heading=heading, links=shown, **fields)
    snippet.save()
    return snippet


def quick_link(label: str, *, page: Any = None, url: str = "") -> dict[str, Any]:
    return block("link", {"label": label, "page": page.pk if page else None, "url": url})
