"""A section of a site as a document: what is taken, what is left out and named, and what it costs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Page, PageViewRestriction

from hsec_wagtail.importer import ImportOptions, service
from hsec_wagtail.importer.document.nodes import LinkNode, Paragraph
from hsec_wagtail.importer.document.schema import Document, dump_document
from hsec_wagtail.importer.errors import ExportError, PlanError
from hsec_wagtail.importer.messages import said
from hsec_wagtail.models import ForumPage, QuickLinksSnippet, SectionPage
from tests import factories as make
from tests.importer import samples

pytestmark = pytest.mark.django_db


def export(page: Any, **options: Any) -> tuple[Document, list[str]]:
    """Return the document of ``page`` and its warnings."""
    (one,) = service.export(Page.objects.get(pk=page.pk), **options)
    return one.document, said(one.warnings)


def titles(document: Document) -> list[str]:
    return [page.title for page in document.page.walk()]


@pytest.fixture
def section(home: Page) -> Any:
    """Return a section with a forum below it."""
    section = make.section_page(home)
    make.forum_page(section, short_name="UN", body=[make.paragraph("<p>Text.</p>")])
    return section


@pytest.fixture
def imported(home: Page, tmp_path: Path) -> Any:
    """Return a section that was imported."""
    service.run(samples.write(tmp_path, samples.section()))
    return SectionPage.objects.get()


# --- pages


def test_a_section_is_exported_with_all_below_it(section):
    document, warnings = export(section)

    assert titles(document) == ["Human security", "United Nations"]
    assert (document.language, document.page.type, document.page.children[0].short_name) == (
        "en",
        "section",
        "UN",
    )
    assert warnings == []


def test_a_page_below_may_be_exported_alone(imported):
    council = ForumPage.objects.get(short_name="CN")

    document, warnings = export(council)

    assert (titles(document), document.page.key) == (["Council of the North"], "council")
    assert warnings == [
        f"'Council of the North' ({council.pk}): body.{document.page.body[1].id}.initiatives"
        f".{topics_of(document)}: It names the page"
        f" {Page.objects.get(title='Peace').pk}, which is not in this section; that is left out."
    ]


def topics_of(document: Document) -> str:
    """Return the path from the initiatives of the only page to their first topic, as the site has it."""
    raw = ForumPage.objects.get(short_name="CN").body.raw_data[1]
    item = raw["value"]["initiatives"][0]
    return f"{item['id']}.topics.{item['value']['topics'][0]['id']}"


def test_pages_of_other_types_are_named_with_those_below_them(section):
    news = section.add_child(instance=Page(title="News", slug="news"))
    below = news.add_child(instance=SectionPage(title="Below", slug="below"))

    document, warnings = export(section)

    assert titles(document) == ["Human security", "United Nations"]
    assert warnings == [
        f"'News' ({news.pk}) is of this site's own type 'page', which a document cannot hold; it is left out.",
        f"Left out with the page above them: Below ({below.pk}).",
    ]


def test_a_page_of_another_type_cannot_be_exported(home):
    with pytest.raises(ExportError) as error:
        export(home)

    assert str(error.value) == (
        f"{home.title!r} ({home.pk}) is of the type 'page'; only a section, forum, topic or policy page can"
        " be exported. Name one of these."
    )


def test_a_page_that_is_not_there_is_refused(home):
    with pytest.raises(PlanError, match="There is no page '/nowhere/'"):
        service.export("/nowhere/")


def test_what_is_not_public_is_left_out_and_named(section):
    draft = make.forum_page(section, title="Draft", live=False)

    document, warnings = export(section)

    assert titles(document) == ["Human security", "United Nations"]
    assert warnings == [f"'Draft' ({draft.pk}) is not public and left out; --draft takes it, too."]


def test_a_section_that_is_not_public_is_refused(home):
    section = make.section_page(home, live=False)

    with pytest.raises(ExportError, match=r"is not public\. Publish it, or export .* --draft"):
        export(section)


def test_the_public_text_is_exported_unless_drafts_are_asked_for(section):
    forum = ForumPage.objects.get()
    forum.title = "Newer"
    forum.save_revision()

    public, warnings = export(section)
    draft, draft_warnings = export(section, draft=True)

    assert (titles(public)[1], titles(draft)[1]) == ("United Nations", "Newer")
    assert warnings == [
        f"'United Nations' ({forum.pk}) has a newer draft, which is left out; --draft takes it instead."
    ]
    assert draft_warnings == [
        f"'United Nations' ({forum.pk}) is written as its newest draft has it, which is not public here."
    ]


def test_drafts_are_taken_with_a_warning_that_an_import_publishes_them(section):
    draft = make.forum_page(section, title="Draft", live=False)

    document, warnings = export(section, draft=True)

    assert titles(document) == ["Human security", "United Nations", "Draft"]
    assert warnings == [
        f"'Draft' ({draft.pk}) is not public here; an import makes it public unless it is run with --draft."
    ]


def test_private_pages_are_named_wherever_the_restriction_stands(home, section):
    forum = ForumPage.objects.get()
    for page in (home, forum):
        PageViewRestriction.objects.create(page=page, restriction_type="login")

    _, warnings = export(section)

    assert warnings == [
        f"{page.title!r} ({page.pk}) is private here, with all below it; the document holds their words, and"
        " no import makes them private."
        for page in (home, forum)
    ]


def test_an_alias_becomes_a_page_of_its_own_and_is_named(section):
    forum = ForumPage.objects.get()
    alias = forum.create_alias(update_slug="alias")

    document, warnings = export(section)

    keys = [page.key for page in document.page.walk()]
    assert len(set(keys)) == 3
    assert warnings == [
        f"'United Nations' ({alias.pk}) is an alias of page {forum.pk}; in the document it is a page of its own."
    ]


def test_a_schedule_is_named(section):
    forum = ForumPage.objects.get()
    ForumPage.objects.filter(pk=forum.pk).update(expire_at=timezone.now() + timedelta(days=1))

    _, warnings = export(section)

    (warning,) = warnings
    assert warning.startswith(f"'United Nations' ({forum.pk}): expire_at: ")


def test_what_a_block_cannot_hold_is_named_with_page_and_block(section):
    lost = make.block("paragraph", '<p>a</p><embed embedtype="media" url="https://v.example/"/>')
    forum = make.forum_page(section, title="Council", body=[lost])

    _, warnings = export(section)

    assert warnings == [
        f"'Council' ({forum.pk}): body.{lost['id']}: The embed https://v.example/ is left out."
    ]


# --- links


def test_links_to_pages_outside_stay_urls(home, section):
    news = home.add_child(instance=Page(title="News", slug="news"))
    make.forum_page(section, title="Council", body=[make.link("News", page=news)])

    document, _ = export(section)

    (link,) = document.page.children[1].body
    assert isinstance(link, LinkNode)
    assert (link.url, link.page) == ("http://localhost/news/", None)


def test_links_to_pages_that_are_not_public_lose_their_target_and_are_named(home, section):
    news = home.add_child(instance=Page(title="News", slug="news", live=False))
    block = make.link("News", page=news)
    forum = make.forum_page(section, title="Council", body=[block])

    document, warnings = export(section)

    (link,) = document.page.children[1].body
    assert isinstance(link, LinkNode)
    assert (link.label, link.url, link.page) == ("News", None, None)
    assert warnings == [
        f"'Council' ({forum.pk}): body.{block['id']}: It leads to the page {news.pk}, which has no address;"
        " its label is kept."
    ]


def test_links_to_a_part_of_a_page_name_its_key(section):
    topic = make.topic_page(section)
    address = f"/human-security/{topic.slug}/#aims"
    body = [make.paragraph(f'<p><a href="{address}">a</a></p>'), make.link("b", url=address)]
    make.forum_page(section, title="Council", body=body)

    document, _ = export(section)

    text, link = document.page.children[-1].body
    reference = f"page:{topic.translation_key}#aims"
    assert isinstance(text, Paragraph)
    assert isinstance(link, LinkNode)
    assert (text.html, link.url) == (f'<p><a href="{reference}">a</a></p>', reference)


def test_redirects_to_a_page_are_its_old_addresses(section):
    Redirect.add_redirect("/old/un.html", redirect_to=ForumPage.objects.get())

    document, _ = export(section)

    assert [page.addresses for page in document.page.walk()] == [[], ["/old/un.html"]]


# --- keys and sources


def test_keys_and_source_are_those_of_the_import(imported):
    document, _ = export(imported)

    assert [page.key for page in document.page.walk()] == [
        "security",
        "council",
        "alliance",
        "peace",
    ]
    assert document.source_key == "sample"
    assert [group.key for group in document.page.quick_links] == ["agenda"]
    assert [group.key for group in document.navigation] == ["main-menu"]


def test_what_the_source_was_is_said_again(home, tmp_path):
    source = {
        "name": "capture.txt",
        "key": "sample",
        "url": "https://example.org/old",
        "captured": "2004-05-06",
        "sha256": "c" * 64,
        "length": 4711,
    }
    trail = ["Home", "Policy"]
    service.run(samples.write(tmp_path, samples.section(source=source, trail=trail)))

    document, _ = export(SectionPage.objects.get())

    assert document.source is not None
    assert document.source.model_dump(mode="json") == source
    assert document.trail == trail


def test_pages_that_no_import_made_have_keys_that_stay_when_they_are_renamed_and_moved(section):
    forum = ForumPage.objects.get()
    before = [page.key for page in export(section)[0].page.walk()]
    forum.title, forum.slug = "Renamed", "renamed"
    forum.save()
    make.topic_page(section)
    forum.move(section, pos="last-child")

    after = {page.title: page.key for page in export(section)[0].page.walk()}

    assert after["Renamed"] == before[1] == str(forum.translation_key)


def test_pages_of_another_import_do_not_take_the_keys_of_this_one(imported, tmp_path):
    service.run(samples.write(tmp_path, samples.section()), options=ImportOptions(parent=imported))

    document, _ = export(imported)

    keys = [page.key for page in document.page.walk()]
    assert len(set(keys)) == len(keys) == 8
    assert keys[:4] == ["security", "council", "alliance", "peace"]


def test_a_copy_of_a_page_has_a_key_and_ids_of_its_own(imported):
    council = ForumPage.objects.get(short_name="CN")
    council.copy(update_attrs={"slug": "copy", "title": "Copy"})

    document, _ = export(imported)

    copy = document.page.children[-1]
    assert copy.title == "Copy"
    assert copy.key not in {"council", ""}
    assert {node.id for node in copy.body}.isdisjoint(
        node.id for node in document.page.children[0].body
    )


# --- languages


def test_translations_are_documents_with_the_same_keys(imported, french):
    french_section = imported.copy_for_translation(french, copy_parents=True)
    french_section.title = "La sécurité"
    french_section.save_revision().publish()
    council = ForumPage.objects.get(short_name="CN", locale__language_code="en")
    council.copy_for_translation(french).save_revision().publish()

    exports = service.export(imported, all_languages=True)
    (alone,) = service.export(imported, language="fr")

    assert [one.document.language for one in exports] == ["en", "fr"]
    assert dump_document(alone.document) == dump_document(exports[1].document)
    assert [page.key for page in alone.document.page.walk()] == ["security", "council"]
    assert (alone.document.page.title, alone.document.source_key) == ("La sécurité", "sample")


def test_a_language_that_is_not_there_is_refused(section):
    with pytest.raises(ExportError) as error:
        service.export(section, language="fr")

    assert str(error.value) == (
        f"'Human security' ({section.pk}) has no translation in 'fr'; it is there in: en."
    )


# --- quick links


def test_quick_links_that_are_not_public_are_left_out_unless_drafts_are_asked_for(section):
    make.quick_links("Draft", page=section, live=False)

    public, _ = export(section)
    draft, _ = export(section, draft=True)

    assert public.page.quick_links == []
    assert [group.heading for group in draft.page.quick_links] == ["Draft"]


def test_quick_links_that_the_import_brought_and_somebody_deleted_are_gone(imported):
    QuickLinksSnippet.objects.all().delete()

    document, _ = export(imported)

    assert (document.page.quick_links, document.navigation) == ([], [])


# --- files


def test_a_document_that_is_not_here_is_named_and_its_link_keeps_its_label(home, tmp_path):
    file = {"title": "Report", "filename": "report.pdf", "sha1": "b" * 40}
    page = {
        "type": "section",
        "key": "k",
        "title": "T",
        "body": [
            {"type": "link", "label": "The report", "document": file},
            {
                "type": "paragraph",
                "html": f'<p><a href="document:{"b" * 40}/report.pdf">It</a></p>',
            },
        ],
    }
    path = samples.write(tmp_path, {"format": "hsec-section/1", "page": page})

    report = service.run(path)

    link, paragraph = SectionPage.objects.get().body
    assert (link.value["label"], link.value["document"]) == ("The report", None)
    assert paragraph.value.source == "<p>It</p>"
    assert said(report.warnings) == [
        f"The document Report, report.pdf (SHA-1 {'b' * 40}) is not on this site; what shows it or leads to"
        " it is made without it. Upload it and import again.",
    ]


def test_documents_are_found_by_their_content(home, tmp_path):
    section = make.section_page(home)
    row = upload("Report")
    make.forum_page(section, body=[make.paragraph(f"<p>{make.document_link(row)}</p>")])
    (path := tmp_path / "export.json").write_text(dump_document(export(section)[0]))
    section.delete()
    twin, same = upload("Twin"), upload("Report")
    row.delete()

    service.run(path)

    (paragraph,) = ForumPage.objects.get().body
    assert twin.file_hash == same.file_hash
    assert paragraph.value.source == f"<p>{make.document_link(twin)}</p>"


def upload(title: str) -> Any:
    """Return a document with the same content each time."""
    row = get_document_model()(title=title, file=ContentFile(b"Words.", "report.pdf"))
    row._set_document_file_metadata()
    row.save()
    return row


def test_a_link_that_names_a_document_by_its_id_leads_nowhere(home, tmp_path):
    """A document from elsewhere cannot know the ids of this site."""
    row = upload("Report")
    body = [{"type": "paragraph", "html": f'<p><a href="document:{row.pk}">It</a></p>'}]
    page = {"type": "section", "key": "k", "title": "T", "body": body}

    service.run(samples.write(tmp_path, {"format": "hsec-section/1", "page": page}))

    (paragraph,) = SectionPage.objects.get().body
    assert paragraph.value.source == "<p>It</p>"


# --- costs


def test_the_number_of_queries_does_not_grow_with_the_pages(home):
    small, large = section_of(home, 6), section_of(home, 60)
    queries_for(small)  # The caches of content types and of the roots of sites.

    few, many = queries_for(small), queries_for(large)

    assert few == many <= 16


def test_nor_does_it_grow_with_the_pages_that_an_import_made(home, tmp_path):
    small, large = imported_with(home, 6, tmp_path), imported_with(home, 60, tmp_path)
    queries_for(small)

    few, many = queries_for(small), queries_for(large)

    assert few == many <= 19


def imported_with(home: Page, count: int, folder: Path) -> Any:
    """Return a section with ``count`` forums, made by an import."""
    document = samples.section(source={"name": f"With {count}"})
    forums = [
        {**samples.council(), "key": f"forum-{n}", "title": f"Forum {n}"} for n in range(count)
    ]
    document["page"]["children"] += forums
    service.run(samples.write(folder, document), options=ImportOptions(parent=home.pk))
    return Page.objects.get(pk=home.pk).get_children().last()


def section_of(home: Page, count: int) -> Any:
    """Return a section with ``count`` pages below it, each linked to a topic, a document and a page outside."""
    section = make.section_page(home, title=f"With {count}")
    topic = make.topic_page(section)
    document = upload("Report")
    for n in range(count - 1):
        body = [
            make.initiatives(make.initiative("<p>Signed</p>", dates=["1999"], topics=[topic])),
            make.paragraph(f"<p>{make.page_link(home)} {make.document_link(document)}</p>"),
            make.link("Topic", page=topic),
        ]
        forum = make.forum_page(section, title=f"Forum {n}", body=body)
        make.quick_links(f"Links {count} {n}", page=forum, links=[make.quick_link("T", page=topic)])
    return section


def queries_for(section: Any) -> int:
    page = Page.objects.get(pk=section.pk).specific
    with CaptureQueriesContext(
        connection,
    ) as queries:
        service.export(page, draft=True)
    return len(queries)
