"""The packaged section says all that the archived page said, in both languages and in our own words."""

import functools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from django.core.management import call_command

from hsec_wagtail.dates import find_dates
from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document import schema as doc
from hsec_wagtail.importer.text.words import html_text
from hsec_wagtail.page_models import page_model

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "human-security"
LANGUAGES = ("en", "fr")
NBSP = "\u00a0"
FORUMS = ["hsn", "un", "oas", "g8", "osce", "middle-east"]
TOPICS = [
    "protection-of-civilians",
    "conflict-prevention",
    "peace-operations",
    "governance-and-accountability",
    "public-safety",
]
POLICIES = ["human-security-program", "canadian-partnerships", "policy-development", "publications"]
#: What the archived page says is to come, and what it only names.
ANNOUNCED = ["middle-east"]
NAMED = [*POLICIES, "applying-for-funding"]

#: The dates of each action, in order: EDTF value and label in English.
ACTION_DATES: dict[str, list[list[tuple[str, str]]]] = {
    "un": [
        [("2004-04", "submitted"), ("2001-12", "report")],
        [("2001-11", "submitted")],
        [("2001-07", "tabled")],
        [("2000-06", "signed")],
        [("2000-09", "held")],
        [("1999/2000", "initiated")],
    ],
    "oas": [
        [("2002", "held")],
        [],
        [("2000-06", "held")],
        [("1999-06", "signed"), ("2000-06", "ratified")],
        [],
        [],
        [],
        [],
        [],
    ],
    "g8": [[], []],
    "osce": [[], [], [], [], [("2001", "held")]],
}

MEMBERS = ["AT", "CA", "CL", "CR", "GR", "IE", "JO", "ML", "NL", "NO", "SI", "CH", "TH", "ZA"]
MEMBER_NAMES = {
    "en": "Austria, Canada, Chile, Costa Rica, Greece, Ireland, Jordan, Mali, Netherlands, Norway, Slovenia,"
    " Switzerland, Thailand, South Africa",
    "fr": "Autriche, Canada, Chili, Costa Rica, Grèce, Irlande, Jordanie, Mali, Pays-Bas, Norvège, Slovénie,"
    " Suisse, Thaïlande, Afrique du Sud",
}

FORUM_LINKS = {
    "en": {
        "hsn": ("Human Security Network On-Line", None),
        "un": ("United Nations", "https://www.un.org/"),
        "oas": ("Organization of American States", "https://www.oas.org/"),
        "g8": ("G8 on-line", None),
        "osce": ("Organization for Security and Cooperation in Europe", "https://www.osce.org/"),
    },
    "fr": {
        "hsn": ("Réseau de la sécurité humaine en ligne", None),
        "un": ("Organisation des Nations Unies", "https://www.un.org/fr/"),
        "oas": ("Organisation des États américains", "https://www.oas.org/"),
        "g8": ("G8 en ligne", None),
        "osce": (
            "Organisation pour la sécurité et la coopération en Europe",
            "https://www.osce.org/",
        ),
    },
}

NAVIGATION = {
    "en": [
        "Our Offices",
        "Canadian Offices Abroad",
        "Services for Canadian Travellers",
        "Services for Business",
        "Canada in the World",
        "Feature Issues",
        "International Policy",
        "International Policy Discussions",
        "Programs",
        "Resources",
        "Search this Web Site",
        "About the Department",
    ],
    "fr": [
        "Nos bureaux",
        "Bureaux canadiens à l’étranger",
        "Services aux voyageurs canadiens",
        "Services aux entreprises",
        "Le Canada dans le monde",
        "Dossiers",
        "Politique internationale",
        "Discussions sur la politique internationale",
        "Programmes",
        "Ressources",
        "Rechercher dans ce site Web",
        "À propos du Ministère",
    ],
}

TRAIL = {
    "en": ["Canada in the World: Canadian International Policy", "International Policy"],
    "fr": [
        f"Le Canada dans le monde{NBSP}: la politique internationale du Canada",
        "Politique internationale",
    ],
}

