"""A page as saved HTML, as its text, and as the document converted from either: the same pages of a site."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from django.core.management import call_command

from wagtail.models import Page

from hsec_wagtail.importer import ImportOptions, service
from hsec_wagtail.importer.document.schema import Document, dump_document
from hsec_wagtail.importer.reading.readers import Reading, read
from hsec_wagtail.importer.text.words import html_text, words
from hsec_wagtail.models import QuickLinksSnippet

FOLDER = Path(__file__).resolve().parents[1] / "crossing"
NAMES = sorted(path.stem for path in FOLDER.glob("*.html"))
ADDRESS = "https://outer-affairs.example/coasts/index.html"

#: What a text capture cannot know: where labels lead, and what places in the page are called.
_ONLY_IN_HTML = frozenset({"url", "anchor"})
_PLACES = frozenset({"span", "title_span", "lead_span", "intro_span", "heading_span", "source"})


def reading(name: str) -> Reading:
    """Return the file ``name`` as read, whose format is told from what is in it."""
    return read((FOLDER / name).read_bytes(), name="page", base_url=ADDRESS)


def meaning(value: Any) -> Any:
    """Return what a document says, whatever it was read from: its structure, keys and visible words."""
    if isinstance(value, dict):
        return {
            name: words(html_text(part)) if name in {"html", "lead", "intro"} else meaning(part)
            for name, part in value.items()
            if name not in _ONLY_IN_HTML | _PLACES
        }
    return [meaning(part) for part in value] if isinstance(value, list) else value


def as_data(document: Document) -> dict[str, Any]:
    return document.model_dump(mode="json")


@pytest.mark.parametrize("name", NAMES)
def test_html_and_its_text_are_the_same_document(name):
    text, html = reading(f"{name}.txt"), reading(f"{name}.html")

    assert (text.format, html.format) == ("text", "html")
    assert meaning(as_data(html.document)) == meaning(as_data(text.document))


@pytest.mark.parametrize("name", NAMES)
def test_the_same_words_are_content_and_left_out_for_the_same_reasons(name):
    text, html = reading(f"{name}.txt"), reading(f"{name}.html")

    assert html.ledger.chrome == text.ledger.chrome
    assert html.ledger.words == text.ledger.words
    assert (text.ledger.unclaimed, html.ledger.unclaimed) == ([], [])


def on_the_site(parent: Any) -> list[Any]:
    """Return what an import made below ``parent``, with what only one of the formats knows left out."""
    pages = Page.objects.get(pk=parent.pk).get_descendants().order_by("path").specific()
    groups = QuickLinksSnippet.objects.order_by("sort_order", "pk")
    return [
        *((type(page).__name__, page.depth, page.title, page.slug, page.status) for page in pages),
        *(blocks(page.body.raw_data) for page in pages),
        *((group.heading, group.slug, blocks(group.links.raw_data)) for group in groups),
    ]


def blocks(raw: Any) -> Any:
    """Return raw blocks, ids among them, without inline tags and without addresses."""
    if isinstance(raw, dict):
        return {name: blocks(part) for name, part in raw.items() if name != "url"}
    if isinstance(raw, str):
        return re.sub(r"</?(?:a|b|i|sup)\b[^>]*>", "", raw)
    return [blocks(part) for part in raw] if hasattr(raw, "__iter__") else raw


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_each_makes_the_same_pages_with_the_same_block_ids(name, home, tmp_path):
    made = []
    for n, source in enumerate(sources(name, tmp_path)):
        parent = Page.objects.get(pk=home.pk).add_child(instance=Page(title="At", slug=f"at-{n}"))

        service.run(source, options=ImportOptions(parent=parent, base_url=ADDRESS))

        made.append(on_the_site(parent))
        QuickLinksSnippet.objects.all().delete()

    from_text, from_html, *from_documents = made
    assert from_html == from_text
    assert from_documents == [from_text, from_html]


def sources(name: str, folder: Path) -> list[Path]:
    """Return the text, the HTML, and the documents converted from them."""
    originals = [FOLDER / f"{name}.txt", FOLDER / f"{name}.html"]
    converted = []
    for original in originals:
        converted.append(folder / f"{original.suffix[1:]}.json")
        call_command(
            "hsec_convert",
            str(original),
            output=converted[-1],
            base_url=ADDRESS,
            stderr=StringIO(),
        )
    return [*originals, *converted]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        pytest.param("coasts", "https://outer-affairs.example/coasts/charts.html", id="English"),
        pytest.param("deserts", "https://outer-affairs.example/coasts/pistes.html", id="French"),
    ],
)
def test_html_knows_where_the_labels_lead(name, address):
    """Lest the comparisons above pass because neither format knows more than the other."""
    assert f'<a href="{address}">' in dump_document(reading(f"{name}.html").document).replace(
        "\\", ""
    )
    assert address not in dump_document(reading(f"{name}.txt").document)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("suffix", ["txt", "html"])
def test_the_converted_document_is_the_reading(name, suffix):
    first = reading(f"{name}.{suffix}").document

    again = read(dump_document(first).encode(), name="page.json").document

    assert again == first
