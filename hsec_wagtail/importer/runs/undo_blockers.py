"""Blockers of an undo: objects that must stay because others that stay need them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType

from wagtail.models import ReferenceIndex, Site

from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.text.sequences import batched
from hsec_wagtail.importer.writing.translations import translations_by_hand
from hsec_wagtail.page_models import base_page_model

__all__ = ["CHUNK", "ObjectKey", "find_blockers"]

#: How many objects are asked for at a time.
CHUNK = 200
#: How many titles a reason names.
_NAMED = 3

#: Id of the content type, that of the site's base page model for any page, and the object's id as text.
ObjectKey = tuple[int, str]


def find_blockers(
    made: Mapping[ObjectKey, str], *, aliases: Mapping[ObjectKey, ObjectKey]
) -> dict[ObjectKey, Message]:
    """Return which of the objects ``made`` (with their titles) must stay, and why.

    Pages that are the root of a site, that have other pages below them, that somebody translated, or that
    others link to; and then what those that stay link to, and what they stand below.

    Args:
        made: All that would go.
        aliases: Those of them that are aliases of others, with these: they stay and go together.
    """
    search = _BlockerSearch(made, aliases)
    search.site_roots()
    search.translations()
    search.pages_below()
    search.links()
    return search.reasons


class _BlockerSearch:
    def __init__(
        self, made: Mapping[ObjectKey, str], aliases: Mapping[ObjectKey, ObjectKey]
    ) -> None:
        self._made = made
        self._page_type = ContentType.objects.get_for_model(base_page_model()).pk
        self.reasons: dict[ObjectKey, Message] = {}
        #: Path of each page that was made -> its key.
        self._places = dict(self._find_places())
        self._paths = {key: path for path, key in self._places.items()}
        #: What an object that was made links to, of what was made.
        self._targets: dict[ObjectKey, list[ObjectKey]] = defaultdict(list)
        self._sources = aliases
        self._aliases: dict[ObjectKey, list[ObjectKey]] = defaultdict(list)
        for alias, source in aliases.items():
            self._aliases[source].append(alias)

    def _pages(self) -> Iterator[list[str]]:
        yield from batched(
            (pk for content_type, pk in self._made if content_type == self._page_type), CHUNK
        )

    def _find_places(self) -> Iterator[tuple[str, ObjectKey]]:
        for pks in self._pages():
            rows = base_page_model()._default_manager.filter(pk__in=pks)
            for path, pk in rows.values_list("path", "pk"):
                yield path, (self._page_type, str(pk))

    def site_roots(self) -> None:
        """Keep the root pages of sites."""
        for pk in Site.objects.values_list("root_page_id", flat=True):
            self._keep((self._page_type, str(pk)), Message("site-root"))

    def translations(self) -> None:
        """Keep what somebody translated: the translation, and what was kept of the work, would be lost."""
        for pks in self._pages():
            for pk, titles in translations_by_hand(int(pk) for pk in pks).items():
                why = Message("translated", titles=_named(titles))
                self._keep((self._page_type, str(pk)), why)

    def pages_below(self) -> None:
        """Keep what has pages below it that the run did not make."""
        model = base_page_model()
        others: dict[ObjectKey, list[str]] = defaultdict(list)
        for top in _tops(self._places):
            below = model._default_manager.filter(path__startswith=top).values_list("path", "title")
            for path, title in below.iterator():
                if path not in self._places:
                    for key in self._above(path):
                        others[key].append(title)
        for key, titles in others.items():
            self._keep(key, Message("pages-below-stay", titles=_named(titles)))

    def links(self) -> None:
        """Keep what others link to, and what the objects that stay need."""
        outside: dict[ObjectKey, dict[ObjectKey, None]] = defaultdict(dict)
        for source, target in self._references():
            if source in self._made:
                self._targets[source].append(target)
            else:
                outside[target][source] = None
        titles = _titles({source for sources in outside.values() for source in list(sources)[:4]})
        for target, sources in outside.items():
            names = [titles.get(source, "?") for source in list(sources)[:4]]
            self._keep(target, Message("linked-to", titles=_named(names)))
        self._follow()

    def _follow(self) -> None:
        """Keep what those that stay link to, and the pages they stand below."""
        queue = list(self.reasons)
        while queue:
            key = queue.pop()
            title = self._made[key]
            linked = [(one, Message("linked-to", titles=[title])) for one in self._targets[key]]
            above = [
                (one, Message("pages-below-stay", titles=[title]))
                for one in self._above(self._paths.get(key, ""))
            ]
            reason = self.reasons[key]
            aliases = [
                (one, Message("alias-stays", reason=reason)) for one in self._aliases_of(key)
            ]
            queue += [one for one, why in [*linked, *above, *aliases] if self._keep(one, why)]

    def _aliases_of(self, key: ObjectKey) -> Iterator[ObjectKey]:
        """Yield the aliases of ``key``, and what it is an alias of."""
        yield from self._aliases.get(key, ())
        if source := self._sources.get(key):
            yield source

    def _references(self) -> Iterator[tuple[ObjectKey, ObjectKey]]:
        """Yield (source, target) of every link to what was made, except those within an object."""
        types: dict[int, list[str]] = defaultdict(list)
        for content_type, pk in self._made:
            types[content_type].append(pk)
        for content_type, pks in types.items():
            for chunk in batched(pks, CHUNK):
                rows = ReferenceIndex.objects.filter(
                    to_content_type_id=content_type, to_object_id__in=chunk
                ).values_list("base_content_type_id", "object_id", "to_object_id")
                for base_type, pk, to_pk in rows.iterator():
                    if (base_type, pk) != (content_type, to_pk):
                        yield (base_type, pk), (content_type, to_pk)

    def _above(self, path: str) -> Iterator[ObjectKey]:
        """Yield the pages that were made above ``path``."""
        steplen = base_page_model().steplen
        for end in range(steplen, len(path), steplen):
            if key := self._places.get(path[:end]):
                yield key

    def _keep(self, key: ObjectKey, why: Message) -> bool:
        if key not in self._made or key in self.reasons:
            return False
        self.reasons[key] = why
        return True


def _tops(paths: Iterable[str]) -> Iterator[str]:
    """Yield those of ``paths`` that are below no other of them."""
    last = None
    for path in sorted(paths):
        if last is None or not path.startswith(last):
            yield path
            last = path


def _titles(keys: Iterable[ObjectKey]) -> dict[ObjectKey, str]:
    types: dict[int, list[str]] = defaultdict(list)
    for content_type, pk in keys:
        types[content_type].append(pk)
    found: dict[ObjectKey, str] = {}
    for type_id, pks in types.items():
        model: Any = ContentType.objects.get_for_id(type_id).model_class()
        for chunk in batched(pks, CHUNK):
            for one in model._default_manager.filter(pk__in=chunk) if model else ():
                found[type_id, str(one.pk)] = str(one)
    return found


def _named(titles: Sequence[str]) -> list[str]:
    """Return the first three titles, and whether there are more."""
    return [*titles[:_NAMED], *(["…"] if len(titles) > _NAMED else [])]
