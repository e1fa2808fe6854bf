import pytest

from django.template import engines
from django.test import override_settings

from hsec_wagtail.base_template import frame_source, get_frame


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        pytest.param(
            {"title": "title", "main": "content"},
            "{% block title %}{% block hsec_title %}{% endblock %}{% endblock %}"
            "{% block content %}{% block hsec_main %}{% endblock %}{% endblock %}",
            id="a part may be left out",
        ),
        pytest.param(
            {"head": "extra_css", "title": "", "main": "body"},
            "{% block extra_css %}{{ block.super }}{% block hsec_head %}{% endblock %}{% endblock %}"
            "{% block body %}{% block hsec_main %}{% endblock %}{% endblock %}",
            id="the head keeps what is there",
        ),
    ],
)
def test_our_parts_stand_in_the_blocks_of_the_site(blocks, expected):
    assert frame_source("base.html", blocks) == '{% extends "base.html" %}' + expected


def test_pages_stand_in_the_frame_of_the_site(settings):
    site = (
        "<title>{% block top %}{% endblock %}</title><main>{% block inside %}{% endblock %}</main>"
    )
    options = {"loaders": [("django.template.loaders.locmem.Loader", {"site.html": site})]}
    backend = "django.template.backends.django.DjangoTemplates"
    templates = [{"BACKEND": backend, "OPTIONS": options}]

    with override_settings(
        TEMPLATES=templates,
        HSEC_BASE_TEMPLATE="site.html",
        HSEC_BASE_BLOCKS={"title": "top", "main": "inside"},
    ):
        page = engines["django"].from_string(
            "{% extends hsec_frame %}{% block hsec_title %}T{% endblock %}{% block hsec_main %}M{% endblock %}"
        )
        html = page.render({"hsec_frame": get_frame()})

    assert html == "<title>T</title><main>M</main>"


def test_the_frame_is_compiled_once():
    assert get_frame() is get_frame()
