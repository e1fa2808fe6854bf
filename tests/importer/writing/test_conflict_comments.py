"""Comments on conflicts stand where Wagtail's editor shows them."""

import pytest

from django.urls import reverse

from wagtail.models import Comment

from hsec_wagtail.blocks.body import default_body
from hsec_wagtail.importer.writing.conflict_comments import comment_path
from tests import factories as make
from tests.admin.users import sign_in


@pytest.fixture
def forum(home):
    body = [
        make.initiatives(make.initiative("<p>Signed.</p>", dates=["1999"]), intro="<p>Did:</p>"),
        make.paragraph(),
        make.members("Norway"),
    ]
    return make.forum_page(make.section_page(home), body=body)


def test_comment_is_beside_the_field_inside_a_list(forum):
    block = forum.body.raw_data[0]
    item = block["value"]["initiatives"][0]["id"]

    path = f"body.{block['id']}.initiatives.{item}.text"

    assert comment_path(forum, path) == path


def test_comment_on_a_whole_block_is_beside_its_first_field(forum):
    block, paragraph, members = forum.body.raw_data
    item = block["value"]["initiatives"][0]

    assert [
        comment_path(forum, f"body.{block['id']}"),
        comment_path(forum, f"body.{block['id']}.initiatives.{item['id']}"),
        comment_path(forum, f"body.{block['id']}.initiatives.{item['id']}.dates"),
        comment_path(forum, f"body.{paragraph['id']}"),
        comment_path(forum, f"body.{members['id']}.members.deleted"),
    ] == [
        f"body.{block['id']}.intro",
        f"body.{block['id']}.initiatives.{item['id']}.text",
        f"body.{block['id']}.initiatives.{item['id']}.dates.{item['value']['dates'][0]['id']}.edtf",
        f"body.{paragraph['id']}",
        f"body.{members['id']}.members.{members['value']['members'][0]['id']}.name",
    ]


def test_comment_on_a_cell_is_beside_the_caption_of_its_table(home):
    cell, row = make.item("4"), make.item([])
    row["value"].append(cell)
    table = make.block("table", {"caption": "Missions", "rows": [row]})
    forum = make.forum_page(make.section_page(home), body=[table])

    path = f"body.{table['id']}.rows.{row['id']}.{cell['id']}"

    assert comment_path(forum, path) == f"body.{table['id']}.caption"


def test_comment_on_an_empty_body_is_beside_the_title(home):
    forum = make.forum_page(make.section_page(home))

    assert comment_path(forum, "body.deleted.text") == "title"
    assert comment_path(forum, "status") == "status"


def test_comments_on_every_block_are_seen_in_the_editor(
    live_server, browser_page, client, home, superuser
):
    names = [name for name in default_body().child_blocks if name != "documents"]
    blocks = default_body().child_blocks
    forum = make.forum_page(make.section_page(home))
    forum.body = [(name, blocks[name].get_preview_value()) for name in names]
    forum.save_revision().publish()
    forum.refresh_from_db()
    for child in forum.body:
        path = comment_path(forum, f"body.{child.id}")
        Comment.objects.create(page=forum, user=superuser, text=child.block_type, contentpath=path)

    edit = reverse("wagtailadmin_pages:edit", args=[forum.pk])
    sign_in(browser_page.context, superuser, client=client, address=live_server.url)
    browser_page.set_default_timeout(120_000)
    browser_page.goto(live_server.url + edit)

    for name in names:
        comment = browser_page.locator("#comments .comment").get_by_text(name, exact=True)
        comment.first.wait_for(state="attached")
    # No thread of the server may be at work when the database is emptied.
    browser_page.goto("about:blank")
