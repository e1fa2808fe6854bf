"""The topics that initiatives are filed under, as the pages that say them mean them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hsec_wagtail.models.filing import Filing
from hsec_wagtail.page_models import base_page_model
from hsec_wagtail.record.rows import Values

__all__ = ["readable_topics"]


def readable_topics(
    named: Iterable[Values], pages: Sequence[Any], *, private: tuple[str, ...], using: str
) -> list[Values]:
    """Return the rows of ``named``, whose topics are as bodies name them, with the topics that are meant.

    Those that not everybody may read are left out; two queries if there are any.

    Args:
        named: Rows that the bodies of ``pages`` give: page, position and section of the initiative, topic.
        pages: Listed pages.
        private: Tree paths of private pages.
        using: The database to read.
    """
    rows = list(named)
    if not rows:
        return []
    filing = Filing(using=using)
    by_id = {page.pk: page for page in pages}
    meant = [(page, *place, filing.topic_for(topic, by_id[page])) for page, *place, topic in rows]
    everything = base_page_model()._default_manager.using(using)
    live = everything.filter(pk__in={topic for *_, topic in meant}, live=True)
    readable = {pk for pk, path in live.values_list("pk", "path") if not path.startswith(private)}
    return [row for row in dict.fromkeys(meant) if row[-1] in readable]
