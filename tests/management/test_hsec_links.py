"""Labels without a target: listed as CSV, given targets as one run that can be undone."""

import csv
import io
import json

import pytest

from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command

from wagtail.models import GroupPagePermission, Page, Site

from hsec_wagtail import importer
from hsec_wagtail.models import ImportRun, QuickLinksSnippet
from hsec_wagtail.page_models import page_model
from tests import factories as make


def listed(section) -> list[dict[str, str]]:
    out = io.StringIO()
    call_command("hsec_links", str(section.pk), stdout=out)
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))


def filled(tmp_path, rows, *, separator=",", encoding="utf-8", **targets):
    """Return a file of ``rows`` with targets by label."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(
        out, ["label", "where", "proposal", "target", "id"], delimiter=separator
    )
    writer.writeheader()
    writer.writerows({**row, "target": targets.get(row["label"], "")} for row in rows)
    path = tmp_path / "links.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def given(section, path, **options) -> str:
    out = io.StringIO()
    call_command("hsec_links", str(section.pk), set=path, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def open_site(home):
    """Return a section with labels in a body, beside it, and in the navigation."""
    section = make.section_page(home)
    forum = make.forum_page(
        section, title="Council", body=[make.link("Council"), make.link("Grants")]
    )
    make.quick_links(
        "Agenda", page=section, links=[make.quick_link("Nets:"), make.quick_link("=1+1")]
    )
    make.quick_links(
        "", slug="menu", links=[make.quick_link("Offices"), make.quick_link("Council")]
    )
    make.quick_links("Known", page=section, links=[make.quick_link("Home", page=home)])
    make.topic_page(section, title="nets")
    return section, forum


def test_labels_of_the_navigation_of_another_site_are_not_listed(open_site, root_page):
    section, _forum = open_site
    other = root_page.add_child(instance=Page(title="Other", slug="other"))
    site = Site.objects.create(hostname="other.example", root_page=other)
    make.quick_links("Theirs", site=site, links=[make.quick_link("Elsewhere")])

    assert "Elsewhere" not in {row["label"] for row in listed(section)}


def test_all_labels_are_listed_with_the_page_of_that_title(open_site):
    section, forum = open_site

    rows = [(row["label"], row["where"], row["proposal"], row["target"]) for row in listed(section)]

    nets = page_model("topic").objects.get()
    assert rows == [
        # Not the page on which it stands.
        ("Council", forum.url, "", ""),
        ("Grants", forum.url, "", ""),
        ("Nets:", f"Agenda ({section.url})", nets.url, ""),
        ("'=1+1", f"Agenda ({section.url})", "", ""),
        ("Offices", "menu", "", ""),
        ("Council", "menu", forum.url, ""),
    ]


def test_targets_are_set_published_and_undone_as_one_run(open_site, tmp_path, client):
    section, forum = open_site
    forum.save_revision().publish()
    nets = page_model("topic").objects.get()
    targets = {
        "Grants": "https://grants.example/",
        "Nets:": nets.url,
        "'=1+1": "mailto:a@example.org",
    }

    said = given(section, filled(tmp_path, listed(section), **targets))

    run = ImportRun.objects.get()
    assert f"Run {run.pk}: 3 set. hsec_undo {run.pk} undoes it." in said
    assert [row["label"] for row in listed(section)] == ["Council", "Offices", "Council"]
    assert 'href="https://grants.example/"' in client.get(forum.url).content.decode()
    assert f'href="{nets.url}"' in client.get(section.url).content.decode()

    outcomes = importer.undo(run.pk)

    assert {one.outcome for one in outcomes} == {"restored"}
    assert len(listed(section)) == 6
    assert "grants.example" not in client.get(forum.url).content.decode()


def test_targets_survive_the_next_import(home, tmp_path):
    source = tmp_path / "source.json"

    def import_it(lead: str) -> None:
        body = [{"type": "link", "key": "site", "label": "Grants"}]
        page = {"type": "section", "key": "sea", "title": "The sea", "lead": lead, "body": body}
        menu = {"key": "menu", "slug": "menu", "links": [{"key": "o", "label": "Offices"}]}
        document = {
            "format": "hsec-section/1",
            "language": "en",
            "page": page,
            "navigation": [menu],
        }
        source.write_text(json.dumps(document))
        call_command(
            "hsec_import", str(source), parent=str(home.pk), verbosity=0, stdout=io.StringIO()
        )

    import_it("<p>Before.</p>")
    section = page_model("section").objects.get(title="The sea")
    targets = {"Grants": "https://grants.example/", "Offices": home.url}
    given(section, filled(tmp_path, listed(section), **targets))

    import_it("<p>After.</p>")

    section.refresh_from_db()
    assert section.lead == "<p>After.</p>"
    assert section.body.raw_data[0]["value"]["url"] == "https://grants.example/"
    assert QuickLinksSnippet.objects.get(slug="menu").links.raw_data[0]["value"]["page"] == home.pk
    assert listed(section) == []


def test_dry_run_sets_nothing(open_site, tmp_path):
    section, _forum = open_site
    path = filled(tmp_path, listed(section), Grants="https://grants.example/")

    said = given(section, path, dry_run=True)

    assert "Nothing was written: 1 set." in said
    assert len(listed(section)) == 6
    assert not ImportRun.objects.exists()


def test_a_list_given_again_changes_nothing(open_site, tmp_path):
    section, _forum = open_site
    path = filled(tmp_path, listed(section), Grants="https://grants.example/")
    given(section, path)

    said = given(section, path)

    assert "It leads somewhere by now." in said
    assert ImportRun.objects.count() == 1


def test_a_draft_beside_what_is_live_stays_a_draft(open_site, tmp_path):
    section, forum = open_site
    forum.title = "Council of Seas"
    forum.save_revision()

    said = given(section, filled(tmp_path, listed(section), Grants="https://grants.example/"))

    forum.refresh_from_db()
    draft = forum.get_latest_revision_as_object()
    assert "set in draft" in said
    assert (forum.title, draft.title) == ("Council", "Council of Seas")
    assert draft.body.raw_data[1]["value"]["url"] == "https://grants.example/"
    assert forum.body.raw_data[1]["value"]["url"] == ""


def test_a_locked_page_is_left_alone(open_site, tmp_path):
    section, forum = open_site
    type(forum).objects.filter(pk=forum.pk).update(locked=True)

    said = given(section, filled(tmp_path, listed(section), Grants="https://grants.example/"))

    assert "left alone" in said
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(("separator", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-8")])
def test_lists_are_read_as_spreadsheets_save_them(open_site, tmp_path, separator, encoding):
    section, _forum = open_site
    rows = listed(section)

    path = filled(
        tmp_path, rows, separator=separator, encoding=encoding, Grants="https://grants.example/"
    )

    assert "1 set" in given(section, path)


@pytest.mark.parametrize(
    "target",
    [
        "/no/such/page/",
        "javascript:alert(1)",
        "www.example.org",
        "#x",
        "https://[",
        "//x.example/",
        "x" * 3000,
    ],
)
def test_what_is_no_target_is_refused_with_file_row_and_remedy(open_site, tmp_path, target):
    section, _forum = open_site
    path = filled(tmp_path, listed(section), Grants=target)

    with pytest.raises(
        CommandError, match=r"links\.csv, row 3: .* Correct it, or leave it empty\."
    ):
        given(section, path)

    assert len(listed(section)) == 6


@pytest.mark.parametrize(
    ("data", "told"),
    [
        pytest.param(b"\xff\xfe", "not UTF-8 at byte 0", id="encoding"),
        pytest.param(b"label,target,id\na,\x00,b\n", "null character", id="null"),
        pytest.param(b"", "row 1: there is no column target, id", id="empty"),
        pytest.param(b"label,where\na,b\n", "row 1: there is no column target, id", id="columns"),
        pytest.param(b"label,target,id\na,b\n", "row 2: has other cells", id="too few cells"),
        pytest.param(b"label,target,id\na,b,c,d\n", "row 2: has other cells", id="too many cells"),
        pytest.param(b'label,target,id\n"a"b,c,d\n', "row 2: has other cells", id="quotation mark"),
        pytest.param(
            b"target,id\nhttps://x.example/,page-9999-x\n",
            "row 2: this section has no link 'page-9999-x'",
            id="unknown",
        ),
        pytest.param(
            b"target,id\nhttps://x.example/,a\nhttps://y.example/,a\n",
            "row 3: gives a target to 'a', as row 2 does",
            id="twice",
        ),
    ],
)
def test_a_broken_list_is_refused_with_the_remedy(open_site, tmp_path, data, told):
    section, _forum = open_site
    path = tmp_path / "links.csv"
    path.write_bytes(data)

    with pytest.raises(CommandError, match=told):
        given(section, path)


def test_who_may_not_import_may_set_no_targets(open_site, tmp_path, django_user_model):
    section, _forum = open_site
    django_user_model.objects.create_user("kim", password="x")
    path = filled(tmp_path, listed(section), Grants="https://grants.example/")

    with pytest.raises(CommandError, match="kim"):
        given(section, path, user="kim")


@pytest.mark.parametrize("beside", ["the section", "another page"])
def test_targets_are_set_where_the_user_may_edit_the_page(
    home, tmp_path, django_user_model, beside
):
    section, other = make.section_page(home), make.policy_page(make.section_page(home, slug="x"))
    kim = django_user_model.objects.create_user("kim", password="x")
    kim.user_permissions.add(Permission.objects.get(codename="run_import"))
    group = Group.objects.create(name="Editors of one section")
    mine = section if beside == "the section" else other
    for codename in ("change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=group, page=mine, permission=Permission.objects.get(codename=codename)
        )
    kim.groups.add(group)
    links = make.quick_links("Agenda", page=section, links=[make.quick_link("Grants")])
    path = filled(tmp_path, listed(section), Grants="https://grants.example/")

    given(section, path, user="kim")

    links.refresh_from_db()
    url = links.links.raw_data[0]["value"]["url"]
    assert url == ("https://grants.example/" if mine is section else "")
