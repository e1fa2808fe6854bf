from types import SimpleNamespace

import pytest

from hsec_wagtail.models import anchors
from tests import factories as make


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(["UN", "United Nations"], "un", id="the first that has letters"),
        pytest.param(["", "Réseau de la sécurité"], "reseau-de-la-securite", id="accents"),
        pytest.param(["", " – "], "", id="nothing to make it of"),
        pytest.param(["x" * 200], "x" * 100, id="cut"),
    ],
)
def test_anchor_is_made_from_text(texts, expected):
    assert anchors.propose_anchor(*texts) == expected


def test_a_taken_anchor_gets_a_number():
    assert anchors.free_anchor("un", {"un", "un-2"}) == "un-3"


def test_pages_shown_together_have_different_anchors():
    pages = [
        SimpleNamespace(pk=1, slug="a", anchor="un", anchor_aliases=["oas"]),
        SimpleNamespace(pk=2, slug="b", anchor="un", anchor_aliases=["nations", "old"]),
        SimpleNamespace(pk=3, slug="oas", anchor="", anchor_aliases=["old"]),
    ]

    anchors.settle_anchors(pages)

    assert [page.anchor for page in pages] == ["un", "un-2", "oas"]
    assert [page.anchor_aliases for page in pages] == [[], ["nations", "old"], []]


def test_the_older_page_keeps_its_anchor_wherever_it_stands():
    copy = SimpleNamespace(pk=9, slug="g8-2", anchor="g8", anchor_aliases=[])
    older = SimpleNamespace(pk=4, slug="g8", anchor="g8", anchor_aliases=[])

    anchors.settle_anchors([copy, older])

    assert (copy.anchor, older.anchor) == ("g8-2", "g8")


def test_copy_gets_an_anchor_of_its_own(section):
    forum = make.forum_page(section, short_name="UN", anchor="nations")
    forum.anchor = "world"
    forum.save_revision().publish()

    copy = forum.copy(update_attrs={"slug": "copy"})
    copy.get_latest_revision().publish()
    copy.refresh_from_db()
    forum.refresh_from_db()

    assert (copy.anchor, copy.anchor_aliases) == ("un", [])
    assert (forum.anchor, forum.anchor_aliases) == ("world", ["nations"])


def test_translation_has_the_anchor_of_its_original(section, home, french):
    home.copy_for_translation(french)
    section.copy_for_translation(french)
    forum = make.forum_page(section, short_name="UN", anchor="nations")

    assert forum.copy_for_translation(french).anchor == "nations"


def test_anchor_comes_from_the_short_name(section):
    forum = make.forum_page(section, title="United Nations", short_name="UN")

    assert forum.anchor == "un"


def test_anchor_comes_from_the_title(section):
    assert make.policy_page(section, title="What we publish").anchor == "what-we-publish"


def test_an_anchor_is_not_taken_twice_in_one_place(section):
    make.forum_page(section, short_name="UN", slug="first")

    assert make.forum_page(section, short_name="UN", slug="second").anchor == "un-2"


def test_an_earlier_anchor_stays_as_an_alias(section):
    forum = make.forum_page(section, short_name="UN")

    for anchor in ("united-nations", "uno", "uno"):
        forum.anchor = anchor
        forum.save_revision().publish()
    forum.refresh_from_db()

    assert (forum.anchor, forum.anchor_aliases) == ("uno", ["un", "united-nations"])


def test_going_back_to_an_earlier_revision_loses_no_alias(section):
    forum = make.forum_page(section, short_name="UN")
    first = forum.save_revision()
    forum.anchor = "united-nations"
    forum.save_revision().publish()

    first.publish()
    forum.refresh_from_db()

    assert (forum.anchor, forum.anchor_aliases) == ("un", ["united-nations"])


def test_an_anchor_that_nobody_saw_is_no_alias(section):
    forum = make.forum_page(section, short_name="UN", live=False)

    forum.anchor = "uno"
    forum.save()

    assert forum.anchor_aliases == []


def test_a_copy_beside_the_page_can_be_saved(section):
    forum = make.forum_page(section, short_name="UN")

    copy = forum.copy(update_attrs={"slug": "copy"})

    assert copy.pk != forum.pk
    assert copy.anchor == "un-2"


def test_saving_a_draft_again_changes_nothing(section, django_assert_max_num_queries):
    forum = make.forum_page(section, short_name="UN", live=False)
    forum.save_revision()
    before = forum.serializable_data()

    forum.full_clean()
    forum.save_revision()

    after = forum.serializable_data()
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"latest_revision", "latest_revision_created_at"}
