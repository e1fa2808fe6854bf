"""Who may do what with quick links: they follow the rights for the page beside which they stand."""

from __future__ import annotations

from typing import Any

__all__ = ["may_beside"]


def may_beside(user: Any, action: str, page: Any | None) -> bool:
    """Return whether ``user`` may do ``action`` with the quick links beside ``page``; beside none by Django's permissions.

    Args:
        user: Somebody; the system needs not ask.
        action: "publish", or "add", "change" or "delete", which take the right to edit the page.
        page: The page, None for groups that only templates name.
    """
    if page is None:
        return bool(user.has_perm(f"hsec_wagtail.{action}_quicklinkssnippet"))
    rights = page.permissions_for_user(user)
    return bool(rights.can_publish() if action == "publish" else rights.can_edit())
