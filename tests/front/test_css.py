"""The style sheet: small, and unable to touch a site's own elements."""

import gzip
import re
from pathlib import Path

import pytest

import hsec_wagtail

SHEET = Path(hsec_wagtail.__file__).parent / "static/hsec_wagtail/css/hsec.css"
#: Bytes as a server sends them; the design's budget.
BUDGET = 6_000


@pytest.fixture(scope="module")
def css() -> str:
    return SHEET.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rules(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def test_sheet_is_within_its_budget(css):
    assert len(gzip.compress(css.encode(), 9)) <= BUDGET


@pytest.mark.parametrize("forbidden", ["@layer", "@import", "!important", "url("])
def test_sheet_does_without(rules, forbidden):
    assert forbidden not in rules


def test_every_selector_has_two_classes_and_begins_with_ours(rules):
    selectors = [
        selector.strip()
        for group in re.findall(r"([^{};]+)\{", rules)
        if not group.strip().startswith("@")
        for selector in re.split(r",(?![^(]*\))", group)
    ]

    wrong = [
        selector
        for selector in selectors
        if not re.match(r"\.hsec(-root)?[ .]", selector) or selector.count(".hsec") < 2
    ]

    assert selectors
    assert wrong == []


def test_no_selector_names_an_element(rules):
    groups = [g for g in re.findall(r"([^{};]+)\{", rules) if not g.strip().startswith("@")]
    bare = re.compile(r"(?:^|[\s>+~(,])[a-z][a-z0-9]*(?=[\s>+~:.,\[)]|$)")

    assert [group.strip() for group in groups if bare.search(re.sub(r"\[[^]]*\]", "", group))] == []


def test_every_class_of_a_template_is_prefixed():
    folder = SHEET.parents[3] / "templates/hsec_wagtail"
    tags = re.compile(r"\{%.*?%\}|\{\{.*?\}\}")
    classes = {
        name
        for template in folder.rglob("*.html")
        if not {"admin", "modeladmin", "report"} & set(template.parts)
        for value in re.findall(
            r'class="([^"]*)"', tags.sub("", template.read_text(encoding="utf-8"))
        )
        for name in value.split()
    }

    assert {name for name in classes if not name.startswith("hsec")} == set()
