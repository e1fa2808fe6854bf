"""Fields of the API beside the stored ones: pages and quick links as the templates show them."""

from __future__ import annotations

from typing import Any

from rest_framework.fields import Field

from hsec_wagtail.blocks.edtf import date_in_words
from hsec_wagtail.blocks.targets import PageTargetBlock
from hsec_wagtail.models import quick_links
from hsec_wagtail.models.anchors import settle_anchors
from hsec_wagtail.models.context import inherited_notices
from hsec_wagtail.models.queries import children_by_type
from hsec_wagtail.models.topics import topic_initiatives

__all__ = [
    "BodyField",
    "DateInWordsField",
    "ForumsField",
    "InheritedNoticesField",
    "InitiativesField",
    "PageField",
    "ShownLinksField",
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
        """Return the object."""
        return instance

    def represent_body(self, body: Any, page: Any) -> Any:
        """Return what the blocks of ``body`` say in the language of ``page``."""
        shown = {"page": page, "hsec_language": page.locale.language_code}
        return body.stream_block.get_api_representation(body, {**self.context, **shown})


class BodyField(_OfWholeObject):
    """The body, in the language of its page."""

    def to_representation(self, value: Any) -> Any:
        """Return the blocks of a page."""
        return self.represent_body(value.body, value)


class InheritedNoticesField(_OfWholeObject):
    """The historical notices that a page shows because it lies in a section that has them."""

    def to_representation(self, value: Any) -> list[Any]:
        """Return the notices as blocks."""
        notices = inherited_notices(value)
        return self.represent_body(notices, value) if notices else []


class InitiativesField(_OfWholeObject):
    """The initiatives filed under a topic."""

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
            for entry in topic_initiatives(value, self.request)
        ]


class ForumsField(_OfWholeObject):
    """The forums of a section, in their order and with the anchors that they have on its page."""

    def to_representation(self, value: Any) -> list[dict[str, Any]]:
        """Return those that may be shown on the page of the section."""
        forums = children_by_type(value, self.request)["forum"]
        settle_anchors(forums)
        return [
            {
                "id": forum.pk,
                "title": forum.title,
                "url": forum.get_full_url(self.request),
                "anchor": forum.anchor,
                "anchor_aliases": forum.anchor_aliases,
            }
            for forum in forums
        ]


class DateInWordsField(_OfWholeObject):
    """The date for which a page is expected, in the words of its language."""

    def to_representation(self, value: Any) -> str:
        """Return the date, or "" without one."""
        return date_in_words(value.expected, language=value.locale.language_code)


class ShownLinksField(_OfWholeObject):
    """The links of a group as pages show them: label, complete URL, and language if it is another."""

    def to_representation(self, value: Any) -> list[dict[str, Any]]:
        """Return the links; those of all groups of an answer are looked up together."""
        context = self.context
        if value.pk not in context.get("hsec_links", ()):
            asked = getattr(self.root, "instance", None)
            groups = [value] if asked is None or isinstance(asked, type(value)) else asked
            context["hsec_links"] = quick_links.public_links(
                groups, request=self.request, locale_id=context.get("hsec_locale_id")
            )
        links: list[dict[str, Any]] = context["hsec_links"][value.pk]
        return links
