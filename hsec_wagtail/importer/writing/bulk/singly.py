"""One item at a time, by Wagtail's own calls: for publishing outside an import, and for what is unusual."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import transaction

from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.log_actions import log

from hsec_wagtail.page_models import base_page_model

__all__ = ["publish", "write_singly"]


class _AfterCommit:
    """Tells the world that something was published once it is true: when the transaction is committed.

    A receiver that fails is logged; it can no longer undo what was written.
    """

    def _after_publish(self) -> None:
        transaction.on_commit(partial(super()._after_publish), robust=True)  # type: ignore[misc]  # a mixin


class _PublishPage(_AfterCommit, PublishPageRevisionAction):
    """Publishes a page, its signals held back."""


class _PublishSnippet(_AfterCommit, PublishRevisionAction):
    """Publishes a snippet, its signals held back."""


def publish(revision: Any, *, user: Any | None) -> None:
    """Make ``revision`` live as Wagtail's own action does, but for the signals, which wait for the commit."""
    page = issubclass(revision.content_type.model_class(), base_page_model())
    action = _PublishPage if page else _PublishSnippet
    action(revision, user=user, changed=True, log_action=True).execute(skip_permission_checks=True)


def write_singly(
    instance: Any, *, action: str, user: Any | None, data: Mapping[str, Any], published: bool
) -> None:
    """Save ``instance``, which is in the database, as a revision, log it, and publish it if asked to."""
    revision = instance.save_revision(user=user, log_action=True)
    log(instance, action, user=user, data=dict(data), revision=revision)
    if published:
        publish(revision, user=user)
        # Another object was published, made of the revision.
        instance.refresh_from_db(fields=["live"])
