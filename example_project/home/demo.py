"""The pages that the example site has of its own."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from wagtail.models import Locale, Page, Site

from home.models import HomePage
from hsec_wagtail.models import QuickLinksSnippet

__all__ = ["ensure_about", "ensure_homes", "link_navigation"]

SITE_NAME = "Department of International Policy"
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1"})
TEXTS = {
    "en": {
        "title": "Home",
        "slug": "en",
        "heading": "International policy, in one place",
        "search_description": "The example site of hsec_wagtail: a fictional department and its policy section.",
        "lead": "Where the Department works with other countries, what was done, and when.",
        "body": (
            "<h2>About this example</h2>"
            "<p>The Department of International Policy does not exist. Its site shows what"
            " <b>hsec_wagtail</b>, an app for Wagtail, adds to a site that has a design of its own.</p>"
            "<p>The header, the navigation and the colours are the site’s. The section’s pages come from the app;"
            " its content was imported and can be edited in the administration.</p>"
        ),
    },
    "fr": {
        "title": "Accueil",
        "slug": "fr",
        "heading": "La politique internationale, réunie ici",
        "search_description": "Le site d’exemple de hsec_wagtail : un ministère fictif et sa section de politique.",
        "lead": "Où le Ministère travaille avec d’autres pays, ce qui a été fait, et quand.",
        "body": (
            "<h2>À propos de cet exemple</h2>"
            "<p>Le ministère de la Politique internationale n’existe pas. Son site montre ce que"
            " <b>hsec_wagtail</b>, une application pour Wagtail, apporte à un site qui a sa propre présentation.</p>"
            "<p>L’en-tête, la navigation et les couleurs sont celles du site. Les pages de la section viennent de"
            " l’application; leur contenu a été importé et se modifie dans l’administration.</p>"
        ),
    },
}
ABOUT = {
    "en": {
        "title": "About the Department",
        "slug": "about",
        "heading": "About the Department",
        "search_description": "What the fictional department of this example is, and where its content comes from.",
        "lead": "The Department of International Policy does not exist, and nobody speaks for any government here.",
        "body": (
            "<p>It has neither offices nor staff, and offers no services. Its site is an example of what"
            " <b>hsec_wagtail</b> does.</p>"
            "<p>The section on international policy records what an archived web page said. It was imported from the"
            " content that comes with the app, in words of its own; each page says what the archived page tells, and"
            " what it only names.</p>"
        ),
    },
    "fr": {
        "title": "À propos du Ministère",
        "slug": "a-propos",
        "heading": "À propos du Ministère",
        "search_description": "Ce qu’est le ministère fictif de cet exemple, et d’où vient son contenu.",
        "lead": "Le ministère de la Politique internationale n’existe pas, et personne ne parle ici au nom d’un"
        " gouvernement.",
        "body": (
            "<p>Il n’a ni bureaux ni personnel, et n’offre aucun service. Son site est un exemple de ce que fait"
            " <b>hsec_wagtail</b>.</p>"
            "<p>La section sur la politique internationale rend compte du contenu d’une page Web archivée. Elle a été"
            " importée du contenu fourni avec l’application, dans ses propres mots; chaque page dit ce que la page"
            " archivée rapporte, et ce qu’elle ne fait que nommer.</p>"
        ),
    },
}
#: Labels of the navigation that have a place on this site beside the pages of the section.
SEARCH_LABELS = frozenset({"Search this Web Site", "Rechercher dans ce site Web"})
ABOUT_LABELS = frozenset(texts["title"] for texts in ABOUT.values())


@transaction.atomic
def ensure_homes(*, port: int) -> dict[str, HomePage]:
    """Return the home page of each language, made where missing, with the site that begins at the English one."""
    english = _locale("en")
    home = HomePage.objects.filter(locale=english, depth=2).first() or _add_home(english)
    _ensure_site(home, port=port)
    french = home.get_translation_or_none(_locale("fr")) or _translate(home, TEXTS["fr"])
    return {"en": home, "fr": french.specific}


@transaction.atomic
def ensure_about(homes: dict[str, HomePage]) -> dict[str, HomePage]:
    """Return the page about the department in each language, made where missing."""
    english = HomePage.objects.child_of(homes["en"]).filter(slug=ABOUT["en"]["slug"]).first()
    if english is None:
        homes["en"].refresh_from_db()
        english = homes["en"].add_child(
            instance=HomePage(locale=homes["en"].locale, live=False, **ABOUT["en"])
        )
        english.save_revision().publish()
    french = english.get_translation_or_none(_locale("fr")) or _translate(english, ABOUT["fr"])
    return {"en": english, "fr": french.specific}


def _locale(language: str) -> Locale:
    return Locale.objects.get_or_create(language_code=language)[0]


def _add_home(locale: Locale) -> HomePage:
    root = Page.get_first_root_node()
    if root is None:
        root = Page.add_root(title="Root", slug="root", locale=locale)
    home: HomePage = root.add_child(instance=HomePage(locale=locale, live=False, **TEXTS["en"]))
    home.save_revision().publish()
    return HomePage.objects.get(pk=home.pk)


def _translate(page: HomePage, texts: dict[str, str]) -> HomePage:
    french: HomePage = page.copy_for_translation(_locale("fr"))
    for name, text in texts.items():
        setattr(french, name, text)
    french.save_revision().publish()
    return HomePage.objects.get(pk=french.pk)


def _ensure_site(home: HomePage, *, port: int) -> None:
    """Let the default site begin at ``home``; drop the page of welcome that Wagtail put there."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(
            hostname="127.0.0.1",
            port=port,
            root_page=home,
            is_default_site=True,
            site_name=SITE_NAME,
        )
        return
    welcome = site.root_page
    if welcome.depth == 2 and welcome.specific_class is Page and not welcome.numchild:
        site.root_page, site.hostname, site.port = home, "127.0.0.1", port
        site.site_name = SITE_NAME
        site.save()
        welcome.delete()
    elif site.hostname in LOCAL_HOSTS and site.port != port:
        site.port = port
        site.save()


def link_navigation(about: dict[str, Any]) -> None:
    """Let the labels of the imported navigation that have a place on this site lead there.

    Those of the section's pages do so already; the header shows no others.
    """
    for language, page in about.items():
        for group in QuickLinksSnippet.objects.filter(
            slug="site-navigation", locale__language_code=language
        ):
            _link_group(group, about=page, language=language)


def _link_group(group: QuickLinksSnippet, *, about: HomePage, language: str) -> None:
    for link in group.links:
        if link.value["page"] or link.value["url"]:
            continue
        if link.value["label"] in ABOUT_LABELS:
            link.value["page"] = about
        elif link.value["label"] in SEARCH_LABELS:
            with override(language):
                link.value["url"] = reverse("search")
    group.save_revision().publish()
