"""System checks of the settings of the app."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.template import Template, TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader_tags import BlockNode, ExtendsNode

from hsec_wagtail import base_template, conf, page_models

__all__ = [
    "check_base_template",
    "check_left_out",
    "check_numbers",
    "check_page_models",
    "check_profiles",
    "check_setting_names",
    "check_texts",
    "check_unshown_models",
    "check_upload_limit",
]

#: Settings that are whole numbers of at least one.
_NUMBERS = sorted(name for name, default in conf.DEFAULTS.items() if type(default) is int)
#: Of them those that may be None as well.
_UNLIMITED = frozenset({"HSEC_MAX_SECONDS"})
#: Fields of the edit form of a page of 300 blocks of ten fields: four of Wagtail's, six of their own. A list of initiatives,
#: members or documents is one field, however long it is.
_MOST_FIELDS = 3_000


@register()
def check_setting_names(**kwargs: Any) -> list[CheckMessage]:
    """Warn of HSEC settings that the app does not know."""
    known = {*conf.DEFAULTS, *_model_settings()}
    names = (name for name in dir(settings) if name.startswith("HSEC_") and name not in known)
    return [
        Warning(
            f"The setting {name} is not one of hsec_wagtail.",
            hint=_did_you_mean(name, known),
            id="hsec.W001",
        )
        for name in names
    ]


@register()
def check_page_models(**kwargs: Any) -> list[CheckMessage]:
    """Name the HSEC_*_MODEL settings that are no page types built on our mixins."""
    return [
        message
        for setting, page_type in _model_settings().items()
        for message in _check_page_model(setting, page_type)
    ]


@register()
def check_base_template(**kwargs: Any) -> list[CheckMessage]:
    """Name what the base template lacks of what the public pages need."""
    name = conf.get("HSEC_BASE_TEMPLATE")
    blocks = conf.get("HSEC_BASE_BLOCKS")
    if not _are_blocks(blocks):
        return [
            Error(
                f"HSEC_BASE_BLOCKS is {blocks!r}.",
                hint=f"Give a dict with some of the keys {', '.join(base_template.PARTS)} and names of blocks.",
                id="hsec.E003",
            )
        ]
    try:
        template = base_template.django_engine().get_template(name).template
        defined = _block_names(template)
    except (TemplateDoesNotExist, TemplateSyntaxError, TypeError, AttributeError) as error:
        hint = (
            "Name a template of the Django engine; without the setting the app's own page is used."
        )
        return [
            Error(
                f"HSEC_BASE_TEMPLATE {name!r} cannot be loaded: {error}.", hint=hint, id="hsec.E002"
            )
        ]
    return list(_missing_blocks(name, blocks, defined)) or list(_left_silent(name, blocks, defined))


def _are_blocks(blocks: Any) -> bool:
    return (
        isinstance(blocks, dict)
        and set(blocks) <= set(base_template.PARTS)
        and all(isinstance(block, str) for block in blocks.values())
    )


def _missing_blocks(name: str, blocks: dict[str, str], defined: set[str]) -> Iterator[CheckMessage]:
    for part, block in blocks.items():
        if block and block not in defined:
            yield Error(
                f"The template {name!r} has no block {block!r}, which HSEC_BASE_BLOCKS names for {part!r}.",
                hint=f'Its blocks are {", ".join(sorted(defined)) or "none"}; use "" to leave the part out.',
                id="hsec.E004",
            )
    if not blocks.get("main"):
        yield Error(
            "HSEC_BASE_BLOCKS names no block for 'main', so the public pages would be empty.",
            hint="Name the block of the base template that holds the content of a page.",
            id="hsec.E005",
        )


def _left_silent(name: str, blocks: dict[str, str], defined: set[str]) -> Iterator[CheckMessage]:
    """Warn of what pages lack where the base template has no block for it, in the words of that template."""
    if not blocks.get("head"):
        yield Warning(
            f"HSEC_BASE_BLOCKS names no block of the template {name!r} for 'head', so the public pages have neither"
            " our style sheet nor description, canonical address and links to translations.",
            hint=f"Write {{% block extra_head %}}{{% endblock %}} before </head> of {name!r} or of the template it extends, and"
            f' set "head": "extra_head"; or name one of its blocks that is in the head: {", ".join(sorted(defined)) or "none"}.',
            id="hsec.W002",
        )
        if not blocks.get("title") and "title" not in conf.get("HSEC_LEAVE_OUT"):
            yield Warning(
                f"HSEC_BASE_BLOCKS names no block of the template {name!r} for 'title' or 'head', so the public pages"
                " have no title of their own.",
                hint="Write <title>{% block title %}{% endblock %}</title> into that template, and name the block;"
                ' if it makes the title itself, set HSEC_LEAVE_OUT = ["title"].',
                id="hsec.W003",
            )


@register()
def check_left_out(**kwargs: Any) -> list[CheckMessage]:
    """Name what HSEC_LEAVE_OUT leaves out that the pages do not have."""
    names = conf.get("HSEC_LEAVE_OUT")
    if isinstance(names, list | tuple | set) and all(
        name in conf.PARTS_TO_LEAVE_OUT for name in names
    ):
        return []
    return [
        Error(
            f"HSEC_LEAVE_OUT is {names!r}.",
            hint=f"Give a list with some of {', '.join(conf.PARTS_TO_LEAVE_OUT)}.",
            id="hsec.E008",
        )
    ]


@register()
def check_numbers(**kwargs: Any) -> list[CheckMessage]:
    """Name the settings that are no whole number of at least one where only that makes sense."""
    return [
        Error(
            f"{name} is {value!r}.",
            hint="Give a whole number of at least 1"
            + (", or None for no limit." if name in _UNLIMITED else "."),
            id="hsec.E009",
        )
        for name in _NUMBERS
        if not _is_number(value := conf.get(name)) and not (value is None and name in _UNLIMITED)
    ]


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


@register()
def check_cache(**kwargs: Any) -> list[CheckMessage]:
    """Name a cache that the site does not have."""
    name = conf.get("HSEC_CACHE")
    if name is None or name in settings.CACHES:
        return []
    return [
        Error(
            f"HSEC_CACHE is {name!r}.",
            hint=f"Name one of CACHES ({', '.join(settings.CACHES)}), or None to keep no answers.",
            id="hsec.E014",
        )
    ]


@register()
def check_unshown_models(**kwargs: Any) -> list[CheckMessage]:
    """Name what HSEC_UNSHOWN_MODELS names that the site does not have."""
    names = conf.get("HSEC_UNSHOWN_MODELS")
    hint = 'Give a list of labels: "app" for all models of an app, "app.Model" for one.'
    if not isinstance(names, list | tuple | set):
        return [Error(f"HSEC_UNSHOWN_MODELS is {names!r}.", hint=hint, id="hsec.E015")]
    known = {config.label for config in apps.get_app_configs()}
    known |= {model._meta.label for model in apps.get_models()}
    return [
        Error(
            f"HSEC_UNSHOWN_MODELS names {name!r}, which is not installed.",
            hint=hint,
            id="hsec.E015",
        )
        for name in names
        if not isinstance(name, str) or name not in known
    ]


@register()
def check_upload_limit(**kwargs: Any) -> list[CheckMessage]:
    """Warn where Django refuses the edit form of a long page, and with it what an editor typed."""
    # None is no limit, whatever the stubs of Django say.
    limit: Any = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    if limit is None or limit >= _MOST_FIELDS:
        return []
    return [
        Warning(
            f"DATA_UPLOAD_MAX_NUMBER_FIELDS is {limit}, so that a page of some hundred blocks cannot be saved.",
            hint="Set DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000, as Wagtail recommends.",
            id="hsec.W004",
        )
    ]


@register()
def check_texts(**kwargs: Any) -> list[CheckMessage]:
    """Name the settings of which any value would be taken, and only some mean something."""
    kinds = {
        "HSEC_WRAPPER_CLASS": (str, "a text of CSS classes"),
        "HSEC_CSS": (bool, "True or False"),
    }
    return [
        Error(f"{name} is {value!r}.", hint=f"Give {meant}.", id="hsec.E010")
        for name, (kind, meant) in kinds.items()
        if not isinstance(value := conf.get(name), kind)
    ]


@register()
def check_profiles(**kwargs: Any) -> list[CheckMessage]:
    """Name the reader profiles of the site that are not there; what is in them an import checks."""
    paths = conf.get("HSEC_PROFILES")
    if not isinstance(paths, list | tuple) or not all(isinstance(one, str | Path) for one in paths):
        hint = "Give a list of paths of YAML files."
        return [Error(f"HSEC_PROFILES is {paths!r}.", hint=hint, id="hsec.E011")]
    return [
        Error(
            f"HSEC_PROFILES names '{path}', which is no file.",
            hint="Give the whole path, for example BASE_DIR / 'profiles' / 'ministry.yaml'.",
            id="hsec.E011",
        )
        for path in paths
        if not Path(path).is_file()
    ]


def _check_page_model(setting: str, page_type: str) -> Iterator[CheckMessage]:
    name = page_models.page_model_name(page_type)
    mixin = f"{page_models.PAGE_MODELS[page_type]}Mixin"
    try:
        model = apps.get_model(name)
    except (LookupError, ValueError):
        yield Error(
            f"{setting} is {name!r}, which is no installed model.",
            hint="Write it as app_label.ModelName, of an app in INSTALLED_APPS.",
            id="hsec.E001",
        )
        return
    if getattr(model, "hsec_page_type", None) != page_type:
        yield Error(
            f"{setting} is {name!r}, which is not built on {mixin}.",
            hint=f"Derive the model from hsec_wagtail.models.{mixin} and the site's base page model.",
            id="hsec.E006",
        )


def _model_settings() -> dict[str, str]:
    """Return page types by the setting that swaps their model."""
    return {
        page_models.page_model_setting(page_type): page_type
        for page_type in page_models.PAGE_MODELS
    }


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, known, n=1)
    if close:
        return f"Did you mean {close[0]}?"
    return f"The settings are {', '.join(sorted(known))}."


def _block_names(template: Template) -> set[str]:
    """Return the names of the blocks in ``template`` and in the templates that it extends."""
    return {
        node.name
        for one in _lineage(template)
        for node in one.nodelist.get_nodes_by_type(BlockNode)
        if isinstance(node, BlockNode)
    }


def _lineage(template: Template) -> Iterator[Template]:
    """Yield ``template`` and the templates that it extends, the nearest first.

    A template may extend another of its own name, which then is the next that the loaders know: as
    Django does, those that were met are skipped.
    """
    engine = base_template.django_engine().engine
    history = [template.origin]
    found: Template | None = template
    while found is not None:
        yield found
        # A name that is known only when the page is shown is not followed.
        names = [
            getattr(getattr(node, "parent_name", None), "var", None)
            for node in found.nodelist.get_nodes_by_type(ExtendsNode)
        ]
        name = next((name for name in names if isinstance(name, str)), None)
        found = engine.find_template(name, skip=history)[0] if name else None
        if found is not None:
            history.append(found.origin)
