"""Initiatives: dated actions of a department, under the words that introduce them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.blocks import BlockGroup, CharBlock, ChoiceBlock

from hsec_wagtail.blocks.anchors import take_id
from hsec_wagtail.blocks.base import HsecStructBlock, ItemListBlock, heading_level
from hsec_wagtail.blocks.date_input import DateLabelInput
from hsec_wagtail.blocks.edtf import (
    EDTFBlock,
    ShownDate,
    date_in_words,
    language_of,
    read_edtf,
)
from hsec_wagtail.blocks.finished import find_future_faults
from hsec_wagtail.blocks.links import Target, link_to_page
from hsec_wagtail.blocks.prose import ProseBlock, prose_html
from hsec_wagtail.blocks.targets import PageListBlock
from hsec_wagtail.blocks.times import DateInProse, mark_dates, words_in_prose
from hsec_wagtail.dates import EDTF, say
from hsec_wagtail.page_models import page_model_name

__all__ = [
    "InitiativeBlock",
    "InitiativeDateBlock",
    "InitiativesBlock",
    "ShownGroup",
    "ShownInitiative",
    "mark_given_dates",
    "show_initiative",
]


@dataclass(frozen=True, slots=True)
class ShownInitiative:
    """An initiative as a page shows it.

    Attributes:
        id: The anchor: the block's stable id, numbered where the page has it already.
        html: The prose, with ``<time>`` around the dates whose words it has.
        dates: Those that the prose does not give.
        first: The date it is filed under; None where none can be read.
        undated: Whether nothing was typed for a date.
        topics: It is filed under these.
    """

    id: str
    html: SafeString
    dates: tuple[ShownDate, ...]
    first: EDTF | None
    undated: bool
    topics: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Initiatives under a heading, which is "" for a list without headings."""

    heading: str
    initiatives: tuple[ShownInitiative, ...]


def show_initiative(
    value: Any, *, block_id: str = "", language: str, topics: tuple[Target, ...] = ()
) -> ShownInitiative:
    """Return how to show the value of an :class:`InitiativeBlock`."""
    html, beside = mark_given_dates(
        prose_html(value.get("text")), value.get("dates") or (), language=language
    )
    dates = tuple(_shown_date(item, language) for item in beside)
    return ShownInitiative(block_id, html, dates, *_filed_under(value), topics)


def _topics(value: Any, context: Mapping[str, Any]) -> tuple[Target, ...]:
    """Return links to the topics of an initiative.

    There are none on the page of a section, which shows many forums and has its topics in a list, and none without a page.
    """
    if getattr(context.get("page"), "hsec_page_type", "section") == "section":
        return ()
    links = (
        link_to_page(page, request=context.get("request")) for page in value.get("topics") or ()
    )
    return tuple(link for link in links if link.url)


def mark_given_dates(
    prose: SafeString, items: Iterable[Mapping[str, Any]], *, language: str
) -> tuple[SafeString, list[Mapping[str, Any]]]:
    """Return ``prose`` with ``<time>`` around its dates, and those of the dates ``items`` that it does not give.

    A draft may hold a date that cannot be read, and it may have been published so: it is looked for as it was
    typed, and never marked.
    """
    typed = _typed(items)
    dates = [read_edtf(item["edtf"]) for item in typed]
    pairs = list(zip(dates, typed, strict=True))
    known = [(date, item.get("text") or "") for date, item in pairs if date is not None]
    words = iter(words_in_prose(prose, known, language=language))
    wanted = [
        DateInProse(item.get("text") or item["edtf"], None)
        if date is None
        else DateInProse(next(words), date.html)
        for date, item in pairs
    ]
    html, carried = mark_dates(prose, wanted)
    return html, [item for item, is_in_prose in zip(typed, carried, strict=True) if not is_in_prose]


