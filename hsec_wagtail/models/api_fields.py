"""Fields of the API beside the stored ones: pages and quick links as the templates show them.

What needs queries is made for all objects of an answer together, so that a list costs as much as one object.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from rest_framework.fields import Field

from django.conf import settings
from django.db.models import Model, prefetch_related_objects
from django.utils import translation

from hsec_wagtail.blocks.edtf import date_in_words
from hsec_wagtail.blocks.targets import PageTargetBlock
from hsec_wagtail.models import quick_links
from hsec_wagtail.models.anchors import settle_anchors
from hsec_wagtail.models.breadcrumbs import breadcrumbs
from hsec_wagtail.models.context import inherited_notices, prepare, record_links
from hsec_wagtail.models.moves import parts_that_left
from hsec_wagtail.models.queries import children_of_each, translations_of_each
from hsec_wagtail.models.summaries import add_texts, summary_of
from hsec_wagtail.models.topics import initiatives_of_topics

__all__ = [
    "BodyField",
    "BreadcrumbField",
    "ChangedInWordsField",
    "ChildrenField",
    "DateInWordsField",
    "ForumsField",
    "InheritedNoticesField",
    "InitiativesField",
    "LeadField",
    "MovedPartsField",
    "PageField",
    "RecordField",
    "ShownLinksField",
    "StatusInWordsField",
    "TranslationsField",
]


class PageField(Field):
    """A page in the API, if it may be named to everybody."""

    def to_representation(self, value: Any) -> dict[str, Any] | None:
        """Return what a block says of a page."""
        return PageTargetBlock().get_api_representation(value, context=self.context)


class _OfWholeObject(Field):
    """A field that is made from the whole object."""

    @property
    def request(self) -> Any:
        """The request that is answered, if the API says which."""
        return self.context.get("request")

    def get_attribute(self, instance: Any) -> Any:
        """Return the object, with its locale, which is read for all objects of the answer at once."""
        if not instance._meta.get_field("locale").is_cached(instance):
            prefetch_related_objects(self.together(instance), "locale")
        return instance

    def together(self, value: Any) -> list[Any]:
        """Return all objects of the answer, ``value`` among them; ``value`` alone where the API does not say."""
        asked = getattr(self.root, "instance", None)
        if asked is None or isinstance(asked, Model):
            return [value]
        found = list(asked)
        return found if any(one is value for one in found) else [value]

    def represent_body(self, body: Any, page: Any) -> Any:
        """Return what the blocks of ``body`` say in the language of ``page``."""
        shown = {"page": page, "hsec_language": page.locale.language_code}
        return body.stream_block.get_api_representation(body, {**self.context, **shown})


class _MadeTogether(_OfWholeObject):
    """A field whose values are made for all objects of an answer at once."""

    #: Fields of one name share what is made; "" for that of the class.
    made_as = ""

    def make(self, objects: Sequence[Any]) -> dict[int, Any]:
        """Return the values of ``objects`` by their ids."""
        raise NotImplementedError

    def made(self, value: Any) -> Any:
        """Return what was made for ``value``."""
        name = f"hsec_{self.made_as or type(self).__name__}"
        known = self.context.setdefault(name, {}) if self.context else {}
        if value.pk not in known:
            known.update(self.make(self.together(value)))
        return known[value.pk]


class LeadField(_MadeTogether):
    """The lead as HTML for the public, whose links have the addresses of their targets."""

    def make(self, objects: Sequence[Any]) -> dict[int, Any]:
        """Return the HTML of the leads."""
        for alike in _by_locale(objects):
            prepare([], leads_only=alike)
        return {page.pk: str(page.lead_html) for page in objects}

    def to_representation(self, value: Any) -> str:
        """Return the HTML."""
        html: str = self.made(value)
        return html


class BodyField(_MadeTogether):
    """The body, in the language of its page."""

    def make(self, objects: Sequence[Any]) -> dict[int, Any]:
        """Return the bodies, ready to be shown."""
        for alike in _by_locale(objects):
            prepare(alike)
        return {page.pk: page.body for page in objects}

    def to_representation(self, value: Any) -> Any:
        """Return the blocks of a page."""
        return self.represent_body(self.made(value), value)


class InheritedNoticesField(_OfWholeObject):
    """The historical notices that a page shows because it lies in a section that has them."""

    def to_representation(self, value: Any) -> list[Any]:
        """Return the notices as blocks."""
        notices = inherited_notices(value)
        return self.represent_body(notices, value) if notices else []


class BreadcrumbField(_MadeTogether):
    """The way to a page, with the names that the trail of its section adds."""

    def make(self, objects: Sequence[Any]) -> dict[int, Any]:
        """Return the ways."""
        return dict(breadcrumbs(objects, self.request))

    def to_representation(self, value: Any) -> list[dict[str, str]]:
        """Return title and complete url of each, the first page of the site first; "" for a name that no page has."""
        items: list[dict[str, str]] = self.made(value)
        return items


class TranslationsField(_MadeTogether):
    """A page in each language that it is published in."""

    def make(self, objects: Sequence[Any]) -> dict[int, Any]:
        """Return the translations of the pages."""
        if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
            return {page.pk: [] for page in objects}
        found = translations_of_each(objects, self.request)
        return {page.pk: found[page.translation_key] for page in objects}

    def to_representation(self, value: Any) -> list[dict[str, Any]]:
        """Return the translations, the page itself among them; none on a site of one language."""
        return [
            {"locale": page.locale.language_code, **_named(page, self.request)}
            for page in self.made(value)
        ]


class InitiativesField(_MadeTogether):
    """The initiatives filed under a topic."""

    def make(self, objects: Sequence[Any]) -> dict[int, Any]:
        """Return the initiatives of the topics."""
        return dict(initiatives_of_topics(objects, self.request))

    def to_representation(self, value: Any) -> list[dict[str, Any]]:
        """Return them as the page of the topic shows them, their dates in words too."""
        language = value.locale.language_code
        return [
            {
                **entry,
                "html": str(entry["html"]),
                "dates": [
                    {**date, "words": date_in_words(date.get("edtf"), language=language)}
                    for date in entry["dates"]
                ],
            }
            for entry in self.made(value)
        ]


class ChildrenField(_MadeTogether):
    """The pages of one type below a page, as its page lists them."""

    made_as = "children"

    def __init__(self, page_type: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.page_type = page_type

    def make(self, objects: Sequence[Any]) -> dict[int, Any]:
        """Return the children of the pages by their types, with what their summaries need."""
        found = children_of_each(objects, self.request)
        add_texts(
            child for children in found.values() for below in children.values() for child in below
        )
        return dict(found)

    def to_representation(self, value: Any) -> list[dict[str, Any]]:
        """Return id, title, url and summary of each, in the order of the tree."""
        children = self.made(value)[self.page_type]
        return [{**_named(page, self.request), "summary": summary_of(page)} for page in children]


class ForumsField(ChildrenField):
    """The forums of a section, in their order and with the anchors that they have on its page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("forum", **kwargs)

    def to_representation(self, value: Any) -> list[dict[str, Any]]:
        """Return those that may be shown on the page of the section."""
        forums = self.made(value)["forum"]
        settle_anchors(forums)
        return [
            {
                **_named(forum, self.request),
                "short_name": forum.short_name,
                "status": forum.status,
                "summary": summary_of(forum),
                "anchor": forum.anchor,
                "anchor_aliases": forum.anchor_aliases,
            }
            for forum in forums
        ]


