"""Existing translations and aliases of imported pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType

from wagtail.models import Locale

from hsec_wagtail.importer.planning.steps import Identity, ItemKind, Known
from hsec_wagtail.importer.text.sequences import batched
from hsec_wagtail.models import ImportItem
from hsec_wagtail.page_models import base_page_model, page_models

__all__ = ["aliases_of", "aliases_to_fill", "translate_parent", "translations_by_hand"]

_CHUNK = 200


def aliases_of(pks: Iterable[int]) -> dict[int, tuple[int, str]]:
    """Return the aliases of the pages ``pks`` in other languages, and theirs: id -> (id of its source, title).

    Their rows are locked until the transaction ends.
    """
    model = base_page_model()
    found: dict[int, tuple[int, str]] = {}
    sources = list(pks)
    while sources:
        fresh: list[int] = []
        for chunk in batched(sources, _CHUNK):
            languages = dict(
                model._default_manager.filter(pk__in=chunk).values_list("pk", "locale_id")
            )
            locked = model._default_manager.select_for_update().filter(alias_of__in=chunk)
            rows = locked.values_list("pk", "alias_of_id", "title", "locale_id")
            for pk, source, title, locale in rows:
                if locale != languages[source] and pk not in found:
                    found[pk] = (source, title)
                    fresh.append(pk)
        sources = fresh
    return found


def translations_by_hand(pks: Iterable[int]) -> dict[int, list[str]]:
    """Return id -> titles of the translations of the pages ``pks`` that no import made and that are no aliases."""
    found: dict[int, list[str]] = defaultdict(list)
    manager = base_page_model()._default_manager
    for chunk in batched(pks, _CHUNK):
        # An alias is not what somebody translated: what it is an alias of is.
        originals = manager.filter(pk__in=chunk, alias_of__isnull=True)
        keys = {key: pk for pk, key in originals.values_list("pk", "translation_key")}
        others = manager.filter(translation_key__in=keys, alias_of__isnull=True).exclude(
            pk__in=chunk
        )
        rows = list(others.order_by("path").values_list("pk", "translation_key", "title"))
        imported = _imported(pk for pk, _, _ in rows)
        for pk, key, title in rows:
            if pk not in imported:
                found[keys[key]].append(title)
    return dict(found)


def _imported(pks: Iterable[int]) -> set[int]:
    """Return those of the pages ``pks`` that were made by a run that was not undone."""
    types = ContentType.objects.get_for_models(*page_models().values())
    made = ImportItem.objects.filter(
        object_id__in=[str(pk) for pk in pks],
        content_type__in=types.values(),
        action=ImportItem.Action.CREATE,
        undone=False,
    )
    return {int(pk) for pk in made.values_list("object_id", flat=True)}


def aliases_to_fill(
    known: Mapping[Identity, Known], ids: Mapping[str, Mapping[str, int]]
) -> dict[Identity, int]:
    """Return the aliases that stand where new pages go: (language, key) -> id of the alias.

    Args:
        known: Items of earlier runs.
        ids: Language -> key -> id of the pages of this import.
    """
    keys = {
        one.pk: key for (_, key), one in known.items() if one.kind is ItemKind.PAGE and one.there
    }
    found: dict[Identity, int] = {}
    manager = base_page_model()._default_manager
    for chunk in batched(keys, _CHUNK):
        groups = {
            group: keys[pk]
            for pk, group in manager.filter(pk__in=chunk).values_list("pk", "translation_key")
        }
        rows = manager.filter(
            translation_key__in=groups, alias_of__isnull=False, locale__language_code__in=ids
        ).values_list("pk", "translation_key", "locale__language_code")
        for pk, group, language in rows:
            identity = (language, groups[group])
            if identity not in known and identity[1] in ids[language]:
                found[identity] = pk
    return found


def translate_parent(parent: Any, locale: Locale, *, live: bool) -> tuple[Any, tuple[Any, ...]]:
    """Return the translation of ``parent``, made as an alias, and all pages made for it, parents first.

    Unless ``live`` they are drafts, whatever the originals are.
    """
    model = base_page_model()
    above = [page.translation_key for page in parent.get_ancestors(inclusive=True)]
    there = model._default_manager.filter(translation_key__in=above, locale=locale)
    before = set(there.values_list("pk", flat=True))
    parent.copy_for_translation(locale, copy_parents=True, alias=True)
    if not live:
        there.exclude(pk__in=before).update(live=False)
    made = tuple(page.specific for page in there.exclude(pk__in=before).order_by("path"))
    return made[-1], made
