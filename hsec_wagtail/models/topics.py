"""The initiatives filed under a topic, read from the live bodies that refer to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField
from django.db.models.functions import Cast

from wagtail.models import ReferenceIndex

from hsec_wagtail.blocks.initiatives import mark_given_dates
from hsec_wagtail.blocks.privacy import private_paths
from hsec_wagtail.blocks.prose import expand_many
from hsec_wagtail.blocks.raw_lists import list_items, list_values, newest_day
from hsec_wagtail.blocks.references import References
from hsec_wagtail.blocks.targets import page_url
from hsec_wagtail.models.filing import Filing, one_page_each
from hsec_wagtail.models.languages import content_languages
from hsec_wagtail.models.queries import is_of_another_day, readable
from hsec_wagtail.page_models import base_page_model

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

__all__ = ["initiatives_of_topics", "topic_initiatives"]


def topic_initiatives(topic: Any, request: HttpRequest) -> list[dict[str, Any]]:
    """Return the initiatives filed under ``topic``, newest first, undated ones last.

    Each has ``html``, the ``dates`` that it does not say itself (edtf, label, text), ``page`` (title, url, anchor), ``block_id``,
    and ``language``, the code of its language, "" for that of the topic. An alias of a topic has those of the topic.
    :mod:`hsec_wagtail.models.filing` says which topic a page means. The number of queries is constant. What was filed
    there on another day is not known.
    """
    if not topic.pk or is_of_another_day(topic):
        return []
    return initiatives_of_topics([topic], request)[topic.pk]


def initiatives_of_topics(
    topics: Sequence[Any], request: HttpRequest
) -> dict[int, list[dict[str, Any]]]:
    """Return the same for each of ``topics``, by its id; as many queries as for one, and one or two for each other locale."""
    filing = Filing()
    pages = _referring_pages(topics, filing, request)
    private = private_paths(request)
    filed = {topic.pk: _filed(topic, pages, filing, private) for topic in topics}
    locales = {topic.locale_id: topic.locale for topic in topics}
    for page in pages:
        if page.locale_id in locales:
            # It need not be looked up.
            page.locale = locales[page.locale_id]
    languages = content_languages([*topics, *pages])
    shown: dict[int, list[dict[str, Any]]] = {}
    for locale_id in locales:
        mine = [topic for topic in topics if topic.locale_id == locale_id]
        pairs = [(topic, page, item) for topic in mine for page, item in filed[topic.pk]]
        texts = expand_many(
            [item["value"].get("text") or "" for _topic, _page, item in pairs],
            references=References(locale_id),
        )
        shown |= {topic.pk: [] for topic in mine}
        for (topic, page, item), html in zip(pairs, texts, strict=True):
            spoken = (languages[page.pk], languages[topic.pk])
            shown[topic.pk].append(_entry(page, item, html, request, languages=spoken))
    return shown


def _filed(
    topic: Any, pages: Iterable[Any], filing: Filing, private: tuple[str, ...]
) -> list[tuple[Any, Any]]:
    """Return those of the initiatives of ``pages`` that are filed under ``topic``, each with its page, newest first."""
    closed = tuple(path for path in private if not topic.path.startswith(path))
    filed = one_page_each(
        (
            (page, item)
            for page in pages
            if not page.path.startswith(closed)
            for _block, item in list_items(page.body.raw_data, ("initiatives",))
            if _is_filed(page, item, topic, filing)
        ),
        topic,
    )
    # A stable sort: initiatives of one date keep the order of their pages.
    return sorted(filed, key=lambda entry: -_newest(entry[1]))


def _entry(
    page: Any,
    item: dict[str, Any],
    html: SafeString,
    request: HttpRequest,
    *,
    languages: tuple[str, str],
) -> dict[str, Any]:
    """Return what the template shows; dates whose words the text has are marked up there.

    ``languages`` are that of the content of the page, and that of the topic.
    """
    language, shown_in = languages
    marked, beside = mark_given_dates(
        html, list_values(item["value"].get("dates")), language=language
    )
    return {
        "html": marked,
        "dates": beside,
        "page": {
            "title": page.title,
            "url": page_url(page, request=request),
            "anchor": page.anchor,
        },
        "block_id": item.get("id") or "",
        "language": "" if language == shown_in else language,
    }


def _is_filed(page: Any, item: dict[str, Any], topic: Any, filing: Filing) -> bool:
    """Return whether ``item`` of ``page`` is filed under ``topic`` or the topic it is an alias of."""
    meant = {filing.topic_for(pk, page) for pk in list_values(item["value"].get("topics"))}
    return filing.original(topic.pk) in {filing.original(pk) for pk in meant}


def _referring_pages(topics: Sequence[Any], filing: Filing, request: HttpRequest) -> list[Any]:
    """Return our live pages that refer to one of ``topics`` and may be shown on one, in the order of the tree."""
    named = {pk for topic in topics for pk in filing.namesakes(topic.pk)}
    page_type = ContentType.objects.get_for_model(base_page_model())
    references = ReferenceIndex.objects.filter(
        to_content_type=page_type,
        to_object_id__in=[str(pk) for pk in named],
        base_content_type=page_type,
    )
    wanted = references.annotate(page_id=Cast("object_id", BigIntegerField())).values("page_id")
    shown = reduce(or_, (readable(topic, request) for topic in topics))
    pages = base_page_model().objects.filter(shown, pk__in=wanted).specific()
    return [page for page in pages.order_by("path") if getattr(page, "hsec_page_type", "")]


def _newest(item: dict[str, Any]) -> int:
    return newest_day(date.get("edtf") for date in list_values(item["value"].get("dates")))
