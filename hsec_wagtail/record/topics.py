"""The topics that initiatives are filed under, as the pages that say them mean them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hsec_wagtail.models.filing import Filing
from hsec_wagtail.models.register import InitiativeTopic
from hsec_wagtail.page_models import base_page_model

__all__ = ["readable_topics"]


def readable_topics(
    named: Iterable[InitiativeTopic], pages: Sequence[Any], *, private: tuple[str, ...], using: str
) -> list[InitiativeTopic]:
    """Return the rows of ``named``, whose topics are as bodies name them, with the topics that are meant.

    Those that not everybody may read are left out; two queries if there are any.

    Args:
        named: Rows that the bodies of ``pages`` give.
        pages: Listed pages.
        private: Tree paths of private pages.
        using: The database to read.
    """
    rows = list(named)
    if not rows:
        return []
    filing = Filing(using=using)
    by_id = {page.pk: page for page in pages}
    for row in rows:
        row.topic_id = filing.topic_for(row.topic_id, by_id[row.initiative.page_id])
    everything = base_page_model()._default_manager.using(using)
    meant = everything.filter(pk__in={row.topic_id for row in rows}, live=True)
    readable = {pk for pk, path in meant.values_list("pk", "path") if not path.startswith(private)}
    kept = {(id(row.initiative), row.topic_id): row for row in rows if row.topic_id in readable}
    return list(kept.values())
