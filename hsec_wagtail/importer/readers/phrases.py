"""Phrases by which pages of this kind say what they do, in English and French."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hsec_wagtail.importer.words import normalise, words

__all__ = [
    "guess_language",
    "heads_links",
    "introduces_actions",
    "is_announcement",
    "points_outside",
]

_ACTIONS = re.compile(
    r"\b(?:actions?|initiatives?|activities|measures|steps|projects|achievements|issues|priorities"
    r"|includes?|including|included|are|were|by|"
    r"activités|mesures|projets|réalisations|priorités|enjeux|notamment|comprennent|comprend|sont"
    r"|étaient|suivantes?|suivants?|en)\s*:\Z",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"(?:this (?:page|section) is )?(?:coming soon|under construction|to be announced|available soon)"
    r"|(?:à venir(?: (?:bientôt|sous peu))?|bientôt disponible|disponible (?:bientôt|sous peu)"
    r"|en (?:cours de )?construction|prochainement)",
    re.IGNORECASE,
)
_ONLINE = re.compile(
    r"\b(?:on-?line|web ?site|web ?page|home ?page|en ligne|site (?:web|internet|officiel)|page d'accueil)\b",
    re.IGNORECASE,
)
_LINKS = re.compile(
    r"\b(?:(?:quick|related|useful|other|external) (?:quick )?(?:links|sites|pages|topics)|see also"
    r"|(?:autres )?liens (?:rapides|connexes|utiles|externes)|voir aussi|sites connexes)\b",
    re.IGNORECASE,
)
_ENGLISH = frozenset("the of and to in is for with that on by this are from which its has".split())
_FRENCH = frozenset(
    "le la les de des du et en un une est pour dans que qui sur par au aux son".split()
)


def introduces_actions(text: str, more: Sequence[str] = ()) -> bool:
    """Tell whether ``text`` ends as a sentence that introduces actions.

    ``more`` are ends of such sentences that a profile adds.
    """
    if _ACTIONS.search(text):
        return True
    end = normalise(text)
    return any(end.endswith(normalise(phrase)) for phrase in more)


def is_announcement(text: str, more: Sequence[str] = ()) -> bool:
    """Tell whether ``text`` only says that something is still to come."""
    bare = normalise(text).strip("…!() ")
    return bool(_ANNOUNCED.fullmatch(bare)) or bare in {normalise(phrase) for phrase in more}


def points_outside(label: str) -> bool:
    """Tell whether ``label`` names a place on the web."""
    return bool(_ONLINE.search(label.replace("\u2019", "'")))


def heads_links(label: str) -> bool:
    """Tell whether ``label`` is the heading of a group of links."""
    return bool(_LINKS.search(label))


def guess_language(text: str) -> str:
    """Return "fr" where the small words of ``text`` are rather French than English, else "en"."""
    found = [word.casefold() for word in words(text)]
    french = sum(1 for word in found if word in _FRENCH)
    return "fr" if french > sum(1 for word in found if word in _ENGLISH) else "en"
