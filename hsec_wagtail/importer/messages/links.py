"""Messages of labels without a target, and of the spreadsheet that gives them one."""

from __future__ import annotations

from hsec_wagtail.importer.messages.templates import Catalogue, gettext_noop

__all__ = ["LINKS"]

LINKS: Catalogue = {
    # The spreadsheet as a whole.
    "links-not-utf8": gettext_noop(
        "%(name)s: not UTF-8 at byte %(byte)s. Save the spreadsheet as CSV in UTF-8."
    ),
    "links-null-character": gettext_noop(
        "%(name)s: holds a null character, which no target has. Save the spreadsheet as CSV in UTF-8."
    ),
    "links-refused": gettext_noop("Nothing was set.\n%(faults)s"),
    "links-too-large": gettext_noop(
        "%(name)s: has more than %(most)s bytes. Give it in parts, or raise HSEC_MAX_SOURCE_BYTES."
    ),
    "links-without-columns": gettext_noop(
        "%(name)s, row 1: there is no column %(missing)s. Keep the first row as hsec_links writes it."
    ),
    # Its rows.
    "link-row-broken": gettext_noop(
        "%(name)s, row %(row)s: has other cells than the first row, or a quotation mark too many. Correct the"
        " row, or list the labels again with hsec_links."
    ),
    "link-row-twice": gettext_noop(
        "%(name)s, row %(row)s: gives a target to '%(id)s', as row %(other)s does. Leave one of them empty."
    ),
    "link-row-unknown": gettext_noop(
        "%(name)s, row %(row)s: this section has no link '%(id)s'. List the labels again with hsec_links."
    ),
    "link-target-unknown": gettext_noop(
        "%(name)s, row %(row)s: '%(target)s' is neither the address of a published page here (/about/) nor one"
        " that begins with https://, http://, mailto: or tel:. Correct it, or leave it empty."
    ),
    # What became of them.
    "link-has-target": gettext_noop("It leads somewhere by now."),
    "link-set": gettext_noop("'%(label)s' leads to %(target)s."),
}
