"""What works on a site with a base page model of its own; test_custom_base.py runs it."""

import pytest

from django.core.management import call_command
from django.urls import reverse

from wagtail.models import get_page_models

from hsec_wagtail import importer
from hsec_wagtail.page_models import base_page_model, page_model, page_models
from tests import factories as make


def test_there_is_nothing_to_migrate(db):
    call_command("makemigrations", check=True, dry_run=True)


def test_the_page_types_of_the_site_are_the_only_ones(db):
    labels = {model._meta.label for model in get_page_models()}

    assert labels == {
        "custom_base.BasePage",
        "custom_base.HomePage",
        "custom_base.PolicySection",
        "custom_base.Forum",
        "custom_base.Topic",
        "custom_base.Policy",
    }
    assert {model._meta.label for model in page_models().values()} == labels - {
        "custom_base.BasePage",
        "custom_base.HomePage",
    }


def test_pages_are_created_published_and_served(client, home):
    section = make.section_page(home, live=False)
    section.save_revision().publish()
    topic = make.topic_page(section)
    forum = make.forum_page(
        section,
        audience="all",
        body=[
            make.initiatives(make.initiative("<p>Ratified it.</p>", dates=["2000"], topics=[topic]))
        ],
    )
    policy = make.policy_page(forum)

    contents = {
        page.url: client.get(page.url).content.decode() for page in (section, forum, topic, policy)
    }

    assert "United Nations" in contents[section.url]
    assert "Ratified it." in contents[forum.url]
    assert "Ratified it." in contents[topic.url]
    assert "Publications" in contents[policy.url]
    assert "United <mark>Nations</mark>" in client.get(f"{section.url}?q=nations").content.decode()


def test_the_rules_name_the_page_types_of_the_site(home):
    models = page_models()

    assert models["forum"].allowed_parent_page_models() == [models["section"]]
    assert models["section"] in models["policy"].allowed_parent_page_models()
    assert set(models["section"].allowed_subpage_models()) == set(models.values())


def test_quick_links_refer_to_the_base_page_of_the_site(client, home):
    section = make.section_page(home)
    forum = make.forum_page(section)
    snippet = make.quick_links("On this", page=section, links=[make.quick_link("Start", page=home)])

    content = client.get(forum.url).content.decode()

    assert type(snippet)._meta.get_field("page").remote_field.model is base_page_model()
    assert "On this" in content
    assert f'href="{home.url}"' in content


@pytest.mark.parametrize("page_type", ["section", "forum", "topic", "policy"])
def test_pages_are_edited_in_the_admin(client, superuser, home, page_type):
    client.force_login(superuser)
    section = make.section_page(home)
    parent = home if page_type == "section" else section
    model = page_models()[page_type]
    page = section if page_type == "section" else getattr(make, f"{page_type}_page")(section)
    options = model._meta

    add = client.get(
        reverse("wagtailadmin_pages:add", args=[options.app_label, options.model_name, parent.pk])
    )
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert (add.status_code, edit.status_code) == (200, 200)


def test_the_packaged_section_is_imported_read_and_taken_back(client, home):
    report = importer.run("human-security", options=importer.ImportOptions(parent=home))

    section = page_model("section").objects.get()
    assert section._meta.label == "custom_base.PolicySection"
    assert len(client.get(section.url).context["forums"]) == 6
    assert importer.run("human-security", options=importer.ImportOptions(parent=home)).run is None
    assert report.run is not None
    importer.undo(report.run)
    assert not page_model("section").objects.exists()
