"""How the register of initiatives is filtered, for whatever shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from hsec_wagtail.models import (
    HsecPageMixin,
    Initiative,
    InitiativeDate,
    InitiativeTopic,
    InitiativeYear,
)
from hsec_wagtail.page_models import base_page_model

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import Promise

__all__ = ["FILTERS", "InitiativeFilter"]

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeFilter:
    """A filter: its parameter in the query string, its choices, and the condition that a choice is."""

    parameter: str
    label: Promise
    choices: Callable[[], Choices]
    condition: Callable[[str], dict[str, Any]]

    def apply(self, found: QuerySet[Initiative], value: str) -> QuerySet[Initiative]:
        """Return those of ``found`` that ``value``, one of the choices, asks for."""
        return found.filter(**self.condition(value))


def _forums() -> Choices:
    return _pages(Initiative.objects.exclude(forum=None).values("forum"))


def _topics() -> Choices:
    return _pages(InitiativeTopic.objects.values("topic"))


def _pages(ids: QuerySet[Any]) -> Choices:
    """Return live pages by their titles, with their language where the site has several."""
    pages = base_page_model().objects.filter(pk__in=ids, live=True).order_by("title", "path")
    found = list(pages.values_list("pk", "title", "locale__language_code"))
    several = len({language for _pk, _title, language in found}) > 1
    return [
        (str(pk), f"{title} ({language})" if several else title) for pk, title, language in found
    ]


def _years() -> Choices:
    years = InitiativeYear.objects.values_list("year", flat=True).distinct().order_by("-year")
    return [(str(year), str(year)) for year in years]


def _languages() -> Choices:
    codes = Initiative.objects.values_list("language", flat=True).distinct().order_by("language")
    return [(code, _language(code)) for code in codes]


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def _statuses() -> Choices:
    return [(value, str(label)) for value, label in HsecPageMixin.Status.choices]


def _date_states() -> Choices:
    return [
        ("dated", str(_("dated"))),
        ("undated", str(_("undated"))),
        ("unreadable", str(_("with a date that cannot be read"))),
    ]


def _date_state(value: str) -> dict[str, Any]:
    dates = InitiativeDate.objects.all()
    if value == "undated":
        return {"dates": None}
    if value == "unreadable":
        return {"pk__in": dates.filter(precision="").values("initiative")}
    return {"pk__in": dates.exclude(precision="").values("initiative")}


#: In their order.
FILTERS = (
    InitiativeFilter(
        parameter="forum",
        label=_("Forum"),
        choices=_forums,
        condition=lambda value: {"forum": int(value)},
    ),
    InitiativeFilter(
        parameter="topic",
        label=_("Topic"),
        choices=_topics,
        condition=lambda value: {
            "pk__in": InitiativeTopic.objects.filter(topic=int(value)).values("initiative")
        },
    ),
    InitiativeFilter(
        parameter="year",
        label=_("Year"),
        choices=_years,
        condition=lambda value: {
            "pk__in": InitiativeYear.objects.filter(year=int(value)).values("initiative")
        },
    ),
    InitiativeFilter(
        parameter="status",
        label=_("Status"),
        choices=_statuses,
        condition=lambda value: {"status": value},
    ),
    InitiativeFilter(
        parameter="language",
        label=_("Language"),
        choices=_languages,
        condition=lambda value: {"language": value},
    ),
    InitiativeFilter(
        parameter="dates",
        label=_("Dates"),
        choices=_date_states,
        condition=_date_state,
    ),
)
