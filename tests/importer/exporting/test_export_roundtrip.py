"""Import, export, import elsewhere, export again: the same document, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as example_settings

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import override_settings

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from hsec_wagtail.importer import ImportOptions, service
from hsec_wagtail.importer.document.schema import Document, dump_document, load_document
from hsec_wagtail.importer.document.to_fields import group_fields, page_fields
from hsec_wagtail.importer.planning.raw_blocks import canonical
from hsec_wagtail.models import QuickLinksSnippet
from tests import factories as make
from tests.importer import samples
from tests.importer.document.test_from_fields_roundtrip import NODES
from tests.importer.roundtrips import loaded, sections

pytestmark = pytest.mark.django_db

REPORT = b"What was done in a year."


@pytest.fixture(autouse=True)
def empty_media(tmp_path: Path) -> Iterator[None]:
    """Let no file of another test be in the way: its name would be taken."""
    with override_settings(MEDIA_ROOT=tmp_path / "media"):
        yield


def imported(folder: Path, text: str, parent: Any) -> Any:
    """Return the top page of what an import of ``text`` makes below ``parent``."""
    path = folder / "export.json"
    path.write_text(text, encoding="utf-8")
    service.run(path, options=ImportOptions(parent=parent.pk))
    # The parent that a test holds does not know of new children.
    return Page.objects.get(pk=parent.pk).get_children().last().specific


def exported(page: Any) -> str:
    """Return the document of ``page`` as text; nothing may be left out."""
    (export,) = service.export(page)
    assert export.warnings == ()
    return dump_document(export.document)


@contextmanager
def on_a_site_of_its_own() -> Iterator[None]:
    """Take back everything at the end, as if it had been in another database and its files on another disk."""
    media = Path(settings.MEDIA_ROOT) / "elsewhere"
    with override_settings(MEDIA_ROOT=media), transaction.atomic():
        yield
        transaction.set_rollback(True)


def said(document: Document) -> list[Any]:
    """Return what a site stores of ``document``, page by page; an anchor is made where there is none."""
    key = document.source_key
    pages = [
        {**page_fields(page, source_key=key), "key": page.key, "type": page.type, "anchor": None}
        for page in document.page.walk()
    ]
    groups = [
        group_fields(group, scope=f"{key}\n{page.key}")
        for page in document.page.walk()
        for group in page.quick_links
    ]
    navigation = [group_fields(group, scope=f"{key}\nnavigation") for group in document.navigation]
    return [canonical(fields) for fields in (*pages, *groups, *navigation)]


def whole() -> dict[str, Any]:
    """Return a section with nodes of every type but lists, for files that :func:`upload` makes."""
    document = samples.section()
    peace, war = ({"type": "topic", "key": key, "title": key} for key in ("one", "two"))
    text = json.dumps(NODES).replace("a" * 40, sha1(REPORT).hexdigest())  # noqa: S324 - as Wagtail's
    nodes = [node for node in json.loads(text) if node["type"] not in {"image", "raw"}]
    body = [{**without_ids(node), "key": f"node-{n}"} for n, node in enumerate(nodes)]
    page = {**document["page"], "body": body}
    page["children"] = [*page["children"], peace, war]
    return {**document, "page": page}


def without_ids(value: Any) -> Any:
    """Return ``value`` without the ids of nodes, which stand once in a document."""
    if isinstance(value, dict):
        return {
            name: without_ids(part)
            for name, part in value.items()
            if "id" not in name.split("_")[-1:] and not name.endswith("_ids")
        }
    return [without_ids(part) for part in value] if isinstance(value, list) else value


def upload() -> Any:
    """Return a document of the site."""
    row = get_document_model()(title="Annual report", file=ContentFile(REPORT, "report.pdf"))
    row._set_document_file_metadata()
    row.save()
    return row


def test_what_was_imported_is_exported_as_it_was(home, tmp_path):
    upload()
    document = loaded(whole())

    again = load_document(
        json.loads(exported(imported(tmp_path, json.dumps(whole()), home))), name="x"
    )

    assert said(again) == said(document)


def test_an_export_elsewhere_in_the_tree_is_the_same(home, tmp_path):
    data = whole()
    data["page"]["quick_links"], data["navigation"] = [], []
    upload()
    elsewhere = home.add_sibling(instance=Page(title="Other site", slug="other"))
    first = exported(imported(tmp_path, json.dumps(data), home))

    second = exported(imported(tmp_path, first, elsewhere))

    assert second == first


def test_an_export_on_another_site_is_the_same(home, tmp_path):
    with on_a_site_of_its_own():
        upload()
        first = exported(imported(tmp_path, json.dumps(whole()), home))
    # Other ids than there.
    make.policy_page(home)
    make.quick_links()
    get_document_model().objects.create(title="Another", file=ContentFile(b"x", "x.pdf"))
    upload()

    second = exported(imported(tmp_path, first, home))

    assert second == first


@example_settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=sections())
def test_any_section_comes_back_the_same_on_another_site(home, tmp_path, data):
    with on_a_site_of_its_own():
        (first, *_) = service.export(imported(tmp_path, json.dumps(data), home))
    with on_a_site_of_its_own():
        make.policy_page(home)
        (second, *_) = service.export(imported(tmp_path, dump_document(first.document), home))

    assert dump_document(second.document) == dump_document(first.document)
    assert (first.warnings, second.warnings) == ((), ())


def test_what_editors_made_comes_back_the_same_on_another_site(home, tmp_path):
    with on_a_site_of_its_own():
        first = exported(edited_section(home))
    make.policy_page(home)
    image = get_image_model()(title="Harbour", file=get_test_image_file())
    image._set_image_file_metadata()
    image.save()

    second = exported(imported(tmp_path, first, home))

    assert second == first


def edited_section(home: Any) -> Any:
    """Return a section such as editors make: ids and keys of no import, links of all kinds."""
    section = make.section_page(home, seo_title="HS", show_in_menus=True, anchor_aliases=["old"])
    topic = make.topic_page(section)
    image = get_image_model()(title="Harbour", file=get_test_image_file())
    image._set_image_file_metadata()
    image.save()
    picture = {"image": image.pk, "alt_text": "A harbour", "decorative": False}
    body = [
        make.paragraph(f"<p data-block-key='x1'>See {make.page_link(topic)}.</p>"),
        make.heading("Aims", anchor="our-aims", level="3"),
        make.initiatives(make.initiative("<p>Signed</p>", dates=["1999"], topics=[topic])),
        make.block("image", {"image": picture, "caption": "Port Norva"}),
        make.block("table", {"header": "row", "rows": [make.item([make.item("<p>a</p>")])]}),
        make.link("The topic", page=topic),
        make.members("Norvania"),
        {"type": "quote", "value": {"text": "Without an id", "attribution": ""}},
    ]
    make.forum_page(section, body=body, short_name="UN")
    make.policy_page(section, body=body, title="A copy with the same ids")
    make.quick_links(page=section, links=[make.quick_link("Topic", page=topic)])
    return section


def test_a_section_in_two_languages_comes_back_the_same_on_another_site(home, french, tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    samples.write(folder, samples.section(), "en.json")
    samples.write(folder, samples.french(), "fr.json")
    with on_a_site_of_its_own():
        first = both_languages(home, folder)
        assert set(first) == {"en", "fr"}
    for language, text in first.items():
        (folder / f"{language}.json").write_text(text, encoding="utf-8")
    make.policy_page(home)

    second = both_languages(home, folder)

    assert second == first


def both_languages(home: Any, folder: Path) -> dict[str, str]:
    """Return the exports, by language, of what an import of ``folder`` makes."""
    service.run(folder, options=ImportOptions(parent=home))
    page = Page.objects.get(pk=home.pk).get_children().last().specific
    exports = service.export(page, all_languages=True)
    return {one.document.language: dump_document(one.document) for one in exports}


def test_the_source_an_export_names_is_that_of_the_first_import(home, tmp_path):
    page = imported(tmp_path, json.dumps(samples.section()), home)

    document = json.loads(exported(page))

    assert document["source"]["key"] == "sample"


def test_an_import_of_an_export_into_its_own_site_changes_nothing(home, tmp_path):
    page = imported(tmp_path, json.dumps(samples.section()), home)
    path = tmp_path / "again.json"
    path.write_text(exported(page), encoding="utf-8")

    report = service.run(path, options=ImportOptions(parent=home))

    assert report.run is None
    assert {item.action for item in report.items} <= {"unchanged"}


def test_the_groups_of_links_come_back_beside_their_pages(home, tmp_path):
    with on_a_site_of_its_own():
        first = exported(imported(tmp_path, json.dumps(samples.section()), home))

    page = imported(tmp_path, first, home)

    groups = QuickLinksSnippet.objects.order_by("slug")
    assert [(group.slug, group.page_id) for group in groups] == [
        ("agenda", page.pk),
        ("main-menu", None),
    ]
