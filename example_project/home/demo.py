"""The pages that the example site has of its own."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from wagtail.models import Locale, Page, Site

from home.models import HomePage
from hsec_wagtail.models import QuickLinksSnippet, SectionPage

__all__ = ["ensure_homes", "link_navigation"]

SITE_NAME = "Department of International Policy"
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1"})
TEXTS = {
    "en": {
        "title": "Home",
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
#: Navigation labels that have a place on this site.
SECTION_LABELS = frozenset({"International Policy", "Politique internationale"})
SEARCH_LABELS = frozenset({"Search this Web Site", "Rechercher dans ce site Web"})


@transaction.atomic
def ensure_homes(*, port: int) -> dict[str, HomePage]:
    """Return the home page of each language, made where missing, with the site that begins at the English one."""
    english = _locale("en")
    home = HomePage.objects.filter(locale=english).first() or _add_home(english)
    _ensure_site(home, port=port)
    french = home.get_translation_or_none(_locale("fr")) or _translate_home(home)
    return {"en": home, "fr": french.specific}


def _locale(language: str) -> Locale:
    return Locale.objects.get_or_create(language_code=language)[0]


def _add_home(locale: Locale) -> HomePage:
    root = Page.get_first_root_node()
    if root is None:
        root = Page.add_root(title="Root", slug="root", locale=locale)
    home: HomePage = root.add_child(
        instance=HomePage(slug="en", locale=locale, live=False, **TEXTS["en"])
    )
    home.save_revision().publish()
    return HomePage.objects.get(pk=home.pk)


def _translate_home(home: HomePage) -> HomePage:
    french: HomePage = home.copy_for_translation(_locale("fr"))
    french.slug = "fr"
    for name, text in TEXTS["fr"].items():
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


def link_navigation(homes: dict[str, Any]) -> None:
    """Let the labels of the imported navigation that have a place on this site lead there."""
    for language, home in homes.items():
        section = SectionPage.objects.child_of(home).live().first()
        for group in QuickLinksSnippet.objects.filter(
            slug="site-navigation", locale__language_code=language
        ):
            _link_group(group, section=section, language=language)


def _link_group(group: QuickLinksSnippet, *, section: SectionPage | None, language: str) -> None:
    for link in group.links:
        if link.value["page"] or link.value["url"]:
            continue
        if section is not None and link.value["label"] in SECTION_LABELS:
            link.value["page"] = section
        elif link.value["label"] in SEARCH_LABELS:
            with override(language):
                link.value["url"] = reverse("search")
    group.save_revision().publish()
