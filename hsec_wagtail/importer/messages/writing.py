"""Messages of the target and of the writing: where a section may go, what the site refuses or leaves out."""

from __future__ import annotations

from hsec_wagtail.importer.messages.templates import Catalogue, gettext_noop

__all__ = ["WRITING"]

WRITING: Catalogue = {
    # Why an item may not be written now.
    "in-moderation": gettext_noop("It is in moderation."),
    "locked": gettext_noop("It is locked."),
    "may-not-edit": gettext_noop("%(user)s may not edit it."),
    # A site's own blocks.
    "block-misfit": gettext_noop(
        "The block '%(block)s' of the page '%(page)s' cannot hold what the document has for it: %(fault)s"
        " Correct its value. Nothing was written."
    ),
    "block-unknown": gettext_noop(
        "The page '%(page)s' has a block '%(block)s', which this site does not have. Add it with"
        " HSEC_BODY_BLOCKS, or remove it from the document. Nothing was written."
    ),
    "value-no-list": gettext_noop("%(place)s is no list."),
    "value-no-object": gettext_noop("%(place)s is no object."),
    "value-no-scalar": gettext_noop("%(place)s is one value, no list and no object."),
    "value-part-unknown": gettext_noop(
        "%(place)s has no part '%(part)s'; its parts are %(known)s."
    ),
    "on-conflict-unknown": gettext_noop("on_conflict is '%(value)s'; use one of: %(known)s."),
    # Redirects.
    "another-source": gettext_noop(
        "Another section of the title '%(title)s' came from %(there)s; this one is from another source and stands"
        " beside it."
    ),
    "address-of-page": gettext_noop("A page has this address; a redirect would never be used."),
    "may-not-add-redirects": gettext_noop("%(user)s may not add redirects."),
    "redirect-exists": gettext_noop("A redirect from this address is there already; it stays."),
    # What of the sources is imported.
    "language-of-no-document": gettext_noop(
        "None of the documents is in '%(language)s'; they are in: %(known)s. Name one of these."
    ),
    "same-section-twice": gettext_noop(
        "%(one)s and %(other)s are the same section in the same language (%(language)s); import one of them."
    ),
    "several-sections": gettext_noop(
        "The sources hold %(count)s sections (%(names)s); import them one by one."
    ),
    # The parent, and what it may hold.
    "language-of-parent-differs": gettext_noop(
        "The source is in '%(language)s', the tree below '%(parent)s' in '%(there)s'; the pages are filed"
        " there all the same."
    ),
    "language-left-out-i18n": gettext_noop(
        "Pages in '%(language)s' are left out: WAGTAIL_I18N_ENABLED is not set on this site."
    ),
    "language-left-out-locale": gettext_noop(
        "Pages in '%(language)s' are left out: the site has no such language under Settings, Locales."
    ),
    "language-without-address": gettext_noop(
        "Pages in '%(language)s' will have addresses that do not lead to them, since the addresses of this site"
        " name no language. Put wagtail.urls into i18n_patterns(…) in the URL configuration, or give the language a"
        " site of its own under Settings, Sites."
    ),
    "may-not-add-links": gettext_noop(
        "'%(user)s' may not add quick links, and the source has some. Name another user, or give the"
        " permission under Settings, Groups."
    ),
    "may-not-add-pages": gettext_noop(
        "'%(user)s' may not add pages below '%(parent)s' (%(pk)s). Name another user or another parent, or"
        " give the permission under Settings, Groups."
    ),
    "may-not-hold": gettext_noop(
        "'%(parent)s' (%(pk)s) may not hold a %(type)s: the rules for a %(parent_type)s on this site do not"
        " allow it."
    ),
    "may-not-hold-name-another": gettext_noop("%(refusal)s Name another parent."),
    "may-not-hold-others-may": gettext_noop("%(refusal)s Pages that may: %(others)s."),
    "may-not-hold-in-source": gettext_noop(
        "'%(key)s' is below '%(parent)s' in the source, but a %(parent_type)s may not hold a %(type)s on this"
        " site. Correct the document."
    ),
    "may-not-publish": gettext_noop(
        "%(user)s may not publish below '%(parent)s': drafts are made."
    ),
    "may-not-run-imports": gettext_noop(
        "'%(user)s' may neither import nor undo an import. Name another user, or give the permission 'Can"
        " import a section and undo an import' under Settings, Groups."
    ),
    "no-default-site": gettext_noop(
        "No page was named to import below, and there is no default site. Name the parent, for example with"
        " --parent, or make a site in the admin under Settings, Sites."
    ),
    "no-such-page": gettext_noop(
        "There is no page '%(page)s'. Name one by its id, or by its address such as /about/policy/."
    ),
    "parent-empty": gettext_noop(
        "The name of the parent is empty. Name it by its id, or by its address such as /about/."
    ),
    "pages-done": gettext_noop("%(done)s of %(total)s pages were done"),
    # Files.
    "document-missing": gettext_noop(
        "The document %(names)s (SHA-1 %(sha1)s) is not on this site; what shows it or leads to it is made"
        " without it. Upload it and import again."
    ),
    "image-missing": gettext_noop(
        "The image %(names)s (SHA-1 %(sha1)s) is not on this site; what shows it is made without it. Upload it"
        " and import again."
    ),
    # The site and the database refuse.
    "database-refused": gettext_noop(
        "The database refused: %(fault)s. Nothing was written. Correct that, or try again if it was busy."
    ),
    "database-without-tables": gettext_noop(
        "The database refused: %(fault)s. Nothing was written. Run manage.py migrate first."
    ),
    "page-refused": gettext_noop(
        "The site refused a page: %(fault)s Nothing was written. Correct the source, or the rules of the site."
    ),
    "parent-deleted": gettext_noop(
        "The page '%(parent)s' (%(pk)s) was deleted just now. Nothing was written. Name another parent."
    ),
    "tree-too-deep": gettext_noop(
        "The pages of the source are nested deeper than the tree of this site can be below '%(parent)s'; import"
        " them higher up. Nothing was written."
    ),
    "busy": gettext_noop(
        "Another import or undo is being written, or another process holds the database. Nothing was written."
        " Try again when it is done; see hsec_runs."
    ),
}
