import html

import pytest

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse

from wagtail.log_actions import registry
from wagtail.models import Page
from wagtail.users.models import UserProfile

from hsec_wagtail.admin.registers import ReadOnlyPolicy
from hsec_wagtail.admin.viewsets import ImportRunViewSet
from hsec_wagtail.importer import ImportOptions, service
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.runs.run_report import describe_run
from hsec_wagtail.models import ImportItem, ImportRun
from hsec_wagtail.wagtail_hooks import register_permissions
from tests import factories as make
from tests.importer import samples

PREFIX = "hsec-import-runs_modeladmin"


@pytest.fixture
def run(section, superuser):
    run = ImportRun.objects.create(
        status="done",
        user=superuser,
        parent=section,
        source_name="capture.txt",
        created_count=2,
        options={"draft": False},
        report={"warnings": [Message("address-of-several", path="/a").as_json()]},
    )
    page_type = ContentType.objects.get_for_model(type(section))
    fields = {"run": run, "content_type": page_type, "action": "create", "language": "en"}
    ImportItem.objects.create(
        position=1, object_id=str(section.pk), key="a", title="Still there", **fields
    )
    ImportItem.objects.create(
        position=2, object_id="987654", key="b", title="Deleted since", **fields
    )
    return run


@pytest.fixture
def reader(django_user_model):
    """Return a user who may see the runs and nothing else."""
    user = django_user_model.objects.create_user("reader", password="password")
    user.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"),
        Permission.objects.get(codename="view_importrun"),
    )
    return user


def url(name, *args):
    return reverse(f"{PREFIX}_{name}", args=args)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?q=capture",
        "?status__exact=done",
        "?user__isnull=False",
        "?source_name__exact=capture.txt",
        "?started_at__gte=2001-01-01+00:00:00%2B00:00",
    ],
)
def test_runs_are_listed(client, reader, run, query):
    client.force_login(reader)

    html = client.get(url("index") + query).content.decode()

    assert "capture.txt" in html
    assert url("inspect", run.pk) in html


def test_runs_are_filtered_by_their_user(client, reader, superuser, run):
    client.force_login(reader)

    of_superuser = client.get(url("index") + f"?user__id__exact={superuser.pk}").content.decode()
    of_reader = client.get(url("index") + f"?user__id__exact={reader.pk}").content.decode()

    # The name of the source is among the filters, too.
    assert url("inspect", run.pk) in of_superuser
    assert url("inspect", run.pk) not in of_reader


def test_nothing_exported_is_shown_as_nothing(client, reader, run):
    client.force_login(reader)

    rows = client.get(url("index") + "?export=csv").getvalue().decode().splitlines()

    assert rows[0].endswith("unchanged,left alone,gone at the source")
    assert rows[1].endswith("2,0,0,0,0,0,0")


def test_a_run_is_shown_with_its_report_and_its_items(client, superuser, run, section):
    client.force_login(superuser)

    html = client.get(url("inspect", run.pk)).content.decode()

    assert "Another page of the source had the address /a, too." in html
    assert "draft" in html
    assert reverse("wagtailadmin_pages:edit", args=[section.pk]) in html
    assert "no longer there" in html


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        pytest.param(
            "en",
            [
                "The slug 'security-abroad' is taken here; 'security-abroad-2' is used.",
                "Pages in 'de' are left out: the site has no such language under Settings, Locales.",
            ],
            id="English",
        ),
        pytest.param(
            "fr",
            [
                "L’identifiant « security-abroad » est déjà pris ici;"
                " « security-abroad-2 » est utilisé.",
                "Les pages dans la langue « de » sont laissées de côté : le site n’a pas cette langue sous"
                " Paramètres, Langues.",
            ],
            id="French",
        ),
    ],
)
def test_what_a_run_says_is_in_the_language_of_its_reader(
    client, superuser, home, tmp_path, language, sentences
):
    home.add_child(instance=Page(title="Here first", slug="security-abroad"))
    documents = [
        samples.write(tmp_path, samples.section(language=one), f"{one}.json")
        for one in ("en", "de")
    ]
    report = service.run(documents, options=ImportOptions(parent=home))
    UserProfile.objects.create(user=superuser, preferred_language=language)
    client.force_login(superuser)

    shown = html.unescape(client.get(url("inspect", report.run)).content.decode())

    assert [one for one in sentences if one in shown.replace("\u00a0", " ")] == sentences


