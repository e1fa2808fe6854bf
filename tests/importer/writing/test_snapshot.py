"""What the site holds now, against what the last run wrote: nothing an editor did is taken for unchanged, and nothing else is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from django.urls import reverse

from wagtail import blocks

from hsec_wagtail.blocks.grid import GridBlock
from hsec_wagtail.importer import service
from hsec_wagtail.models import ForumPage, ImportItem
from tests.importer import samples

pytestmark = pytest.mark.django_db

BODY = [
    {"type": "paragraph", "html": "<p>One &amp; “two”<br>three,\n  <strong>four</strong>.</p>"},
    {"type": "list", "items": [{"html": "one <b>b</b>"}, {"html": "two"}]},
    {"type": "heading", "text": "A heading", "level": 3},
    {"type": "table", "rows": [["Year", "<b>Missions</b>"], ["2004", ""]]},
    {"type": "contact", "name": "A bureau", "address": "4 Quay\nPort"},
    {"type": "notice", "html": "<p>New.</p>", "starts": "2020-01-01"},
    {"type": "details", "summary": "More", "html": "<p>Text.</p>"},
]


def document(**changes: Any) -> dict[str, Any]:
    """Return the sample with all kinds of text on its first forum."""
    data = samples.section()
    data["page"]["children"][0].update(
        body=BODY, changed="2001-02-03", change_note="One.\nTwo.", **changes
    )
    return data


def form_data(block: Any, value: Any, name: str) -> dict[str, str]:
    """Return what the editor's form sends for ``value``, nothing in it changed."""
    data: dict[str, str] = {}
    if isinstance(block, GridBlock):
        rows = [
            (row.id, [(cell.id, cell.value.source) for cell in row.value.bound_blocks])
            for row in value.bound_blocks
        ]
        data[name] = json.dumps(rows)
    elif isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        children = list(getattr(value, "bound_blocks", value))
        data[f"{name}-count"] = str(len(children))
        for n, child in enumerate(children):
            data |= {f"{name}-{n}-order": str(n), f"{name}-{n}-id": child.id or ""}
            data |= {f"{name}-{n}-type": child.block.name, f"{name}-{n}-deleted": ""}
            data |= form_data(child.block, child.value, f"{name}-{n}-value")
    elif isinstance(block, blocks.StructBlock):
        for field, child_block in block.child_blocks.items():
            data |= form_data(child_block, value.get(field), f"{name}-{field}")
    elif isinstance(block, blocks.RichTextBlock):
        data[name] = block.field.widget.format_value(value.source if value else "")
    else:
        data[name] = "" if value is None else str(value).replace("\n", "\r\n")
    return data


def save_unchanged(client: Any, page: Any) -> None:
    """Open ``page`` in the editor and publish it as it is."""
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = client.get(edit).context["form"]
    lead = form.fields["lead"].widget.format_value(page.lead)
    names = ["title", "slug", "short_name", "status", "expected", "anchor", "search_description"]
    data = {name: str(getattr(page, name)) for name in names}
    counts = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": ""}
    data |= {"lead": lead, "changed": str(page.changed), "seo_title": "", "action-publish": "1"}
    data |= {f"comments-{name}": count for name, count in counts.items()}
    data |= {"change_note": page.change_note.replace("\n", "\r\n")}
    data |= form_data(page.body.stream_block, page.body, "body")

    assert client.post(edit, data).status_code == 302


def test_publishing_from_the_editor_without_a_change_is_no_edit(home, tmp_path, admin_client):
    service.run(samples.write(tmp_path, document()))
    save_unchanged(admin_client, ForumPage.objects.get(slug="council-of-the-north"))

    report = service.run(samples.write(tmp_path, document(title="Council of the Far North")))

    assert [item.key for item in report.items if item.action == "update"] == ["council"]


def test_a_day_is_no_edit(home, tmp_path):
    service.run(samples.write(tmp_path, document()))

    report = service.run(samples.write(tmp_path, document(title="Council of the Far North")))

    assert [item.key for item in report.items if item.action == "update"] == ["council"]


def test_a_draft_of_what_no_source_writes_is_not_published(home, tmp_path):
    service.run(samples.write(tmp_path, document()))
    draft = ForumPage.objects.get(slug="council-of-the-north").get_latest_revision_as_object()
    draft.slug = "not-yet"
    draft.save_revision()

    report = service.run(samples.write(tmp_path, document(title="Council of the Far North")))

    page = ForumPage.objects.get(slug="council-of-the-north")
    assert [item.key for item in report.items if item.action == "update"] == ["council"]
    assert page.title == "Council of the North"
    draft = page.get_latest_revision_as_object()
    assert (draft.title, draft.slug) == ("Council of the Far North", "not-yet")


@pytest.mark.parametrize(
    ("editor", "stands", "actions"),
    [
        pytest.param("", "Of a council.", ["update"], id="empty"),
        pytest.param("Of an editor.", "Of an editor.", ["conflict"], id="filled by an editor"),
    ],
)
def test_a_field_newer_than_the_last_import_is_written_unless_an_editor_filled_it(
    home, tmp_path, editor, stands, actions
):
    service.run(samples.write(tmp_path, document()))
    item = ImportItem.objects.get(key="council")
    del item.written["search_description"]
    item.save()
    page = ForumPage.objects.get(slug="council-of-the-north")
    page.search_description = editor
    page.save_revision().publish()

    report = service.run(samples.write(tmp_path, document(search_description="Of a council.")))

    assert ForumPage.objects.get(pk=page.pk).search_description == stands
    assert [one.action for one in report.items if one.key == "council"] == actions


def test_a_field_newer_than_the_last_import_is_no_edit(home, tmp_path):
    service.run(samples.write(tmp_path, document()))
    item = ImportItem.objects.get(key="council")
    del item.written["search_description"]
    item.save()

    report = service.run(samples.write(tmp_path, document(title="Council of the Far North")))

    assert [one.action for one in report.items if one.key == "council"] == ["update"]
