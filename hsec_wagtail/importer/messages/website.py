"""Messages of several saved pages as one tree: what was guessed, and what is no page of it."""

from __future__ import annotations

from hsec_wagtail.importer.messages.templates import Catalogue, gettext_noop, ngettext_lazy

__all__ = ["WEBSITE"]

WEBSITE: Catalogue = {
    "and-more": ngettext_lazy(
        "%(first)s and %(count)s more", "%(first)s and %(count)s more", "count"
    ),
    "circle": gettext_noop("%(path)s: the pages lead in a circle here; it stands below the top."),
    "file-empty": gettext_noop("%(name)s: empty; left out."),
    "file-left-out": gettext_noop("Left out: %(fault)s"),
    "frames-missing": gettext_noop("%(path)s: a frameset; not among the files: %(frames)s."),
    "kept-unclaimed": ngettext_lazy(
        "%(count)s word that no rule claims is kept as a paragraph at the end.",
        "%(count)s words that no rule claims are kept as paragraphs at the end.",
        "count",
    ),
    "loses-much": gettext_noop(
        "More than a fifth of the words was left out by their form alone; look at these first: %(pages)s."
    ),
    "no-page": ngettext_lazy(
        "%(name)s: %(reason)s, %(count)s word; not made a page.",
        "%(name)s: %(reason)s, %(count)s words; not made a page.",
        "count",
    ),
    "no-word-in-pages": gettext_noop(
        "%(name)s: there is no word in any of its pages. If scripts write them, save them from a browser."
    ),
    "other-language": gettext_noop(
        "%(pages)s: in another language than the section (%(language)s), as it seems. Import them by"
        " themselves, or say --language."
    ),
    "place-unknown": gettext_noop(
        "%(pages)s: no breadcrumb, folder or link tells where it belongs; it stands below the index page above"
        " it."
    ),
    "same-page": gettext_noop("%(paths)s: all of them are the page %(address)s."),
    "top-guessed": gettext_noop("%(path)s: taken as the top of the tree: %(why)s."),
    "alone-at-the-top": gettext_noop("it is the only page of the folder at the top"),
    "linked-by-most": gettext_noop("most pages link to it"),
    "named-by-breadcrumbs": gettext_noop("most breadcrumbs name it"),
    "top-unknown": gettext_noop(
        "%(path)s: taken as the top of the tree because it comes first; no index page, breadcrumb or links"
        " tell."
    ),
}
