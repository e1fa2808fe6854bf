"""The body of a page: a stream of all blocks, and many bodies read at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils.module_loading import import_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.blocks import Block, StreamBlock, StreamValue, StructBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError

from hsec_wagtail import conf
from hsec_wagtail.blocks.anchors import SettledIds, free_anchor
from hsec_wagtail.blocks.base import without_empty
from hsec_wagtail.blocks.contact import ContactBlock
from hsec_wagtail.blocks.documents import DocumentsBlock
from hsec_wagtail.blocks.faults import together
from hsec_wagtail.blocks.funding import FundingBlock
from hsec_wagtail.blocks.initiatives import InitiativesBlock
from hsec_wagtail.blocks.links import LinkBlock
from hsec_wagtail.blocks.media import FigureBlock
from hsec_wagtail.blocks.members import MembersBlock
from hsec_wagtail.blocks.notices import NoticeBlock
from hsec_wagtail.blocks.prose import ParagraphBlock, one_batch
from hsec_wagtail.blocks.tables import TableBlock
from hsec_wagtail.blocks.text import DetailsBlock, HeadingBlock, QuoteBlock, shown_level

__all__ = ["BodyBlock", "default_body", "load_bodies"]


class BodyBlock(StreamBlock):
    """All that a page of a section may hold.

    A site adds its own blocks with the setting ``HSEC_BODY_BLOCKS``, or in a subclass. Show a body with ``{% include_block page.body %}``: it
    gives the blocks below a heading the level under it. The context may say:

    - ``hsec_heading_level``: level of the body's highest headings (2; 3 inside a section page),
    - ``hsec_anchors``: the set of ids that the page has already, where several bodies share a page;
      a heading or an initiative whose id is in it is given another, and every id is added to it,
    - ``hsec_ids``: the :class:`~hsec_wagtail.blocks.anchors.SettledIds` of this body, where they were settled
      together with those of the other bodies of the page,
    - ``hsec_language``: the page's language, where the locale of ``page`` is not loaded (the active one).
    """

    paragraph = ParagraphBlock()
    heading = HeadingBlock()
    initiatives = InitiativesBlock()
    members = MembersBlock()
    notice = NoticeBlock()
    funding = FundingBlock()
    link = LinkBlock()
    documents = DocumentsBlock()
    contact = ContactBlock()
    quote = QuoteBlock()
    details = DetailsBlock()
    image = FigureBlock()
    table = TableBlock()

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__([*(local_blocks or ()), *_site_blocks()], **kwargs)

    class Meta:
        icon = "doc-full"
        label = _("Body")
        template = "hsec_wagtail/blocks/body.html"

    def bulk_to_python(self, values: Iterable[Iterable[Mapping[str, Any]]]) -> list[StreamValue]:
        """Return the streams; all their rich text shares one batch."""
        with one_batch():
            streams: list[StreamValue] = super().bulk_to_python(values)
        return streams

    def clean(self, value: Any) -> Any:
        """Return the cleaned stream; on a page that is published, each anchor is there once, and no block is empty.

        Anchors that were made are numbered. One that was given is never changed: links lead to it.
        """
        given = _given_anchors(value)
        refused: ValidationError | None = None
        try:
            cleaned = super().clean(value)
        except StreamBlockValidationError as error:
            refused = error
        if not self.is_deferred_validation and (faults := _repeated_anchors(given)):
            refused = together(refused, faults)
        if refused is not None:
            raise refused
        _number_anchors(cleaned, given=given)
        # A draft keeps what an editor has only begun.
        return cleaned if self.is_deferred_validation else without_empty(cleaned)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Return the context with the ``children`` that show something."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        base = int(context.get("hsec_heading_level") or 2)
        settled: SettledIds | None = context.get("hsec_ids")
        level, children = base - 1, []
        for child in value:
            if isinstance(child.block, HeadingBlock):
                level = shown_level(child.value, context)
            html = child.render({**context, "hsec_block_level": level + 1})
            if settled is not None:
                html = mark_safe(settled.lead_to_own_parts(html))  # noqa: S308 - what was rendered
            if html.strip():
                children.append({"name": child.block_type, "html": html})
        context["children"] = children
        return context

    def get_api_representation(
        self, value: Any, context: dict[str, Any] | None = None
    ) -> list[dict[str, Any]]:
        """Return the blocks, with the anchors of headings as the page has them and with the ``html`` of rich text.

        ``heading_level`` is the level of a heading, and of the headings that another block makes by itself.
        """
        context = context or {}
        shown = super().get_api_representation(value, context=context)
        above, taken = int(context.get("hsec_heading_level") or 2) - 1, set[str]()
        for child, represented in zip(value, shown, strict=True):
            represented["heading_level"] = min(above + 1, 6)
            if hasattr(child.block, "get_api_html"):
                represented["html"] = child.block.get_api_html(child.value)
            if isinstance(child.block, HeadingBlock):
                own = child.block.get_context(child.value, {**context, "hsec_anchors": taken})
                represented["value"]["anchor"] = own["anchor"]
                represented["heading_level"] = above = own["level"]
        return shown


def _given_anchors(stream: StreamValue) -> dict[int, str]:
    """Return the anchors that headings have, not those that are to be made, by the place of the heading."""
    anchors = {
        place: str(child.value.get("anchor") or "").strip().removeprefix("#")
        for place, child in enumerate(stream)
        if isinstance(child.block, HeadingBlock)
    }
    return {place: anchor for place, anchor in anchors.items() if anchor}


def _repeated_anchors(given: Mapping[int, str]) -> StreamBlockValidationError | None:
    """Return an error on each heading whose anchor was given to one further up; None if there is none."""
    taken: set[str] = set()
    faults: dict[int, ValidationError] = {}
    for place, anchor in given.items():
        if anchor in taken:
            message = gettext(
                "Another heading of this page has the anchor “%(anchor)s”; the next free one is “%(free)s”."
            )
            free = free_anchor(anchor, {*taken, *given.values()})
            fault = ValidationError(message % {"anchor": anchor, "free": free}, code="repeated")
            faults[place] = StructBlockValidationError(block_errors={"anchor": fault})
        taken.add(anchor)
    return StreamBlockValidationError(block_errors=faults) if faults else None


def _number_anchors(stream: StreamValue, *, given: Mapping[int, str]) -> None:
    """Make the anchors of the headings different from each other that were made, not given."""
    taken = set(given.values())
    for place, child in enumerate(stream):
        heading = child.value
        if isinstance(child.block, HeadingBlock) and place not in given and heading.get("anchor"):
            heading["anchor"] = free_anchor(heading["anchor"], taken)
            taken.add(heading["anchor"])


def _site_blocks() -> Iterator[tuple[str, Block]]:
    """Yield the blocks of ``HSEC_BODY_BLOCKS`` by their names.

    Raises:
        ImproperlyConfigured: One cannot be imported, is no block, or has the name of one of ours.
    """
    named = conf.get("HSEC_BODY_BLOCKS")
    if not isinstance(named, dict):
        raise ImproperlyConfigured(
            f"HSEC_BODY_BLOCKS is {named!r}; give a dict of names and dotted paths."
        )
    for name, path in named.items():
        if name in BodyBlock.base_blocks:
            raise ImproperlyConfigured(
                f"HSEC_BODY_BLOCKS: {name!r} is a block of hsec_wagtail; give yours another name."
            )
        try:
            block = import_string(path)
        except (ImportError, AttributeError) as error:
            raise ImproperlyConfigured(f"HSEC_BODY_BLOCKS[{name!r}]: {error}") from error
        if not (isinstance(block, type) and issubclass(block, Block)):
            raise ImproperlyConfigured(f"HSEC_BODY_BLOCKS[{name!r}]: {path} is no block class.")
        yield name, block()


@cache
def default_body() -> BodyBlock:
    """Return the body that our own page models have."""
    return BodyBlock()


def load_bodies(
    raw_streams: Iterable[Iterable[Mapping[str, Any]]], *, block: StreamBlock | None = None
) -> list[StreamValue]:
    """Return the bodies of many pages, read together.

    Args:
        raw_streams: For each page the raw data of its body, ``page.body.raw_data``.
        block: The pages' own stream block, ``page.body.stream_block``, where a site has its own.

    The queries do not grow with the bodies. At most, and only for what occurs: link pages, topics,
    documents of links, documents of lists, images, renditions (one each); and when the first rich text
    is shown, what :func:`hsec_wagtail.blocks.prose.expand_many` needs for all of it.
    """
    with one_batch():
        streams = (block or default_body()).bulk_to_python([list(raw) for raw in raw_streams])
    return list(streams)
