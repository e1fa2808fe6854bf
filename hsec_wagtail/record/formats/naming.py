"""Names of lists: titles in words, and names of files; and the texts that XML can hold."""

from __future__ import annotations

import re
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext

from hsec_wagtail.record.initiatives import InitiativeList

__all__ = ["file_name", "list_title", "xml_text"]

#: Longest name of a file without its ending.
_LONGEST_NAME = 80
#: Characters that XML cannot say.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def list_title(found: InitiativeList, section: Any) -> str:
    """Return the title of the list in the active language; it names the filter."""
    title = gettext("Initiatives: %(title)s") % {"title": section.title}
    return f"{title} – {', '.join(found.words)}" if found.filter else title


def file_name(found: InitiativeList, section: Any, ending: str) -> str:
    """Return a name for a file that says what is in it."""
    values = (value for _name, value in found.filter.pairs())
    name = slugify("-".join([section.slug, "initiatives", *values]))[:_LONGEST_NAME]
    return f"{name}.{ending}"


def xml_text(text: str) -> str:
    """Return ``text`` with spaces for characters that XML cannot say: feeds and workbooks are XML."""
    return _NOT_XML.sub(" ", text)