@pytest.mark.parametrize("action", ["create", "edit", "delete"])
def test_nobody_changes_a_run(client, superuser, run, action):
    client.force_login(superuser)
    address = url(action) if action == "create" else url(action, run.pk)

    assert client.get(address).status_code == 302
    assert client.post(address, {"message": "changed"}).status_code == 302
    run.refresh_from_db()
    assert run.message == {}


def test_without_the_permission_nobody_sees_the_runs(client, reader, run):
    reader.user_permissions.remove(Permission.objects.get(codename="view_importrun"))
    client.force_login(reader)

    assert client.get(url("index")).status_code == 302
    assert client.get(url("inspect", run.pk)).status_code == 302


def test_links_are_only_for_those_who_may_edit(run, reader):
    entries = describe_run(run, user=reader)["items"]

    assert [(entry["url"], entry["gone"]) for entry in entries] == [(None, False), (None, True)]


def test_the_queries_do_not_grow_with_the_items(run, superuser, section, django_assert_num_queries):
    first = run.items.first()
    for number in range(20):
        ImportItem.objects.create(
            run=run,
            position=number + 3,
            content_type=first.content_type,
            key=f"c{number}",
            object_id=str(make.forum_page(section, slug=f"f{number}").pk),
            action="create",
            language="en",
            title="x",
        )

    with django_assert_num_queries(4):
        describe_run(run, user=superuser)


def test_permissions_that_mean_something_are_offered(db):
    assert {one.codename for one in register_permissions()} == {
        "view_importrun",
        "run_import",
        "view_initiative",
    }


def test_the_actions_of_the_importer_have_names(db):
    names = dict(registry.get_choices())

    assert {"hsec.import", "hsec.undo"} <= set(names)


def test_the_policy_lets_nobody_write(superuser, reader):
    policy = ReadOnlyPolicy(ImportRun)

    assert [
        policy.user_has_permission(superuser, a) for a in ("view", "add", "change", "delete")
    ] == [
        True,
        False,
        False,
        False,
    ]
    assert policy.user_has_any_permission(reader, ["add", "view"])
    assert not policy.user_has_any_permission(superuser, ["add", "change", "delete"])
    assert set(policy.users_with_any_permission(["add", "view"])) == {superuser, reader}


class Addresses:
    """The addresses of the site, with the register as it is without wagtail-modeladmin."""

    def __init__(self):
        from django.urls import include

        from tests import urls

        viewset = ImportRunViewSet()
        self.urlpatterns = [
            path("runs/", include((viewset.get_urlpatterns(), viewset.url_namespace))),
            *urls.urlpatterns,
        ]


@pytest.fixture
def plain_register(settings):
    settings.ROOT_URLCONF = Addresses()
    return ImportRunViewSet().url_namespace


def test_the_register_works_without_wagtail_modeladmin(client, superuser, run, plain_register):
    client.force_login(superuser)

    index = client.get(reverse(f"{plain_register}:index"))
    exported = client.get(reverse(f"{plain_register}:index") + "?export=csv").getvalue().decode()
    inspected = client.get(reverse(f"{plain_register}:inspect", args=[run.pk])).content.decode()

    assert "capture.txt" in index.content.decode()
    assert exported.splitlines()[1].endswith("2,0,0,0,0,0,0")
    assert "Another page of the source had the address /a, too." in inspected


@pytest.mark.parametrize("action", ["add", "edit", "delete"])
def test_nobody_changes_a_run_without_wagtail_modeladmin(
    client, superuser, run, plain_register, action
):
    client.force_login(superuser)
    arguments = [] if action == "add" else [run.pk]

    response = client.post(
        reverse(f"{plain_register}:{action}", args=arguments), {"message": "changed"}
    )

    run.refresh_from_db()
    # Wagtail's admin, which these addresses are not in, would redirect.
    assert (response.status_code, run.message) == (403, {})


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("?status=done", True, id="state"),
        pytest.param("?status=failed", False, id="another state"),
        pytest.param("?source_name__icontains=CAPTURE", True, id="source"),
        pytest.param("?started_at__date__gte=2001-01-01", True, id="since"),
        pytest.param("?started_at__date__lte=2001-01-01", False, id="until"),
    ],
)
def test_runs_are_filtered_without_wagtail_modeladmin(
    client, superuser, run, plain_register, query, found
):
    client.force_login(superuser)

    html = client.get(reverse(f"{plain_register}:index") + query).content.decode()

    assert (f"/{run.pk}/" in html) is found


