"""Labels of a section whose targets are not known: found, with the page that each may mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from wagtail.models import Revision

from hsec_wagtail.blocks.raw_links import TARGETS, is_unresolved
from hsec_wagtail.importer.text.sequences import batched
from hsec_wagtail.models import QuickLinksSnippet
from hsec_wagtail.page_models import base_page_model

__all__ = ["TARGETS", "OpenLink", "Place", "find_open_links", "link_field", "load_places"]

#: Pages and groups of links that are in memory at once.
_CHUNK = 200


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A label without a target.

    ``where`` is the address of its page, or the name of its group of links and the address beside which
    that stands; ``proposal`` is the address of a page of that title, "" where there is none.
    """

    id: str
    label: str
    where: str
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A page or a group of links, as the newest draft has it, with its links by their ids."""

    instance: Any
    links: Mapping[str, Mapping[str, Any]]

    @property
    def where(self) -> str:
        """The place in words that need no translation."""
        one = self.instance
        if not isinstance(one, QuickLinksSnippet):
            return one.get_url() or str(one.url_path)
        beside = f" ({one.page.get_url() or one.page.url_path})" if one.page else ""
        return f"{one.heading or one.slug}{beside}"


def find_open_links(section: Any) -> list[OpenLink]:
    """Return the labels without a target on ``section``, the pages below it and their quick links.

    Groups of the site that stand beside no page, such as its navigation, are among them.
    """
    found = [
        (place, link_id, value["label"])
        for place in load_places(section)
        for link_id, value in place.links.items()
        if is_unresolved(value)
    ]
    pages = _by_title(section, {_title_key(label) for _, _, label in found})
    links = []
    for place, link_id, label in found:
        page = _proposed(pages.get(_title_key(label), ()), place.instance)
        proposal = (page.get_url() or "") if page else ""
        links.append(OpenLink(link_id, label, place.where, proposal))
    return links


def load_places(section: Any) -> Iterator[Place]:
    """Yield the pages of ``section`` and its groups of links in its language, those of pages first."""
    pages = (
        base_page_model()
        ._default_manager.descendant_of(section, inclusive=True)
        .filter(alias_of=None, locale_id=section.locale_id)
        .order_by("path")
    )
    for pks in batched(list(pages.values_list("pk", flat=True)), _CHUNK):
        chunk = base_page_model()._default_manager.filter(pk__in=pks).order_by("path").specific()
        yield from _places(page for page in chunk if getattr(page, "hsec_page_type", ""))
    of_site = Q(page=None) & (Q(site=None) | Q(site=section.get_site()))
    groups = QuickLinksSnippet.objects.filter(
        of_site | Q(page__path__startswith=section.path), locale_id=section.locale_id
    )
    # Databases do not agree on where NULL comes.
    beside_first = F("page__path").asc(nulls_last=True)
    in_order = groups.order_by(beside_first, "sort_order", "pk").select_related("page")
    for some in batched(list(in_order), _CHUNK):
        yield from _places(some)


def link_field(instance: Any) -> str:
    """Return the name of the field that holds the links of a page or a group."""
    return "links" if isinstance(instance, QuickLinksSnippet) else "body"


def _places(instances: Iterable[Any]) -> Iterator[Place]:
    instances = list(instances)
    drafts = [one.latest_revision_id for one in instances if one.has_unpublished_changes]
    revisions = Revision.objects.in_bulk(drafts)
    for one in instances:
        revision = revisions.get(one.latest_revision_id)
        newest = one.with_content_json(revision.content) if revision else one
        yield Place(newest, _links(newest))


def _links(instance: Any) -> dict[str, Mapping[str, Any]]:
    kind = "links" if isinstance(instance, QuickLinksSnippet) else "page"
    return {
        f"{kind}-{instance.pk}-{raw.get('id') or number}": raw["value"]
        for number, raw in enumerate(getattr(instance, link_field(instance)).raw_data)
        if raw["type"] == "link"
    }


def _title_key(text: str) -> str:
    """Return ``text`` as titles and labels are compared: menus often end theirs with a colon."""
    return " ".join(text.split()).rstrip(" :").casefold()


def _by_title(section: Any, wanted: set[str]) -> dict[str, list[Any]]:
    """Return the public pages with one of the titles, those of the section first."""
    model = base_page_model()
    site = section.get_site()
    pages = model._default_manager.live().public().filter(locale_id=section.locale_id, depth__gt=1)
    if site is not None and section.path.startswith(site.root_page.path):
        pages = pages.descendant_of(site.root_page, inclusive=True)
    titles = pages.order_by("path").values_list("pk", "title")
    pks = [pk for pk, title in titles.iterator() if _title_key(title) in wanted]
    found: dict[str, list[Any]] = {}
    for page in model._default_manager.filter(pk__in=pks).order_by("path"):
        found.setdefault(_title_key(page.title), []).append(page)
    for same in found.values():
        same.sort(key=lambda page: not page.path.startswith(section.path))
    return found


def _proposed(pages: Iterable[Any], place: Any) -> Any | None:
    """Return the first of ``pages`` that is not the one on which the label stands itself."""
    return next(
        (page for page in pages if link_field(place) == "links" or page.pk != place.pk), None
    )
