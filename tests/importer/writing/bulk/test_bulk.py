"""Writing in bulk: the rows are those that Wagtail's own calls write, in every table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import LogContext, log
from wagtail.models import ModelLogEntry, Page, PageLogEntry, ReferenceIndex, Revision, Site
from wagtail.search.models import IndexEntry

from hsec_wagtail.importer.writing.bulk import BulkWriter, PathAllocator
from hsec_wagtail.models import (
    Initiative,
    InitiativeDate,
    InitiativeTopic,
    InitiativeYear,
    Membership,
    PublishedVersion,
    QuickLinksSnippet,
    RecordVersion,
    SearchRow,
    SearchTerm,
)
from hsec_wagtail.models.table_rows import reserve_ids
from hsec_wagtail.page_models import page_model
from tests import factories

pytestmark = [
    pytest.mark.django_db,
    # Both ways begin with the same ids.
    pytest.mark.except_mysql("a rollback does not give back ids"),
]

#: Their rows are numbered in any order.
REGISTER = (
    Initiative,
    InitiativeDate,
    InitiativeTopic,
    InitiativeYear,
    Membership,
    PublishedVersion,
    RecordVersion,
    SearchRow,
    SearchTerm,
)
NUMBERED = {IndexEntry, ReferenceIndex, PageLogEntry, ModelLogEntry, Redirect}
DATA = {"run": 7, "source": "section.html"}


class Undo(Exception):
    """Leaves a savepoint."""


@contextmanager
def undone() -> Iterator[None]:
    """Take back what is written inside; ids are counted anew before and after."""
    count_ids_anew()
    try:
        with transaction.atomic():
            yield
            raise Undo
    except Undo:
        count_ids_anew()


def count_ids_anew() -> None:
    """Let the next rows get the ids after the last there are: PostgreSQL does not take ids back."""
    kinds = [Page, Revision, QuickLinksSnippet, Redirect]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kinds):
            cursor.execute(statement)


def dump() -> dict[str, list[Any]]:
    """Return all rows of all tables; of times and of norms of titles only whether there are some.

    Those of the register are derived from others, and have tests of their own.
    """
    tables = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table.endswith("_fts") or model in REGISTER:
            continue
        fields = [
            field
            for field in model._meta.local_concrete_fields
            if not (field.primary_key and model in NUMBERED)
        ]
        rows = model._base_manager.values_list(*(field.attname for field in fields))
        steady = [
            tuple(_steady(field, value) for field, value in zip(fields, row, strict=True))
            for row in rows
        ]
        tables[model._meta.label] = sorted(steady, key=repr)
    return tables


def _steady(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(value, datetime) or field.name == "title_norm":
        return value is not None
    if hasattr(value, "raw_data"):
        return list(value.raw_data)
    if field.name == "content":
        # Comments are stamped whenever they are looked at.
        for comment in value.get("wagtail_admin_comments", ()):
            comment["updated_at"] = None
    return value


def body(ids: list[int], topic: int) -> list[dict[str, Any]]:
    """Return raw blocks of many kinds, with links to pages before and behind, and to one that is none."""
    text = f'<p>Signed &amp; sealed, see <a linktype="page" id="{ids[-1]}">there</a>.</p>'
    dates = [("1999-06", "signed", "June 1999")]
    chooser = factories.link("Read on")
    chooser["value"]["page"] = ids[-1]
    gone = factories.link("Gone")
    gone["value"]["page"] = 999_999
    initiative = factories.initiative("<p>A <b>treaty</b> of June 1999.</p>", dates=dates)
    initiative["value"]["topics"] = [{"type": "item", "value": topic, "id": "one-topic"}]
    return [
        factories.heading("What we do", anchor="what"),
        factories.paragraph(text),
        factories.paragraph("<ul><li>one<li>two</ul> R&D <br> <script>no()</script>"),
        factories.initiatives(initiative, intro="<p>The state did:</p>"),
        factories.members("Norvania", "Zembla"),
        factories.notice("<p>Closed in May.</p>"),
        chooser,
        gone,
    ]


#: Type, title, place of the parent in the list.
TREE: list[tuple[str, str, int | None]] = [
    ("section", "Human security", None),
    ("topic", "Small arms", 0),
    ("forum", "United Nations", 0),
    ("policy", "Reports & papers", 2),
    ("forum", "United Nations!", 0),
    ("section", "Far away", 0),
    ("forum", "Élan vital", 5),
    ("policy", "More", 6),
]


@dataclass(frozen=True)
class Source:
    """What both ways write: the same pages, with ids that are known beforehand."""

    home: Any
    ids: list[int]
    bodies: list[str]

    def pages(self, *, with_ids: bool) -> list[Any]:
        pages = []
        for number, (kind, title, _) in enumerate(TREE):
            page = page_model(kind)(title=title, slug=f"page-{number}", live=False)
            page.locale_id = self.home.locale_id
            page.translation_key = UUID(int=number + 1)
            page.lead = f'<p>As <a linktype="page" id="{self.ids[0]}">{number}</a> &lt; 9</p>'
            page.body = self.bodies[number]
            if kind == "forum":
                page.short_name = "UN"
            if with_ids:
                page.pk = self.ids[number]
            pages.append(page)
        return pages


@pytest.fixture
def source(home):
    with undone():
        ids = reserve_ids(Page, len(TREE))
    return Source(home, ids, [json.dumps(body(ids, topic=ids[1])) for _ in TREE])


def write_one_by_one(source, *, user, publish):
    """Write the pages by Wagtail's own calls: all of them as drafts, then each as a revision."""
    pages = source.pages(with_ids=False)
    for page, (_, _, parent) in zip(pages, TREE, strict=True):
        page.owner = user
        above = Page.objects.get(pk=source.home.pk) if parent is None else pages[parent]
        above.add_child(instance=page)
    assert [page.pk for page in pages] == source.ids
    for page in pages:
        write_revision(page, user=user, publish=publish)


