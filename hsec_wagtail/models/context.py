"""Template contexts of pages, complete before rendering begins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists
from django.utils import translation
from django.utils.safestring import mark_safe

from hsec_wagtail import conf
from hsec_wagtail.base_template import get_frame
from hsec_wagtail.blocks.anchors import settle_ids
from hsec_wagtail.blocks.body import load_bodies
from hsec_wagtail.blocks.notices import historical_notices, notices_for_page_below
from hsec_wagtail.blocks.privacy import may_be_named, private_paths
from hsec_wagtail.blocks.prose import ProseBlock, one_batch
from hsec_wagtail.blocks.today import today
from hsec_wagtail.models.anchors import settle_anchors
from hsec_wagtail.models.languages import content_language, import_items, interface_language
from hsec_wagtail.models.moves import parts_that_left
from hsec_wagtail.models.queries import ancestor_paths, children_by_type
from hsec_wagtail.models.register import Initiative, InitiativeTopic
from hsec_wagtail.models.summaries import add_texts
from hsec_wagtail.page_models import page_models

__all__ = [
    "OUR_IDS",
    "filtered_list_url",
    "inherited_notices",
    "notices_above",
    "page_context",
    "policies_below",
    "prepare",
    "record_links",
    "section_context",
    "sections_above",
]

#: Level of the first headings below a page's own h1.
HEADING_LEVEL = 2

#: Ids that our templates give. Those of quick links have a full stop, which no anchor has.
OUR_IDS = frozenset(
    {
        "hsec-archive",
        "hsec-cite-permalink",
        "hsec-cite-source",
        "hsec-filed",
        "hsec-filter-tags",
        "hsec-jump-links",
        "hsec-main",
        "hsec-moved",
        "hsec-neighbours",
        "hsec-policies",
        "hsec-search",
        "hsec-subsections",
        "hsec-topics",
    }
)


def page_context(page: Any) -> dict[str, Any]:
    """Return what every page's templates need."""
    language, interface = _languages(page)
    return {
        "hsec_frame": get_frame(),
        "hsec_heading_level": HEADING_LEVEL,
        "hsec_language": language,
        "hsec_interface_language": interface,
        "hsec_wrapper_class": conf.get("HSEC_WRAPPER_CLASS"),
        "hsec_leave_out": conf.get("HSEC_LEAVE_OUT"),
        "hsec_title_in_head": not conf.get("HSEC_BASE_BLOCKS").get("title"),
        # Ids that the page has; the headings of its bodies are given others.
        "hsec_anchors": set(OUR_IDS),
        "hsec_inherited_notices": inherited_notices(page),
        "hsec_today": today(),
    }


def _languages(page: Any) -> tuple[str | None, str | None]:
    """Return the language of the content and that of the interface; None for a page without a place."""
    if not page.locale_id:
        return None, translation.get_language()
    language = content_language(page) if page.pk else page.locale.language_code
    return language, interface_language(language, page_language=page.locale.language_code)


def inherited_notices(page: Any) -> Any:
    """Return the historical notices of the nearest section above ``page`` that has any for it, as a body, or None.

    A page that is shown alone needs them as much as the section, an announced one too: what was to come
    then is not to come now. One that has its own does not. One query, and what the links in the notices need.
    """
    for section, notices in notices_above(page):
        with one_batch(locale_id=page.locale_id):
            return load_bodies([notices], block=section.body.stream_block)[0]
    return None


def notices_above(page: Any) -> list[tuple[Any, list[Any]]]:
    """Return the nearest section above ``page`` with historical notices for it, and these, as a list of one or none."""
    if not page.path or historical_notices(page.body.raw_data):
        return []
    for section in sections_above(page):
        notices = notices_for_page_below(section.body.raw_data, imported=section.hsec_imported)
        if notices:
            return [(section, notices)]
    return []


def sections_above(page: Any) -> list[Any]:
    """Return the live sections above ``page`` in its language, the nearest first; one query, asked once.

    Each has ``hsec_imported``: whether an import created ``page``.
    """
    if not hasattr(page, "_hsec_sections_above"):
        paths = ancestor_paths(page.path, inclusive=False) if page.path else []
        sections = page_models()["section"]._default_manager.filter(
            path__in=paths, locale_id=page.locale_id, live=True
        )
        # An alias shows what its original says.
        original = page.alias_of if page.alias_of_id else page
        created = import_items([original]).filter(action="create")
        found = sections.annotate(hsec_imported=Exists(created)).order_by("-path")
        page._hsec_sections_above = list(found)
    return list(page._hsec_sections_above)


