"""Writing a plan to the site; the caller holds the transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import Locale

from hsec_wagtail.importer.plan import Action, Identity, Kind, Plan, Step
from hsec_wagtail.importer.snapshot import stored_fingerprint
from hsec_wagtail.importer.streamfield import Fields, resolve
from hsec_wagtail.models import ImportItem, ImportRun, QuickLinksSnippet
from hsec_wagtail.swapping import base_page_model, page_model

__all__ = ["Tree", "apply_plan", "publish", "translate_parent"]


#: Fields of which the anchor is made, or which are it.
_NAMING = frozenset({"short_name", "anchor"})


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


@dataclass(slots=True)
class _Written:
    """An item on its way: the object, and what tells how it was before."""

    step: Step
    instance: Any
    before: int | None = None


def apply_plan(
    plan: Plan, *, run: ImportRun, trees: Mapping[str, Tree], user: Any | None, source_key: str
) -> None:
    """Write ``plan`` and the items of ``run``.

    Pages are made first, without their texts, so that every reference between them has an id to
    point to; then each gets its fields, a revision and, where allowed, goes live. Signals that pages
    were published are sent when the transaction is committed.
    """
    writer = _Writer(run, trees, user, source_key)
    for step in plan.steps:
        if step.action is Action.CREATE:
            writer.create(step)
        elif step.existing and step.existing.current is not None:
            writer.know(step, step.existing.pk)
    for step in plan.steps:
        if step.writes:
            writer.fill(step)
    writer.keep_items(plan.steps)
    writer.order(plan.steps)


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


@dataclass(slots=True)
class _Writer:
    run: ImportRun
    trees: Mapping[str, Tree]
    user: Any | None
    source_key: str
    #: Language -> key -> id of the page.
    ids: dict[str, dict[str, int]] = field(default_factory=dict)
    pages: dict[Identity, Any] = field(default_factory=dict)
    written: dict[Identity, _Written] = field(default_factory=dict)
    #: Key -> the item of the first language that has it: model and id.
    firsts: dict[str, tuple[Any, int]] = field(default_factory=dict)
    translation_keys: dict[str, Any] = field(default_factory=dict)

    def create(self, step: Step) -> None:
        """Make an empty draft for ``step``."""
        tree = self.trees[step.language]
        instance: Any
        if step.kind is Kind.PAGE:
            model = page_model(step.type)
            instance = model(
                title=step.fields["title"],
                slug=step.slug,
                live=False,
                owner=self.user,
                locale=tree.locale,
            )
            # The anchor is made at the first save, of the short name if there is one.
            set_fields(instance, {name: step.fields[name] for name in _NAMING & step.fields.keys()})
            self._join_translations(step, instance)
            self._above(step, tree).add_child(instance=instance)
            self.pages[step.identity] = instance
            self.ids.setdefault(step.language, {})[step.key] = instance.pk
        else:
            instance = QuickLinksSnippet(
                heading=step.fields["heading"], slug=step.slug, live=False, locale=tree.locale,
                sort_order=step.position,
            )  # fmt: skip
            self._join_translations(step, instance)
            instance.page_id = self._page_id(step)
            instance.save()
        self.written[step.identity] = _Written(step, instance)

    def know(self, step: Step, pk: int) -> None:
        """Take note of what an earlier run made for ``step``; load its newest draft if that is written."""
        model = base_page_model() if step.kind is Kind.PAGE else QuickLinksSnippet
        self.firsts.setdefault(step.key, (model, pk))
        if step.kind is Kind.PAGE:
            self.ids.setdefault(step.language, {})[step.key] = pk
        if step.writes:
            instance = model._default_manager.get(pk=pk).get_latest_revision_as_object()
            before = instance.latest_revision_id
            self.written[step.identity] = _Written(step, instance, before)

    def fill(self, step: Step) -> None:
        """Write the fields of ``step``, as a revision, and publish it where that is allowed."""
        item = self.written[step.identity]
        if step.identity in self.pages:
            # Pages may have been made below it since it was loaded; saving must not lose their count.
            item.instance.numchild = self.pages[step.identity].numchild
        fields = resolve(step.fields, self.ids.get(step.language, {}))
        if not fields.get("anchor"):
            fields.pop("anchor", None)
        set_fields(item.instance, fields)
        was_live = item.instance.live or step.action is Action.CREATE
        revision = item.instance.save_revision(user=self.user, log_action=True)
        log(
            item.instance,
            "hsec.import",
            user=self.user,
            data={"run": self.run.pk, "source": self.run.source_name},
            revision=revision,
        )
        tree = self.trees[step.language]
        allowed = tree.publish if step.kind is Kind.PAGE else tree.publish_links
        if allowed and was_live:
            publish(revision, user=self.user)

    def order(self, steps: Sequence[Step]) -> None:
        """Put new pages where the source has them among pages that were there before."""
        there = [
            step
            for step in steps
            if step.kind is Kind.PAGE
            and step.key in self.ids.get(step.language, {})
            and step.parent
        ]
        with_elders = {
            (step.language, step.parent) for step in there if step.action is not Action.CREATE
        }
        last: dict[tuple[str, str | None], str] = {}
        for step in there:
            family = (step.language, step.parent)
            before = last.get(family)
            last[family] = step.key
            if step.action is Action.CREATE and family in with_elders:
                self._move(step, before)

    def _move(self, step: Step, before: str | None) -> None:
        # Afresh: every move may change the paths of the others.
        pages = base_page_model()._default_manager
        ids = self.ids[step.language]
        page = pages.get(pk=ids[step.key])
        if before:
            target, position = pages.get(pk=ids[before]), "right"
        else:
            target, position = pages.get(pk=ids[step.parent or ""]), "first-child"
        if position == "right" and page.get_prev_sibling() == target:
            return
        page.move(target, pos=position, user=self.user)

    def keep_items(self, steps: Sequence[Step]) -> None:
        """Record what was done, with what was written as the base of the next run."""
        made = [page for tree in self.trees.values() for page in tree.made]
        ImportItem.objects.bulk_create(self._parent_item(n, page) for n, page in enumerate(made, 1))
        ImportItem.objects.bulk_create(
            self._item(n, step) for n, step in enumerate(steps, len(made) + 1)
        )

    def _parent_item(self, position: int, page: Any) -> ImportItem:
        """Record a page that was made as a parent; without a source key, for no source names it."""
        return ImportItem(
            run=self.run,
            position=position,
            action=ImportItem.Action.CREATE,
            content_type=ContentType.objects.get_for_model(type(page)),
            object_id=str(page.pk),
            language=page.locale.language_code,
            parent_id=str(self.run.parent_id),
            title=page.title,
            revision_after=page.latest_revision_id,
        )

    def _item(self, position: int, step: Step) -> ImportItem:
        item = self.written.get(step.identity)
        model = page_model(step.type) if step.kind is Kind.PAGE else QuickLinksSnippet
        pk = item.instance.pk if item else step.existing.pk if step.existing else ""
        return ImportItem(
            run=self.run,
            position=position,
            action=step.action.value,
            content_type=ContentType.objects.get_for_model(model),
            object_id=str(pk),
            source_key=self.source_key,
            key=step.key,
            language=step.language,
            parent_id=str(self.run.parent_id),
            title=step.title[:255],
            written=step.fields if step.writes else {},
            written_sha256=stored_fingerprint(item.instance, step.fields)
            if item and step.writes
            else "",
            revision_before=item.before if item else None,
            revision_after=item.instance.latest_revision_id if item and step.writes else None,
            message="\n".join(step.notes),
        )

    def _page_id(self, step: Step) -> int | None:
        return self.ids.get(step.language, {}).get(step.parent) if step.parent else None

    def _above(self, step: Step, tree: Tree) -> Any:
        """Return the page above that of ``step``, the same object for all its children: it counts them."""
        if step.parent is None:
            return tree.parent
        identity = (step.language, step.parent)
        if identity not in self.pages:
            model = base_page_model()
            self.pages[identity] = model._default_manager.get(
                pk=self.ids[step.language][step.parent]
            )
        return self.pages[identity]

    def _join_translations(self, step: Step, instance: Any) -> None:
        """Make ``instance`` a translation of the item of the same key in the first language."""
        if step.key not in self.translation_keys:
            first = self.firsts.get(step.key)
            self.translation_keys[step.key] = (
                first[0]._default_manager.values_list("translation_key", flat=True).get(pk=first[1])
                if first
                else instance.translation_key
            )
        instance.translation_key = self.translation_keys[step.key]


def set_fields(instance: Any, fields: Fields) -> None:
    """Set ``fields`` on ``instance``; StreamFields from their raw data."""
    for name, value in fields.items():
        model_field = instance._meta.get_field(name)
        if isinstance(model_field, StreamField):
            setattr(instance, name, json.dumps(value))
        else:
            setattr(instance, name, model_field.to_python(value))


class _AfterCommit:
    """Tells the world that something was published once it is true: when the transaction is committed.

    A receiver that fails is logged; it can no longer undo what was written.
    """

    def _after_publish(self) -> None:
        transaction.on_commit(partial(super()._after_publish), robust=True)  # type: ignore[misc]  # a mixin


class _PublishPage(_AfterCommit, PublishPageRevisionAction):
    """Publishes a page, its signals held back."""


class _PublishSnippet(_AfterCommit, PublishRevisionAction):
    """Publishes a snippet, its signals held back."""


def publish(revision: Any, *, user: Any | None) -> None:
    """Make ``revision`` live as Wagtail's own action does, but for the signals, which wait for the commit."""
    page = issubclass(revision.content_type.model_class(), base_page_model())
    action = _PublishPage if page else _PublishSnippet
    action(revision, user=user, changed=True, log_action=True).execute(skip_permission_checks=True)
