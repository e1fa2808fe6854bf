"""Which section of the site a source is another copy of."""

from __future__ import annotations

import pytest

from hsec_wagtail.importer import ImportOptions, Report, service
from hsec_wagtail.models import SectionPage

pytestmark = pytest.mark.django_db

PONDS = (
    "The Department of Ponds counts the frogs of every pond each spring.",
    "Toads",
    "Toads cross the roads.",
)
FERRIES = (
    "Ostmark Ferries carries passengers between seven islands.",
    "Tickets",
    "They are sold on board.",
)


def page(title: str, lead: str, part: str, text: str) -> bytes:
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1>'
        f"<p>{lead}</p><h2>{part}</h2><p>{text}</p></body></html>"
    ).encode()


@pytest.fixture
def bring(tmp_path, home):
    """Return a function that imports a folder with one page."""

    def run(folder: str, data: bytes, url: str | None = None) -> Report:
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "index.html").write_bytes(data)
        return service.run(tmp_path / folder, options=ImportOptions(base_url=url))

    return run


def sections() -> list[tuple[str, str]]:
    """Return slug and first words of all sections, the oldest first."""
    rows = SectionPage.objects.order_by("pk").values_list("slug", "lead")
    return [(slug, lead.removeprefix("<p>").split()[1]) for slug, lead in rows]


def actions(report: Report) -> set[str]:
    return {item.action for item in report.items if item.kind == "page"}


BOTH = [("welcome", "Department"), ("welcome-2", "Ferries")]


def test_a_section_of_another_host_stands_beside_the_first(bring):
    bring("a", page("Welcome", *PONDS), "http://www.ponds.example/")

    report = bring("b", page("Welcome", *FERRIES), "http://www.ferries.example/")

    assert actions(report) == {"create"}
    assert sections() == BOTH
    assert [warning.code for warning in report.warnings] == ["another-source"]


def test_another_host_is_another_source_whatever_it_says(bring):
    bring("a", page("Welcome", *PONDS), "http://www.ponds.example/")

    report = bring("a", page("Welcome", *PONDS), "http://www.ferries.example/")

    assert actions(report) == {"create"}


def test_without_an_address_another_folder_that_says_something_else_is_another_source(bring):
    bring("a", page("Welcome", *PONDS))

    bring("b", page("Welcome", *FERRIES))

    assert sections() == BOTH


def test_without_an_address_another_folder_that_says_the_same_is_the_same_source(bring):
    bring("a", page("Welcome", *PONDS))

    report = bring("b", page("Welcome", PONDS[0], PONDS[1], "Toads cross the roads at night."))

    assert "create" not in actions(report)
    assert len(sections()) == 1


def test_the_same_address_is_the_same_source_whatever_it_says_now(bring):
    bring("a", page("Welcome", *PONDS), "http://www.ponds.example/")

    report = bring("b", page("Welcome", *FERRIES), "http://ponds.example/index.html")

    assert sections()[0] == ("welcome", "Ferries")
    assert "update" in actions(report)


def test_each_of_two_sources_finds_its_own_section_again(bring):
    sources = [
        ("a", page("Welcome", *PONDS), "http://www.ponds.example/"),
        ("b", page("Welcome", *FERRIES), "http://www.ferries.example/"),
    ]
    for source in sources:
        bring(*source)

    again = [bring(*source) for source in reversed(sources)]

    assert [actions(report) for report in again] == [{"unchanged"}, {"unchanged"}]


def test_sections_with_titles_in_other_letters_do_not_meet(bring):
    bring("a", page("Чистые озёра", *PONDS), "http://www.ponds.example/")

    report = bring("b", page("Мирный форум", *PONDS), "http://www.ponds.example/forum/")

    assert actions(report) == {"create"}
    assert [slug for slug, _ in sections()] == ["чистые-озёра", "мирный-форум"]


def test_a_part_before_others_takes_nothing_from_them_in_any_script(bring):
    bring("a", page("Озёра", PONDS[0], "Жабы", "Toads cross the roads."))
    more = page("Озёра", PONDS[0], "Лягушки", "Frogs sing.").replace(
        b"</body>", "<h2>Жабы</h2><p>Toads cross the roads.</p></body>".encode()
    )

    report = bring("a", more)

    assert {item.title: item.action for item in report.items if item.type == "forum"} == {
        "Лягушки": "create",
        "Жабы": "unchanged",
    }


def test_a_section_beside_another_one_is_verified_against_its_source(bring, tmp_path):
    bring("a", page("Welcome", *PONDS), "http://www.ponds.example/")
    bring("b", page("Welcome", *FERRIES), "http://www.ferries.example/")

    (checked,) = service.verify(sources=tmp_path / "b").sources

    assert checked.counts.there == checked.words
    assert checked.counts.moved == 0
