"""A site in English and French whose French tree follows the English one.

The package is imported where it is used: the other tests pass by here, without it in their settings.
"""

import json

import pytest

from wagtail.models import Locale, Page

from hsec_wagtail.importer import ImportOptions, service


def harbour(language="en", *, lamps="The lamps are lit at dusk.", **page):
    """Return a section with two forums; those that name each other show what a reference does."""
    titles = {
        "en": ("Harbour safety", "Pilots", "Gulls"),
        "fr": ("Port sûr", "Pilotes", "Goélands"),
    }
    section, pilots, gulls = titles[language]
    return {
        "format": "hsec-section/1",
        "language": language,
        "source": {"name": f"{language}.json", "key": "harbour"},
        "page": {
            "type": "section",
            "key": "harbour",
            "title": section,
            "lead": "<p>Safe quays.</p>",
            "body": [
                {"type": "paragraph", "html": f"<p>{lamps}</p>"},
                {"type": "initiatives", "items": [{"html": "Painted the pier."}]},
            ],
            "children": [
                {
                    "type": "forum",
                    "key": "pilots",
                    "title": pilots,
                    "body": [{"type": "link", "label": gulls, "page": "gulls"}],
                },
                {"type": "forum", "key": "gulls", "title": gulls},
            ],
            **page,
        },
    }


@pytest.fixture
def bring(tmp_path):
    """Return a function that imports sections and returns the report."""

    def bring(*sections, **options):
        paths = [tmp_path / f"{section['language']}.json" for section in sections]
        for path, section in zip(paths, sections, strict=True):
            path.write_text(json.dumps(section))
        return service.run(paths, options=ImportOptions(**options))

    return bring


@pytest.fixture
def site(home, french):
    """Return the home page of the site; French follows English."""
    from wagtail_localize.models import LocaleSynchronization

    english = Locale.objects.get(language_code="en")
    LocaleSynchronization.objects.create(locale=french, sync_from=english)
    return home


@pytest.fixture
def page(site):
    """Return a function that returns the page with a title, in a language."""

    def page(title, language="en"):
        return Page.objects.get(title=title, locale__language_code=language).specific

    return page


@pytest.fixture
def translate(french):
    """Return a function that translates all of a page, each string to itself in angle quotes."""
    from wagtail_localize.models import (
        StringSegment,
        StringTranslation,
        Translation,
        TranslationSource,
    )

    def translate(page):
        source, _ = TranslationSource.update_or_create_from_instance(page)
        for segment in StringSegment.objects.filter(source=source):
            if segment.context.path in {"slug", "anchor"} or "edtf" in segment.context.path:
                continue
            StringTranslation.objects.create(
                translation_of=segment.string,
                locale=french,
                context=segment.context,
                data=f"« {segment.string.data} »",
            )
        translation = Translation.objects.create(source=source, target_locale=french)
        translation.save_target()
        return translation

    return translate
