"""Messages of an export: what cannot be exported, and what a document does not say of a page."""

from __future__ import annotations

from hsec_wagtail.importer.messages.templates import Catalogue, gettext_noop

__all__ = ["EXPORTING"]

EXPORTING: Catalogue = {
    # What cannot be exported.
    "export-not-public": gettext_noop(
        "'%(title)s' (%(pk)s) is not public. Publish it, or export the newest drafts with --draft."
    ),
    "export-of-other-type": gettext_noop(
        "'%(title)s' (%(pk)s) is of the type '%(type)s'; only a section, forum, topic or policy page can be"
        " exported. Name one of these."
    ),
    "no-translation": gettext_noop(
        "'%(title)s' (%(pk)s) has no translation in '%(language)s'; it is there in: %(known)s."
    ),
    # What is left out, or read otherwise in the document.
    "export-alias": gettext_noop(
        "'%(title)s' (%(pk)s) is an alias of page %(of)s; in the document it is a page of its own."
    ),
    "export-below-left-out": gettext_noop("Left out with the page above them: %(pages)s."),
    "export-draft": gettext_noop(
        "'%(title)s' (%(pk)s) is written as its newest draft has it, which is not public here."
    ),
    "export-newer-draft": gettext_noop(
        "'%(title)s' (%(pk)s) has a newer draft, which is left out; --draft takes it instead."
    ),
    "export-not-public-left-out": gettext_noop(
        "'%(title)s' (%(pk)s) is not public and left out; --draft takes it, too."
    ),
    "export-not-public-here": gettext_noop(
        "'%(title)s' (%(pk)s) is not public here; an import makes it public unless it is run with --draft."
    ),
    "export-own-field": gettext_noop(
        "%(page)s: %(field)s: '%(value)s' is left out: a document has no such field."
    ),
    "export-own-list": gettext_noop("%(page)s: %(list)s is left out: a document has no such list."),
    "export-own-type": gettext_noop(
        "'%(title)s' (%(pk)s) is of this site's own type '%(type)s', which a document cannot hold; it is left"
        " out."
    ),
    "export-private": gettext_noop(
        "'%(title)s' (%(pk)s) is private here, with all below it; the document holds their words, and no import"
        " makes them private."
    ),
    "lost-at": gettext_noop("%(item)s: %(path)s: %(loss)s"),
    "named-links": gettext_noop("'%(title)s' (quick links %(pk)s)"),
    "named-page": gettext_noop("'%(title)s' (%(pk)s)"),
}
