import pytest

from django.core.checks import run_checks

from hsec_wagtail import checks, conf
from hsec_wagtail.base_template import django_engine


def found(messages):
    return [(message.id, message.msg, message.hint) for message in messages]


def test_the_defaults_are_sound():
    assert [message for message in run_checks() if (message.id or "").startswith("hsec.")] == []


def test_a_setting_with_a_typing_error_is_named(settings):
    settings.HSEC_BASE_TEMPLAT = "base.html"

    assert found(checks.check_setting_names()) == [
        (
            "hsec.W001",
            "The setting HSEC_BASE_TEMPLAT is not one of hsec_wagtail.",
            "Did you mean HSEC_BASE_TEMPLATE?",
        )
    ]


def test_a_model_that_is_not_installed_is_named(settings):
    settings.HSEC_FORUMPAGE_MODEL = "site.Forum"

    assert found(checks.check_page_models()) == [
        (
            "hsec.E001",
            "HSEC_FORUMPAGE_MODEL is 'site.Forum', which is no installed model.",
            "Write it as app_label.ModelName, of an app in INSTALLED_APPS.",
        )
    ]


def test_a_model_that_is_not_built_on_our_mixin_is_named(settings):
    settings.HSEC_TOPICPAGE_MODEL = "wagtailcore.Page"

    assert found(checks.check_page_models()) == [
        (
            "hsec.E006",
            "HSEC_TOPICPAGE_MODEL is 'wagtailcore.Page', which is not built on TopicPageMixin.",
            "Derive the model from hsec_wagtail.models.TopicPageMixin and the site's base page model.",
        )
    ]


@pytest.mark.parametrize("name", ["nowhere.html", None])
def test_a_base_template_that_is_not_there_is_named(settings, name):
    settings.HSEC_BASE_TEMPLATE = name

    (message,) = checks.check_base_template()

    assert message.id == "hsec.E002"
    assert repr(name) in message.msg


@pytest.mark.parametrize("value", [0, -1, 2.5, "20", True, None])
def test_a_limit_that_is_no_number_of_at_least_one_is_named(settings, value):
    settings.HSEC_SEARCH_PAGE_SIZE = value

    assert found(checks.check_numbers()) == [
        (
            "hsec.E009",
            f"HSEC_SEARCH_PAGE_SIZE is {value!r}.",
            "Give a whole number of at least 1.",
        )
    ]


def test_an_import_may_have_no_limit_of_time(settings):
    settings.HSEC_MAX_SECONDS = None

    assert checks.check_numbers() == []


#: A value that each setting cannot have. Blocks of a site are read when the models load: tests/blocks.
IMPOSSIBLE = {name: "x" for name in conf.DEFAULTS if name != "HSEC_BODY_BLOCKS"} | {
    "HSEC_BASE_TEMPLATE": "nowhere.html",
    "HSEC_WRAPPER_CLASS": ["container"],
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_every_setting_is_checked(settings, name):
    setattr(settings, name, IMPOSSIBLE[name])

    assert [message for message in run_checks() if name in message.msg and message.is_serious()]


@pytest.mark.parametrize("blocks", ["main", {"content": "main"}, {"main": None}])
def test_blocks_that_we_do_not_have_are_named(settings, blocks):
    settings.HSEC_BASE_BLOCKS = blocks

    assert [message.id for message in checks.check_base_template()] == ["hsec.E003"]


def test_blocks_that_the_base_template_lacks_are_named(settings):
    settings.HSEC_BASE_BLOCKS = {"main": "content"}

    assert found(checks.check_base_template()) == [
        (
            "hsec.E004",
            "The template 'hsec_wagtail/base.html' has no block 'content', which HSEC_BASE_BLOCKS names"
            " for 'main'.",
            'Its blocks are footer, head, header, main, title; use "" to leave the part out.',
        )
    ]


def test_a_frame_without_room_for_the_content_is_named(settings):
    settings.HSEC_BASE_BLOCKS = {"title": "title", "main": ""}

    assert [message.id for message in checks.check_base_template()] == ["hsec.E005"]


def test_blocks_of_templates_above_count():
    text = '{% extends "hsec_wagtail/base.html" %}{% block head %}{% block more %}{% endblock %}{% endblock %}'
    template = django_engine().from_string(text).template

    assert {"main", "more"} <= checks._block_names(template)


@pytest.fixture
def templates(settings, tmp_path):
    """Let a test write templates of a site: ``write("first", "base.html", text)``, in the order of its folders."""
    folders = [tmp_path / name for name in ("first", "second")]
    options = {"loaders": [("django.template.loaders.filesystem.Loader", folders)]}
    settings.TEMPLATES = [
        {"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": options}
    ]

    def write(folder, name, text):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_text(text, encoding="utf-8")

    return write


def test_a_template_may_extend_another_of_its_own_name(settings, templates):
    templates("first", "base.html", '{% extends "base.html" %}{% block top %}{% endblock %}')
    templates(
        "second", "base.html", "{% block title %}{% endblock %}{% block main %}{% endblock %}"
    )
    settings.HSEC_BASE_TEMPLATE = "base.html"
    settings.HSEC_BASE_BLOCKS = {"title": "title", "main": "main"}

    assert "hsec.E004" not in [message.id for message in checks.check_base_template()]


def test_templates_that_extend_each_other_for_ever_are_named(settings, templates):
    templates("first", "base.html", '{% extends "base.html" %}')
    settings.HSEC_BASE_TEMPLATE = "base.html"

    assert [message.id for message in checks.check_base_template()] == ["hsec.E002"]


def test_a_limit_of_fields_that_long_pages_exceed_is_named(settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

    assert found(checks.check_upload_limit()) == [
        (
            "hsec.W004",
            "DATA_UPLOAD_MAX_NUMBER_FIELDS is 1000, so that a page of some hundred blocks cannot be saved.",
            "Set DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000, as Wagtail recommends.",
        )
    ]


@pytest.mark.parametrize("limit", [None, 3000, 10_000])
def test_a_limit_of_fields_that_is_enough_is_not_named(settings, limit):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = limit

    assert checks.check_upload_limit() == []


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["sessions", "wagtailcore.Page"], []),
        ("sessions", ["HSEC_UNSHOWN_MODELS is 'sessions'."]),
        (
            ["wagtailcore.page", []],
            [
                "HSEC_UNSHOWN_MODELS names 'wagtailcore.page', which is not installed.",
                "HSEC_UNSHOWN_MODELS names [], which is not installed.",
            ],
        ),
    ],
)
def test_a_model_that_is_not_installed_is_named_among_those_that_no_page_shows(
    settings, names, said
):
    settings.HSEC_UNSHOWN_MODELS = names

    messages = checks.check_unshown_models()

    assert [message.msg for message in messages] == said
    assert {message.id for message in messages} <= {"hsec.E015"}
