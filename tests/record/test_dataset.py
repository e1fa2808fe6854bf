"""The page about the data of a section."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from bs4 import BeautifulSoup

from django.core.cache import cache, caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction

from hsec_wagtail.models import SiteRecordSettings, SiteRecordWords
from hsec_wagtail.record.dataset import facts
from hsec_wagtail.record.formats.fields import FIELDS
from hsec_wagtail.record.formats.table import FORMATS
from tests import factories as make


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def record(section):
    items = make.initiatives(make.initiative("<p>Signed it.</p>", dates=["1999-06"]))
    forum = make.forum_page(section, title="United Nations", slug="un", body=[items])
    forum.save_revision().publish()
    return section


def get(client: Any, section: Any, path: str = "") -> Any:
    response = client.get(f"{section.url}data/{path}")
    assert response.status_code == 200
    return response


def sha256(client: Any, section: Any) -> str:
    content = b"".join(client.get(f"{section.url}initiatives/csv/"))
    return hashlib.sha256(content).hexdigest()


def test_the_page_says_all_formats_and_fields(client, record):
    soup: Any = BeautifulSoup(get(client, record).content, "html.parser")

    assert soup.h1.get_text() == "Data"
    links = {link["href"] for link in soup.select(".hsec-formats a")}
    assert {f"{record.url}initiatives/{name}/" for name in FORMATS} <= links
    codes = [code.get_text() for code in soup.select(".hsec-formats__label code")]
    assert codes == [field.name for field in FIELDS]
    assert soup.select_one("link[rel=canonical]")["href"] == f"{record.full_url}data/"


def test_the_page_says_count_version_checksum_and_that_there_is_no_licence(client, record):
    response = get(client, record)

    dataset = response.context_data["dataset"]
    assert dataset.count == 1
    assert dataset.version == f"{dataset.updated:%Y-%m-%d}.1"
    assert dataset.checksum == sha256(client, record)
    assert "No licence is given." in response.content.decode()


def test_a_licence_is_linked(client, record):
    said = SiteRecordSettings.objects.create(site=record.get_site())
    given = SiteRecordWords.objects.create(
        record=said,
        locale=record.locale,
        licence="CC BY 4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
    )

    soup: Any = BeautifulSoup(get(client, record).content, "html.parser")
    package = get(client, record, "datapackage/").json()

    link = soup.select_one("a[rel=license]")
    assert (link.get_text(), link["href"]) == (given.licence, given.licence_url)
    assert package["licenses"] == [{"title": given.licence, "path": given.licence_url}]


def test_the_checksum_is_that_of_the_csv_whatever_changes(client, record):
    (forum,) = record.get_children().specific()

    def check() -> str:
        section = type(record).objects.get(pk=record.pk)
        digest, name = get(client, section, "sha256/").content.decode().split()
        assert (digest, name) == (sha256(client, section), f"{section.slug}-initiatives.csv")
        return digest

    first = check()
    forum.title = "UN"
    forum.save_revision().publish()
    renamed = check()
    record.slug = "security"
    record.save_revision().publish()
    moved = check()

    assert len({first, renamed, moved}) == 3


def test_a_checksum_is_made_once(client, record, monkeypatch):
    get(client, record, "sha256/")
    monkeypatch.setattr(facts, "as_csv", None)

    get(client, record, "sha256/")


def test_a_checksum_is_kept_where_answers_are(client, record, settings, monkeypatch):
    own = {"BACKEND": settings.CACHES["default"]["BACKEND"], "LOCATION": "own"}
    settings.CACHES = {**settings.CACHES, "own": own}
    settings.HSEC_CACHE = "own"
    caches["own"].clear()
    get(client, record, "sha256/")
    cache.clear()
    monkeypatch.setattr(facts, "as_csv", None)

    # No answer to a query string is kept.
    get(client, record, "sha256/?again")


def test_another_release_makes_another_checksum(client, record, monkeypatch):
    get(client, record, "sha256/")
    monkeypatch.setattr(facts, "release", lambda: "another")
    monkeypatch.setattr(facts, "as_csv", lambda *args: ["another"])

    digest, _name = get(client, record, "sha256/").content.decode().split()

    assert digest == hashlib.sha256(b"another").hexdigest()


def test_the_page_of_many_initiatives_does_not_wait_for_a_checksum(client, record, monkeypatch):
    monkeypatch.setattr(facts, "_AT_ONCE", 0)

    assert get(client, record).context_data["dataset"].checksum == ""

    get(client, record, "sha256/")
    assert get(client, record).context_data["dataset"].checksum == sha256(client, record)


def test_a_data_package_describes_the_csv(client, record):
    package = get(client, record, "datapackage/").json()

    (table,) = package["resources"]
    assert table["path"] == f"{record.full_url}initiatives/csv/"
    assert table["hash"] == f"sha256:{sha256(client, record)}"
    assert [field["name"] for field in table["schema"]["fields"]] == [one.name for one in FIELDS]


@pytest.mark.parametrize("path", ["xml/", "sha256/more/", "?forum=%00&page=-1"])
def test_other_addresses_are_not_found_and_query_strings_mean_nothing(client, record, path):
    expected = 200 if path.startswith("?") else 404

    assert client.get(f"{record.url}data/{path}").status_code == expected


def test_a_private_section_has_no_data(admin_client, record):
    PageViewRestriction.objects.create(page=record, restriction_type="login")

    for path in ("", "sha256/", "datapackage/"):
        assert admin_client.get(f"{record.url}data/{path}").status_code == 404


def test_a_section_without_initiatives_has_a_page(client, section):
    assert get(client, section).context_data["dataset"].version == "0"


def test_the_number_of_queries_does_not_depend_on_that_of_the_initiatives(client, record):
    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            get(client, record)
        return len(captured)

    queries()  # Fills the caches of content types and sites.
    few = queries()
    for number in range(8):
        items = [make.initiative(f"<p>{n}.</p>", dates=["2001"]) for n in range(5)]
        make.forum_page(record, title=f"Forum {number}", body=[make.initiatives(*items)])

    assert queries() == few


def test_the_page_of_the_section_names_its_feeds(client, record):
    soup: Any = BeautifulSoup(client.get(record.url).content, "html.parser")

    found = [link["href"] for link in soup.select("link[rel=alternate][type]")]
    assert found == [
        f"{record.url}initiatives/{name}/" for name, form in FORMATS.items() if form.followed
    ]


def test_the_page_of_a_private_section_names_no_feeds(admin_client, record):
    PageViewRestriction.objects.create(page=record, restriction_type="login")

    soup: Any = BeautifulSoup(admin_client.get(record.url).content, "html.parser")

    assert soup.select("link[rel=alternate][type]") == []
