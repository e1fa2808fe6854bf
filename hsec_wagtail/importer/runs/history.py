"""The history of a section: the last run and source of each of its items."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, QuerySet

from hsec_wagtail.importer.errors import VerifyError
from hsec_wagtail.importer.text.languages import same_language
from hsec_wagtail.models import ImportItem, ImportRun, ImportSource, QuickLinksSnippet
from hsec_wagtail.page_models import base_page_model

__all__ = ["History", "ItemRow", "SourceRow", "find_run", "newest_runs"]

_APPLIED = (ImportRun.Status.DONE, ImportRun.Status.PARTLY_UNDONE)


class SourceRow(NamedTuple):
    """A source of a run, without its text."""

    pk: int
    run: int
    name: str
    sha256: str
    language: str


class ItemRow(NamedTuple):
    """An item without its contents."""

    pk: int
    run: int
    language: str
    key: str
    source: int | None
    content_type: int


@dataclass(frozen=True, slots=True)
class History:
    """The last source of each page and group of links of a section, up to a run.

    A run keeps neither items nor sources that it found unchanged: these are of runs before. ``sources``
    holds the newest of each name, ``older`` those in place of which they came; ``later`` the newest run
    after this one that wrote an item, by language and key. ``source_key`` names the section.
    """

    items: tuple[ItemRow, ...]
    sources: tuple[SourceRow, ...]
    older: Mapping[int, SourceRow] = field(default_factory=dict)
    later: Mapping[tuple[str, str], int] = field(default_factory=dict)
    source_key: str = ""

    @classmethod
    def of(cls, run: ImportRun, *, languages: Collection[str] = ()) -> History:
        """Return the history up to ``run``, in ``languages`` only if these are given."""
        own = run.items.exclude(source_key="").order_by()
        places = list(own.values_list("parent_id", "source_key", "language").distinct())
        rows = ImportItem.objects.applied().filter(
            parent_id__in={parent for parent, _, _ in places},
            source_key__in={key for _, key, _ in places},
            language__in=languages or {language for _, _, language in places},
        )
        known = {(row.language, row.key): row for row in _items(rows.filter(run_id__lte=run.pk))}
        later = {(row.language, row.key): row.run for row in _items(rows.filter(run_id__gt=run.pk))}
        others = {language for _, _, language in places} - {*languages} if languages else set()
        sources = list(_sources(run.pk, known.values(), others))
        newest = {(row.name, row.language): row for row in sources}
        older = {row.pk: row for row in sources if newest[row.name, row.language] != row}
        named = next((key for _, key, _ in places), "")
        return cls(tuple(known.values()), tuple(newest.values()), older, later, named)

    def in_language(self, language: str) -> list[ItemRow]:
        """Return the items in ``language``; all, where they are in one only, which the site chose."""
        spoken = {item.language for item in self.items}
        return [
            item
            for item in self.items
            if len(spoken) == 1 or same_language(item.language, language)
        ]

    def items_of(self) -> dict[int, list[ItemRow]]:
        """Return the items by the id of the newest source that they were read from."""
        found: dict[int, list[ItemRow]] = {source.pk: [] for source in self.sources}
        newest = {(source.name, source.language): source.pk for source in self.sources}
        for item in self.items:
            old = self.older.get(item.source or 0)
            source = newest[old.name, old.language] if old else item.source
            if source in found:
                found[source].append(item)
        return found


def find_run(pk: int) -> ImportRun:
    """Return the run of that number.

    Raises:
        VerifyError: There is none, or nothing of it is on the site.
    """
    run = ImportRun.objects.filter(pk=pk).first()
    if run is None:
        raise VerifyError("no-such-run", run=pk)
    if run.status not in _APPLIED:
        raise VerifyError("run-not-on-site", run=pk, status=run.get_status_display())
    return run


def newest_runs(parent_pk: int | None = None) -> Iterator[tuple[ImportRun, set[str]]]:
    """Yield the newest run of each section in each language, with these languages.

    Raises:
        VerifyError: There is none.
    """
    items = ImportItem.objects.filter(run__status__in=_APPLIED, undone=False).exclude(source_key="")
    if parent_pk is not None:
        items = items.filter(parent_id=str(parent_pk))
    newest = items.values("parent_id", "source_key", "language").annotate(last=Max("run_id"))
    languages: dict[int, set[str]] = {}
    for row in newest.order_by("last"):
        languages.setdefault(row["last"], set()).add(row["language"])
    if not languages:
        if parent_pk is not None:
            raise VerifyError("nothing-imported-below", page=parent_pk)
        raise VerifyError("nothing-imported")
    for run in ImportRun.objects.filter(pk__in=languages).order_by("pk"):
        yield run, languages[run.pk]


def _sources(run: int, items: Iterable[ItemRow], others: Collection[str]) -> Iterator[SourceRow]:
    """Yield the sources of ``run`` and of ``items``, the oldest first; none in the languages ``others``."""
    mine = {item.source for item in items}
    known = ImportSource.objects.filter(run_id__in={run} | {item.run for item in items}).order_by(
        "run_id", "position"
    )
    rows = map(SourceRow._make, known.values_list("pk", "run_id", "name", "sha256", "language"))
    for row in rows:
        elsewhere = any(same_language(row.language, other) for other in others)
        if row.pk in mine or (row.run == run and not elsewhere):
            yield row


def _items(rows: QuerySet[ImportItem]) -> Iterator[ItemRow]:
    """Yield pages and groups of links, the oldest first; what else a run made holds no words."""
    in_order = rows.order_by("run_id", "position", "pk")
    names = ("pk", "run_id", "language", "key", "source_id", "content_type_id")
    for row in map(ItemRow._make, in_order.values_list(*names)):
        model = ContentType.objects.get_for_id(row.content_type).model_class()
        if model is None or issubclass(model, (base_page_model(), QuickLinksSnippet)):
            yield row