#: Label and page of each quick link, by group.
QUICK_LINKS = {
    "en": {
        "Current agenda": [
            ("Protection of civilians", "protection-of-civilians"),
            ("Conflict prevention", "conflict-prevention"),
            ("Peace operations", "peace-operations"),
            ("Governance and accountability", "governance-and-accountability"),
            ("Public safety", "public-safety"),
        ],
        "Human Security Program": [("Applying for funding", "applying-for-funding")],
        "Other quick links": [
            ("Canadian partnerships", "canadian-partnerships"),
            ("Human security internationally", "human-security-internationally"),
            ("Policy development", "policy-development"),
            ("Publications", "publications"),
        ],
    },
    "fr": {
        "Priorités actuelles": [
            ("Protection des civils", "protection-of-civilians"),
            ("Prévention des conflits", "conflict-prevention"),
            ("Opérations de paix", "peace-operations"),
            ("Gouvernance et responsabilité", "governance-and-accountability"),
            ("Sécurité publique", "public-safety"),
        ],
        "Programme de la sécurité humaine": [("Demande de financement", "applying-for-funding")],
        "Autres liens rapides": [
            ("Partenariats canadiens", "canadian-partnerships"),
            ("La sécurité humaine sur la scène internationale", "human-security-internationally"),
            ("Élaboration des politiques", "policy-development"),
            ("Publications", "publications"),
        ],
    },
}

FORUM_TITLES = {
    "en": [
        ("Human Security Network", "HSN"),
        ("United Nations", "UN"),
        ("Organization of American States", "OAS"),
        ("G8", "G8"),
        ("Organization for Security and Cooperation in Europe", "OSCE"),
        ("Middle East Regional Human Security Centre", ""),
    ],
    "fr": [
        ("Réseau de la sécurité humaine", "RSH"),
        ("Organisation des Nations Unies", "ONU"),
        ("Organisation des États américains", "OEA"),
        ("G8", "G8"),
        ("Organisation pour la sécurité et la coopération en Europe", "OSCE"),
        ("Centre régional de la sécurité humaine au Moyen-Orient", ""),
    ],
}

