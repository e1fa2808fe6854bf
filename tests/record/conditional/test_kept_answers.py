"""What is kept is what would be made: whatever is done to a site, no page is stale."""

from random import Random

import pytest

from django.db import connection, transaction
from django.template.response import TemplateResponse
from django.test.utils import CaptureQueriesContext

from taggit.models import Tag
from wagtail.models import Locale, Page, PageViewRestriction, Site

from hsec_wagtail.models import (
    ImportItem,
    ImportRun,
    ImportSource,
    QuickLinksSnippet,
    SiteRecordSettings,
    SiteRecordWords,
)
from hsec_wagtail.models.record_version import RecordVersion
from hsec_wagtail.page_models import base_page_model, page_model
from hsec_wagtail.record import conditional
from hsec_wagtail.record.release import _content, release
from hsec_wagtail.record.versions import version
from tests import factories as make


@pytest.fixture
def record(section):
    """Return a section of two forums, a topic, a page that a forum links to, and quick links."""
    linked = make.policy_page(section, title="Publications")
    topic = make.topic_page(section)
    one = make.initiative("<p>Mines were cleared.</p>", dates=["2001"], topics=[topic])
    text = make.paragraph(f"<p>See {make.page_link(linked)}.</p>")
    make.forum_page(section, title="United Nations", body=[text, make.initiatives(one)])
    make.forum_page(section, title="Arctic Council", body=[make.paragraph("<p>North.</p>")])
    make.quick_links(page=section, links=[make.quick_link("", page=linked)])
    return section


def answers(client, record):
    """Return status and content of all pages of a section, and of its list, by address."""
    record.refresh_from_db()
    pages = base_page_model().objects.descendant_of(record, inclusive=True)
    urls = [url for page in pages if (url := page.get_url())]
    found = {url: client.get(url) for url in (*urls, f"{record.url}initiatives/")}
    return {url: (one.status_code, one.content) for url, one in found.items()}


def some_page(record, chance, *, below=False):
    pages = list(base_page_model().objects.descendant_of(record, inclusive=not below))
    return chance.choice(pages).specific if pages else None


def publish(record, chance):
    page = some_page(record, chance)
    page.title = f"Title {chance.random()}"
    page.lead = f"<p>Lead {chance.random()}</p>"
    page.save_revision().publish()


def unpublish(record, chance):
    if page := some_page(record, chance, below=True):
        page.unpublish()


def rename(record, chance):
    page = some_page(record, chance)
    page.slug = f"slug-{chance.randrange(10**9)}"
    page.save()


def move(record, chance):
    if page := some_page(record, chance, below=True):
        page.move(record.get_parent(), pos="last-child")


def reorder(record, chance):
    if page := some_page(record, chance, below=True):
        page.move(record, pos="first-child")


def delete(record, chance):
    if page := some_page(record, chance, below=True):
        page.delete()


def restrict(record, chance):
    if page := some_page(record, chance, below=True):
        PageViewRestriction.objects.create(page=page, restriction_type="login")


def free(record, chance):
    if one := PageViewRestriction.objects.first():
        one.delete()


def relabel(record, chance):
    for snippet in QuickLinksSnippet.objects.all():
        snippet.heading = f"Heading {chance.random()}"
        snippet.save_revision().publish()


def add(record, chance):
    make.forum_page(record, title=f"Forum {chance.random()}", lead="<p>New.</p>")


def rename_site(record, chance):
    site = Site.objects.get()
    site.site_name = f"Site {chance.random()}"
    site.save()


def translate(record, chance):
    french, _ = Locale.objects.get_or_create(language_code="fr")
    page = some_page(record, chance)
    if not page.has_translation(french) and page.get_parent().has_translation(french):
        page.copy_for_translation(french).save_revision().publish()


def copy(record, chance):
    page = some_page(record, chance, below=True)
    if page:
        page.copy(update_attrs={"slug": f"copy-{chance.randrange(10**9)}"}, to=record)


EDITS = [
    publish,
    unpublish,
    rename,
    move,
    reorder,
    delete,
    restrict,
    free,
    relabel,
    add,
    rename_site,
    translate,
    copy,
]


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_done_what_is_served_is_what_would_be_made(client, record, settings, seed):
    chance = Random(seed)  # noqa: S311 - the same each time
    answers(client, record)
    for edit in chance.sample(EDITS, len(EDITS)):
        edit(record, chance)
        served = answers(client, record)

        settings.HSEC_CACHE = None
        made = answers(client, record)
        settings.HSEC_CACHE = "default"

        assert served == made, edit.__name__


def test_a_kept_answer_is_not_rendered(client, record, monkeypatch):
    first = client.get(record.url)
    monkeypatch.setattr(TemplateResponse, "render", None)

    with CaptureQueriesContext(connection) as queries:
        again = client.get(record.url)

    assert again.content == first.content
    assert dict(again.items()) == dict(first.items())
    assert len(queries) <= 8


@pytest.fixture
def meanwhile(monkeypatch):
    """Return a function that lets an edit be made once, after the page was found and before the version is read."""

    def once(edit):
        edits = [edit]

        def changed():
            if edits:
                edits.pop()()
            return version()

        monkeypatch.setattr(conditional, "version", changed)

    return once


def test_what_is_published_while_a_page_is_asked_for_is_shown(client, record, meanwhile):
    def edit():
        page = type(record).objects.get(pk=record.pk)
        page.title = "Another title"
        page.save_revision().publish()

    meanwhile(edit)
    client.get(record.url)

    assert b"Another title" in client.get(record.url).content


