"""The words of dates, and those that tell a number from a year; compared as ``tokens.fold`` returns them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace


def _names(*names: str, first: int = 1) -> dict[str, int]:
    return {name: number for number, forms in enumerate(names, first) for name in forms.split()}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The vocabulary of one language, or of two joined with ``|``."""

    months: Mapping[str, int]
    #: By EDTF number.
    seasons: Mapping[str, int]
    #: Short forms of months, which may end with a point.
    short: Mapping[str, int]
    #: Names that are other words as well; in lower case they need a preposition, a day or a list before.
    doubtful: frozenset[str]
    #: Months of the other language that are other words as well, and need a day before.
    foreign: frozenset[str]
    #: Months that may stand before their day.
    leading: frozenset[str]
    weekdays: frozenset[str]
    ordinals: frozenset[str]
    #: Between a day, a month and a year.
    of: frozenset[str]
    articles: frozenset[str]
    #: Before a date, without being part of it.
    prepositions: frozenset[str]
    to: frozenset[str]
    both: frozenset[str]
    either: frozenset[str]
    opening: frozenset[str]
    between: frozenset[str]
    since: frozenset[str]
    #: Behind a date, perhaps after "and", they leave its end open.
    onwards: frozenset[str]
    until: frozenset[str]
    present: frozenset[str]
    about: frozenset[str]
    perhaps: frozenset[str]
    #: Parts of a year or month, which EDTF cannot hold.
    parts: frozenset[str]
    years: frozenset[str]
    #: Parts of a year by their length in months, as they are named and as letters.
    periods: Mapping[str, int]
    letters: Mapping[str, int]
    #: Which of them; 0 is the last.
    counted: Mapping[str, int]

    def __or__(self, other: "Vocabulary") -> "Vocabulary":
        return Vocabulary(
            **{
                field.name: getattr(self, field.name) | getattr(other, field.name)
                for field in fields(self)
            }
        )


ENGLISH = Vocabulary(
    months=_names(
        *("january", "february", "march", "april", "may", "june"),
        *("july", "august", "september", "october", "november", "december"),
    ),
    seasons=_names("spring", "summer", "autumn fall", "winter", first=21),
    short=_names(
        "jan", "feb febr", "mar", "apr", "", "jun", "jul", "aug", "sep sept", "oct", "nov", "dec"
    ),
    doubtful=_set("may march mar fall"),
    foreign=frozenset(),
    leading=frozenset(),
    weekdays=_set(
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"
    ),
    ordinals=_set("st nd rd th"),
    of=_set("of"),
    articles=_set("the"),
    prepositions=_set(
        "the in on at of by from to since until till during through throughout before after early mid late last this and or between around about"
    ),
    to=_set("to until till through thru"),
    both=_set("and"),
    either=_set("or"),
    opening=_set("from"),
    between=_set("between"),
    since=_set("since"),
    onwards=_set("onwards onward forward forwards thereafter beyond"),
    until=_set("until till"),
    present=_set("present today now date"),
    about=_set("about around circa approximately roughly approx ca c"),
    perhaps=_set("perhaps possibly probably maybe"),
    parts=_set("early mid late beginning start middle end"),
    years=frozenset(),
    periods={"quarter": 3, "quarters": 3, "half": 6},
    letters={"q": 3, "h": 6},
    counted=_names("last final", "first", "second", "third", "fourth", first=0),
)

FRENCH = Vocabulary(
    months=_names(
        *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
        *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
    ),
    seasons=_names("printemps", "ete", "automne", "hiver", first=21),
    short=_names("janv", "fev fevr", "", "avr", "", "", "juil", "", "sept", "oct", "nov", "dec"),
    doubtful=_set("ete"),
    foreign=frozenset(),
    leading=frozenset(),
    weekdays=_set("lundi mardi mercredi jeudi vendredi samedi dimanche"),
    ordinals=_set("er e"),
    of=_set("de d'"),
    articles=_set("le la les l'"),
    prepositions=_set(
        "en le la les l' au aux a de du d' des depuis des jusqu' pendant durant avant apres entre et ou vers cet ce"
    ),
    to=_set("a au aux jusqu'"),
    both=_set("et"),
    either=_set("ou"),
    opening=_set("de du d' des"),
    between=_set("entre"),
    since=_set("depuis"),
    onwards=_set("suivantes suivants"),
    until=_set("jusqu' jusque"),
    present=_set("aujourd'hui aujourd present maintenant"),
    about=_set("vers environ circa"),
    perhaps=_set("probablement"),
    parts=_set("debut mi fin"),
    years=_set("annees"),
    periods={"trimestre": 3, "trimestres": 3, "semestre": 6, "semestres": 6, "moitie": 6},
    letters={"t": 3, "s": 6},
    counted=_names(
        "dernier derniere",
        "premier premiere",
        "deuxieme second seconde",
        "troisieme",
        "quatrieme",
        first=0,
    ),
)

