"""The one way in: what an import does to a site."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

from django.db.models.signals import post_save
from django.test import Client

from wagtail.models import (
    Comment,
    Page,
    PageLogEntry,
    ReferenceIndex,
)
from wagtail.signals import page_published

from hsec_wagtail.importer import ImportOptions, ReadOptions, service
from hsec_wagtail.importer.document.texts import leaves
from hsec_wagtail.importer.messages import said
from hsec_wagtail.importer.text.words import words
from hsec_wagtail.models import (
    ForumPage,
    ImportRun,
    QuickLinksSnippet,
    SectionPage,
    TopicPage,
)
from tests.importer import samples
from tests.importer.editing import rows_of_others

pytestmark = pytest.mark.django_db

SEED = "000_52eb3dd19204c17f.txt"


def test_pages_are_made_below_the_default_site_s_root_page(home, sample):
    service.run(sample)

    section = SectionPage.objects.get()
    assert section.get_parent().pk == home.pk
    assert [child.title for child in section.get_children()] == [
        "Council of the North",
        "Alliance",
        "Peace",
    ]


@pytest.mark.parametrize("form", ["page", "id", "path", "url_path"])
def test_the_parent_is_named_by_page_id_or_path(home, sample, form):
    about = home.add_child(instance=Page(title="About", slug="about"))
    name = {"page": about, "id": str(about.pk), "path": "/about/", "url_path": about.url_path}[form]

    service.run(sample, options=ImportOptions(parent=name))

    assert SectionPage.objects.get().get_parent().pk == about.pk


def test_every_page_is_live_with_a_revision_and_a_log(home, sample, superuser):
    report = service.run(sample, options=ImportOptions(user=superuser))

    for page in Page.objects.filter(
        pk__in=[item.id for item in report.items if item.kind == "page"]
    ):
        assert page.live
        assert page.live_revision_id == page.latest_revision_id
        assert page.latest_revision.user == superuser
        assert page.owner == superuser
        actions = set(PageLogEntry.objects.filter(page=page.pk).values_list("action", flat=True))
        assert {"wagtail.create", "wagtail.publish", "hsec.import"} <= actions


def test_the_published_signal_is_sent_for_each_page_once_the_run_is_committed(
    home, sample, django_capture_on_commit_callbacks
):
    sent: list[str] = []

    def note(instance: Page, **kwargs: Any) -> None:
        sent.append(instance.title)

    page_published.connect(note)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            service.run(sample)
            before_commit = list(sent)
    finally:
        page_published.disconnect(note)

    assert before_commit == []
    assert sent == ["Security abroad", "Council of the North", "Alliance", "Peace"]


def test_references_between_pages_are_pages(home, sample):
    service.run(sample)

    topic = TopicPage.objects.get()
    initiatives = ForumPage.objects.get(slug="council-of-the-north").body[1].value["initiatives"]
    assert [page.pk for page in initiatives[0]["topics"]] == [topic.pk]
    assert ReferenceIndex.get_references_to(topic).count() == 2


def test_links_between_pages_are_page_links_and_keep_their_anchors(home, tmp_path):
    document = samples.section()
    council = document["page"]["children"][0]
    council["body"][0]["html"] = (
        '<p>See <a href="page:alliance">the alliance</a>, and <a href="page:alliance#aims">its aims</a>.</p>'
    )
    source = samples.write(tmp_path, document)

    service.run(source)

    alliance = ForumPage.objects.get(slug="alliance")
    html = str(ForumPage.objects.get(slug="council-of-the-north").body[0].value)
    links = [link["href"] for link in BeautifulSoup(html, "html.parser").find_all("a")]
    assert links == [alliance.url, f"{alliance.url}#aims"]
    assert service.run(source).run is None


@pytest.mark.except_mysql("InnoDB's full text search finds a row after the commit")
def test_imported_pages_are_found_by_the_search(home, sample):
    service.run(sample)

    assert [page.title for page in ForumPage.objects.live().search("spring")] == [
        "Council of the North"
    ]


def test_draft_publishes_nothing(home, sample):
    service.run(sample, options=ImportOptions(draft=True))

    assert not SectionPage.objects.live().exists()
    assert ForumPage.objects.get(slug="alliance").get_latest_revision() is not None


def test_a_tree_without_problems_is_left(home, sample):
    service.run(sample)

    assert Page.find_problems() == ([], [], [], [], [])


def test_the_words_of_the_document_stand_on_the_pages(home, sample):
    report = service.run(sample)

    document = service.convert(sample)[0].document
    assert missing_words(report, document) == []


def missing_words(report: Any, document: Any) -> list[str]:
    """Return the texts of ``document`` that a reader of its section page does not meet, word by word."""
    section = SectionPage.objects.get(pk=report.items[0].id)
    response = Client().get(section.url)
    main = BeautifulSoup(response.content, "html.parser").find("main")
    assert main is not None
    shown = " " + " ".join(words(main.get_text(" "))) + " "
    below = {
        f"page.children[{n}]"
        for n, page in enumerate(document.page.children)
        if page.type != "forum"
    }
    return [
        leaf.text
        for leaf in leaves(document)
        if not any(leaf.path.startswith(place) for place in below)
        and f" {' '.join(words(leaf.text))} " not in shown
    ]


@pytest.mark.seed
def test_the_original_reads_the_same_on_the_site(home, seed):
    report = service.run(seed / SEED)

    document = service.convert(seed / SEED)[0].document
    assert report.sources[0].ledger["unclaimed"] == []
    assert missing_words(report, document) == []


def test_a_language_alone_is_known_from_an_import_of_all(home, french, tmp_path):
    english = samples.write(tmp_path, samples.section())
    document = samples.section(language="fr", navigation=[])
    in_french = samples.write(tmp_path, document, name="fr.json")
    service.run([english, in_french])

    report = service.run(in_french)

    assert (report.run, {item.action for item in report.items}) == (None, {"unchanged"})


def test_one_section_goes_below_two_parents(home, sample):
    other = home.add_child(instance=Page(title="Other", slug="other"))

    first = service.run(sample)
    second = service.run(sample, options=ImportOptions(parent=other))

    assert first.counts == second.counts
    assert SectionPage.objects.count() == 2
    assert ForumPage.objects.filter(slug="alliance").count() == 2
    assert service.run(sample, options=ImportOptions(parent=other)).run is None


def test_a_taken_slug_gives_way_to_the_next_free_one_and_is_reported(home, sample):
    home.add_child(instance=Page(title="Here first", slug="security-abroad"))

    report = service.run(sample)

    assert SectionPage.objects.get().slug == "security-abroad-2"
    assert said(report.items[0].notes) == [
        "The slug 'security-abroad' is taken here; 'security-abroad-2' is used.",
    ]


def test_documents_in_two_languages_become_translations(home, french, tmp_path):
    paths = [
        samples.write(tmp_path, samples.section(), "en.json"),
        samples.write(tmp_path, samples.french(), "fr.json"),
    ]

    service.run(paths)

    english = SectionPage.objects.get(locale__language_code="en")
    translation = english.get_translation(french)
    assert translation.title == "La sécurité à l'étranger"
    assert translation.get_parent().locale == french
    assert QuickLinksSnippet.objects.filter(slug="agenda").count() == 2


def test_a_language_the_site_does_not_know_is_left_out_and_reported(home, tmp_path):
    paths = [
        samples.write(tmp_path, samples.section(), "en.json"),
        samples.write(tmp_path, samples.french(), "fr.json"),
    ]

    report = service.run(paths)

    assert SectionPage.objects.count() == 1
    assert said(report.warnings) == [
        "Pages in 'fr' are left out: the site has no such language under Settings, Locales.",
    ]


def test_a_document_alone_goes_below_the_root_page_in_its_language(home, french, tmp_path):
    french_home = home.copy_for_translation(french)

    service.run(samples.write(tmp_path, samples.french()))

    assert SectionPage.objects.get().get_parent().pk == french_home.pk


def test_packaged_content_is_imported_by_name(home, french):
    report = service.run("human-security")

    assert report.counts["create"] == len(report.items)
    for topic in TopicPage.objects.live().filter(locale__language_code="en"):
        response = Client().get(topic.url)
        assert response.status_code == 200
        assert response.context["initiatives"], topic.title


def test_of_documents_in_several_languages_one_is_chosen():
    (reading,) = service.convert("human-security", options=ReadOptions(language="fr-CA"))

    assert reading.document.language == "fr"


def test_a_dry_run_reports_the_same_and_writes_nothing(
    home, sample, django_capture_on_commit_callbacks
):
    pages = rows_of_others()

    with django_capture_on_commit_callbacks() as callbacks:
        rehearsed = service.preview(sample)

    assert rehearsed.dry_run
    assert rehearsed.run is None
    assert rows_of_others() == pages
    assert not SectionPage.objects.exists()
    assert not ImportRun.objects.exists()
    assert callbacks == []
    done = service.run(sample)
    assert [(i.action, i.key, i.slug) for i in rehearsed.items] == [
        (i.action, i.key, i.slug) for i in done.items
    ]


def test_a_dry_run_sends_no_signal_for_a_page_with_comments_either(
    home, sample, superuser, tmp_path
):
    service.run(sample)
    page = ForumPage.objects.get(slug="alliance")
    Comment.objects.create(page=page, user=superuser, text="Why?", contentpath="title")
    document = samples.section()
    document["page"]["children"][1]["title"] = "Grand Alliance"
    told: list[Any] = []

    def hear(sender: Any, instance: Any, **_: Any) -> None:
        told.append(instance)

    post_save.connect(hear, sender=ForumPage)
    try:
        report = service.preview(samples.write(tmp_path, document))
    finally:
        post_save.disconnect(hear, sender=ForumPage)

    assert (report.counts["update"], told) == (1, [])