def test_what_is_made_private_while_a_page_is_asked_for_is_not_shown(client, record, meanwhile):
    forum = base_page_model().objects.get(title="Arctic Council")
    assert b"Arctic Council" in client.get(record.url).content

    meanwhile(lambda: PageViewRestriction.objects.create(page=forum, restriction_type="login"))
    client.get(record.url)

    assert b"Arctic Council" not in client.get(record.url).content


def test_what_is_unpublished_while_it_is_asked_for_is_not_kept(client, record, meanwhile):
    forum = base_page_model().objects.get(title="Arctic Council")

    meanwhile(lambda: base_page_model().objects.get(pk=forum.pk).unpublish())

    assert "ETag" not in client.get(forum.url)


def test_what_is_asked_for_by_a_query_string_fills_no_cache(client, record):
    client.get(f"{record.url}?utm=1")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{record.url}?utm=1")

    assert len(queries) > 8


def test_what_is_rolled_back_leaves_no_version(record):
    before = version()

    with transaction.atomic():
        Page.objects.first().save()
        assert version() != before
        transaction.set_rollback(True)

    assert version() == before


def test_the_words_of_a_site_are_part_of_the_version(section):
    own = SiteRecordSettings.objects.create(site=Site.objects.get())
    before = version()

    SiteRecordWords.objects.create(record=own, locale=section.locale, organisation="Office")

    assert version() != before


def imported(page, number=1):
    """Return a run with as many sources and items of ``page``, written in bulk."""
    run = ImportRun.objects.create(source_name="a")
    sources = [ImportSource(run=run, position=one, name="a") for one in range(number)]
    ImportSource.objects.bulk_create(sources)
    items = [
        ImportItem(
            run=run,
            position=one,
            action=ImportItem.Action.CREATE,
            content_type=page.content_type,
            object_id=str(page.pk),
        )
        for one in range(number)
    ]
    ImportItem.objects.bulk_create(items)
    return run


@pytest.mark.parametrize("model", [ImportItem, ImportSource])
def test_a_changed_import_is_part_of_the_version(section, model):
    run = imported(section)
    before = version()

    model.objects.get(run=run).save()

    assert version() != before


def test_a_run_is_one_change_however_many_items_it_has(section):
    before = RecordVersion.objects.count()

    run = imported(section, 3)
    assert RecordVersion.objects.count() == before
    run.delete()

    assert RecordVersion.objects.count() == before + 1


def test_a_saved_page_is_one_change(section):
    before = RecordVersion.objects.count()

    section.save()

    assert RecordVersion.objects.count() == before + 1


@pytest.mark.parametrize("model", [page_model("section"), base_page_model()])
def test_a_page_saved_as_any_model_is_part_of_the_version(section, model):
    before = version()

    model.objects.get(pk=section.pk).save(update_fields=["title"])

    assert version() != before


def test_a_page_that_loaddata_brings_is_part_of_the_version(section):
    before = version()

    section.save_base(raw=True)

    assert version() != before


def test_a_draft_is_no_change(section):
    before = version()

    section.title = "A draft"
    section.save_revision()

    assert version() == before


def test_another_template_is_another_release(settings, tmp_path):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    template = tmp_path / "hsec_wagtail" / "page.html"
    template.parent.mkdir()
    template.write_text("One")
    before = release()
    _content.cache_clear()
    assert release() == before

    template.write_text("Two")
    _content.cache_clear()

    assert release() != before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WAGTAIL_SITE_NAME", "Another name"),
        ("WAGTAIL_I18N_ENABLED", "another value"),
        ("WAGTAIL_CONTENT_LANGUAGES", [("cy", "Welsh")]),
    ],
)
def test_another_setting_of_wagtail_is_another_release(settings, name, value):
    before = release()

    setattr(settings, name, value)

    assert release() != before


@pytest.fixture
def templates(settings, tmp_path):
    """Return a folder of templates of the site."""
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    return tmp_path


def test_a_file_that_cannot_be_read_is_no_part_of_a_release(templates):
    before = release()

    (templates / "gone.html").symlink_to(templates / "nothing.html")
    _content.cache_clear()

    assert release() == before


@pytest.mark.parametrize(
    "name",
    [
        ".page.html",
        "venv/lib/one.py",
        "lib/site-packages/one.py",
        "media/one.txt",
        "static/one.svg",
    ],
)
def test_what_is_no_code_of_the_site_is_no_part_of_a_release(settings, templates, name):
    settings.MEDIA_ROOT = str(templates / "media")
    settings.STATIC_ROOT = str(templates / "static")
    before = release()

    (templates / name).parent.mkdir(parents=True, exist_ok=True)
    (templates / name).write_text("Text")
    if name.startswith("venv"):
        (templates / "venv" / "pyvenv.cfg").touch()
    _content.cache_clear()

    assert release() == before


@pytest.mark.parametrize("label", ["taggit", "taggit.Tag"])
def test_rows_that_the_site_says_no_page_shows_void_nothing(record, settings, label):
    settings.HSEC_UNSHOWN_MODELS = [label]
    before = version()

    tag = Tag.objects.create(name="Visit")
    tag.delete()

    assert version() == before
    settings.HSEC_UNSHOWN_MODELS = []
    Tag.objects.create(name="Visit")
    assert version() != before