#: Where a fact stands (page, and number of the action or None for the page's own text), and the words
#: by which it is known in each language, all of which must be there.
FACTS: list[tuple[str, str, int | None, str, str]] = [
    ("bilateral and multilateral", "human-security-internationally", None,
     "bilateral; multilateral", "bilatérales; multilatérales"),
    ("the aim", "human-security-internationally", None,
     "Canada; international community; threats to human security",
     "Canada; communauté internationale; menaces à la sécurité humaine"),
    ("why co-operate", "hsn", None,
     "international cooperation; like-minded states; wider community of non-state actors",
     "coopération internationale; États; mêmes idées; plus large des acteurs non étatiques"),
    ("origin of the network", "hsn", None,
     r"Human Security Network \(HSN\); two-country arrangement between Canada and Norway",
     r"Réseau de la sécurité humaine \(RSH\); arrangement bilatéral entre le Canada et la Norvège"),
    ("Lysøen", "hsn", None,
     "Lysøen partnership, after the Norwegian island; idea", "partenariat de Lysøen, du nom de l’île norvégienne; idée"),
    ("extent of the network", "hsn", None,
     "more than a dozen countries; every part of the world", "plus d’une douzaine de pays; toutes les régions du monde"),
    ("leadership in the UN", "un", None,
     "forums of the UN; UNICEF; Security Council; leading part; promotion of human security",
     "premier plan; promouvoir la sécurité humaine; instances de l’ONU; UNICEF; Conseil de sécurité"),
    ("submission", "un", 0,
     "written submission; responsibility to protect; High-level Panel on Threats, Challenges and Change",
     "mémoire; responsabilité de protéger; Groupe de personnalités de haut niveau de l’ONU sur les menaces,"
     " les défis et le changement"),
    ("report of the commission", "un", 0,
     "“The Responsibility to Protect”; final report;"
     r" International Commission on Intervention and State Sovereignty \(ICISS\); Canada sponsored",
     f"«{NBSP}La responsabilité de protéger{NBSP}»; rapport final;"
     r" Commission internationale de l’intervention et de la souveraineté des États \(CIISE\);"
     " parrainée par le Canada"),
    ("report on terrorism", "un", 1, "reported to the UN; against terrorism", "remis à l’ONU un rapport; contre le terrorisme"),
    ("small arms at the UN", "un", 2,
     "UN Conference on the Illicit Trade in Small Arms and Light Weapons in All Its Aspects; tabled a report; children",
     "Conférence des Nations Unies sur le commerce illicite des armes légères sous tous ses aspects;"
     " déposé un rapport; enfants"),
    ("program of action", "un", 2,
     "Program of Action be approached more broadly; people first; more than governments could solve by themselves",
     "approche du Programme d’action plus large; axée sur les personnes; gouvernements ne pouvaient régler seuls"),
    ("optional protocol", "un", 3,
     "first state to sign; Optional Protocol to the Convention on the Rights of the Child on the Involvement of"
     " Children in Armed Conflict",
     "premier pays à signer; Protocole facultatif à la Convention relative aux droits de l’enfant, concernant"
     " l’implication d’enfants dans les conflits armés"),
    ("war-affected children", "un", 4,
     "co-host; International Conference on War-Affected Children; Winnipeg",
     "l’un des hôtes; Conférence internationale sur les enfants touchés par la guerre; Winnipeg"),
    ("action plan", "un", 4,
     "worldwide plan of action; leaders from around the world were to consider; UN Special Session on Children",
     "plan d’action mondial; dirigeants du monde devaient examiner; session extraordinaire des Nations Unies consacrée aux enfants"),
    ("Security Council", "un", 5,
     "Security Council; initiated two resolutions; protecting civilians in armed conflict",
     "mandat au Conseil de sécurité; à l’origine de deux résolutions; protection des civils dans les conflits armés"),
    ("accession to the OAS", "oas", None,
     r"Organization of American States \(OAS\) in 1990; important", r"Organisation des États américains \(OEA\) en 1990; important"),
    ("concerns in the OAS", "oas", None,
     "democracy; mine action; human rights; corruption; trade; use; drugs",
     "démocratie; mines; droits de la personne; corruption; commerce; usage; drogues"),
    ("past and present support", "oas", None,
     "human security agenda; Canadian government; had backed; still backing; Summit of the Americas, these among them",
     "priorités en matière de sécurité humaine; gouvernement canadien; avait appuyé; appuyait encore; Sommet des Amériques, dont celles-ci"),
    ("corporate social responsibility", "oas", 0,
     "meeting; corporate social responsibility", "réunion; responsabilité sociale des entreprises"),
    ("justice studies", "oas", 1,
     "Justice Studies Centre of the Americas; Chile; helped to create; supported",
     "création; Centre d’études de la justice des Amériques; Chili; appuyé"),
    ("Windsor", "oas", 2,
     "host, in Windsor, Ontario; OAS General Assembly; corruption; corporate social responsibility",
     "hôte, à Windsor, en Ontario; Assemblée générale de l’OEA; corruption; responsabilité sociale des entreprises"),
    ("convention against corruption", "oas", 3,
     "mechanisms that follow up; Inter-American Convention Against Corruption; signed by Canada in June 1999; ratified by it in June 2000",
     "mécanismes de suivi; Convention interaméricaine contre la corruption; signée par le Canada en juin 1999; ratifiée en juin 2000"),
    ("small arms in the OAS", "oas", 4,
     "conference; members of the OAS; jointly; governments; non-governmental organizations; small arms and light weapons",
     "conférence; armes légères et de petit calibre; membres de l’OEA; organisations non gouvernementales; gouvernements"),
    ("peace fund", "oas", 5,
     "Peace Fund; supported; pays for help; settling disputes by peaceful means", "Fonds pour la paix; finance; règlement pacifique des différends"),
    ("human rights institutions", "oas", 6,
     "network; national human rights institutions; Americas; helped to create and supported",
     "création; réseau réunit des institutions nationales des droits de la personne; Amériques"),
    ("political parties", "oas", 7, "Forum on Political Parties", "Forum sur les partis politiques"),
    ("committee against terrorism", "oas", 8,
     "Inter-American Committee Against Terrorism", "Comité interaméricain contre le terrorisme"),
    ("concerns in the G8", "g8", None,
     "control of arms; crosses borders; high technology; prevention of conflict",
     "contrôle des armements; criminalité transnationale; haute technologie; prévention des conflits"),
    ("presidency of the G8", "g8", None, "in 2002, when it held the group’s presidency", "présidence du groupe, en 2002"),
    ("prominent in the G8", "g8", None, "prominent.*included", "Parmi les questions.*bonne place"),
    ("trafficking", "g8", 0,
     "trafficking; people; drugs; small arms", "traite des personnes; drogues; armes légères"),
    ("conflict prevention in the G8", "g8", 1, "conflict prevention", "prévention des conflits"),
    ("recent commitment in the OSCE", "osce", None,
     "Not long before; committed to promoting issues of human security; OSCE",
     "Peu avant; attachement à la promotion des questions de sécurité humaine; OSCE"),
    ("human dimension", "osce", 0,
     "affirmed that it was committed; human dimension of security", "affirmé son engagement; dimension humaine de la sécurité"),
    ("rehabilitation", "osce", 1,
     "encouraged the OSCE to equip itself; rehabilitation of civilians; conflict is over",
     "encouragé l’OSCE à se doter de moyens; réadaptation des civils; après un conflit"),
    ("root causes", "osce", 2, "root causes of terrorism; addressed", "s’attaquer aux causes profondes du terrorisme"),
    ("arms control", "osce", 3, "promoted issues of arms control", "promotion de questions liées au contrôle des armements"),
    ("Bishkek", "osce", 4,
     "sponsored a regional meeting against terrorism in Bishkek", "parrainé une réunion régionale contre le terrorisme à Bichkek"),
    ("projects in the OSCE region", "osce", None,
     "funding a large number of projects; human security; OSCE region; police training in Kosovo",
     "grand nombre de projets; sécurité humaine; région de l’OSCE; formation de policiers au Kosovo"),
    ("the centre", "middle-east", None, "Coming soon", "À venir bientôt"),
]  # fmt: skip

