"""Forms of the entries of the catalogue; ``makemessages`` finds them by the names of these functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

__all__ = ["Catalogue", "Counted", "gettext_noop", "ngettext_lazy"]


class Counted(NamedTuple):
    """A sentence in two forms; ``number`` names the value that decides which."""

    singular: str
    plural: str
    number: str


#: Code of a message -> its English sentence, with a placeholder ``%(name)s`` for each of its values.
Catalogue = Mapping[str, str | Counted]


def gettext_noop(sentence: str) -> str:
    """Return ``sentence``, which is translated when it is said."""
    return sentence


def ngettext_lazy(singular: str, plural: str, number: str) -> Counted:
    """Return both forms of a sentence, which is translated when it is said."""
    return Counted(singular, plural, number)