def _typed(items: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return those of the dates ``items`` of an initiative that say anything."""
    return [item for item in items if str(item.get("edtf") or "").strip()]


def _shown_date(item: Mapping[str, Any], language: str) -> ShownDate:
    return ShownDate.of_text(
        item.get("edtf") or "", language=language, label=item.get("label") or ""
    )


class DateLabelBlock(CharBlock):
    """The label of a date, with those of the section and the usual ones to choose from."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # With the attributes that the field gave to its own.
        self.field.widget = DateLabelInput(attrs=self.field.widget.attrs)
        self.field.widget.is_required = self.field.required


class InitiativeDateBlock(HsecStructBlock):
    """One date of an initiative, with what happened then."""

    edtf = EDTFBlock(label=_("Date"))
    label = DateLabelBlock(
        required=False,
        max_length=255,
        label=_("What happened"),
        help_text=_(
            "For example “signed” or “ratified”. Needed only where there are several dates."
        ),
    )
    text = CharBlock(
        required=False,
        max_length=255,
        label=_("Words in the text"),
        help_text=_(
            "The date as the text gives it, for example “April 2004”. It is then not shown a second time."
        ),
    )

    class Meta:
        icon = "date"
        group = _("Policy")
        label = _("Date")
        label_format = "{edtf} {label}"
        form_classname = "struct-block hsec-date"
        form_layout = BlockGroup(children=["edtf", "label"], settings=["text"])
        description = _("For each date that matters, as exactly as it is known.")
        preview_value = {"edtf": "2031-04", "label": _("signed"), "text": ""}
        template = "hsec_wagtail/blocks/initiative_date.html"

    def find_faults(self, value: Any) -> dict[str, ValidationError]:
        """Return an error on a date to come of an ended page."""
        return find_future_faults(value, "edtf")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Return the context with ``shown``, the date in words."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["shown"] = value.get("edtf") and _shown_date(value, language_of(context))
        return context

    def get_api_representation(
        self, value: Any, context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the children, and the date in words."""
        words = date_in_words(value.get("edtf"), language=language_of(context or {}))
        return {**super().get_api_representation(value, context=context), "words": words}


class InitiativeBlock(HsecStructBlock):
    """One action, with its dates and the topics it is filed under."""

    text = ProseBlock(label=_("Text"))
    dates = ItemListBlock(InitiativeDateBlock(), default=[], open_items=None, label=_("Dates"))
    topics = PageListBlock(
        page_model_name("topic"),
        default=[],
        choices_view="hsec_topic_choices",
        label=_("Topics"),
        help_text=_("The initiative is listed on the pages of these topics, too."),
    )

    class Meta:
        icon = "tasks"
        group = _("Policy")
        label = _("Initiative")
        label_format = "{dates} {text}"
        description = _("For one action: what was done, when, and on which topics.")
        template = "hsec_wagtail/blocks/initiative.html"
        preview_value = {
            "text": _("<p>In April 2031, Norvania deposited its instrument of ratification.</p>"),
            "dates": [{"edtf": "2031-04", "label": _("ratified"), "text": _("April 2031")}],
            "topics": [],
        }

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Return the context with ``initiative``."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["initiative"] = show_initiative(value, language=language_of(context))
        return context


def _preview() -> dict[str, Any]:
    return {
        "intro": gettext("<p>What Norvania did in the Council of Seas:</p>"),
        "grouping": "year",
        "initiatives": [
            {
                "text": gettext("<p>Signed the Convention on Derelict Nets in June 2030.</p>"),
                "dates": [
                    {"edtf": "2030-06", "label": gettext("signed"), "text": gettext("June 2030")},
                    {"edtf": "2031-02-03", "label": gettext("ratified"), "text": ""},
                ],
                "topics": [],
            },
            {
                "text": gettext("<p>Chaired the working group on lighthouse keepers (2029).</p>"),
                "dates": [{"edtf": "2029", "label": "", "text": "2029"}],
                "topics": [],
            },
            {
                "text": gettext("<p>Lends two survey ships to the Council’s fleet.</p>"),
                "dates": [],
                "topics": [],
            },
        ],
    }


class InitiativesBlock(HsecStructBlock):
    """Actions in the author's order or by year, under the sentence that introduces them."""

    intro = ProseBlock(required=False, label=_("Introduction"))
    grouping = ChoiceBlock(
        choices=[("none", _("In the order below")), ("year", _("By year, newest first"))],
        default="none",
        search_index=False,
        label=_("Order"),
    )
    initiatives = ItemListBlock(InitiativeBlock(), label=_("Initiatives"))

    class Meta:
        icon = "tasks"
        group = _("Policy")
        label = _("Initiatives")
        label_format = "{intro}"
        description = _(
            "For actions one after another. Readers find each by its date and its topics."
        )
        template = "hsec_wagtail/blocks/initiatives.html"
        preview_value = staticmethod(_preview)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Return the context with ``intro_html``, ``groups`` and the level of their headings."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        language = language_of(context)
        items = getattr(value.get("initiatives"), "bound_blocks", ())
        shown = [
            show_initiative(
                item.value,
                block_id=take_id(item.id or "", context),
                language=language,
                topics=_topics(item.value, context),
            )
            for item in items
        ]
        shown = [initiative for initiative in shown if initiative.html or initiative.dates]
        context["intro_html"] = prose_html(value.get("intro"))
        context["groups"] = _groups(value, shown, language=language)
        context["level"] = heading_level(context)
        return context

    def get_api_representation(
        self, value: Any, context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the children, and ``groups``: the ids of the initiatives under their headings, as they are shown."""
        items = getattr(value.get("initiatives"), "bound_blocks", ())
        dated = [
            ShownInitiative(item.id or "", SafeString(""), (), *_filed_under(item.value))
            for item in items
        ]
        groups = _groups(value, dated, language=language_of(context or {}))
        return {
            **super().get_api_representation(value, context=context),
            "groups": [
                {"heading": group.heading, "initiatives": [one.id for one in group.initiatives]}
                for group in groups
            ],
        }


def _groups(value: Any, shown: list[ShownInitiative], *, language: str) -> list[ShownGroup]:
    """Return the initiatives of the value of an :class:`InitiativesBlock` in the order that it asks for."""
    by_year = value.get("grouping") == "year"
    return group_by_year(shown, language=language) if by_year else _one_group(shown)


def _filed_under(value: Any) -> tuple[EDTF | None, bool]:
    """Return the date under which the value of an :class:`InitiativeBlock` is filed, and whether it has none at all."""
    typed = _typed(value.get("dates") or ())
    read = [read_edtf(item["edtf"]) for item in typed]
    return min((date for date in read if date is not None), default=None), not typed


def _one_group(initiatives: list[ShownInitiative]) -> list[ShownGroup]:
    return [ShownGroup("", tuple(initiatives))] if initiatives else []


def group_by_year(initiatives: Iterable[ShownInitiative], *, language: str) -> list[ShownGroup]:
    """Return the initiatives by the year of their first date, newest first, undated last.

    Those of whose dates none can be read stand before the undated. Within a year the order stays. Of a decade or century no year is made up: it has its own heading.
    """
    groups: dict[tuple[bool, int, int], tuple[str, list[ShownInitiative]]] = {}
    for initiative in initiatives:
        key, heading = _year(initiative, language)
        groups.setdefault(key, (heading, []))[1].append(initiative)
    return [
        ShownGroup(heading, tuple(members))
        for _key, (heading, members) in sorted(groups.items(), reverse=True)
    ]


def _year(initiative: ShownInitiative, language: str) -> tuple[tuple[bool, int, int], str]:
    if initiative.undated:
        return (False, 0, 0), gettext("No date given")
    if initiative.first is None:
        return (False, 1, 0), gettext("Date that cannot be read")
    point = initiative.first.points[0]
    year = str(point)[:4]
    words = say(year, language=language) if point.unknown else str(point.year)
    return (True, point.year, -point.unknown), words[:1].upper() + words[1:]
