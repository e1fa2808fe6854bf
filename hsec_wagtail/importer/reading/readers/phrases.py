"""Phrases by which pages introduce, announce, link and date, in English and French."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hsec_wagtail.importer.reading.readers.marks import Zone
from hsec_wagtail.importer.text.words import normalise, words

__all__ = [
    "SMALL_WORDS",
    "chrome_reason",
    "disclaims",
    "guess_language",
    "heads_contents",
    "heads_links",
    "introduces_actions",
    "is_announcement",
    "leads_back",
    "names_a_site",
    "names_an_office",
    "points_outside",
    "says_modified",
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
    r"|(?:this (?:page|section) (?:is|will be) )?(?:coming|expected|available) (?:in|by|for) [^.]{4,40}"
    r"|(?:à venir(?: (?:bientôt|sous peu))?|bientôt disponible|disponible (?:bientôt|sous peu)"
    r"|en (?:cours de )?construction|prochainement|(?:à venir|disponible|prévue?)(?: en| à| au| pour)"
    r" [^.]{4,40})",
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
_CONTENTS = re.compile(
    r"(?:table of )?contents|(?:on|in) this (?:page|section|issue|document)|jump to|go to|sections? of this page"
    r"|table des matières|sommaire|(?:sur|dans) cette (?:page|section)|aller à",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"(?:(?:back|return) to )?(?:the )?top(?: of (?:the )?page)?"
    r"|(?:retour (?:au|en) )?haut(?: de (?:la )?page)?|retour au début",
    re.IGNORECASE,
)
_MODIFIED = re.compile(
    r"\A(?:(?:this|cette|ce) (?:page|site|document) (?:was |is |a été )?)?"
    r"(?:date (?:modified|of last (?:update|change))|(?:page )?last (?:updated?|modified|changed?|reviewed)"
    r"|(?:date de )?(?:la )?(?:dernière )?(?:modification|mise à jour|révision)"
    r"|(?:dernière )?modifiée? le|mise? à jour le|(?:updated|modified)(?=:? [^.]{0,30}(?:(?:19|20)\d\d|\d[/.-]\d)))\b",
    re.IGNORECASE,
)
_SITE = re.compile(
    r"\b(?:ministry|department|government|agency|secretariat|republic|kingdom|commonwealth|home|skip|menu"
    r"|search|welcome|ministère|gouvernement|agence|secrétariat|république|royaume|accueil|aller au"
    r"|recherche|bienvenue)\b|\s[>»›|]\s",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:office|directorate|bureau|embassy|high commission|direction générale|ambassade)\b",
    re.IGNORECASE,
)
#: What else stands above a title: the kind of page, and how to reach who keeps it.
_ABOVE = re.compile(
    r"(?:(?:news|press|media) release|communiqué(?: de presse)?)\Z"
    r"|(?:phone|telephone|tel|fax|e-?mail|téléphone|télécopieur|courriel)\b[.:\s]+\S{5,60}\Z",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"[\"“']as is[\"”']|\b(?:no warrant(?:y|ies)|liability|agree to be bound|terms of (?:use|service)|aucune garantie)\b",
    re.IGNORECASE,
)
#: Labels of pages about themselves, whole, with the part of a page that each is in.
_OF_PAGES = (
    (
        Zone.SKIP,
        r"skip (?:to|over|past) .{3,40}|skip navigation.{0,20}|skip (?:menu|links)"
        r"|(?:aller|passer|sauter) (?:directement )?(?:au|à la|aux) (?:contenu|texte|menu|navigation).{0,20}",
    ),
    (
        Zone.LANGUAGE,
        r"français|english|español|deutsch|italiano|(?:version |en |texte )?(?:française?|français)|(?:in )?english(?: version)?"
        r"|version anglaise|en anglais|this page in french|cette page en anglais",
    ),
    (
        Zone.TOOL,
        r"print(?:er)?[ -]?(?:friendly)?(?: (?:version|format|page))?|print (?:this )?(?:page|article|version)"
        r"|(?:e-?mail|send) (?:this |the )?(?:page|article|link|story)(?: to (?:a |your )?(?:friend|colleague)s?)?"
        r"|(?:e-?mail|send)(?: this)? to (?:a |your )?(?:friend|colleague)s?|(?:text|graphics)[ -]only(?: version)?"
        r"|add to (?:favou?rites|bookmarks)|bookmark (?:this page|us)|tell a friend"
        r"|imprimer(?: cette page)?|version (?:imprimable|texte)|envoyer (?:cette page|à un ami).{0,20}",
    ),
    (
        Zone.COUNTER,
        r"(?:you are |this page has had )?(?:our )?visit(?:or|eur)s?(?: number| no| since|:).{0,40}"
        r"|(?:you are )(?:the )?(?:visitor|guest).{0,40}|[\d., ]{1,12}(?:visitors|visits|hits|visiteurs|visites)\b.{0,40}"
        r"|(?:this page has been (?:visited|viewed)|hits|hit counter|vous êtes le).{0,60}",
    ),
    (
        Zone.FOOTER,
        # The sign of copyright stands before a year or a name, never inside a word; the word alone may be a subject.
        r"(?:©|\(c\)\W*(?:\d{4}|copyright)|copyright(?=\W*(?:©|\(c\)|\d{4}|by\b|notice\b|information\b|\Z))"
        r"|droits? d'auteur(?=\W*(?:©|\d{4}|\Z))|tous droits réservés|all rights reserved).{0,160}"
        r"|.{0,60}(?:(?<!\w)©(?=\W*\w)|\ball rights reserved|\btous droits réservés).{0,80}"
        r"|(?:please )?(?:note:? )?your browser (?:does|is|has|cannot) .{0,160}"
        r"|(?:this (?:site|page) (?:is )?)?best viewed .{0,80}|(?:contact (?:the |our )?|e-?mail (?:the |our )?)?webmaste?r.{0,60}"
        r"|(?:privacy|disclaimer|important notices?|terms (?:of use|and conditions)|legal notices?|accessibility|avis importants?"
        r"|confidentialité)(?: (?:policy|statement|notice))?",
    ),
)
_REASONS = [(zone, re.compile(pattern, re.IGNORECASE)) for zone, pattern in _OF_PAGES]
_LONGEST_REASON = 200
_BARS = re.compile(r"\s*[|•·]\s*")

#: Words of names that give no letter to their initials.
SMALL_WORDS = frozenset(
    "a an and at d de des du en et for in l la le les of on pour sur the to à au aux".split()
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
    return bool(_LINKS.search(label)) or normalise(label) in {"links", "liens"}


def heads_contents(label: str) -> bool:
    """Tell whether ``label`` stands above jump links."""
    return bool(_CONTENTS.fullmatch(normalise(label)))


def leads_back(label: str) -> bool:
    """Tell whether ``label`` is a link to the top of its own page."""
    return len(label) <= 40 and bool(_BACK.fullmatch(normalise(label).strip("[]()^↑ ")))


def says_modified(label: str) -> bool:
    """Tell whether ``label`` says when the page was changed."""
    return len(label) <= 80 and bool(_MODIFIED.search(normalise(label)))


def chrome_reason(label: str) -> Zone | None:
    """Return the part of a page that ``label`` is by what it says, None where that may be content."""
    if len(label) > _LONGEST_REASON:
        return None
    whole = normalise(label)
    if reason := _reason(whole.strip("[](){}/ ")):
        return reason
    said = [part.strip("[](){}/ ") for part in _BARS.split(whole)]
    zones = {_reason(part) for part in said if words(part)}
    return zones.pop() if len(zones) == 1 else None


def _reason(label: str) -> Zone | None:
    if says_modified(label):
        return Zone.MODIFIED
    return next((zone for zone, pattern in _REASONS if pattern.fullmatch(label)), None)


def names_a_site(label: str) -> bool:
    """Tell whether ``label`` rather names a site, or a place in it, than a page."""
    return bool(_SITE.search(label))


def names_an_office(label: str) -> bool:
    """Tell whether ``label`` is what stands in a masthead: the name of a site or of who keeps it."""
    return names_a_site(label) or bool(_OFFICE.search(label) or _ABOVE.match(label.strip()))


def disclaims(text: str) -> bool:
    """Tell whether ``text`` is a legal notice, which may be long."""
    return bool(_DISCLAIMER.search(text))


def guess_language(text: str) -> str:
    """Return "fr" where the small words of ``text`` are rather French than English, else "en"."""
    found = [word.casefold() for word in words(text)]
    french = sum(1 for word in found if word in _FRENCH)
    return "fr" if french > sum(1 for word in found if word in _ENGLISH) else "en"
