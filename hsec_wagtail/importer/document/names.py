"""The grammars of names from outside: ids, keys, slugs, anchors, codes and names of sources.

A name stands where nothing escapes or cleans it, so that each kind is made of few characters, none of which
means anything in markup. What does not fit is refused, never repaired: a repaired name would be another one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hsec_wagtail.importer.messages import Message

__all__ = [
    "BLOCK_ID",
    "FRAGMENT",
    "KEY",
    "LANGUAGE",
    "LANGUAGE_CODE",
    "SLUG",
    "SOURCE_NAME",
    "NameGrammar",
]

#: Language codes as BCP 47 writes the common ones.
LANGUAGE: Final = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"

#: As much of a refused name as a message repeats.
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class NameGrammar:
    """The characters that names of one kind have, and the refusal of others.

    Args:
        pattern: Matches a whole name.
        refusal: Says that ``value`` is none.
        reduce: What is done to a name before it is matched.
    """

    pattern: re.Pattern[str]
    refusal: Callable[[str], Message]
    reduce: Callable[[str], str] = str

    def fits(self, name: str) -> bool:
        """Tell whether ``name`` is one of this kind."""
        return self.pattern.fullmatch(self.reduce(name)) is not None

    def check(self, name: str) -> str:
        """Return ``name``.

        Raises:
            ValueError: It is none of this kind.
        """
        if not self.fits(name):
            raise ValueError(self.refusal(name[:_SHOWN]))
        return name


def _without_marks(name: str) -> str:
    # Vowel signs of many scripts are marks, which are no word characters of regular expressions.
    return "".join(one for one in name if not unicodedata.category(one).startswith("M"))


#: Ids of blocks and of items of lists; a dot would end the name in a content path.
BLOCK_ID = NameGrammar(
    re.compile("[A-Za-z0-9_-]{1,36}"), lambda value: Message("not-a-block-id", value=value)
)
#: Keys of pages and nodes: letters and digits of any script.
KEY = NameGrammar(
    re.compile(r"[\w.:/-]+"), lambda value: Message("not-a-key", value=value), _without_marks
)
#: Slugs and anchors, as Django takes them.
SLUG = NameGrammar(re.compile(r"[\w-]+"), lambda value: Message("not-a-slug", value=value))
#: Names of sources, which may be those of files: whatever stands on one line.
SOURCE_NAME = NameGrammar(
    re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]*"),
    lambda value: Message("not-a-source-name", value=value),
)
#: The part of a page that an address names; those of other sites have many forms.
FRAGMENT = NameGrammar(
    re.compile(r"[^\x00-\x20\x7f-\x9f\"<>`\ud800-\udfff]*"),
    lambda value: Message("not-a-fragment", value=value),
)
LANGUAGE_CODE = NameGrammar(
    re.compile(LANGUAGE, re.IGNORECASE), lambda value: Message("not-a-language", value=value)
)