#: Names and titles, which no words of our own can replace.
NAMES = [
    "Canada in the World: Canadian International Policy",
    "High-level Panel on Threats, Challenges and Change",
    "Inter-American Committee Against Terrorism",
    "Inter-American Convention Against Corruption",
    "International Commission on Intervention and State Sovereignty",
    "International Conference on War-Affected Children",
    "Justice Studies Centre of the Americas",
    "Middle East Regional Human Security Centre",
    "Optional Protocol to the Convention on the Rights of the Child on the Involvement of Children in Armed"
    " Conflict",
    "Organization for Security and Cooperation in Europe",
    "UN Conference on the Illicit Trade in Small Arms and Light Weapons in All Its Aspects",
    "UN Special Session on Children",
    # A term of art.
    "human dimension of security",
]
LONGEST_SHARED_RUN = 5


@functools.cache
def load(language: str) -> doc.Document:
    """Return the packaged document in ``language``."""
    name = f"{language}.yaml"
    return doc.load_document(yaml.safe_load((FOLDER / name).read_text("utf-8")), name=name)


def pages(language: str) -> dict[str, doc.Page]:
    """Return the pages by their keys."""
    return {page.key: page for page in load(language).page.walk()}


def initiatives(page: doc.Page) -> list[nodes.Initiative]:
    """Return the actions of a page in order."""
    return [
        item for node in page.body if isinstance(node, nodes.Initiatives) for item in node.items
    ]


def own_text(page: doc.Page) -> str:
    """Return what the page itself says, tags left out."""
    data = page.model_dump(exclude={"children", "quick_links", "search_description"})
    return html_text("\n".join(strings(data)))


def strings(value: Any) -> Iterator[str]:
    """Yield all text in nested data, each piece by itself."""
    match value:
        case str():
            yield value
        case dict():
            for item in value.values():
                yield from strings(item)
        case list():
            for item in value:
                yield from strings(item)


def shape(value: Any) -> Any:
    """Return what must be the same in all languages: structure, keys, dates, topics, targets."""
    translated = {
        "language", "trail", "title", "slug", "short_name", "anchor", "lead", "search_description",
        "heading", "label", "html", "intro", "name", "text", "url",
    }  # fmt: skip
    match value:
        case dict():
            return {
                key: bool(item) if key in translated - {"trail"} else shape(item)
                for key, item in value.items()
            }
        case list():
            return [shape(item) for item in value]
        case _:
            return value


def keyed_nodes(page: doc.Page) -> Iterator[nodes.Node]:
    """Yield everything on a page that becomes a block or a row."""
    for group in page.quick_links:
        yield group
        yield from group.links
    for node in page.body:
        yield node
        for item in getattr(node, "items", []):
            yield item
            yield from getattr(item, "dates", [])


every_language = pytest.mark.parametrize("language", LANGUAGES)


def test_the_languages_have_one_structure():
    english, french = (load(language).model_dump(exclude={"trail"}) for language in LANGUAGES)

    assert shape(french) == shape(english)
    assert len(load("fr").trail) == len(load("en").trail)


@every_language
def test_every_node_has_a_key_of_its_own_within_its_page(language):
    for page in load(language).page.walk():
        counted = Counter(node.key for node in keyed_nodes(page))

        assert None not in counted, page.key
        assert [key for key, count in counted.items() if count > 1] == [], page.key


@every_language
def test_navigation_links_have_keys_of_their_own(language):
    (group,) = load(language).navigation

    assert len({group.key, *(link.key for link in group.links)} - {None}) == len(group.links) + 1