def write_revision(instance, *, user, publish):
    revision = instance.save_revision(user=user, log_action=True)
    log(instance, "hsec.import", user=user, data=DATA, revision=revision)
    if publish(instance):
        revision.publish(user=user, skip_permission_checks=True)


def write_in_bulk(source, *, user, publish, chunk=100):
    writer = BulkWriter(user=user, log_data=lambda page: DATA)
    paths = PathAllocator()
    ids = writer.reserve(Page, len(TREE))
    assert ids == source.ids
    pages = source.pages(with_ids=True)
    for start in range(0, len(pages), chunk):
        part = pages[start : start + chunk]
        for page, (_, _, parent) in zip(part, TREE[start:], strict=False):
            page.owner = user
            paths.place(page, source.home.pk if parent is None else ids[parent])
        writer.insert(part, publish=publish)
        paths.flush()


@contextmanager
def logged():
    with LogContext() as context:
        context.uuid = UUID(int=0)
        yield


PUBLISH = [
    pytest.param(lambda page: True, id="published"),
    pytest.param(lambda page: False, id="drafts"),
    pytest.param(lambda page: page.pk % 2 == 0, id="both"),
]


@pytest.mark.parametrize("publish", PUBLISH)
def test_new_pages_leave_the_same_rows_in_every_table(source, superuser, publish):
    with undone(), logged():
        write_one_by_one(source, user=superuser, publish=publish)
        expected = dump()

    with logged():
        write_in_bulk(source, user=superuser, publish=publish)

    assert_same_rows(dump(), expected)


def assert_same_rows(found, expected):
    for table, rows in expected.items():
        assert (table, found[table]) == (table, rows)


