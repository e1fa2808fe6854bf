"""Verifying: after an import all is there; what editors do since is told word by word."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from django.contrib.contenttypes.models import ContentType

from hsec_wagtail.importer import service
from hsec_wagtail.importer.errors import VerifyError
from hsec_wagtail.importer.runs.verification import Counts
from hsec_wagtail.importer.runs.verify import verify
from hsec_wagtail.importer.runs.word_search import Fate
from hsec_wagtail.models import ForumPage, ImportRun, QuickLinksSnippet, SectionPage
from tests import factories as make
from tests.importer import corpus, samples
from tests.importer.recorded import imported

#: Saved pages in the layouts of old.
PAGES = sorted((Path(__file__).resolve().parents[1] / "pages").glob("*.html"))

CAPTURE = """Department of the North

Working with others

The department works with others to make people safer, in two forums.

Council of the North

Alliance

Council of the North

The council meets each spring. Actions include:

• tabling a report (June 2000)
• hosting a meeting (2001-2002)

Alliance

The alliance is younger than the council and meets in the autumn.
"""


@pytest.fixture
def capture(tmp_path):
    """Return the path of a small text capture."""
    path = tmp_path / "capture.txt"
    path.write_text(CAPTURE, encoding="utf-8")
    return path


@pytest.fixture
def run(home, capture) -> ImportRun:
    """Return the run that imported the capture."""
    return imported(capture, parent=home)


def test_an_import_and_verify_count_the_same_words_of_the_packaged_content(home, french):
    report = service.run("human-security")

    counted = [(source.name, source.ledger["words"]) for source in report.sources]
    assert [(source.name, source.words) for source in verify().sources] == counted
    assert [name for name, _ in counted] == ["human-security/en.yaml", "human-security/fr.yaml"]


def edit(page: Any, change, *, publish: bool = True) -> None:
    """Let an editor change the body of ``page`` by ``change``, which gets its raw blocks."""
    page = page.get_latest_revision_as_object()
    blocks = [dict(block) for block in page.body.raw_data]
    page.body = page.body.stream_block.to_python(change(blocks))
    revision = page.save_revision()
    if publish:
        revision.publish()


def lost(found) -> list[tuple[Fate, int | None, str, str]]:
    return [
        (one.fate, one.line, one.text, str(one.why))
        for source in found.sources
        for one in source.lost
    ]


@pytest.mark.parametrize("name", corpus.names())
def test_after_an_import_every_word_is_there(home, name):
    imported(corpus.CAPTURES / f"{name}.txt", parent=home)

    found = service.verify()

    assert lost(found) == []
    assert found.counts.there == found.counts.content > 0


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_after_an_import_every_word_of_a_saved_page_is_there(home, path):
    imported(path, parent=home)

    assert lost(service.verify()) == []


@pytest.mark.seed
def test_after_an_import_every_word_of_the_originals_is_there(home, seed):
    for path in sorted(seed.glob("*.txt")):
        run = imported(path, parent=home)

        assert lost(service.verify(run.pk)) == []


def test_after_an_import_every_word_of_a_document_is_there(home, french):
    imported("human-security", parent=home)

    found = service.verify()

    assert (found.counts.there, found.complete) == (found.counts.content, True)
    assert found.counts.content > 1_000
    assert {source.language for source in found.sources} == {"en", "fr"}


def test_what_is_left_out_is_counted_apart(run):
    (source,) = service.verify(run.pk).sources

    assert source.words == source.left_out + source.counts.content
    assert source.left_out > 0


def test_a_draft_is_read_although_it_is_not_published(home, capture):
    run = imported(capture, parent=home, draft=True)

    found = service.verify(run.pk)

    assert found.counts.there == found.counts.content
    assert {item.state for item in found.items} == {"draft"}


def test_words_that_an_editor_changed_are_named_with_their_line(run):
    council = ForumPage.objects.get(title="Council of the North")

    def to_autumn(blocks):
        blocks[0]["value"] = blocks[0]["value"].replace("spring", "autumn")
        return blocks

    edit(council, to_autumn)

    found = service.verify(run.pk)

    assert lost(found) == [(Fate.CHANGED, 13, "spring", "edited since")]
    assert found.complete


def test_a_draft_of_an_editor_counts_only_where_drafts_are_asked_for(run):
    council = ForumPage.objects.get(title="Council of the North")
    edit(council, lambda blocks: [], publish=False)

    assert lost(service.verify(run.pk)) == []
    assert not service.verify(run.pk, draft=True).complete


def test_a_block_that_an_editor_deleted_is_gone(run):
    alliance = ForumPage.objects.get(title="Alliance")
    edit(alliance, lambda blocks: blocks[1:])

    found = service.verify(run.pk)

    text = "The alliance is younger than the council and meets in the autumn"
    assert lost(found) == [(Fate.GONE, 20, text, "its part was deleted")]
    assert found.counts == Counts(there=found.counts.content - 12, gone=12)


def test_a_block_that_an_editor_took_to_another_page_has_moved(run):
    alliance = ForumPage.objects.get(title="Alliance")
    (block, *_) = [dict(one) for one in alliance.body.raw_data]
    edit(alliance, lambda blocks: blocks[1:])
    other = {
        "type": "paragraph",
        "id": "00000000-0000-4000-8000-000000000000",
        "value": block["value"],
    }
    edit(SectionPage.objects.get(), lambda blocks: [*blocks, other])

    ((fate, _, _, why),) = lost(service.verify(run.pk))

    assert (fate, why) == (Fate.MOVED, "now in Working with others")


def test_an_editor_s_new_order_of_blocks_loses_nothing(run):
    council = ForumPage.objects.get(title="Council of the North")
    edit(council, lambda blocks: list(reversed(blocks)))

    assert lost(service.verify(run.pk)) == []


def test_a_deleted_page_is_named_and_its_words_are_gone(run):
    ForumPage.objects.get(title="Alliance").delete()

    found = service.verify(run.pk)

    assert {why for _, _, _, why in lost(found)} == {"deleted"}
    assert [(item.title, item.state) for item in found.items if item.state != "live"] == [
        ("Alliance", "deleted")
    ]
    assert not found.complete


def test_an_unpublished_page_is_named_and_its_words_are_there(run):
    ForumPage.objects.get(title="Alliance").unpublish()

    found = service.verify(run.pk)

    assert lost(found) == []
    assert [item.state for item in found.items if item.title == "Alliance"] == ["unpublished"]


def test_a_run_may_be_named_by_itself(run):
    assert service.verify(run) == service.verify(run.pk)


def test_quick_links_are_looked_at_too(home, tmp_path):
    imported(samples.write(tmp_path, samples.section()), parent=home)
    QuickLinksSnippet.objects.get(slug="agenda").delete()

    found = service.verify()

    assert [(one.text, one.line, str(one.why)) for one in found.sources[0].lost] == [
        ("Agenda", None, "deleted"),
        ("Peace", None, "deleted"),
    ]


def test_a_run_that_changed_one_page_is_verified_with_the_pages_it_left(run, capture, home):
    capture.write_text(CAPTURE.replace("younger", "much younger"), encoding="utf-8")
    second = imported(capture, parent=home)

    assert second.items.filter(action="update").count() == 1
    assert lost(service.verify(second.pk)) == []


def test_what_a_later_run_changed_is_told_from_what_an_editor_did(run, capture, home):
    capture.write_text(CAPTURE.replace("younger", "older"), encoding="utf-8")
    second = imported(capture, parent=home)

    assert (Fate.CHANGED, 20, "younger", f"run {second.pk} wrote it later") in lost(
        service.verify(run.pk)
    )
    assert [source.run for source in service.verify().sources] == [second.pk]


def test_a_file_is_compared_in_place_of_what_the_run_kept(run, capture):
    found = service.verify(run.pk, sources=[capture])

    assert lost(found) == []
    assert [source.differs for source in found.sources] == [None]


def test_a_file_that_is_not_what_was_imported_is_told(run, capture):
    capture.write_text(CAPTURE.replace("younger", "older"), encoding="utf-8")

    (source,) = service.verify(run.pk, sources=[capture]).sources

    assert str(source.differs).startswith(f"{capture} is not the file that run {run.pk} read as ")
    assert [one.text for one in source.lost if one.fate is Fate.GONE] == ["older"]


def test_a_file_that_no_run_read_is_refused(home, tmp_path, french):
    imported("human-security", parent=home)
    other = tmp_path / "other.txt"
    other.write_text(CAPTURE, encoding="utf-8")
    with pytest.raises(VerifyError, match="no run read it"):
        service.verify(sources=[other])


@pytest.mark.parametrize(
    ("number", "message"),
    [
        pytest.param(77, "There is no run 77. See them with: hsec_runs", id="unknown run"),
        pytest.param(None, "Nothing was imported yet. See the runs with: hsec_runs", id="no run"),
    ],
)
def test_where_there_is_nothing_to_verify_that_is_said(home, number, message):
    with pytest.raises(VerifyError) as error:
        service.verify(number)

    assert str(error.value) == message


def test_a_run_that_was_taken_back_is_refused(run):
    service.undo(run.pk)

    with pytest.raises(VerifyError, match="is undone; nothing of it is on the site"):
        service.verify(run.pk)


def test_the_queries_do_not_grow_with_the_pages(home, tmp_path, django_assert_max_num_queries):
    document = samples.section()
    forums = [{**samples.council(), "key": f"c{n}", "title": f"Council {n}"} for n in range(30)]
    document["page"]["children"] += forums
    run = imported(samples.write(tmp_path, document), parent=home)

    with django_assert_max_num_queries(14):
        assert service.verify(run.pk).complete


def test_json_and_lines_say_the_same(run):
    ForumPage.objects.get(title="Alliance").delete()

    found = service.verify(run.pk)

    printed = found.as_json()
    assert (printed["complete"], printed["counts"]["gone"]) == (False, found.counts.gone)
    assert {one["fate"] for one in printed["sources"][0]["lost"]} == {"gone"}
    lines = list(found.lines())
    assert lines[0].startswith(f"{run.sources.get().name} (run {run.pk}): ")
    assert any(
        line.startswith("    GONE    line 18: 'Alliance' (Alliance: deleted)") for line in lines
    )
    assert "    ! en  Alliance: deleted" in lines
    assert lines[-1].startswith("Compared with what is published: ")


# --- several sources: a run keeps none that it found unchanged


def keep_page(run: ImportRun, page: Any, text: str) -> None:
    """Keep a source of one page, which has it as its lead, with the run that wrote it."""
    source = run.sources.create(
        position=run.sources.count() + 1,
        name=f"{page.slug}.txt",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        format="text",
        language="en",
        text=text,
    )
    run.items.create(
        position=run.items.count() + 1,
        action="create",
        content_type=ContentType.objects.get_for_model(type(page)),
        object_id=str(page.pk),
        source_key="site",
        key=page.slug,
        language="en",
        parent_id="1",
        title=page.title,
        source=source,
        spans={"lead": [0, len(text)]},
        written={"lead": f"<p>{text}</p>"},
    )


@pytest.fixture
def two_runs(home):
    """Return two runs of a site of two pages, of which the second found only one changed."""
    section = make.section_page(home)
    first, second = (ImportRun.objects.create(status="done", source_name="site") for _ in "ab")
    for slug, text in (("about", "What we do with others"), ("news", "All that was new")):
        page = make.policy_page(section, slug=slug, title=slug, lead=f"<p>{text}</p>")
        keep_page(first, page, text)
    page.lead = "<p>All that is new now</p>"
    page.save_revision().publish()
    keep_page(second, page, "All that is new now")
    return first, second


def test_sources_that_the_newest_run_found_unchanged_are_verified_too(two_runs):
    first, second = two_runs

    found = service.verify()

    assert [(one.name, one.run) for one in found.sources] == [
        ("about.txt", first.pk),
        ("news.txt", second.pk),
    ]
    assert found.counts == Counts(there=10)


def test_an_earlier_run_is_verified_with_its_own_sources(two_runs):
    first, second = two_runs

    found = service.verify(first.pk)

    assert {one.run for one in found.sources} == {first.pk}
    assert lost(found) == [(Fate.CHANGED, 1, "was", f"run {second.pk} wrote it later")]


def test_only_runs_below_a_page_are_verified_where_that_is_asked_for(two_runs):
    with pytest.raises(VerifyError, match="Nothing was imported below the page 77 yet"):
        verify(parent=77)
    assert verify(parent=1).complete


def test_the_console_shows_a_hundred_lines_of_a_kind(home, tmp_path):
    document = samples.section()
    forums = [{**samples.council(), "key": f"c{n}", "title": f"Council {n}"} for n in range(120)]
    document["page"]["children"] += forums
    imported(samples.write(tmp_path, document), parent=home, draft=True)

    lines = list(service.verify().lines())

    assert len(lines) == 103
    assert lines[-2].endswith(" more; --json names all.")
