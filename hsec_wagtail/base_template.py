"""The frame of the public pages: the site's base template with our parts in the blocks it has."""

from __future__ import annotations

from functools import lru_cache

from django.core.signals import setting_changed
from django.dispatch import receiver
from django.template import TemplateDoesNotExist, engines
from django.template.backends.django import DjangoTemplates, Template

from hsec_wagtail import conf

__all__ = ["PARTS", "django_engine", "frame_source", "get_frame"]

#: What our page templates fill. Head keeps what the base template's block has; the others replace it.
PARTS = ("title", "head", "main")


def get_frame() -> Template:
    """Return the template that the public pages extend, made from the settings.

    Raises:
        TemplateDoesNotExist: No Django template engine is configured.
    """
    blocks = conf.get("HSEC_BASE_BLOCKS")
    return _compile(frame_source(conf.get("HSEC_BASE_TEMPLATE"), blocks))


def frame_source(base_template: str, blocks: dict[str, str]) -> str:
    """Return the text of the template between ours and ``base_template``.

    Args:
        base_template: Name of the template to extend.
        blocks: Our parts -> the base template's blocks; a part without a block is left out. Several
            parts may share a block.
    """
    filled: dict[str, list[str]] = {}
    for part in PARTS:
        if block := blocks.get(part):
            filled.setdefault(block, []).append(part)
    text = "".join(_block(block, parts) for block, parts in filled.items())
    return '{% extends "' + base_template + '" %}' + text


def _block(block: str, parts: list[str]) -> str:
    inner = "".join("{% block hsec_" + part + " %}{% endblock %}" for part in parts)
    inherited = "{{ block.super }}" if "head" in parts else ""
    return "{% block " + block + " %}" + inherited + inner + "{% endblock %}"


@lru_cache(maxsize=8)
def _compile(source: str) -> Template:
    return django_engine().from_string(source)


def django_engine() -> DjangoTemplates:
    """Return the first Django template engine of the site, which need not be its first engine."""
    for engine in engines.all():
        if isinstance(engine, DjangoTemplates):
            return engine
    raise TemplateDoesNotExist("hsec_wagtail: no Django template engine in TEMPLATES.")


@receiver(setting_changed)
def _forget(*, setting: str, **kwargs: object) -> None:
    if setting in {"TEMPLATES", "HSEC_BASE_TEMPLATE", "HSEC_BASE_BLOCKS"}:
        _compile.cache_clear()
