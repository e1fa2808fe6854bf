"""Messages of the readers: what a source is not, and what in it needs a look."""

from __future__ import annotations

from hsec_wagtail.importer.messages.templates import Catalogue, gettext_noop, ngettext_lazy

__all__ = ["READING"]

READING: Catalogue = {
    # How a source is to be read.
    "language-unknown": gettext_noop(
        "'%(language)s' is not a language code; use one such as en, fr or pt-BR."
    ),
    "format-unknown": gettext_noop("Unknown format '%(format)s'; use one of: %(known)s."),
    "name-too-long": gettext_noop(
        "%(name)s: the name is longer than %(most)s characters; shorten it."
    ),
    "not-an-address": gettext_noop(
        "'%(url)s' is not the address of a page; use one such as https://www.example.org/page."
    ),
    "not-an-address-on-the-web": gettext_noop(
        "'%(url)s' is not the address of a page; it begins with http or https."
    ),
    # Section documents.
    "document-not-json": gettext_noop(
        "%(name)s: not JSON: %(fault)s at line %(line)s, column %(column)s. Correct the document there."
    ),
    "document-not-yaml": gettext_noop("%(name)s: not YAML: %(fault)s. Correct the document there."),
    "document-cannot-be-read": gettext_noop(
        "%(name)s: cannot be read: %(fault)s. Correct the document."
    ),
    "document-nested-too-deep": gettext_noop(
        "%(name)s: nested too deep to be a section document. Correct the document."
    ),
    "half-a-character": gettext_noop("half a character (a lone surrogate) at %(path)s"),
    "no-number": gettext_noop("a number that is none at %(path)s"),
    "number-too-large": gettext_noop("a number too large at %(path)s"),
    "yaml-scalar": gettext_noop("a value has another form than its tag says"),
    "key-twice": gettext_noop("the key '%(key)s' stands twice in one object"),
    "yaml-alias": gettext_noop("aliases are not read"),
    # Profiles.
    "no-profile": gettext_noop("No profile knows this site; it was read by general rules."),
    "profile-without-labels": gettext_noop(
        "%(name)s: the profile '%(profile)s' matches nothing here: none of its labels stands on a line. Leave"
        " --profile out to read by general rules, or correct the profile."
    ),
    "profile-without-navigation": gettext_noop(
        "%(name)s: the profile '%(profile)s' matches nothing here: no navigation from '%(first)s' to"
        " '%(last)s'. Leave --profile out to read by general rules, or correct the profile."
    ),
    # Text.
    "no-word": gettext_noop("%(name)s: there is no word in it. Save it again, or leave it out."),
    "kept-as-content": ngettext_lazy(
        "Lines %(first)s to %(last)s look like %(reason)s, but neither their form nor another page proves it:"
        " %(count)s word is kept as content.",
        "Lines %(first)s to %(last)s look like %(reason)s, but neither their form nor another page proves it:"
        " %(count)s words are kept as content.",
        "count",
    ),
    "much-left-out": gettext_noop(
        "%(lost)s of %(count)s words were left out as menu, masthead or footer by their form alone. Look at the page."
    ),
    "nothing-below-heading": gettext_noop("Line %(line)s: nothing stands below '%(heading)s'."),
    "day-first-assumed": ngettext_lazy(
        "Line %(line)s: %(count)s date, '%(text)s', is read with the day first, as is usual in its language; nothing on the page"
        " says so. Look at it.",
        "From line %(line)s on: %(count)s dates such as '%(text)s' are read with the day first, as is usual in their"
        " language; nothing on the page says so. Look at them.",
        "count",
    ),
    "month-first-assumed": ngettext_lazy(
        "Line %(line)s: %(count)s date, '%(text)s', is read with the month first, as is usual in its language; nothing on the"
        " page says so. Look at it.",
        "From line %(line)s on: %(count)s dates such as '%(text)s' are read with the month first, as is usual in their"
        " language; nothing on the page says so. Look at them.",
        "count",
    ),
    "day-order-open": ngettext_lazy(
        "Line %(line)s: %(count)s date, '%(text)s', may have day and month in either order; where it dates something, only the"
        " year is taken. Add them if you know.",
        "From line %(line)s on: %(count)s dates such as '%(text)s' may have day and month in either order; where they"
        " date something, only the year is taken. Add them if you know.",
        "count",
    ),
    "taken-for-list": ngettext_lazy(
        "Lines %(first)s to %(last)s: %(count)s short line below an introduction is taken for a list that lost"
        " its bullets.",
        "Lines %(first)s to %(last)s: %(count)s short lines below an introduction are taken for a list that"
        " lost its bullets.",
        "count",
    ),
    "taken-for-navigation": gettext_noop(
        "Lines %(first)s to %(last)s, above the title, are taken for navigation."
    ),
    "taken-for-quick-links": gettext_noop(
        "Lines %(first)s to %(last)s, at the end, are taken for quick links."
    ),
    "target-unknown": gettext_noop(
        "Line %(line)s: the target of the link '%(label)s' is not known."
    ),
    "title-from-name": gettext_noop("No title was found; the name of the source is taken."),
    "title-from-window": gettext_noop("No title was found; the title of the window is taken."),
    "title-too-long": gettext_noop("Line %(line)s: too long for a title; it is a paragraph."),
    "unclear-line": gettext_noop(
        "Line %(line)s: '%(text)s' may be a heading or a link; kept as a paragraph."
    ),
    # Saved pages.
    "anchor-unknown": gettext_noop(
        "Line %(line)s: the link to '%(href)s' leads to no heading of the page."
    ),
    "at-line": gettext_noop("Line %(line)s: %(note)s"),
    "comment-never-closed": gettext_noop("a comment is never closed, and hides all below it."),
    "element-never-closed": gettext_noop(
        "a %(element)s element is never closed, and hides all below it."
    ),
    "encoded-twice": gettext_noop(
        "The text was encoded twice, as in 'Ã©' for 'é'; it was decoded twice. Look at its accents."
    ),
    "encoding-broken": gettext_noop(
        "The page begins as %(encoding)s and holds bytes that are not; they are shown as �."
    ),
    "encoding-not-declared": gettext_noop(
        "The page declares no encoding; it was read as %(encoding)s."
    ),
    "encoding-untrue": gettext_noop(
        "The page declares %(declared)s and is not; it was read as %(encoding)s."
    ),
    "frame-here": gettext_noop("a frame shows another page here: %(address)s"),
    "frameset": gettext_noop(
        "This is a frameset: the pages are in %(frames)s. Only what it shows without them was read."
    ),
    "frameset-alone": gettext_noop(
        "%(name)s: this is a frameset: the pages are in %(frames)s. Import these."
    ),
    "link-to-no-page": gettext_noop("the link to '%(href)s' leads to no page; its words are kept."),
    "nested-too-deep": gettext_noop(
        "%(name)s: line %(line)s: elements are nested more than %(most)s deep. Save the page again with a"
        " browser, which mends it, or raise HSEC_MAX_DEPTH."
    ),
    "no-script": gettext_noop("left out what only browsers without scripts show: '%(text)s'"),
    "page-shows-no-word": gettext_noop(
        "%(name)s: the page shows no word. If scripts write it, save it from a browser."
    ),
    "quote-never-closed": gettext_noop("a quotation mark in a tag is never closed."),
    "too-many-nodes": gettext_noop(
        "%(name)s: line %(line)s: more than %(most)s elements and texts, the most of a page that is read."
        " Split the page, or raise HSEC_MAX_NODES."
    ),
    # The ledger.
    "and-more-places": ngettext_lazy("and %(count)s more", "and %(count)s more", "count"),
    "words-lost": gettext_noop(
        "Words of the source would be lost, so nothing was imported. Correct the profile, or convert first and"
        " add them to the document, or allow the loss (--allow-loss):\n%(places)s"
    ),
    "words-lost-at": gettext_noop("%(name)s: line %(line)s: '%(text)s'"),
}
