"""Messages of the plan: what becomes of an item, and why."""

from __future__ import annotations

from hsec_wagtail.importer.messages.templates import Catalogue, gettext_noop, ngettext_lazy

__all__ = ["PLANNING"]

PLANNING: Catalogue = {
    "address-is-own": gettext_noop("The page has its old address again; it needs no redirect."),
    "address-of-several": gettext_noop("Another page of the source had the address %(path)s, too."),
    "conflict-kept": ngettext_lazy(
        "%(count)s part was changed both here and at the source; the editor's text stays.",
        "%(count)s parts were changed both here and at the source; the editor's text stays.",
        "count",
    ),
    "conflict-taken": ngettext_lazy(
        "%(count)s part was changed both here and at the source; the source's text was taken.",
        "%(count)s parts were changed both here and at the source; the source's text was taken.",
        "count",
    ),
    "conflict-taken-as-draft": ngettext_lazy(
        "%(count)s part was changed both here and at the source; the source's text was taken in a draft.",
        "%(count)s parts were changed both here and at the source; the source's text was taken in a draft.",
        "count",
    ),
    "deleted-here": gettext_noop("It was deleted here since the last import."),
    "deleted-here-changed-at-source": gettext_noop(
        "It was deleted here since the last import; it is not created again."
    ),
    "gone-at-source": gettext_noop(
        "The source no longer has it; it stays here until an editor deletes it."
    ),
    "has-draft": gettext_noop(
        "It has a draft that is not published; the import went into that draft."
    ),
    "parent-deleted-here": gettext_noop(
        "The page above it was deleted here since the last import."
    ),
    "same-change": gettext_noop("The same change was made here and at the source."),
    "slug-taken": gettext_noop("The slug '%(wanted)s' is taken here; '%(slug)s' is used."),
    "slug-of-links-taken": gettext_noop(
        "Quick links with the slug '%(wanted)s' are there already; '%(slug)s' is used."
    ),
    "type-changed": gettext_noop(
        "It is a %(here)s here and a %(there)s in the source; a page cannot change its type."
    ),
    "type-forum": gettext_noop("forum page"),
    "type-policy": gettext_noop("policy page"),
    "type-section": gettext_noop("section page"),
    "type-topic": gettext_noop("topic page"),
}
