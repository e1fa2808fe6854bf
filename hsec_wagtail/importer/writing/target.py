"""The destination of a section on a site: the parent page, its language, and the permission to publish."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType

from wagtail.models import Locale, Site

from hsec_wagtail.importer.document.section import Section
from hsec_wagtail.importer.document.trail import below_its_trail
from hsec_wagtail.importer.errors import ImportContentError, PlanError
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.readers import Readable
from hsec_wagtail.importer.text.languages import same_language
from hsec_wagtail.importer.text.outside_data import is_text
from hsec_wagtail.importer.writing.page_addresses import find_by_address, is_reachable
from hsec_wagtail.page_models import base_page_model, page_model

__all__ = [
    "Destination",
    "Placement",
    "check_may_add_links",
    "check_may_hold",
    "check_may_run",
    "check_tree",
    "choose_destinations",
    "find_parent",
    "may_publish",
    "may_publish_links",
]


#: Pages that are asked whether they may hold others; each has its own rules, such as a maximum.
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Destination:
    """A section as read, and the parent page to import it below.

    ``parent`` is None where the parent has no translation in the language; then one is
    made first.
    """

    reading: Readable
    locale: Locale
    parent: Any | None
    #: Whether the names above the section become pages.
    trail: bool = False

    @property
    def section(self) -> Section:
        """The pages."""
        section = self.reading.section
        return below_its_trail(section) if self.trail else section


@dataclass(frozen=True, slots=True)
class Placement:
    """The destinations of the sections of an import; ``parent`` is that of the first."""

    parent: Any
    destinations: tuple[Destination, ...]
    warnings: tuple[Message, ...]


def find_parent(parent: Any | None) -> Any:
    """Return the specific page that ``parent`` names: a page, its id, its path, or None for the default.

    A path is the page's address, with or without its host, or its ``url_path`` from the root of the tree.

    Raises:
        PlanError: There is no such page, or no site to find the default in.
    """
    model = base_page_model()
    if isinstance(parent, model):
        return parent.specific
    if parent is None:
        return _default_parent()
    text = str(parent).strip()
    if not text:
        raise PlanError("parent-empty")
    if not is_text(text):
        raise PlanError("no-such-page", page=text)
    pages = model._default_manager
    if re.fullmatch(r"[0-9]{1,18}", text):
        found = pages.filter(pk=int(text)).first()
    else:
        found = find_by_address(pages, text)
    if found is None:
        raise PlanError("no-such-page", page=text)
    return found.specific


def _default_parent() -> Any:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        raise PlanError("no-default-site")
    return site.root_page.specific


def choose_destinations(readings: Sequence[Readable], *, parent: Any, named: bool) -> Placement:
    """Return the destination of each section, the one in the parent's language first.

    Args:
        readings: One or several, each a language.
        parent: The page that was named, or the default.
        named: Whether a person named it; the default gives way to its translation in the language
            of a section that comes alone.

    Sections in further languages become translations where the site has Wagtail's i18n switched on
    and knows the language; otherwise they are left out, and a warning says so.
    """
    warnings: list[Message] = []
    first = _closest(readings, parent.locale.language_code)
    if first is None:
        first = readings[0]
        translated = None if named else _translation(parent, _locale_for(first.section.language))
        parent = translated or parent
        if not same_language(first.section.language, parent.locale.language_code):
            warnings.append(
                Message(
                    "language-of-parent-differs",
                    language=first.section.language,
                    parent=parent.title,
                    there=parent.locale.language_code,
                )
            )
    destinations = [Destination(first, parent.locale, parent)]
    for reading in readings:
        if reading is first:
            continue
        language = reading.section.language
        locale = _locale_for(language)
        if locale is None or locale in {destination.locale for destination in destinations}:
            warnings.append(_left_out(language))
        else:
            destinations.append(Destination(reading, locale, _translation(parent, locale)))
    warnings += [
        Message("language-without-address", language=one.locale.language_code)
        for one in destinations
        if not is_reachable(one.parent or parent, one.locale)
    ]
    return Placement(parent, tuple(destinations), tuple(warnings))


def _left_out(language: str) -> Message:
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return Message("language-left-out-i18n", language=language)
    return Message("language-left-out-locale", language=language)


def _closest(readings: Sequence[Readable], language: str) -> Readable | None:
    return next((one for one in readings if same_language(one.section.language, language)), None)


def _locale_for(language: str) -> Locale | None:
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return None
    locales = sorted(
        (
            locale
            for locale in Locale.objects.all()
            if same_language(locale.language_code, language)
        ),
        key=lambda locale: locale.language_code.lower() != language.lower(),
    )
    return locales[0] if locales else None


def _translation(parent: Any, locale: Locale | None) -> Any | None:
    """Return the parent in the language of ``locale``; the root of the tree serves all languages."""
    if locale is None or parent.is_root():
        return parent if locale else None
    found = parent.get_translation_or_none(locale)
    return found.specific if found else None


def check_may_hold(parent: Any, page_type: str) -> None:
    """Raise PlanError, naming other places, unless ``parent`` may hold a page of ``page_type``."""
    model = page_model(page_type)
    if model.can_create_at(parent):
        return
    others = [f"{page.title} ({page.pk})" for page in _places_for(model)]
    refused = Message(
        "may-not-hold",
        parent=parent.title,
        pk=parent.pk,
        type=str(model._meta.verbose_name),
        parent_type=str(parent.specific_class._meta.verbose_name),
    )
    if others:
        raise PlanError("may-not-hold-others-may", refusal=refused, others=others)
    raise PlanError("may-not-hold-name-another", refusal=refused)


def _places_for(model: Any) -> list[Any]:
    """Return some pages that may hold a page of ``model``, at most five."""
    kinds = [
        kind
        for kind in model.allowed_parent_page_models()
        if model in kind.allowed_subpage_models()
    ]
    # Of exactly these types: a type made from one of them, as all are from the base page, has rules of its own.
    types = ContentType.objects.get_for_models(*kinds, for_concrete_models=False).values()
    pages = base_page_model()._default_manager.filter(content_type__in=types, depth__gt=1)
    found = (page.specific for page in pages.order_by("path")[:_LOOKED_AT])
    return list(islice((page for page in found if model.can_create_at(page)), 5))


def check_tree(section: Section) -> None:
    """Raise PlanError where the site's rules let no page of ``section`` hold one that is below it there."""
    types: dict[str, str] = {}
    allowed: dict[str, Any] = {}
    for page in section.outlines():
        types[page.key] = page.type
        if page.parent is None:
            continue
        above = types[page.parent]
        if above not in allowed:
            allowed[above] = page_model(above).allowed_subpage_models()
        model = page_model(page.type)
        if model not in allowed[above]:
            raise PlanError(
                "may-not-hold-in-source",
                key=page.key,
                parent=page.parent,
                type=str(model._meta.verbose_name),
                parent_type=str(page_model(above)._meta.verbose_name),
            )