def test_the_tables_that_are_compared_are_those_that_writing_fills(source, links, superuser):
    before = dump()

    with logged():
        write_in_bulk(source, user=superuser, publish=lambda page: True)
        write_group_in_bulk(
            groups(source.home, links)[0], user=superuser, publish=lambda group: True
        )

    filled = {table for table, rows in dump().items() if len(rows) > len(before[table])}
    kinds = ("section", "topic", "forum", "policy")
    assert filled == {
        "wagtailcore.Page",
        *(page_model(kind)._meta.label for kind in kinds),
        QuickLinksSnippet._meta.label,
        "wagtailcore.Revision",
        "wagtailcore.PageLogEntry",
        "wagtailcore.ModelLogEntry",
        "wagtailcore.ReferenceIndex",
        IndexEntry._meta.label,
    }


@pytest.fixture
def links(home):
    return [factories.quick_link("Home", page=home), factories.quick_link("A site", url="/x")]


def groups(home, links):
    return [
        QuickLinksSnippet(
            heading=heading, page_id=home.pk, links=json.dumps(links), locale=home.locale,
            translation_key=UUID(int=number), sort_order=number,
        )
        for number, heading in enumerate(["Resources", "", "Contacts"])
    ]  # fmt: skip


def write_group_in_bulk(*new, user, publish):
    writer = BulkWriter(user=user, log_data=lambda group: DATA)
    for group, pk in zip(new, writer.reserve(QuickLinksSnippet, len(new)), strict=True):
        group.pk = pk
    writer.insert(new, publish=publish)


@pytest.mark.parametrize("publish", PUBLISH)
def test_new_quick_links_leave_the_same_rows_in_every_table(home, links, superuser, publish):
    with undone(), logged():
        for group in groups(home, links):
            group.live = False
            group.save()
            write_revision(group, user=superuser, publish=publish)
        expected = dump()

    with logged():
        write_group_in_bulk(*groups(home, links), user=superuser, publish=publish)

    assert_same_rows(dump(), expected)


def redirects(home):
    site = Site.objects.get()
    return [
        Redirect(site=site, old_path=f"/old-{number}", redirect_page_id=home.pk)
        for number in range(3)
    ]


def test_new_redirects_leave_the_same_rows_in_every_table(home, superuser):
    with undone(), logged():
        for redirect in redirects(home):
            redirect.save()
            log(redirect, "hsec.import", user=superuser, data=DATA, content_changed=True)
        expected = dump()
    new = redirects(home)

    with logged():
        writer = BulkWriter(user=superuser, log_data=lambda redirect: DATA)
        for redirect, pk in zip(new, writer.reserve(Redirect, len(new)), strict=True):
            redirect.pk = pk
        writer.insert_plain(new)

    assert_same_rows(dump(), expected)


def change(pk):
    """Return the newest version of a page with another title and other blocks."""
    newest = Page.objects.get(pk=pk).get_latest_revision_as_object()
    newest.title = f"{newest.title}, renamed"
    newest.anchor = f"anchor-{newest.pk}"
    raw = list(newest.body.raw_data)
    chooser = factories.link("Up", page=Page.objects.get(depth=1))
    newest.body = json.dumps([*raw[1:5], {**chooser, "id": "new-block"}])
    return newest


def update_in_bulk(ids, *, user, publish):
    writer = BulkWriter(user=user, log_data=lambda page: DATA)
    writer.update([change(pk) for pk in ids], publish=publish)


@pytest.mark.parametrize("publish", PUBLISH)
@pytest.mark.parametrize("before", PUBLISH)
def test_changed_pages_leave_the_same_rows_in_every_table(source, superuser, before, publish):
    with logged():
        write_in_bulk(source, user=superuser, publish=before)
    with undone(), logged():
        for pk in source.ids:
            write_revision(change(pk), user=superuser, publish=publish)
        expected = dump()

    with logged():
        update_in_bulk(source.ids, user=superuser, publish=publish)

    assert_same_rows(dump(), expected)
