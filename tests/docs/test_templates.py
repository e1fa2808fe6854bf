"""What the pages say of templates: tags, variables, and the base template that ``wagtail start`` makes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from django.conf import settings as django_settings
from django.template import Context, Template, engines

import wagtail

from hsec_wagtail import checks
from hsec_wagtail.models import SectionPage
from hsec_wagtail.templatetags.hsec_tags import register
from tests import factories
from tests.docs.pages import PAGES, examples, section

TAGS = PAGES["docs/reference/template-tags.md"]
README = PAGES["README.md"]


def test_every_tag_and_filter_is_documented():
    named = set(re.findall(r"\bhsec_\w+", section(TAGS, "Template tags")))

    assert {*register.tags, *register.filters} <= named


@pytest.mark.django_db
def test_every_variable_of_our_page_types_is_documented(home, rf):
    page = factories.section_page(home, title="Security")
    below = [factories.forum_page(page, title="Council"), factories.topic_page(page, title="Peace")]
    documented = set(re.findall(r"`(\w+)`", section(TAGS, "Variables of our page templates")))

    found = {
        name
        for one in (page, *below)
        for name in one.get_context(rf.get("/"))
        # The others are Wagtail's.
        if name.startswith("hsec_") or name in one.get_hsec_context(rf.get("/"))
    }

    assert found <= documented


@pytest.mark.django_db
def test_the_example_shows_the_menu_and_the_date(home, rf):
    page = factories.section_page(home, title="Security", expected="2004-04")
    factories.quick_links(
        heading="Menu", slug="site-navigation", links=[factories.quick_link("Peace", url="/peace/")]
    )
    (example,) = examples(TAGS, "django")

    html = Template(example).render(Context({"page": page, "request": rf.get("/")}))

    assert '<a href="/peace/">Peace</a>' in html
    assert '<time datetime="2004-04">April 2004</time>' in html


@pytest.fixture
def started_site(settings, tmp_path):
    """Give the base template of ``wagtail start``, changed as the how-to says, and the settings of the README."""
    source = (
        Path(wagtail.__file__).parent
        / "project_template"
        / "project_name"
        / "templates"
        / "base.html"
    )
    made = Template(source.read_text(encoding="utf-8")).render(Context({"project_name": "mysite"}))
    text, count = re.subn(
        r"({% block content %}{% endblock %})",
        r"<main>\1</main>",
        made.replace("css/mysite.css", "x.css"),
    )
    assert count == 1
    (tmp_path / "base.html").write_text(text, encoding="utf-8")
    (templates,) = django_settings.TEMPLATES
    settings.TEMPLATES = [{**templates, "DIRS": [tmp_path]}]
    names: dict[str, object] = {}
    exec(examples(README, "python")[1], names)  # noqa: S102 - our own example
    for name in ("HSEC_BASE_TEMPLATE", "HSEC_BASE_BLOCKS", "HSEC_LEAVE_OUT"):
        setattr(settings, name, names[name])
    return engines


@pytest.mark.django_db
def test_the_recommended_settings_give_one_description_and_one_main(started_site, home, client):
    page = factories.section_page(
        home, title="Security", lead="<p>Safe.</p>", search_description="What we do."
    )

    assert checks.check_base_template() == []
    soup = BeautifulSoup(client.get(page.get_url()).content, "html.parser")

    assert len(soup.select('meta[name="description"]')) == 1
    assert len(soup.select("main .hsec-page")) == 1
    assert SectionPage.objects.count() == 1
