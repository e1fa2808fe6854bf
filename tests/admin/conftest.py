"""What tests of the admin share: a section, and each address of ours with what it shows."""

import re
from collections.abc import Iterator

import pytest

from django.urls import URLPattern, URLResolver, get_resolver

from hsec_wagtail.models import ImportRun, ImportSource, Initiative
from tests import factories as make

#: Addresses of workflows, which need one under way, of what is only posted, and of topics, which are of the page that is asked for.
NOT_OPENED = re.compile(
    r"workflow/|workflow_history/<int:pk>/detail|unschedule|reorder|/lock/|/unlock/|hsec-topics/"
)


@pytest.fixture
def section(home):
    """Return a published section below the home page."""
    return make.section_page(home)


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