#: A number after one of these is a name or a number, no year.
NUMBERED = _set(
    "resolution resolutions unscr scr res page pages p pp no nos number numbers num n article articles art section sections sec "
    "chapter chapters ch bill bills iso item items room suite box vol volume volumes issue channel route highway tel telephone "
    "fax phone figure fig table line lines paragraph paragraphs para paras code unit lot form file extension ext isbn issn "
    "decision decisions projet numero numeros nro paragraphe paragraphes alinea chapitre chapitres bureau salle poste norme "
    "telecopieur telec case tome fichier formulaire ligne lignes point loi lois reglement docket ref reference model version "
    "over than nearly almost least some exactly another additional fewer quelque quelques presque "
    "usd cad eur gbp cdn"
)
#: Those of them that are written with a point.
NUMBERED_SHORT = _set("res p pp no nos num n art sec ch vol tel fax fig para paras ext ref telec")
#: Those of them whose number stands before a month in the title of a journal: "No. 5 May 2003".
ISSUED = _set("no nos n num number numero vol volume")
#: The number of one of these may hold its year: "Law 12/2003"; before a year alone, they are named after it: "Mines Act 1998".
YEARLY = _set(
    "law laws act acts regulation regulations directive directives decree decrees order orders decret arrete ordonnance circulaire"
)
#: A number before one of these is an amount, whatever stands before.
MEASURES = _set(
    "km kms kilometre kilometres kilometer kilometers m metre metres meter meters mile miles cm mm kg g gram grams tonne tonnes ton "
    "tons percent dollar dollars euro euros cents years month months day days hour hours h hrs minute minutes seconds times "
    "million millions billion billions milliard milliards thousand ans jours jour heures heure mois semaines weeks fois "
    "cad usd eur gbp cdn mw gwh kw hz mb gb exemplaires copies words mots hectares acres litres barrels"
)
#: "2000 year" before one of these is an age or a time, not a year.
AGES = _set("old history tradition period lease cycle span reign gap")
#: A number before one of these is an amount unless a word before speaks for a year.
COUNTED = _set(
    "troops people persons participants soldiers personnel civilians children women men refugees delegates members "
    "police officers observers peacekeepers monitors deaths casualties dead wounded landmines mines weapons pages students youth "
    "youths ngos organizations organisations projects households families victims volunteers jobs votes seats villages schools "
    "experts representatives workers employees troupes soldats militaires participants participantes personnes hommes femmes enfants refugies "
    "delegues policiers observateurs casques morts blesses victimes armes etudiants jeunes ong projets familles menages benevoles "
    "emplois voix sieges ecoles membres employes travailleurs "
    "pieces copies followers subscribers readers viewers listeners users customers clients guests visitors tourists "
    "inhabitants residents citizens migrants immigrants farmers fishermen homes houses buildings vehicles trucks boats ships aircraft trees "
    "animals cattle sheep acres rooms beds "
    "abonnes lecteurs utilisateurs clients visiteurs touristes habitants residents citoyens migrants agriculteurs pecheurs "
    "maisons logements batiments vehicules camions bateaux navires arbres animaux chambres lits"
)
#: As COUNTED, unless an article before makes them those of a year: "1935 reviews", but "the 2003 reviews".
COUNTED_ALONE = _set(
    "reviews ratings comments responses signatures stars avis commentaires reponses"
)
#: Names of these begin with their year: in "2001 Youth Conference" nothing is counted.
NAMED_AFTER_YEARS = _set(
    "act action assembly award awards campaign conference congress convention day declaration festival forum games meeting plan "
    "policy program programme project protocol report review session strategy summit survey symposium treaty week workshop year"
)
#: A number after one of these, or in brackets of its own, is a year.
FOR_A_YEAR = _set("in since during year an annee circa en depuis durant pendant l'an")
#: Before one of these a year begins a sentence.
VERBS_OF_YEARS = _set(
    "was is will saw had has began became brought marked est fut sera a avait marque vit voit"
)
#: Words that may follow "about 1995"; before any other, the number counts things.
FUNCTION_WORDS = _set(
    "and or but the a an when where while to in on at as of by for with from until that which who it he she they we this there "
    "was were is are et ou mais le la les un une des du de d' l' quand a au aux en par pour avec que qui il elle ils elles on ce cette fut"
)


def _with_months(
    own: Vocabulary, other: Vocabulary, *, foreign: str, leading: Vocabulary
) -> Vocabulary:
    """Return ``own`` with the names of months of ``other``, which a page in two languages, or a machine, writes."""
    return replace(
        own,
        months=own.months | other.months,
        seasons=own.seasons | other.seasons,
        short=own.short | other.short,
        ordinals=own.ordinals | other.ordinals,
        doubtful=own.doubtful | other.doubtful,
        foreign=_set(foreign),
        leading=frozenset(leading.months) | frozenset(leading.short),
    )


_BOTH = ENGLISH | FRENCH
_VOCABULARIES = {
    # "Mars 2020" is a spacecraft, "Chiang Mai 2003" a conference.
    "en": _with_months(ENGLISH, FRENCH, foreign="mars mai ete", leading=_BOTH),
    "fr": _with_months(FRENCH, ENGLISH, foreign="may march mar fall jan", leading=ENGLISH),
    "": replace(_BOTH, leading=frozenset(_BOTH.months) | frozenset(_BOTH.short)),
}


def words_for(language: str) -> Vocabulary:
    """Return the vocabulary for a language code; that of both languages for one that is neither."""
    return _VOCABULARIES.get(language.lower()[:2], _VOCABULARIES[""])
