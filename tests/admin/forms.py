"""Forms of the admin as a browser posts them."""

from typing import Any

from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield


def page_form(**fields: Any) -> Any:
    """Return the form of a page of any of our types, with ``fields`` instead of what it has by itself."""
    data = {
        "title": "New page",
        "slug": "new-page",
        "lead": rich_text("<p>A lead.</p>"),
        "body": streamfield([("paragraph", rich_text("<p>A text.</p>"))]),
        "status": "active",
        "expected": "",
        "changed": "",
        "change_note": "",
        "anchor": "",
        "layout": "full",
        "short_name": "",
        "seo_title": "",
        "search_description": "",
        "comments": {
            "TOTAL_FORMS": "0",
            "INITIAL_FORMS": "0",
            "MIN_NUM_FORMS": "0",
            "MAX_NUM_FORMS": "",
        },
        **fields,
    }
    return nested_form_data(data)
