"""Writing a plan to the site, chunk by chunk; the caller holds the transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from treebeard.mp_tree import MP_Node

from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Locale, Revision

from hsec_wagtail.importer.document.section import Outline
from hsec_wagtail.importer.document.to_fields import Fields, resolve
from hsec_wagtail.importer.errors import ApplyError
from hsec_wagtail.importer.planning.steps import (
    Action,
    Branch,
    Identity,
    ItemKind,
    Known,
    SiteSnapshot,
    Step,
)
from hsec_wagtail.importer.writing.bulk import BulkWriter, PathAllocator, on_primary
from hsec_wagtail.importer.writing.bulk.paths import children_range
from hsec_wagtail.importer.writing.object_fields import set_fields
from hsec_wagtail.importer.writing.page_urls import PageURLs
from hsec_wagtail.importer.writing.redirects import redirect_model
from hsec_wagtail.importer.writing.target import may_publish
from hsec_wagtail.importer.writing.translations import aliases_to_fill
from hsec_wagtail.models import ImportRun, QuickLinksSnippet
from hsec_wagtail.page_models import base_page_model, page_model

__all__ = ["SiteWriter", "Tree", "Written"]


@dataclass(frozen=True, slots=True)
class Tree:
    """Where the pages of one language go, and whether they may go live there."""

    locale: Locale
    parent: Any
    publish: bool
    #: Whether quick links may go live.
    publish_links: bool = True
    #: Pages that had to be made so that there is a parent in this language, parents first.
    made: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A step that was carried out: the object, and the revision from before, if there was one."""

    step: Step
    instance: Any
    before: int | None = None


