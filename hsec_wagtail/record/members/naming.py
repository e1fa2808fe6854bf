"""The initiatives of a section that name a country."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from hsec_wagtail.blocks.codes import country_name
from hsec_wagtail.models.register import Initiative
from hsec_wagtail.record.initiatives import InitiativeList
from hsec_wagtail.record.members.names import naming_pattern

__all__ = ["initiatives_naming"]


def initiatives_naming(section: Any, code: str, *, also: Collection[str]) -> QuerySet[Initiative]:
    """Return the initiatives of ``section`` that name the country ``code``, newest first, undated ones last.

    Args:
        section: The section; those below it count too.
        code: ISO 3166-1 alpha-2.
        also: What members call it, beside its name in the language of each initiative.
    """
    rows = InitiativeList(section, QueryDict()).rows
    condition = Q(pk__in=[])
    for language in rows.order_by("language").values_list("language", flat=True).distinct():
        pattern = naming_pattern(code, language=language, also=also)
        if pattern:
            names = [country_name(code, language=language), *also]
            # Cheaper than the expression, which need not be tried on the others.
            words = _any_of(filter(None, map(_longest_word, names)))
            condition |= Q(language=language) & words & Q(text__regex=pattern)
    return rows.filter(condition)


def _longest_word(name: str) -> str:
    return max(re.findall(r"\w+", name), key=len, default="")


def _any_of(words: Any) -> Q:
    condition = Q()
    for word in sorted(set(words)):
        condition |= Q(text__contains=word)
    return condition
