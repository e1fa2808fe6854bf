"""Trees that follow another language: new pages get aliases there, as wagtail-localize makes them in the admin."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction

from hsec_wagtail.models.table_rows import on_primary
from hsec_wagtail.page_models import base_page_model

__all__ = ["mirror"]

logger = logging.getLogger(__name__)


def mirror(pks: Iterable[int]) -> None:
    """After the commit, make aliases of the new pages ``pks`` in the languages that follow theirs.

    wagtail-localize does it in a hook of the admin's form, which nothing but that form calls. Where a page
    has a translation already, it stays. A page that fails is logged; ``sync_locale_trees`` makes up for it.
    """
    if apps.is_installed("wagtail_localize"):
        transaction.on_commit(partial(_mirror, list(pks)), robust=True)


def _mirror(pks: Sequence[int]) -> None:
    followers: dict[int, list[Any]] = defaultdict(list)
    model: Any = apps.get_app_config("wagtail_localize").get_model("LocaleSynchronization")
    for rule in model._default_manager.select_related("locale"):
        followers[rule.sync_from_id].append(rule.locale)
    pages = on_primary(base_page_model()._default_manager).filter(
        pk__in=pks, locale__in=list(followers)
    )
    for page in pages.order_by("path").specific():
        try:
            _make_aliases(page, followers)
        except Exception:
            logger.exception("No aliases in other languages could be made of %r.", page)


def _make_aliases(page: Any, followers: Mapping[int, Sequence[Any]]) -> None:
    """Make the aliases of ``page``, and those of its aliases: a language may follow one that follows."""
    queue = [page]
    while queue:
        source = queue.pop()
        for locale in followers.get(source.locale_id, ()):
            if not source.has_translation(locale):
                queue.append(source.copy_for_translation(locale, copy_parents=True, alias=True))