class MovedPartsField(ChildrenField):
    """Forums that moved to another section, whose places on the page of this one are still linked to."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("forum", **kwargs)

    def to_representation(self, value: Any) -> list[dict[str, Any]]:
        """Return each with its ``old_ids``."""
        forums = self.made(value)["forum"]
        settle_anchors(forums)
        taken = {name for one in forums for name in (one.anchor, *one.anchor_aliases)}
        return [
            {**_named(forum, self.request), "old_ids": forum.old_ids}
            for forum in parts_that_left(value, taken, self.request)
        ]


class RecordField(_OfWholeObject):
    """The views of a section's record."""

    def to_representation(self, value: Any) -> list[dict[str, str]]:
        """Return name, complete url and label of each."""
        with translation.override(value.locale.language_code):
            return [
                {"name": name, "url": value.view_full_url(name, self.request), "label": str(label)}
                for name, _url, label in record_links(value, self.request)
            ]


class DateInWordsField(_OfWholeObject):
    """The date for which a page is expected, in the words of its language."""

    def to_representation(self, value: Any) -> str:
        """Return the date, or "" without one."""
        return date_in_words(value.expected, language=value.locale.language_code)


class ChangedInWordsField(_OfWholeObject):
    """The day of the last change that matters to readers, in the words of the language of the page."""

    def to_representation(self, value: Any) -> str:
        """Return the day, or "" without one."""
        day = value.changed.isoformat() if value.changed else ""
        return date_in_words(day, language=value.locale.language_code)


class StatusInWordsField(_OfWholeObject):
    """The status of a page, in its language."""

    def to_representation(self, value: Any) -> str:
        """Return what editors choose."""
        with translation.override(value.locale.language_code):
            return str(value.get_status_display())


class ShownLinksField(_MadeTogether):
    """The links of a group as pages show them: label, complete URL, and language if it is another."""

    def make(self, objects: Sequence[Any]) -> dict[int, Any]:
        """Return the links of the groups."""
        return quick_links.public_links(
            objects, request=self.request, locale_id=self.context.get("hsec_locale_id")
        )

    def to_representation(self, value: Any) -> list[dict[str, Any]]:
        """Return the links."""
        links: list[dict[str, Any]] = self.made(value)
        return links


def _named(page: Any, request: Any) -> dict[str, Any]:
    return {"id": page.pk, "title": page.title, "url": page.get_full_url(request) or ""}


def _by_locale(pages: Iterable[Any]) -> list[list[Any]]:
    """Return ``pages`` by their locales: links in a text lead to the language of its page."""
    alike: dict[int, list[Any]] = defaultdict(list)
    for page in pages:
        alike[page.locale_id].append(page)
    return list(alike.values())
