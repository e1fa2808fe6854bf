"""Messages of section documents: what is wrong with one, and what one cannot hold of a site."""

from __future__ import annotations

from hsec_wagtail.importer.messages.templates import Catalogue, gettext_noop, ngettext_lazy

__all__ = ["DOCUMENT"]

DOCUMENT: Catalogue = {
    # What is no section document.
    "document-expected": gettext_noop(
        '%(name)s: not a section document: expected an object with "format": "%(format)s", found %(found)s.'
        " Name another file."
    ),
    "document-invalid": gettext_noop("%(faults)s\nCorrect the document."),
    "document-of-another-format": gettext_noop(
        "%(name)s: not a section document: format is '%(found)s', expected '%(format)s'. Name another file."
    ),
    "document-pages-too-deep": gettext_noop(
        "%(name)s: pages are nested %(depth)s deep; at most %(most)s levels are read. Import the lower ones by"
        " themselves."
    ),
    "document-pages-too-deep-to-count": gettext_noop(
        "%(name)s: pages are nested too deep. Import the lower ones by themselves."
    ),
    "fault-at": gettext_noop("%(name)s: %(path)s: %(fault)s"),
    "faults-more": ngettext_lazy(
        "%(name)s: and %(count)s more.", "%(name)s: and %(count)s more.", "count"
    ),
    # Faults of its parts.
    "block-id-repeated": gettext_noop(
        "block id '%(id)s' stands %(times)s times; ids are unique in a document."
    ),
    "elements-too-deep": gettext_noop(
        "elements are nested %(depth)s deep; at most %(most)s are read."
    ),
    "key-repeated": gettext_noop("key '%(key)s' stands %(times)s times in %(place)s."),
    "not-an-address-of-a-page": gettext_noop(
        "'%(value)s' is not the address of a page; write https://www.example.org/page or /page."
    ),
    "not-a-block-id": gettext_noop(
        "'%(value)s' is not a block id; use letters from a to z, digits, hyphens and underscores."
    ),
    "not-a-fragment": gettext_noop(
        "'%(value)s' is not a part of a page; write its anchor, without blanks, quotation marks or angle"
        " brackets."
    ),
    "not-a-key": gettext_noop(
        "'%(value)s' is not a key; use letters, digits, hyphens, underscores, dots, colons and slashes."
    ),
    "not-a-language": gettext_noop(
        "'%(value)s' is not a language code; use one such as en or fr-CA."
    ),
    "not-a-page-reference": gettext_noop(
        "'%(value)s' is not page:KEY#anchor; for a whole page say page: KEY."
    ),
    "not-json": gettext_noop("%(value)s is not JSON."),
    "not-a-slug": gettext_noop(
        "'%(value)s' is not a slug; use letters, digits, hyphens and underscores."
    ),
    "member-unnamed": gettext_noop("a member has a name or a country, or both."),
    "not-a-source-name": gettext_noop(
        "'%(value)s' is not the name of a source; it holds a line break or another control character."
    ),
    "not-a-url": gettext_noop("'%(value)s' is not a URL: %(fault)s."),
    "page-key-repeated": gettext_noop(
        "page key '%(key)s' stands %(times)s times; keys are unique."
    ),
    "page-unknown": gettext_noop(
        "%(place)s names the page '%(key)s', which is not in this document."
    ),
    "raw-markup": gettext_noop(
        "%(markup)s may not be stored. If the part is rich text, say so in the block's hsec_parts: then it is"
        " cleaned. Otherwise remove it."
    ),
    "raw-of-ours": gettext_noop(
        "%(place)s: '%(block)s' is a block of every site; write its node, not a raw one."
    ),
    "raw-page": gettext_noop("'%(value)s' names no page of the document; write page:KEY or null."),
    "raw-part": gettext_noop("%(place)s: %(fault)s"),
    "scheme-refused": gettext_noop(
        "'%(value)s' has the scheme '%(scheme)s'; use http, https, mailto or tel."
    ),
    "value-too-deep": gettext_noop("it is nested more than %(most)s levels deep."),
    "targets-of-link": gettext_noop("a link has a url or a page, not both."),
    "targets-of-link-block": gettext_noop("a link has a url, a page or a document, not several."),
    "place-navigation": gettext_noop("the navigation"),
    "place-navigation-group": gettext_noop("the navigation '%(group)s'"),
    "place-page": gettext_noop("the page '%(page)s'"),
    # What a document cannot hold.
    "lost-block": gettext_noop("A block of this site's own, '%(kind)s', is left out."),
    "kept-block": gettext_noop(
        "A block of this site's own, '%(block)s', is kept as it is stored; ids of pages and files in it mean"
        " nothing on another site. Describe its parts with hsec_parts."
    ),
    "lost-document": gettext_noop("The document %(file)s is gone; its other parts are kept."),
    "lost-page": gettext_noop(
        "It names the page %(page)s, which is not in this section; that is left out."
    ),
    "lost-cell-paragraphs": gettext_noop("The paragraphs of a cell become one."),
    "lost-embed": gettext_noop("The embed %(embed)s is left out."),
    "lost-formatting": gettext_noop("The formatting %(names)s is left out; its words are kept."),
    "lost-image": gettext_noop("The image %(file)s is gone; its other parts are kept."),
    "lost-image-in-text": gettext_noop(
        "The image '%(title)s' (%(filename)s) inside the text is left out."
    ),
    "lost-image-in-text-gone": gettext_noop(
        "The image %(image)s, which is gone, inside the text is left out."
    ),
    "lost-link": gettext_noop("A link of the kind '%(kind)s' is left out; its words are kept."),
    "lost-link-to-document": gettext_noop(
        "A link leads to the document %(document)s, which is gone; its words are kept."
    ),
    "lost-link-to-page": gettext_noop(
        "A link leads to the page %(page)s, which has no address; its words are kept."
    ),
    "lost-no-block": gettext_noop("What is no block is left out: %(value)s"),
    "lost-node": gettext_noop("It is left out: %(part)s: %(fault)s It says: '%(text)s'"),
    "lost-part": gettext_noop("A part of this site's own is left out: '%(text)s'"),
    "lost-target-page": gettext_noop(
        "It leads to the page %(page)s, which has no address; its label is kept."
    ),
    "lost-targets": gettext_noop(
        "It has several targets; only the one that the site shows is kept."
    ),
    "lost-value": gettext_noop("'%(value)s' is left out: %(fault)s"),
}
