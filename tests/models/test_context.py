"""What the templates find in their context: notices from above, and the ids that are taken."""

import datetime as dt
import re
from pathlib import Path

import pytest

from django.contrib.contenttypes.models import ContentType
from django.test import RequestFactory

import hsec_wagtail
from hsec_wagtail.models import ImportItem, ImportRun
from hsec_wagtail.models.context import OUR_IDS, inherited_notices
from tests import factories as make

TEMPLATES = Path(hsec_wagtail.__file__).parent / "templates" / "hsec_wagtail"
YESTERDAY = (dt.date.today() - dt.timedelta(days=1)).isoformat()


def historical(text="<p>For the record.</p>", **days):
    block = make.notice(text, kind="historical")
    block["value"].update(days)
    return block


def inherited(parent, **fields):
    """Return the words that a new forum below ``parent`` inherits."""
    notices = inherited_notices(make.forum_page(parent, **fields))
    return [str(notice.value["text"].source) for notice in notices or ()]


def test_historical_notices_at_the_top_of_a_section_are_inherited(home):
    top = [make.notice("<p>News.</p>"), historical("<p>1</p>"), historical("<p>2</p>")]
    section = make.section_page(home, body=top)

    assert inherited(section) == ["<p>1</p>", "<p>2</p>"]


def test_nearest_section_with_a_notice_counts(home):
    above = make.section_page(home, body=[historical("<p>Above.</p>")])
    between = make.section_page(above, title="Between")
    nearest = make.section_page(above, title="Nearest", body=[historical("<p>Nearest.</p>")])

    assert inherited(between) == ["<p>Above.</p>"]
    assert inherited(nearest) == ["<p>Nearest.</p>"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param([], id="none"),
        pytest.param([make.notice("<p>x</p>", kind="warning")], id="of another kind"),
        pytest.param([make.paragraph(), historical()], id="below other text"),
        pytest.param([historical(ends=YESTERDAY)], id="over"),
    ],
)
def test_other_notices_are_not_inherited(home, body):
    assert inherited(make.section_page(home, body=body)) == []


def test_draft_gives_no_notice(home):
    assert inherited(make.section_page(home, body=[historical()], live=False)) == []


def test_page_with_a_notice_of_its_own_inherits_nothing(home):
    section = make.section_page(home, body=[historical()])

    assert inherited(section, body=[historical("<p>Own</p>")]) == []


def test_announced_page_says_that_its_section_is_archived(home):
    section = make.section_page(home, body=[historical("<p>Of 2004.</p>")])

    assert inherited(section, status="announced") == ["<p>Of 2004.</p>"]


def imported_page(page, *, action="create"):
    """Have an import have written ``page``."""
    run = ImportRun.objects.create(status="done", source_name="capture.txt")
    page_type = ContentType.objects.get_for_model(type(page))
    ImportItem.objects.create(
        run=run, position=1, action=action, content_type=page_type, object_id=str(page.pk),
        key=page.slug, language="en", title=page.title,
    )  # fmt: skip
    return page


def test_notice_for_imported_pages_is_not_on_pages_that_editors_wrote(home):
    section = make.section_page(home, body=[historical(scope="imported")])
    imported = imported_page(make.forum_page(section, title="Imported"))
    updated = imported_page(make.forum_page(section, title="Updated"), action="update")
    written = make.forum_page(section, title="Written")

    assert [bool(inherited_notices(page)) for page in (imported, updated, written)] == [
        True,
        False,
        False,
    ]


def test_page_that_the_nearest_notice_is_not_about_shows_the_one_above(home):
    above = make.section_page(home, body=[historical("<p>Above.</p>")])
    nearest = make.section_page(above, title="Nearest", body=[historical(scope="imported")])

    assert inherited(nearest) == ["<p>Above.</p>"]


def test_alias_shows_the_notice_that_its_original_shows(home):
    section = make.section_page(home, body=[historical(scope="imported")])
    alias = imported_page(make.forum_page(section)).create_alias(update_slug="again")

    assert inherited_notices(alias)


def test_inheriting_takes_one_query(home, django_assert_num_queries):
    section = make.section_page(home, body=[historical()])
    forum = make.forum_page(make.section_page(section, title="Below"))

    with django_assert_num_queries(1):
        assert inherited_notices(forum)


def test_ids_of_the_templates_are_taken(home):
    public = (path for path in TEMPLATES.rglob("*.html") if "admin" not in path.parts)
    html = "\n".join(path.read_text("utf-8") for path in public)
    names = re.findall(r'page_list.html" with .*name="([\w-]+)"', html)
    ids = {*re.findall(r'\bid="(hsec-[\w-]+)"', html), *(f"hsec-{name}" for name in names)}
    section = make.section_page(home)
    forum = make.forum_page(section)

    assert ids == OUR_IDS
    for page in (section, forum):
        assert page.get_context(RequestFactory().get("/"))["hsec_anchors"] >= OUR_IDS