def prepare(pages: Iterable[Any], *, leads_only: Iterable[Any] = ()) -> None:
    """Make leads and bodies of ``pages``, and the leads of others, ready to be shown.

    Sets ``lead_html`` on each. All their rich text is expanded in one go: the queries do not grow with
    the pages. Links lead to the translations in the language of the first page, on which the others are shown.
    """
    whole = list(pages)
    everyone = [*whole, *leads_only]
    by_block: dict[type[Any], list[Any]] = {}
    for page in whole:
        by_block.setdefault(type(page.body.stream_block), []).append(page)
    with one_batch(locale_id=everyone[0].locale_id if everyone else None):
        leads = ProseBlock().bulk_to_python([page.lead or "" for page in everyone])
        for alike in by_block.values():
            raw = [page.body.raw_data for page in alike]
            bodies = load_bodies(raw, block=alike[0].body.stream_block)
            for page, body in zip(alike, bodies, strict=True):
                page.body = body
    for page, lead in zip(everyone, leads, strict=True):
        page.lead_html = lead.html


def policies_below(page: Any, request: Any = None) -> list[Any]:
    """Return the policy pages below ``page`` that may be shown on it."""
    policies = children_by_type(page, request)["policy"] if page.numchild else []
    add_texts(policies)
    return policies


def section_context(page: Any, request: Any = None) -> dict[str, Any]:
    """Return the pages below a section by type, the forums ready to be shown in full."""
    children = children_by_type(page, request)
    add_texts(child for below in children.values() for child in below)
    forums = children["forum"]
    settle_anchors(forums)
    taken = set(OUR_IDS).union(
        name for forum in forums for name in (forum.anchor, *forum.anchor_aliases)
    )
    # Before the headings are given theirs: links to a part are older.
    moved_parts = parts_that_left(page, taken, request)
    if page.layout == page.Layout.FULL:
        prepare([page, *forums])
        _settle_parts(page, forums, taken)
    else:
        prepare([page], leads_only=forums)
    return {
        "lead_html": page.lead_html,
        "hsec_record_links": record_links(page, request) if forums else [],
        "hsec_may_search": not page.path.startswith(private_paths(request)),
        "forums": forums,
        "moved_parts": moved_parts,
        "hsec_anchors": taken,
        "hsec_ids": getattr(page, "hsec_ids", None),
        "subsections": children["section"],
        "policies": children["policy"],
        "topics": children["topic"],
    }


def record_links(section: Any, request: Any = None) -> list[tuple[str, str, str]]:
    """Return names, addresses and labels of the views of the record of ``section``.

    There are none of a section that not everybody may read: the record has what everybody may read.
    """
    if not may_be_named(section, request=request):
        return []
    return [
        (name, section.view_url(name, request), view.label)
        for name, view in section.hsec_views.items()
        if view.label
    ]


def filtered_list_url(page: Any, request: Any = None) -> str:
    """Return the address of the list of initiatives filtered by ``page``, a forum or a topic.

    "" where it has none that everybody may read. One query, and one for privacy where the request did not ask before.
    """
    if not page.path or page.pk is None:
        return ""
    listed: Any = (
        Initiative.objects.filter(forum=page.pk)
        if page.hsec_page_type == "forum"
        else InitiativeTopic.objects.filter(topic=page.pk)
    )
    sections = page_models()["section"]._default_manager.filter(
        Exists(listed), path__in=ancestor_paths(page.path, inclusive=False)
    )
    section = sections.select_related("locale").order_by("-path").first()
    if not may_be_named(section, request=request) or "initiatives" not in section.hsec_views:
        return ""
    query = urlencode({page.hsec_page_type: page.slug})
    return f"{section.view_url('initiatives', request)}?{query}"


def _settle_parts(page: Any, forums: Iterable[Any], taken: set[str]) -> None:
    """Give ``page`` and the forums shown on it ``hsec_ids``, the older page first, as its links are older."""
    for one in (page, *sorted(forums, key=lambda forum: forum.pk)):
        one.hsec_ids = settle_ids(one.body.raw_data, taken)
        one.lead_html = mark_safe(one.hsec_ids.lead_to_own_parts(one.lead_html))  # noqa: S308 - as it was