@every_language
def test_slugs_are_unique_among_siblings_and_anchors_among_forums(language):
    for page in load(language).page.walk():
        slugs = [child.slug for child in page.children]
        anchors = [child.anchor for child in page.children if child.type == "forum"]

        assert all(slugs)
        assert all(anchors)
        assert len(set(slugs)) == len(slugs)
        assert len(set(anchors)) == len(anchors)


@every_language
def test_every_page_has_a_short_description_of_its_own(language):
    descriptions = [page.search_description for page in load(language).page.walk()]

    assert len(set(descriptions)) == len(descriptions)
    assert [text for text in descriptions if not 40 <= len(text) <= 160] == []


@every_language
def test_the_section_holds_forums_topics_and_policies_in_order(language):
    section = load(language).page

    assert (section.type, section.layout) == ("section", "full")
    assert [child.key for child in section.children] == FORUMS + TOPICS + POLICIES
    assert [child.type for child in section.children] == ["forum"] * 6 + ["topic"] * 5 + [
        "policy"
    ] * 4
    assert [child.key for child in pages(language)["human-security-program"].children] == [
        "applying-for-funding"
    ]


@every_language
def test_forums_bear_their_names(language):
    forums = [child for child in load(language).page.children if child.type == "forum"]

    assert [(forum.title, forum.short_name) for forum in forums] == FORUM_TITLES[language]


@every_language
def test_what_was_only_announced_is_shown_as_announced(language):
    announced = [page for page in load(language).page.walk() if page.status == "announced"]

    assert sorted(page.key for page in announced) == sorted(ANNOUNCED)
    for page in announced:
        assert page.expected is None
        assert [node.kind for node in page.body if isinstance(node, nodes.Notice)] == ["announced"]


@every_language
@pytest.mark.parametrize("forum", ACTION_DATES)
def test_every_action_is_there_with_its_dates(language, forum):
    dates = [[found.edtf for found in item.dates] for item in initiatives(pages(language)[forum])]

    assert dates == [[edtf for edtf, _label in action] for action in ACTION_DATES[forum]]


@pytest.mark.parametrize("forum", ACTION_DATES)
def test_dates_say_what_happened_then(forum):
    labels = [[found.label for found in item.dates] for item in initiatives(pages("en")[forum])]

    assert labels == [[label for _edtf, label in action] for action in ACTION_DATES[forum]]


@every_language
@pytest.mark.parametrize("forum", ACTION_DATES)
def test_dates_are_those_that_the_prose_says(language, forum):
    for item in initiatives(pages(language)[forum]):
        found = find_dates(html_text(item.html), language=language)

        assert [(date.edtf, date.text) for date in found] == [
            (date.edtf, date.text) for date in item.dates
        ]


@every_language
def test_the_network_has_its_fourteen_participants(language):
    found = [node for node in pages(language)["hsn"].body if isinstance(node, nodes.Members)]
    members = [member for node in found for member in node.items]

    assert [member.country for member in members] == MEMBERS
    assert ", ".join(member.name for member in members) == MEMBER_NAMES[language]
    assert [member.role for member in members] == ["member"] * 13 + ["observer"]


@every_language
def test_forums_link_to_their_organizations_as_far_as_known(language):
    links = {
        key: (node.label, node.url)
        for key in FORUMS
        for node in pages(language)[key].body
        if isinstance(node, nodes.LinkNode)
    }

    assert links == FORUM_LINKS[language]


@every_language
def test_the_navigation_of_the_site_is_complete(language):
    (group,) = load(language).navigation

    assert (group.slug, group.heading) == ("site-navigation", "")
    assert [link.label for link in group.links] == NAVIGATION[language]
    assert [link for link in group.links if link.url or link.page] == []


@every_language
def test_the_breadcrumb_is_kept(language):
    assert load(language).trail == TRAIL[language]


@every_language
def test_every_quick_link_leads_to_a_page(language):
    groups = load(language).page.quick_links

    links = {group.heading: [(link.label, link.page) for link in group.links] for group in groups}
    assert links == QUICK_LINKS[language]
    assert {key for group in links.values() for _label, key in group} <= set(pages(language))
    assert list(links) == list(QUICK_LINKS[language])


@every_language
@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_a_lead_and_initiatives(language, topic):
    by_key = pages(language)
    filed = [item for page in by_key.values() for item in initiatives(page) if topic in item.topics]

    assert by_key[topic].lead
    assert filed