class SiteWriter:
    """Carries out the steps of one import.

    All ids and places of new pages are reserved first, so that every reference between pages is
    written with the page it stands in. Signals are sent when the transaction is committed.

    Args:
        branches: The sections to import.
        snapshot: The existing items.
        trees: The destination of each language.
        run: The run that the log of each page names.
        user: Whose the revisions are; None for the system.
        rehearsing: Whether all will be rolled back.
    """

    def __init__(
        self,
        branches: Sequence[Branch],
        snapshot: SiteSnapshot,
        trees: Mapping[str, Tree],
        *,
        run: ImportRun,
        user: Any | None,
        rehearsing: bool = False,
    ) -> None:
        self._trees = trees
        self._user = user
        data = {"run": run.pk, "source": run.source_name}
        self._bulk = BulkWriter(user=user, log_data=lambda _: data, rehearsing=rehearsing)
        self._paths = PathAllocator()
        self._ids = _page_ids(branches, snapshot.known, self._bulk.reserve)
        #: Aliases that wait for a translation: the pages of the source take their places.
        self._aliases = aliases_to_fill(snapshot.known, self._ids)
        for (language, key), pk in self._aliases.items():
            self._ids[language][key] = pk
        self._urls = {
            branch.language: PageURLs(
                branch,
                snapshot,
                ids=self._ids[branch.language],
                top=trees[branch.language].parent.get_url() or "/",
            )
            for branch in branches
        }
        self._known = snapshot.known
        self._site = next(iter(trees.values())).parent.get_site()
        self._translation_keys: dict[str, Any] = {}
        #: (Language, key of a page) -> whether pages below it may go live.
        self._publishes: dict[tuple[str, str | None], bool] = {}
        #: (Language, key of a page that was there) -> keys of the pages below it in the source's order, and
        #: whether they are new.
        self._families: dict[tuple[str, str | None], list[tuple[str, bool]]] = {}

    def write(self, steps: Sequence[Step]) -> list[Written]:
        """Carry out ``steps``, at most a chunk of a plan, and return those that wrote."""
        self._note_order(steps)
        self._find_translation_keys(steps)
        written: list[Written] = []
        for kind, new, changed in (
            (ItemKind.PAGE, self._insert_pages, self._update_pages),
            (ItemKind.LINKS, self._insert_links, self._update_links),
            (ItemKind.REDIRECT, self._insert_redirects, None),
        ):
            mine = [step for step in steps if step.kind is kind and step.fills]
            written += new([step for step in mine if step.action is Action.CREATE])
            if changed:
                written += changed([step for step in mine if step.action is not Action.CREATE])
        return written

    def finish(self) -> None:
        """Put new pages where the source has them among those that were there."""
        for (language, _), family in self._families.items():
            added = [key for key, new in family if new]
            if not added or len(added) == len(family):
                continue
            # Not those that an editor moved elsewhere: a new page would follow them there.
            siblings = self._siblings(self._ids[language][added[0]])
            before: str | None = None
            for key, new in family:
                if new:
                    self._move(language, key, before)
                if self._ids[language][key] in siblings:
                    before = key

    def _insert_pages(self, steps: Sequence[Step]) -> list[Written]:
        filled = self._fill_aliases([step for step in steps if step.identity in self._aliases])
        new = [step for step in steps if step.identity not in self._aliases]
        written = [Written(step, self._new_page(step)) for step in new]
        self._insert(written)
        self._paths.flush()
        return [*filled, *written]

    def _fill_aliases(self, steps: Sequence[Step]) -> list[Written]:
        """Make of aliases the pages that ``steps`` describe."""
        pages = on_primary(base_page_model()._default_manager).filter(
            pk__in=[self._aliases[step.identity] for step in steps]
        )
        aliases = {page.pk: page for page in pages.specific()} if steps else {}
        written: list[Written] = []
        for step in steps:
            page = aliases[self._aliases[step.identity]]
            ConvertAliasPageAction(page, user=self._user).execute(skip_permission_checks=True)
            page.slug = step.slug
            set_fields(page, self._resolved(step))
            written.append(Written(step, page))
        live = {page.pk: self._may_publish(item) for item in written for page in [item.instance]}
        self._bulk.update([item.instance for item in written], publish=lambda one: live[one.pk])
        return written

    def _new_page(self, step: Step) -> Any:
        tree = self._trees[step.language]
        page = page_model(step.type)(
            pk=self._ids[step.language][step.key],
            slug=step.slug,
            locale=tree.locale,
            owner=self._user,
        )
        set_fields(page, self._resolved(step))
        above = self._ids[step.language][step.parent] if step.parent else tree.parent.pk
        self._paths.place(page, above)
        self._join_translations(step, page)
        return page

    def _insert_links(self, steps: Sequence[Step]) -> list[Written]:
        ids = self._bulk.reserve(QuickLinksSnippet, len(steps))
        written = [
            Written(step, self._new_group(step, pk)) for step, pk in zip(steps, ids, strict=True)
        ]
        self._insert(written)
        return written

    def _new_group(self, step: Step, pk: int) -> Any:
        group = QuickLinksSnippet(
            pk=pk,
            slug=step.slug,
            site=self._site,
            locale=self._trees[step.language].locale,
            page_id=self._ids[step.language].get(step.parent) if step.parent else None,
            sort_order=step.position,
        )
        set_fields(group, self._resolved(step))
        self._join_translations(step, group)
        return group

    def _insert_redirects(self, steps: Sequence[Step]) -> list[Written]:
        model: Any = redirect_model()
        ids = self._bulk.reserve(model, len(steps)) if steps else ()
        written = [
            Written(
                step,
                model(
                    pk=pk,
                    old_path=step.fields["old_path"],
                    site=self._site,
                    redirect_page_id=self._ids[step.language][step.parent or ""],
                    automatically_created=True,
                ),
            )
            for step, pk in zip(steps, ids, strict=True)
        ]
        self._bulk.insert_plain([item.instance for item in written])
        return written

    def _insert(self, written: Sequence[Written]) -> None:
        live = {id(item.instance): self._may_publish(item) for item in written}
        self._bulk.insert(
            [item.instance for item in written], publish=lambda instance: live[id(instance)]
        )

    def _update(self, model: Any, steps: Sequence[Step]) -> list[Written]:
        written = self._newest_drafts(model, steps)
        live = {id(item.instance): self._may_publish(item) for item in written}
        self._bulk.update(
            [item.instance for item in written], publish=lambda instance: live[id(instance)]
        )
        return written

    def _update_pages(self, steps: Sequence[Step]) -> list[Written]:
        return self._update(base_page_model(), steps)

    def _update_links(self, steps: Sequence[Step]) -> list[Written]:
        return self._update(QuickLinksSnippet, steps)

    def _newest_drafts(self, model: Any, steps: Sequence[Step]) -> list[Written]:
        """Return the newest drafts of what ``steps`` change, with the fields of the steps."""
        if not steps:
            return []
        found = on_primary(model._default_manager).filter(pk__in=[step.pk for step in steps])
        if hasattr(found, "specific"):
            found = found.specific()
        objects = {one.pk: one for one in found}
        revisions = on_primary(Revision.objects).in_bulk(
            [one.latest_revision_id for one in objects.values()]
        )
        drafts: list[Written] = []
        for step in steps:
            instance = objects[step.pk]
            revision = revisions.get(instance.latest_revision_id)
            if revision:
                instance = instance.with_content_json(revision.content)
            set_fields(instance, self._resolved(step))
            drafts.append(Written(step, instance, revision.pk if revision else None))
        return drafts

    def _resolved(self, step: Step) -> Fields:
        fields = resolve(step.fields, self._ids[step.language], self._urls[step.language])
        return {name: value for name, value in fields.items() if name != "anchor" or value}

    def _may_publish(self, item: Written) -> bool:
        """Tell whether what a step writes may go live: what was no draft before, and only by who may there."""
        tree, step = self._trees[item.step.language], item.step
        if step.as_draft:
            return False
        new = step.action is Action.CREATE
        if step.kind is not ItemKind.PAGE:
            return tree.publish_links and (new or item.instance.live)
        if new:
            return self._may_publish_new(step)
        return tree.publish and item.instance.live and self._may_publish_at(item.instance)

    def _may_publish_at(self, page: Any) -> bool:
        # An editor may have moved it to where the user may less than below the parent of the import.
        return self._user is None or bool(page.permissions_for_user(self._user).can_publish())

    def _may_publish_new(self, step: Step) -> bool:
        """Tell whether a new page may go live below the page above it, wherever that is now.

        Raises:
            ApplyError: The user may not add pages there.
        """
        tree, above = self._trees[step.language], (step.language, step.parent)
        if above not in self._publishes:
            publish = tree.publish
            if step.parent and self._user is not None:
                pages = on_primary(base_page_model()._default_manager)
                page = pages.get(pk=self._ids[step.language][step.parent]).specific
                publish = may_publish(page, self._user, error=ApplyError) and publish
            self._publishes[above] = publish
        self._publishes[step.identity] = self._publishes[above]
        return self._publishes[above]

    def _find_translation_keys(self, steps: Sequence[Step]) -> None:
        """Find the translation keys of what earlier runs made of new items in other languages."""
        if len(self._trees) == 1:
            return
        for kind, model in (
            (ItemKind.PAGE, base_page_model()),
            (ItemKind.LINKS, QuickLinksSnippet),
        ):
            first: dict[int, str] = {}
            for step in steps:
                if step.kind is kind and step.action is Action.CREATE:
                    others = (self._known.get((language, step.key)) for language in self._trees)
                    first |= {one.pk: step.key for one in others if one and one.there}
            rows = (
                on_primary(model._default_manager)
                .filter(pk__in=first)
                .values_list("pk", "translation_key")
            )
            for pk, translation_key in rows:
                self._translation_keys[first[pk]] = translation_key

    def _join_translations(self, step: Step, instance: Any) -> None:
        """Make ``instance`` a translation of the item of the same key in the first language."""
        if len(self._trees) > 1:
            instance.translation_key = self._translation_keys.setdefault(
                step.key, instance.translation_key
            )

    def _note_order(self, steps: Iterable[Step]) -> None:
        for step in steps:
            if step.kind is ItemKind.PAGE and step.key in self._ids[step.language]:
                above = (step.language, step.parent)
                if above in self._known or step.parent is None:
                    self._families.setdefault(above, []).append(
                        (step.key, step.action is Action.CREATE)
                    )

    @staticmethod
    def _siblings(pk: int) -> set[int]:
        """Return the ids of the page ``pk`` and of those beside it."""
        pages = on_primary(base_page_model()._default_manager)
        path, depth = pages.values_list("path", "depth").get(pk=pk)
        above = children_range(path[: -base_page_model().steplen])
        return set(pages.filter(path__range=above, depth=depth).values_list("pk", flat=True))

    def _move(self, language: str, key: str, before: str | None) -> None:
        # Afresh: every move may change the paths of the others.
        pages = on_primary(base_page_model()._default_manager)
        ids = self._ids[language]
        page = pages.get(pk=ids[key])
        if before:
            target, position = pages.get(pk=ids[before]), "right"
            if page.get_prev_sibling() == target:
                return
        else:
            target, position = page.get_parent(), "first-child"
        # The tree's own move: the page was just made, so that its address stays and nobody needs to be told.
        MP_Node.move(page, target, pos=position)


def _page_ids(
    branches: Sequence[Branch],
    known: Mapping[Identity, Known],
    reserve: Callable[[type[Any], int], Sequence[int]],
) -> dict[str, dict[str, int]]:
    """Return language -> key -> id of all pages that are there or are to be made, the new ids reserved."""
    ids: dict[str, dict[str, int]] = {branch.language: {} for branch in branches}
    for (language, key), one in known.items():
        if one.there and one.kind is ItemKind.PAGE and language in ids:
            ids[language][key] = one.pk
    new = [(branch.language, page.key) for branch in branches for page in _new_pages(branch, known)]
    for (language, key), pk in zip(new, reserve(base_page_model(), len(new)), strict=True):
        ids[language][key] = pk
    return ids


def _new_pages(branch: Branch, known: Mapping[Identity, Known]) -> Iterator[Outline]:
    """Yield the pages that are to be made: not known, and not below one that was deleted."""
    lost: set[str] = set()
    for page in branch.section.outlines():
        one = known.get((branch.language, page.key))
        if (one and not one.there) or page.parent in lost:
            lost.add(page.key)
        elif one is None:
            yield page
