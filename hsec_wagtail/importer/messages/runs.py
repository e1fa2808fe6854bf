"""Messages of a run and of what is done with it later: recorded, undone, verified."""

from __future__ import annotations

from hsec_wagtail.importer.messages.templates import Catalogue, gettext_noop

__all__ = ["RUNS"]

RUNS: Catalogue = {
    "ended-unexpectedly": gettext_noop("The import ended unexpectedly: %(error)s"),
    # Runs that are asked for.
    "no-such-run": gettext_noop("There is no run %(run)s. See them with: hsec_runs"),
    "nothing-imported": gettext_noop("Nothing was imported yet. See the runs with: hsec_runs"),
    "nothing-imported-below": gettext_noop(
        "Nothing was imported below the page %(page)s yet. See the runs with: hsec_runs"
    ),
    "nothing-to-undo": gettext_noop(
        "Run %(run)s is %(status)s; there is nothing to undo. See them with: hsec_runs"
    ),
    "run-not-on-site": gettext_noop(
        "Run %(run)s is %(status)s; nothing of it is on the site. See them with: hsec_runs"
    ),
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
    # What became of words that are not where they were taken to.
    "words-deleted": gettext_noop("deleted"),
    "words-edited": gettext_noop("edited since"),
    "words-never-arrived": gettext_noop("it never arrived"),
    "words-now-in": gettext_noop("now in %(title)s"),
    "words-of-deleted-part": gettext_noop("its part was deleted"),
    "words-of-no-part": gettext_noop("nothing took it in"),
    "written-later": gettext_noop("run %(run)s wrote it later"),
    # Sources that are read again.
    "not-the-file": gettext_noop(
        "%(name)s is not the file that run %(run)s read as %(known)s: its SHA-256 is %(sha256)s, that was"
        " %(before)s."
    ),
    "not-the-file-not-kept": gettext_noop(
        "%(name)s is not known as the file that run %(run)s read as %(known)s: its SHA-256 is %(sha256)s, that"
        " of the run was not kept."
    ),
    "read-by-no-run": gettext_noop(
        "%(name)s: no run read it. Name one of those that were read: %(known)s"
    ),
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