def may_publish(
    parent: Any, user: Any | None, *, error: type[ImportContentError] = PlanError
) -> bool:
    """Tell whether ``user`` may publish below ``parent``; nobody named means the system, which may.

    Raises:
        ImportContentError: It is an ``error``: the user may not even add pages there.
    """
    if user is None:
        return True
    permissions = parent.permissions_for_user(user)
    if not permissions.can_add_subpage():
        raise error(
            "may-not-add-pages", user=user.get_username(), parent=parent.title, pk=parent.pk
        )
    return bool(permissions.can_publish_subpage())


def check_may_run(user: Any | None, *, error: type[ImportContentError]) -> None:
    """Raise ``error`` unless ``user`` may import and undo; nobody named means the system, which may."""
    if user is not None and not user.has_perm("hsec_wagtail.run_import"):
        raise error("may-not-run-imports", user=user.get_username())


def check_may_add_links(user: Any | None) -> None:
    """Raise PlanError unless ``user`` may add quick links; nobody named means the system, which may."""
    if user is not None and not user.has_perm("hsec_wagtail.add_quicklinkssnippet"):
        raise PlanError("may-not-add-links", user=user.get_username())


def may_publish_links(user: Any | None) -> bool:
    """Tell whether ``user`` may publish quick links."""
    return user is None or bool(user.has_perm("hsec_wagtail.publish_quicklinkssnippet"))
