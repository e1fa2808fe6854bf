"""The snapshot of the site for the plan: a little of every item, read at once, and more of those that changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from wagtail.models import Revision, WorkflowState

from hsec_wagtail.importer.document.page_spec import FIELD_PARTS, Fields
from hsec_wagtail.importer.document.to_fields import unresolve
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.planning.steps import (
    Branch,
    Existing,
    Identity,
    ItemKind,
    Known,
    SiteSnapshot,
)
from hsec_wagtail.importer.text.sequences import batched
from hsec_wagtail.importer.writing.object_fields import fields_of_revision, fields_of_row
from hsec_wagtail.importer.writing.page_urls import PageURLs
from hsec_wagtail.importer.writing.redirects import Redirects, redirect_model, redirect_type
from hsec_wagtail.models import ImportItem, QuickLinksSnippet
from hsec_wagtail.models.group_rights import may_beside
from hsec_wagtail.models.queries import page_type_of
from hsec_wagtail.page_models import base_page_model

__all__ = ["Survey"]


class Survey:
    """The items that earlier runs below ``parent`` made of ``branches``, and their current contents.

    The queries do not grow with the pages; contents are loaded only when the plan asks for them. What
    ``user`` may not edit, what is locked and what is in moderation is marked as such then. With ``lock``
    nobody else writes what was loaded until the transaction ends.
    """

    def __init__(
        self,
        branches: Sequence[Branch],
        *,
        parent: Any,
        user: Any | None,
        lock: bool = False,
    ) -> None:
        self._user = user
        self._lock = lock
        self._items: dict[Identity, int] = {}
        known = dict(self._known(branches, parent))
        self._keys = {
            one.pk: key
            for (_, key), one in known.items()
            if one.kind is ItemKind.PAGE and one.there
        }
        self._addresses = _KeysByAddress(self._keys)
        languages = {branch.language for branch in branches}
        site = parent.get_site()
        redirects = Redirects(site, user)
        self.snapshot = SiteSnapshot(
            known=known,
            load=self._load,
            page_slugs=_page_slugs(_parents(branches, known)),
            group_slugs=_group_slugs(languages, site),
            unicode_slugs=getattr(settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", True),
            old_path=redirects.old_path,
            taken_paths=redirects.taken_paths,
            own_path=self._own_path,
            path_key=redirects.path_key,
        )
        self._redirects = redirects
        self._branches = {branch.language: branch for branch in branches}
        self._destinations: dict[str, PageURLs] = {}

    def _own_path(self, identity: Identity) -> str:
        """Return the path that a page has, or will have."""
        language, key = identity
        if language not in self._destinations:
            branch = self._branches[language]
            above = base_page_model()._default_manager.filter(pk=branch.parent).first()
            ids = {
                one: known.pk
                for (tongue, one), known in self.snapshot.known.items()
                if tongue == language and known.kind is ItemKind.PAGE and known.there
            }
            self._destinations[language] = PageURLs(
                branch, self.snapshot, ids=ids, top=(above and above.get_url()) or "/"
            )
        return self._redirects.old_path(self._destinations[language][key])

    def _known(self, branches: Sequence[Branch], parent: Any) -> Iterator[tuple[Identity, Known]]:
        """Yield what the last item that was not undone left of each identity."""
        links = ContentType.objects.get_for_model(QuickLinksSnippet)
        # An import of one language is filed below the parent in that language.
        translations = base_page_model()._default_manager.filter(
            translation_key=parent.translation_key
        )
        redirects = redirect_type()
        others = [links, *([redirects] if redirects else [])]
        items = ImportItem.objects.applied().filter(
            parent_id__in=[str(pk) for pk in translations.values_list("pk", flat=True)],
            source_key=branches[0].section.source_key,
            language__in={branch.language for branch in branches},
        )
        kinds: list[tuple[ItemKind, QuerySet[ImportItem], Any, str]] = [
            (ItemKind.PAGE, items.exclude(content_type__in=others), base_page_model(), "slug"),
            (ItemKind.LINKS, items.filter(content_type=links), QuickLinksSnippet, "slug"),
        ]
        if redirects:
            ours = items.filter(content_type=redirects)
            kinds.append((ItemKind.REDIRECT, ours, redirect_model(), "old_path"))
        for kind, rows, model, name in kinds:
            for pk, language, key, object_id, sha256, title, action, slug in _with_slugs(
                rows, model, name
            ):
                identity = (language, key)
                self._items[identity] = pk
                yield (
                    identity,
                    Known(
                        pk=int(object_id),
                        slug=slug or "",
                        sha256=sha256,
                        kind=kind,
                        title=title,
                        there=slug is not None,
                        conflicted=action == ImportItem.Action.CONFLICT,
                    ),
                )

    def _load(self, identities: Collection[Identity]) -> dict[Identity, Existing]:
        """Return the contents of the items that ``identities`` name."""
        items = {
            (item.language, item.key): item
            for item in ImportItem.objects.filter(
                pk__in=[self._items[identity] for identity in identities]
            )
        }
        objects = _Objects(items.values(), self._user, lock=self._lock)
        return {
            identity: _existing(item, objects, self._keys, self._addresses)
            for identity, item in items.items()
            if objects.has(item)
        }


def _with_slugs(
    items: QuerySet[ImportItem], model: type[Model], name: str
) -> Iterator[tuple[Any, ...]]:
    """Yield what is known of ``items``, the oldest first, with the field ``name`` of their objects, None if gone."""
    # The ids are text, for a site's snippets may have any kind of key.
    named = model._default_manager.filter(pk=Cast(OuterRef("object_id"), BigIntegerField()))
    rows = items.annotate(slug_now=Subquery(named.values(name)[:1]))
    yield from (
        rows.order_by("pk")
        .values_list(
            "pk", "language", "key", "object_id", "fields_sha256", "title", "action", "slug_now"
        )
        .iterator()
    )


def _parents(branches: Iterable[Branch], known: Mapping[Identity, Known]) -> set[int]:
    """Return the ids of the pages that are there and get new ones below them."""
    found: set[int] = set()
    for branch in branches:
        for page in branch.section.outlines():
            if (branch.language, page.key) in known:
                continue
            above = known.get((branch.language, page.parent)) if page.parent else None
            pk = above.pk if above else None if page.parent else branch.parent
            found |= {pk} if pk else set()
    return found


class _Objects:
    """The pages and groups of links that items name, with the content of their newest drafts."""

    def __init__(self, items: Iterable[ImportItem], user: Any | None, *, lock: bool) -> None:
        links = ContentType.objects.get_for_model(QuickLinksSnippet)
        groups = [item.object_id for item in items if item.content_type_id == links.pk]
        pages = [item.object_id for item in items if item.content_type_id != links.pk]
        self._links = links.pk
        self._rows = {
            True: _rows(QuickLinksSnippet, groups, lock=lock),
            False: _rows(base_page_model(), pages, lock=lock),
        }
        revisions = [
            row["latest_revision_id"] for rows in self._rows.values() for row in rows.values()
        ]
        self._contents = dict(
            Revision.objects.filter(pk__in=[pk for pk in revisions if pk]).values_list(
                "pk", "content"
            )
        )

        self._barriers = _barriers(items, self._rows, user)

    def barrier(self, item: ImportItem) -> Message | None:
        """Return why the object may not be written now, if so."""
        return self._barriers.get((item.content_type_id == self._links, item.object_id))

    def has(self, item: ImportItem) -> bool:
        """Tell whether the object is there."""
        return item.object_id in self._rows[item.content_type_id == self._links]

    def row(self, item: ImportItem) -> dict[str, Any]:
        """Return the columns of the object that tell its state."""
        return self._rows[item.content_type_id == self._links][item.object_id]

    def fields(self, item: ImportItem) -> Fields:
        """Return the fields that imports write, and those that were written, as the newest draft has them now."""
        # From the cache of content types, not by a query for each item.
        found: Any = ContentType.objects.get_for_id(item.content_type_id).model_class()
        # The type may be of an app that the site has taken out since.
        model = found or base_page_model()
        columns = {field.name for field in model._meta.concrete_fields}
        # A field may be newer than the last import of its page.
        names = [*item.written, *sorted(columns & FIELD_PARTS.keys() - item.written.keys())]
        content = self._contents.get(self.row(item)["latest_revision_id"])
        if content is None:
            instance: Any = item.get_object()
            return fields_of_row(instance, names)
        return fields_of_revision(model, content, names)


def _rows(model: type[Model], pks: Sequence[str], *, lock: bool) -> dict[str, dict[str, Any]]:
    rows = model._default_manager.filter(pk__in=pks)
    # Else what an editor saves between the comparison and the writing would be written over.
    values = (rows.select_for_update() if lock else rows).values(
        "pk", "slug", "latest_revision_id", "live", "has_unpublished_changes", "locked"
    )
    return {str(row["pk"]): row for row in values}


def _barriers(
    items: Iterable[ImportItem], rows: Mapping[bool, dict[str, dict[str, Any]]], user: Any | None
) -> dict[tuple[bool, str], Message]:
    """Return why objects may not be written now, by whether they are links and their ids."""
    found = {
        (links, pk): Message("locked")
        for links, objects in rows.items()
        for pk, row in objects.items()
        if row["locked"]
    }
    group = ContentType.objects.get_for_model(QuickLinksSnippet).pk
    # Snippets of other types may have the same ids.
    kinds = [group, ContentType.objects.get_for_model(base_page_model()).pk]
    states = WorkflowState.objects.filter(
        base_content_type__in=kinds,
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
        object_id__in=[item.object_id for item in items],
    ).values_list("content_type_id", "object_id")
    for content_type, pk in states:
        found[(content_type == group, pk)] = Message("in-moderation")
    if user is not None and not user.is_superuser:
        refused = Message("may-not-edit", user=str(user))
        pages = base_page_model()._default_manager.filter(pk__in=rows[False])
        for page in pages:
            if not page.permissions_for_user(user).can_edit():
                found[(False, str(page.pk))] = refused
        groups = QuickLinksSnippet.objects.filter(pk__in=rows[True]).select_related("page")
        for one in groups:
            if not may_beside(user, "change", one.page):
                found[(True, str(one.pk))] = refused
    return found


class _KeysByAddress(Mapping[str, str]):
    """The keys of imported pages by their addresses on the site; read when the first is asked for."""

    def __init__(self, keys: Mapping[int, str]) -> None:
        self._keys = keys
        self._found: dict[str, str] | None = None

    def _all(self) -> dict[str, str]:
        if self._found is None:
            pages = base_page_model()._default_manager
            self._found = {
                page.get_url() or "": self._keys[page.pk]
                for pks in batched(self._keys, 1_000)
                for page in pages.filter(pk__in=pks)
            }
        return self._found

    def __getitem__(self, address: str) -> str:
        return self._all()[address]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


def _existing(
    item: ImportItem, objects: _Objects, keys: Mapping[int, str], addresses: Mapping[str, str]
) -> Existing:
    row = objects.row(item)
    return Existing(
        written=item.written,
        current=unresolve(objects.fields(item), keys, addresses),
        # A draft of a live page may hold what no source writes, such as its address: not ours to publish.
        has_draft=row["live"] and row["has_unpublished_changes"],
        type=page_type_of(item.content_type_id),
        barrier=objects.barrier(item),
    )


def _page_slugs(parents: Iterable[int]) -> dict[int, frozenset[str]]:
    """Return the slugs of the children of each of ``parents``."""
    model = base_page_model()
    places = dict(model._default_manager.filter(pk__in=parents).values_list("path", "pk"))
    slugs: dict[int, set[str]] = {pk: set() for pk in places.values()}
    for paths in batched(places, 100):
        below = Q()
        for path in paths:
            below |= Q(path__startswith=path, depth=len(path) // model.steplen + 1)
        for path, slug in model._default_manager.filter(below).values_list("path", "slug"):
            slugs[places[path[: -model.steplen]]].add(slug)
    return {pk: frozenset(taken) for pk, taken in slugs.items()}


def _group_slugs(languages: Iterable[str], site: Any | None) -> dict[str, frozenset[str]]:
    """Return the slugs of the groups of quick links on ``site``, by language."""
    taken: dict[str, set[str]] = {language: set() for language in languages}
    groups = QuickLinksSnippet.objects.filter(locale__language_code__in=taken, site=site)
    rows = groups.values_list("locale__language_code", "slug")
    for language, slug in rows:
        taken[language].add(slug)
    return {language: frozenset(slugs) for language, slugs in taken.items()}