@every_language
def test_every_initiative_is_filed_under_topics_only(language):
    for page in load(language).page.walk():
        for item in initiatives(page):
            assert item.topics
            assert set(item.topics) <= set(TOPICS)


@every_language
@pytest.mark.parametrize(
    ("page", "action", "words"),
    [
        pytest.param(page, action, {"en": english, "fr": french}, id=name)
        for name, page, action, english, french in FACTS
    ],
)
def test_the_fact_is_told(language, page, action, words):
    place = pages(language)[page]
    text = own_text(place) if action is None else html_text(initiatives(place)[action].html)

    missing = [
        pattern
        for pattern in words[language].split("; ")
        if not re.search(pattern, text, re.IGNORECASE)
    ]

    assert missing == []


@every_language
@pytest.mark.parametrize("forum", ACTION_DATES)
def test_actions_of_a_forum_do_not_all_begin_alike(language, forum):
    """Whoever reads them one after the other would read the same words again and again."""
    begin = Counter(
        tuple(words_of(html_text(item.html))[:4]) for item in initiatives(pages(language)[forum])
    )

    assert [words for words, count in begin.items() if count > 2] == []


def test_every_action_has_a_fact():
    told = {(page, action) for _name, page, action, *_words in FACTS if action is not None}

    assert told == {
        (forum, n) for forum, actions in ACTION_DATES.items() for n in range(len(actions))
    }


def test_french_spaces_are_those_of_canadian_usage():
    data = load("fr").model_dump(exclude={"source"})
    text = re.sub(r"https?://\S+|format.*|hsec-section/1", "", "\n".join(strings(data)))

    faults = re.findall(
        rf".{{0,20}}(?:(?<!{NBSP}):|«(?!{NBSP})|(?<!{NBSP})»|\s[;!?]|').{{0,20}}", text
    )

    assert faults == []


@every_language
def test_apostrophes_and_quotation_marks_are_typographic(language):
    text = "\n".join(strings(load(language).model_dump()))

    assert re.findall(r".{0,20}['\"].{0,20}", text) == []


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, whatever stands between them."""
    return re.findall(r"[^\W_]+", text.casefold())


def runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    """Return all runs of ``length`` words that follow each other."""
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def without_names(text: str) -> list[str]:
    """Return the stretches of a text between the names in it, as far as they have several words."""
    names = "|".join(r"\W+".join(words_of(name)) for name in sorted(NAMES, key=len, reverse=True))
    return re.split(names, text, flags=re.IGNORECASE)


@every_language
def test_pages_that_are_only_named_say_that_and_promise_nothing(language):
    said = {"en": "The archived page|of the archived page", "fr": "la page archivée"}[language]
    promises = {"en": "announced|not been published|yet", "fr": "annoncé|pas encore"}[language]

    for key in NAMED:
        page = pages(language)[key]

        assert page.status == "active"
        assert page.lead == ""
        assert re.search(said, own_text(page), re.IGNORECASE), key
        assert not re.search(promises, f"{own_text(page)} {page.search_description}"), key


def test_every_page_that_tells_of_the_past_says_so_and_the_section_says_it_once(
    client, home, french
):
    home.copy_for_translation(french).save_revision().publish()
    call_command("hsec_import", "human-security", verbosity=0)

    def count_notices(page: Any) -> int:
        headers = {"accept-language": page.locale.language_code}
        response = client.get(page.url, headers=headers)
        return response.content.decode().count('hsec-notice hsec-notice--historical"')

    for section in page_model("section").objects.all():
        children = section.get_children().live().specific()
        told = [count_notices(child) for child in children]

        assert told == [1] * (len(FORUMS) + len(TOPICS) + len(POLICIES))
        assert count_notices(section) == 1
    assert page_model("section").objects.count() == len(LANGUAGES)


@pytest.mark.seed
def test_no_sentence_of_the_archived_page_is_copied(seed):
    length = LONGEST_SHARED_RUN + 1
    original = set().union(
        *(runs(words_of(path.read_text("utf-8")), length) for path in sorted(seed.glob("*.txt")))
    )
    ours = [html_text(text) for text in strings(load("en").model_dump(exclude={"source"}))]
    readme = (FOLDER / "README.md").read_text("utf-8")

    copied = {
        " ".join(run)
        for text in [*ours, readme]
        for part in without_names(text)
        for run in runs(words_of(part), length) & original
    }

    assert original
    assert copied == set()
