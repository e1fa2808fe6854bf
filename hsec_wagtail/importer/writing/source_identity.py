"""The identity of a source: by its address, else by its name and what it says, not by its title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from django.db.models import Q

from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.readers import Readable, Reading
from hsec_wagtail.importer.reading.source_record import SourceRecord
from hsec_wagtail.importer.reading.website import SiteReading
from hsec_wagtail.importer.text.urls import comparable
from hsec_wagtail.importer.text.words import words
from hsec_wagtail.models import ImportItem, ImportSource
from hsec_wagtail.page_models import base_page_model

__all__ = ["identified"]

#: How much of their words two copies of a source share at least: by itself, and if they have the same name.
_ALIKE = 0.5
_ALIKE_BY_NAME = 0.1
#: Shorter words stand in every text.
_SHORTEST = 4
_LONGEST_KEY = 255


def identified(
    readings: Sequence[Readable], *, parent: Any
) -> tuple[list[Readable], tuple[Message, ...]]:
    """Return ``readings`` with the key of the source that was imported below ``parent`` before, and what to say.

    Another source whose title makes the same key gets a key of its own: its section stands beside the other one.
    """
    wanted = readings[0].section.source_key
    known = dict(_known(wanted, readings[0].section.top.key, parent))
    records = [_top_record(reading) for reading in readings]
    for key, sources in known.items():
        if any(_is_same(record, source) for record in records for source in sources):
            return [_with_key(reading, key) for reading in readings], ()
    if not any(known.values()):
        return list(readings), ()
    numbered = (f"{wanted[: _LONGEST_KEY - 6]}#{n}" for n in count(2))
    key = next(key for key in numbered if key not in known)
    there = next(source for sources in known.values() for source in sources)
    said = Message(
        "another-source", title=readings[0].section.top.title, there=there.url or there.name
    )
    return [_with_key(reading, key) for reading in readings], (said,)


def _known(wanted: str, top: str, parent: Any) -> Iterator[tuple[str, list[ImportSource]]]:
    """Yield the keys like ``wanted`` below ``parent``, with the last source of the top page in each language."""
    family = base_page_model()._default_manager.filter(translation_key=parent.translation_key)
    items = ImportItem.objects.applied().filter(
        Q(source_key=wanted) | Q(source_key__startswith=f"{wanted[: _LONGEST_KEY - 6]}#"),
        parent_id__in=[str(pk) for pk in family.values_list("pk", flat=True)],
    )
    keys = items.order_by().values_list("source_key", flat=True).distinct()
    for key in sorted(keys, key=lambda key: (len(key), key)):
        of_top = items.filter(source_key=key, key=top, source__isnull=False).order_by("pk")
        newest = dict(of_top.values_list("language", "source_id"))
        yield key, list(ImportSource.objects.filter(pk__in=newest.values()))


def _top_record(reading: Readable) -> SourceRecord:
    """Return the record of the source of the page at the top."""
    return reading.record(next(iter(reading.section.entries())).source)


def _is_same(record: SourceRecord, source: ImportSource) -> bool:
    """Tell whether ``record`` is a copy of what ``source`` is a copy of."""
    if record.url and source.url:
        here, there = _address(record.url), _address(source.url)
        if here == there:
            return True
        if here.split("/")[2] != there.split("/")[2]:
            return False
    if "fixture" in {record.format, source.format}:
        # A document names its source itself.
        return True
    alike = _likeness(_said(record.text, record.chrome), _said(source.text, source.chrome))
    return alike >= (_ALIKE_BY_NAME if record.name[-_LONGEST_KEY:] == source.name else _ALIKE)


def _address(url: str) -> str:
    """Return ``url`` without what does not tell addresses apart, such as its scheme."""
    return comparable(url).replace("//www.", "//", 1)


def _said(text: str, chrome: Sequence[Sequence[Any]]) -> set[str]:
    """Return the longer words of ``text`` outside of what was left out."""
    kept: list[str] = []
    offset = 0
    for start, end, *_ in sorted(chrome, key=lambda stretch: stretch[0]):
        kept.append(text[offset:start])
        offset = end
    kept.append(text[offset:])
    said = (word.casefold() for part in kept for word in words(part))
    return {word for word in said if len(word) >= _SHORTEST or not word.isascii()}


def _likeness(one: set[str], other: set[str]) -> float:
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer else 0.0


def _with_key(reading: Readable, key: str) -> Readable:
    if reading.section.source_key == key:
        return reading
    if isinstance(reading, SiteReading):
        return replace(reading, section=replace(reading.section, source_key=key))
    if isinstance(reading, Reading):
        source = reading.document.source or doc.SourceInfo(name=reading.name[:255])
        document = reading.document.model_copy(
            update={"source": source.model_copy(update={"key": key})}
        )
        return replace(reading, document=document)
    raise TypeError(reading)
