"""Every page that the app adds to Wagtail's admin, found in the addresses of the site."""

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup

from django.urls import URLPattern, URLResolver, get_resolver

from hsec_wagtail.models import ImportRun, ImportSource, Initiative
from tests import factories as make

#: Addresses of workflows, which need one under way, of what is only posted, and of topics, which are of the page that is asked for.
NOT_OPENED = re.compile(
    r"workflow/|workflow_history/<int:pk>/detail|unschedule|reorder|/lock/|/unlock/|hsec-topics/"
)
#: Nobody may change a run or a row of a register, so that Wagtail leads back from there; they have no history and no
#: uses either.
MAY_BE_REFUSED = re.compile(
    r"hsec-(import-runs|initiatives)/(create|new|edit|delete|history|history-results|usage)/"
    # With one page below which a new one may stand, it leads there.
    r"|hsec-\w+-pages/choose_parent/"
)


def addresses(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Yield the patterns of the addresses in the admin that are ours."""
    for one in resolver.url_patterns:
        pattern = before + str(one.pattern).lstrip("^")
        if isinstance(one, URLPattern):
            if pattern.startswith("admin/") and "hsec" in pattern:
                yield pattern
        else:
            yield from addresses(one, pattern)


@pytest.fixture
def run(section, superuser):
    run = ImportRun.objects.create(
        status="done", user=superuser, parent=section, source_name="capture.txt"
    )
    ImportSource.objects.create(run=run, position=1, name="capture.txt", text="Text.")
    return run


@pytest.fixture
def snippet(section, superuser):
    snippet = make.quick_links(page=section, links=[make.quick_link("On", page=section)])
    snippet.save_revision(user=superuser).publish()
    return snippet


@pytest.fixture
def initiative(section):
    make.forum_page(section, body=[make.initiatives(make.initiative("<p>Met.</p>"))])
    return Initiative.objects.get()


@pytest.fixture
def admin(client, superuser):
    client.force_login(superuser)
    return client


@pytest.fixture
def opened(run, snippet, initiative):
    """Return the addresses to open, with the keys of what there is."""
    revision = str(snippet.latest_revision_id)
    keys = {
        "run_pk": str(run.pk),
        "revision_id": revision,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
    }

    def fill(pattern: str) -> str:
        rows = {"import-runs": run, "initiatives": initiative}
        pk = str(next((row for name, row in rows.items() if name in pattern), snippet).pk)
        named = re.sub(r"\(\?P<(\w+)>(?:[^()\[\]]|\[[^]]*\])*\)", r"<\1>", pattern)
        filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda key: keys.get(key[1], pk), named)
        return "/" + filled.replace("\\", "").rstrip("$")

    return [
        fill(pattern) for pattern in addresses(get_resolver()) if not NOT_OPENED.search(pattern)
    ]


def test_every_page_of_ours_in_the_admin_answers(admin, opened):
    answers = {address: admin.get(address).status_code for address in opened}

    assert len(answers) > 20
    assert {
        address: status
        for address, status in answers.items()
        if status != 200 and not (status == 302 and MAY_BE_REFUSED.search(address))
    } == {}


def test_every_choice_of_their_filters_answers(admin, opened):
    lists = [
        address
        for address in opened
        if re.search(r"(hsec-import-runs|hsec-initiatives|quicklinkssnippet|items)/$", address)
    ]
    choices = [
        address + str(link["href"])
        for address in lists
        for link in BeautifulSoup(admin.get(address).content, "html.parser").select("a[href^='?']")
    ]
    exports = [f"{address}?export={kind}" for address in lists for kind in ("csv", "xlsx")]

    assert len(lists) >= 4
    assert [one for one in [*choices, *exports] if admin.get(one).status_code != 200] == []