def test_both_registers_export_the_same(client, superuser, run, plain_register):
    client.force_login(superuser)

    exports = [
        client.get(address + "?export=csv").getvalue().decode().splitlines()
        for address in (url("index"), reverse(f"{plain_register}:index"))
    ]

    assert exports[0][1:] == exports[1][1:]
    assert exports[0][0].lower() == exports[1][0].lower()


def test_queries_of_the_register_without_wagtail_modeladmin_do_not_grow_with_the_runs(
    client, superuser, section, run, plain_register, django_assert_num_queries
):
    client.force_login(superuser)
    address = reverse(f"{plain_register}:index")
    # The first request asks for content types and sites, which are kept.
    client.get(address)
    with CaptureQueriesContext(connection) as one_run:
        client.get(address)
    for number in range(5):
        parent = make.forum_page(section, slug=f"parent-{number}")
        ImportRun.objects.create(status="done", user=superuser, parent=parent, source_name="x")

    with django_assert_num_queries(len(one_run)):
        client.get(address)


# --- the items of a run, and its report


def items_url(run, query=""):
    return reverse("hsec_runs:items", args=[run.pk]) + query


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        pytest.param("", ["Still there", "Deleted since"], id="all"),
        pytest.param("?action=create", ["Still there", "Deleted since"], id="by action"),
        pytest.param("?action=update", [], id="by another action"),
        pytest.param("?q=since", ["Deleted since"], id="by words"),
        pytest.param("?language=fr", [], id="by language"),
    ],
)
def test_items_of_a_run_are_listed(client, reader, run, query, titles):
    client.force_login(reader)

    html = client.get(items_url(run, query)).content.decode()

    assert [title for title in ("Still there", "Deleted since") if title in html] == titles


def test_results_alone_are_given_to_filters(client, reader, run):
    client.force_login(reader)

    html = client.get(reverse("hsec_runs:items_results", args=[run.pk])).content.decode()

    assert "Still there" in html
    assert "<html" not in html


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_items_are_exported(client, reader, run, kind):
    client.force_login(reader)

    response = client.get(items_url(run, f"?export={kind}"))

    assert f'filename="import-run-{run.pk}.{kind}"' in response["Content-Disposition"]
    content = response.getvalue()
    assert (b"Still there" in content) if kind == "csv" else content.startswith(b"PK")


def test_no_exported_title_is_a_formula(client, reader, run):
    run.items.update(title="=1+1")
    client.force_login(reader)

    content = client.get(items_url(run, "?export=csv")).getvalue().decode()

    assert ",'=1+1," in content


@pytest.mark.parametrize(
    ("name", "kind", "beginning"),
    [
        pytest.param("report_html", "text/html; charset=utf-8", "<!DOCTYPE html>", id="page"),
        pytest.param("report_json", "application/json", "{", id="data"),
    ],
)
def test_the_report_of_a_run_is_taken_away(client, reader, run, name, kind, beginning):
    client.force_login(reader)

    response = client.get(reverse(f"hsec_runs:{name}", args=[run.pk]))

    assert response["Content-Type"] == kind
    suffix = name.removeprefix("report_")
    assert response["Content-Disposition"] == f'attachment; filename="import-run-{run.pk}.{suffix}"'
    assert response.getvalue().decode().lstrip().startswith(beginning)


@pytest.mark.parametrize("name", ["items", "items_results", "report_html", "report_json"])
def test_without_the_permission_nobody_sees_items_and_reports(client, reader, run, name):
    reader.user_permissions.remove(Permission.objects.get(codename="view_importrun"))
    client.force_login(reader)

    assert client.get(reverse(f"hsec_runs:{name}", args=[run.pk])).status_code == 302


@pytest.mark.parametrize("name", ["items", "report_html", "report_json"])
def test_a_run_that_is_not_there_is_not_found(client, superuser, name):
    client.force_login(superuser)

    assert client.get(reverse(f"hsec_runs:{name}", args=[99])).status_code == 404


def test_the_register_leads_to_items_and_reports(client, superuser, run):
    client.force_login(superuser)

    html = client.get(url("inspect", run.pk)).content.decode()

    for name in ("items", "report_html", "report_json"):
        assert reverse(f"hsec_runs:{name}", args=[run.pk]) in html


def test_warnings_of_sources_are_shown(run, superuser):
    run.sources.create(
        position=1, name="page.html", notes={"warnings": [Message("locked").as_json()]}
    )

    assert "page.html: It is locked." in describe_run(run, user=superuser)["warnings"]
