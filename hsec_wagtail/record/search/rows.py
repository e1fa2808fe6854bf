"""Rows and terms of pages and initiatives for the search: made of their texts, written where these changed, and checked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from hsec_wagtail.dates import say
from hsec_wagtail.models.register import Initiative
from hsec_wagtail.models.search_rows import SearchRow, SearchTerm
from hsec_wagtail.models.summaries import plain_text
from hsec_wagtail.models.table_rows import insert_values
from hsec_wagtail.record.rows import FIELDS, Rows, Values
from hsec_wagtail.record.search.texts import body_texts, member_names
from hsec_wagtail.record.search.words import fold_words, stem_language, terms

__all__ = ["Searchable", "exchange", "find_untrue", "forget", "searchables"]

#: Counts in the digests of rows: change it with what rows and terms are made of.
_VERSION = "1"
#: What a word counts in each field: title, lead, body, and what is not shown with the row.
_WEIGHTS = (1000, 400, 200, 60)


@dataclass(frozen=True, slots=True)
class Searchable:
    """A page or an initiative, and what it says.

    Attributes:
        page: Id of the page.
        position: Of the initiative, None for the page itself.
        section: Id of the nearest section.
        language: Of the texts.
        changed: Date modified of a page.
        fields: The texts of title, lead, body, and of what is not shown: titles of the page above an initiative,
            names of countries in the other language, dates in words.
    """

    page: int
    position: int | None
    section: int
    language: str
    changed: Any
    fields: tuple[tuple[str, ...], ...]

    @property
    def digest(self) -> str:
        """A digest of all that row and terms are made of."""
        said = repr((_VERSION, self.section, self.language, self.changed, self.fields))
        return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @property
    def folded(self) -> str:
        """All texts in ASCII and small letters; spaces at both ends, so that a phrase is one of whole words."""
        return f" {' | '.join(fold_words(text) for field in self.fields for text in field)} "

    def row(self, initiative: int | None, digest: str) -> SearchRow:
        """Return the unsaved row, of the initiative with the id ``initiative``, with the ``digest`` of this."""
        title, lead, body, _hidden = self.fields
        return SearchRow(
            page_id=self.page,
            position=self.position,
            initiative_id=initiative,
            language=self.language,
            changed=self.changed,
            title=" ".join(title[:1])[:255],
            text="\n".join(filter(None, (*lead, *body))),
            folded=self.folded,
            digest=digest,
        )

    def weights(self) -> dict[str, int]:
        """Return the terms with their weights: more for a frequent word, less in a long text."""
        language = stem_language(self.language)
        total: Counter[str] = Counter()
        for texts, weight in zip(self.fields, _WEIGHTS, strict=True):
            counts = Counter(term for text in texts for term in terms(text, language))
            length = sum(counts.values())
            for term, count in counts.items():
                total[term] += int(weight * count / (count + 0.5 + length / 200))
        return total


def searchables(pages: Sequence[Any], places: Mapping[int, Any], rows: Rows) -> list[Searchable]:
    """Return what a search finds of ``pages`` and of the ``rows`` that they gave; nothing of pages outside of sections.

    Args:
        pages: Listed pages with their bodies.
        places: Their places by id.
        rows: Of the register.
    """
    found = [_of_page(page, places[page.pk]) for page in pages if places[page.pk].section]
    titles = {page.pk: _titles(page) for page in pages}
    dated: dict[Values, list[dict[str, Any]]] = defaultdict(list)
    for date in rows.dates:
        dated[date[:2]].append(dict(zip(FIELDS["InitiativeDate"], date[2:], strict=True)))
    for values in rows.initiatives:
        row = dict(zip(FIELDS["Initiative"], values, strict=True))
        if row["section"]:
            found.append(_of_initiative(row, dated[values[:2]], titles[row["page"]]))
    return found


def exchange(
    ids: Sequence[int],
    wanted: Sequence[Searchable],
    initiatives: Mapping[Values, int],
    *,
    using: str,
    afresh: bool = False,
) -> None:
    """Write the rows ``wanted`` of the pages ``ids``, and delete the others; those that say the same are kept.

    The caller holds the transaction. The number of statements grows with the terms that are new only.

    Args:
        ids: All pages that are written.
        wanted: All that is found of them.
        initiatives: Ids of the initiatives by page and position.
        using: The database.
        afresh: Keep none.
    """
    rows = SearchRow._default_manager.using(using).filter(page__in=ids)
    stored = {
        (row.page_id, row.position, row.digest): row.pk
        for row in rows.only("page", "position", "digest")
    }
    # All texts go into a digest: it is made once.
    by_key = {(one.page, one.position, one.digest): one for one in wanted}
    kept = set() if afresh else by_key.keys() & stored.keys()
    gone = [pk for key, pk in stored.items() if key not in kept]
    if gone:
        SearchTerm._default_manager.using(using).filter(row__in=gone).delete()
        SearchRow._default_manager.using(using).filter(pk__in=gone).delete()
    if kept:
        same = Initiative.objects.filter(page=OuterRef("page"), position=OuterRef("position"))
        rows.exclude(position=None).update(initiative=Subquery(same.values("pk")[:1]))
    new = {key: one for key, one in by_key.items() if key not in kept}
    _insert(new, initiatives, using)


def forget(ids: Sequence[int], *, using: str) -> None:
    """Delete the rows of the pages ``ids``."""
    exchange(ids, [], {}, using=using)


def find_untrue(ids: Sequence[int], wanted: Sequence[Searchable], *, using: str) -> set[int]:
    """Return those of the pages ``ids`` whose rows or terms are not those that are ``wanted``."""
    rows = SearchRow._default_manager.using(using).filter(page__in=ids)
    own = Initiative.objects.filter(
        pk=OuterRef("initiative"), page=OuterRef("page"), position=OuterRef("position")
    )
    said: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    terms_of = SearchTerm._default_manager.using(using).filter(row__page__in=ids)
    for row, *term in terms_of.values_list("row", "section", "term", "weight"):
        said[row].append(tuple(term))
    stored: Counter[tuple[Any, ...]] = Counter(
        (row.page_id, row.position, row.linked, row.digest, row.folded, *sorted(said[row.pk]))
        for row in rows.annotate(linked=Exists(own))
    )
    expected: Counter[tuple[Any, ...]] = Counter(
        (
            *(one.page, one.position, one.position is not None, one.digest, one.folded),
            *sorted((one.section, term, weight) for term, weight in one.weights().items()),
        )
        for one in wanted
    )
    return {key[0] for key in (stored - expected) + (expected - stored)}


def _of_page(page: Any, place: Any) -> Searchable:
    language = place.language
    body = tuple(filter(None, body_texts(page.body.stream_block, page.body.raw_data, language)))
    return Searchable(
        page=page.pk,
        position=None,
        section=place.section,
        language=language,
        changed=page.changed,
        fields=(
            _titles(page),
            tuple(filter(None, [plain_text(page.lead)])),
            body,
            tuple(member_names(page.body.raw_data)),
        ),
    )


def _titles(page: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (page.title, getattr(page, "short_name", "")))))


def _of_initiative(
    row: Mapping[str, Any], dates: Iterable[Mapping[str, Any]], titles: tuple[str, ...]
) -> Searchable:
    said = [text for date in dates for text in _said(date, row["language"]) if text]
    return Searchable(
        page=row["page"],
        position=row["position"],
        section=row["section"],
        language=row["language"],
        changed=None,
        fields=((), (), (row["text"],), (*titles, *said)),
    )


def _said(date: Mapping[str, Any], language: str) -> tuple[str, str]:
    return date["label"], _in_words(date["edtf"], language) if date["precision"] else ""


@lru_cache(4096)
def _in_words(edtf: str, language: str) -> str:
    """Return a date in words; many initiatives have the same."""
    return say(edtf, language=language)


def _insert(
    new: Mapping[Values, Searchable], initiatives: Mapping[Values, int], using: str
) -> None:
    """Write rows and terms of ``new``, which is by page, position and digest."""
    if not new:
        return
    rows = [
        one.row(initiatives.get((page, position)), digest)
        for (page, position, digest), one in new.items()
    ]
    fields = [field for field in SearchRow._meta.concrete_fields if not field.primary_key]
    values = ([getattr(row, field.attname) for field in fields] for row in rows)
    insert_values(SearchRow, [field.name for field in fields], values, using=using)
    written = SearchRow._default_manager.using(using).filter(page__in={page for page, *_ in new})
    ids = {tuple(place): pk for pk, *place in written.values_list("pk", "page", "position")}
    terms_of = [
        (ids[one.page, one.position], one.section, term, weight)
        for one in new.values()
        for term, weight in one.weights().items()
    ]
    insert_values(SearchTerm, ("row", "section", "term", "weight"), terms_of, using=using)
