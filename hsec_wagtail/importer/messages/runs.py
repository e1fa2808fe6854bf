"""Messages of a run and of what is done with it later: recorded, undone, verified."""

from __future__ import annotations

from hsec_wagtail.importer.messages.templates import Catalogue, gettext_noop

__all__ = ["RUNS"]

RUNS: Catalogue = {
    "ended-unexpectedly": gettext_noop("The import ended unexpectedly: %(error)s"),
    "made-as-parent": gettext_noop("Made as the parent of the pages in this language."),
    # Why an item is not undone.
    "already-deleted": gettext_noop("It was deleted already."),
    "changed-by-later-run": gettext_noop("Run %(run)s changed it later; undo that one first."),
    "edited-since": gettext_noop("It was edited after the import."),
    "moved-since": gettext_noop("It was moved after the import."),
    "nothing-written": gettext_noop("Nothing had been written."),
    "revision-gone": gettext_noop("The revision from before the import is gone."),
    # Why what a run made is not deleted.
    "alias-stays": gettext_noop("Its alias stays. %(reason)s"),
    "linked-to": gettext_noop("Others link to it: %(titles)s."),
    "pages-below-stay": gettext_noop("Below it there are pages that stay: %(titles)s."),
    "site-root": gettext_noop("It is the root page of a site, which would be deleted with it."),
    "translated": gettext_noop("It was translated: %(titles)s."),
    # Who may not undo.
    "may-not-undo-changing": gettext_noop(
        "%(user)s may not undo this run: '%(title)s' may not be changed. Nothing was changed. Name a user who"
        " may."
    ),
    "may-not-undo-deleting": gettext_noop(
        "%(user)s may not undo this run: '%(title)s' may not be deleted. Nothing was changed. Name a user who"
        " may."
    ),
    "may-not-undo-publishing": gettext_noop(
        "%(user)s may not undo this run: '%(title)s' may not be published. Nothing was changed. Name a user"
        " who may."
    ),
}
