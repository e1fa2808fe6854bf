"""Which topic an initiative is filed under, and which page it belongs to if several repeat it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hsec_wagtail.page_models import base_page_model, page_models

__all__ = ["Filing", "one_page_each"]


@dataclass(frozen=True, slots=True)
class _Topic:
    """A topic, as far as it tells whether it stands for another."""

    pk: int
    path: str
    slug: str
    live: bool
    locale_id: int
    translation_key: UUID
    alias_of_id: int | None

    def is_in_section_of(self, page: Any) -> bool:
        """Return whether ``page`` lies in the section that has this topic."""
        section: str = self.path[: -base_page_model().steplen]
        return bool(page.path.startswith(section))


class Filing:
    """All topics of the site, and which of them is meant where a page names one; one query."""

    def __init__(self, *, using: str | None = None) -> None:
        names = tuple(_Topic.__dataclass_fields__)
        rows = page_models()["topic"]._default_manager.using(using).values_list(*names)
        self._topics = {row[0]: _Topic(*row) for row in rows}
        self._slugs: dict[UUID, set[str]] = defaultdict(set)
        for topic in self._topics.values():
            self._slugs[topic.translation_key].add(topic.slug)
        self._alike_to: dict[int, list[_Topic]] = {}

    def original(self, pk: int) -> int:
        """Return the topic that the topic ``pk`` is an alias of, else ``pk``."""
        seen: set[int] = set()
        while (topic := self._topics.get(pk)) and topic.alias_of_id and pk not in seen:
            seen.add(pk)
            pk = topic.alias_of_id
        return pk

    def namesakes(self, pk: int) -> set[int]:
        """Return the topics that a page may name where the topic ``pk`` or an alias of it is meant."""
        original = self.original(pk)
        family = [one for one in self._topics.values() if self.original(one.pk) == original]
        slugs = {slug for one in family for slug in self._slugs[one.translation_key]}
        keys = {key for key, known in self._slugs.items() if known & slugs}
        return {one.pk for one in self._topics.values() if one.translation_key in keys} | {pk}

    def topic_for(self, pk: int, page: Any) -> int:
        """Return the topic that ``page`` means when it names the topic ``pk``.

        A copy of a section names the topics of the first one, and means its own: those of the same slug. A
        translation means those in its language. Only live topics stand for others.
        """
        named = self._topics.get(pk)
        if named is None:
            return pk
        if pk not in self._alike_to:
            self._alike_to[pk] = self._alike(named)
        alike = self._alike_to[pk]
        in_language = [one for one in alike if one.locale_id == page.locale_id]
        return (
            self._in_section(named, page, in_language)
            or self._translation(named, in_language)
            or self._in_section(named, page, alike)
            or named
        ).pk

    def _alike(self, named: _Topic) -> list[_Topic]:
        """Return the live topics that may stand for ``named``."""
        slugs, original = self._slugs[named.translation_key], self.original(named.pk)
        return [
            one
            for one in self._topics.values()
            if one.live and (one.slug in slugs or self.original(one.pk) == original)
        ]

    def _in_section(self, named: _Topic, page: Any, topics: Sequence[_Topic]) -> _Topic | None:
        """Return the topic of the section of ``page``: ``named`` if it is there, else that of the nearest section."""
        here = [one for one in topics if one.is_in_section_of(page)]
        return named if named in here else max(here, key=lambda one: len(one.path), default=None)

    def _translation(self, named: _Topic, topics: Sequence[_Topic]) -> _Topic | None:
        return next((one for one in topics if one.translation_key == named.translation_key), None)


def one_page_each(filed: Iterable[tuple[Any, dict[str, Any]]], topic: Any) -> list[tuple[Any, Any]]:
    """Return the pairs of page and initiative without those that only repeat another.

    Of a page, its aliases and its translations that are all filed under ``topic``, one counts: the page in the
    language of the topic first, then the original. A copy of a page keeps the ids of its blocks: an initiative
    whose text is the same too belongs to the page that had it first.
    """
    filed = list(filed)
    pages = {page.pk: page for page, _item in filed}
    chosen: dict[UUID, Any] = {}
    for page in sorted(pages.values(), key=lambda one: _rank(one, topic)):
        chosen.setdefault(_family(page, pages), page)
    kept = {page.pk for page in chosen.values()}
    first: dict[tuple[str, str], int] = {}
    for page, item in filed:
        if page.pk in kept and (name := _name(item)):
            first[name] = min(page.pk, first.get(name, page.pk))
    return [
        (page, item)
        for page, item in filed
        if page.pk in kept and first.get(_name(item) or ("", ""), page.pk) == page.pk
    ]


def _rank(page: Any, topic: Any) -> tuple[bool, bool, int]:
    return page.locale_id != topic.locale_id, page.alias_of_id is not None, page.pk


def _family(page: Any, pages: dict[int, Any]) -> UUID:
    """Return the translation key of the page that ``page`` repeats if that is among ``pages``, else its own."""
    key: UUID = pages.get(page.alias_of_id or page.pk, page).translation_key
    return key


def _name(item: dict[str, Any]) -> tuple[str, str] | None:
    """Return what an initiative has in common with its copies; None for one from before blocks had ids."""
    return (item["id"], item["value"].get("text") or "") if item.get("id") else None
