"""The view that all reports on pages are, and their pages, read a few at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import django_filters

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, prefetch_related_objects
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.models import Revision
from wagtail.permissions import page_permission_policy

from hsec_wagtail.admin.exports import SafeExportMixin
from hsec_wagtail.admin.list_style import ListStyleMixin
from hsec_wagtail.admin.quick_links import QuickLinksPolicy
from hsec_wagtail.admin.rights import editable_pages, edits_pages
from hsec_wagtail.importer.text.sequences import batched
from hsec_wagtail.models import QuickLinksSnippet
from hsec_wagtail.models.queries import page_content_types
from hsec_wagtail.page_models import base_page_model

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.functional import Promise

__all__ = [
    "LinkColumn",
    "PageFilterSet",
    "PageReport",
    "ReportMenuItem",
    "choice_filter",
    "read_pages",
    "report_urls",
]

#: Pages whose bodies are in memory at once.
_CHUNK = 100


def read_pages(pages: QuerySet[Any], *, drafts: bool = False) -> Iterator[Any]:
    """Yield ``pages`` in the order of the tree with the fields of their types; ``drafts``: as their newest drafts are.

    The number of queries depends on that of the pages by the chunk only.
    """
    model = base_page_model()
    for ids in batched(list(pages.order_by("path").values_list("pk", flat=True)), _CHUNK):
        chunk = model._default_manager.filter(pk__in=ids).order_by("path").specific()
        found = [page for page in chunk if getattr(page, "hsec_page_type", "")]
        prefetch_related_objects(found, "locale")
        yield from _newest(found) if drafts else found


def _newest(pages: Sequence[Any]) -> Iterator[Any]:
    wanted = [page.latest_revision_id for page in pages if page.has_unpublished_changes]
    revisions = Revision.objects.in_bulk(wanted)
    for page in pages:
        revision = revisions.get(page.latest_revision_id)
        if revision is None:
            yield page
            continue
        draft = page.with_content_json(revision.content)
        # The locale is the page's own, and loaded.
        draft.locale = page.locale
        yield draft


def choice_filter(label: Any, choices: Sequence[tuple[str, Any]]) -> django_filters.ChoiceFilter:
    """Return a filter of the rows that a report makes, not of its pages: the report asks what was chosen."""
    return django_filters.ChoiceFilter(
        label=label,
        choices=choices,
        empty_label=_("All"),
        method=lambda pages, _name, _value: pages,
    )


def _our_types(_request: Any) -> QuerySet[ContentType]:
    return ContentType.objects.filter(pk__in=page_content_types()).order_by("model")


def _sections(request: Any) -> QuerySet[Any]:
    """Return the sections that the user may edit."""
    kinds = [pk for pk, kind in page_content_types().items() if kind == "section"]
    return editable_pages(request.user).filter(content_type__in=kinds).order_by("path")


class PageFilterSet(WagtailFilterSet):
    """Pages by section and type; Wagtail adds their language where a site has several."""

    section = django_filters.ModelChoiceFilter(
        label=_("Section"),
        queryset=_sections,
        method=lambda pages, _name, section: pages.descendant_of(section, inclusive=True),
    )
    content_type = ContentTypeFilter(label=_("Type"), queryset=_our_types)

    class Meta:
        model = base_page_model()
        fields: ClassVar[list[str]] = []


class LinkColumn(Column):
    """A column whose text leads to where what it names is edited.

    Args:
        get_url: Returns the address for a row, "" for none.
    """

    def __init__(self, name: str, *, get_url: Any, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self._get_url = get_url

    def get_value(self, instance: Any) -> Any:
        """Return the text, as a link."""
        text, url = super().get_value(instance), self._get_url(instance)
        return format_html('<a href="{}">{}</a>', url, text) if text and url else text


class PageReport(ListStyleMixin, SafeExportMixin, ReportView):
    """A report on the pages of sections that the user may edit.

    A report names its columns and makes its rows; exports have what ``export_headings`` names.
    """

    permission_policy = page_permission_policy
    any_permission_required: ClassVar[list[str]] = ["change"]
    filterset_class: Any = PageFilterSet
    results_template_name = "hsec_wagtail/admin/report_results.html"
    #: Below the reports of the admin.
    address: ClassVar[str]
    #: Said where there is nothing to report, and no filter.
    all_well: ClassVar[Promise]

    def rows(self, pages: QuerySet[Any]) -> Iterable[Any]:
        """Return the rows about ``pages``, which the user may edit and asked for."""
        raise NotImplementedError

    def groups(self, pages: QuerySet[Any]) -> QuerySet[QuickLinksSnippet]:
        """Return the quick links that the user may edit: those beside ``pages``, and beside none if all are asked for."""
        policy = QuickLinksPolicy(QuickLinksSnippet)
        beside = Q(page__in=pages)
        if not any(self.asked(name) for name in ("section", "content_type", "locale")):
            beside |= Q(page=None)
        return policy.instances_user_has_permission_for(self.request.user, "change").filter(beside)

    def get_filtered_queryset(self) -> list[Any]:
        """Return the rows."""
        return list(self.rows(self.filter_queryset(editable_pages(self.request.user))))

    def asked(self, name: str) -> str:
        """Return what was chosen in the filter ``name``, "" if nothing was."""
        if not (self.filters and self.filters.is_valid()):
            return ""
        return str(self.filters.form.cleaned_data.get(name) or "")

    @property
    def list_export(self) -> list[str]:
        """The columns of exports."""
        return list(self.export_headings)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context with what to say where there is nothing to report."""
        return super().get_context_data(*args, all_well=self.all_well, **kwargs)


class ReportMenuItem(MenuItem):
    """A report in the menu, for those who may edit pages of sections."""

    def __init__(self, report: type[PageReport], **kwargs: Any) -> None:
        super().__init__(
            report.page_title,
            reverse(report.index_url_name),
            name=report.address,
            icon_name=report.header_icon,
            **kwargs,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the report may have something for the user."""
        return edits_pages(request.user)


def report_urls(report: type[PageReport]) -> list[URLPattern]:
    """Return the addresses of ``report``: the whole page, and its list alone, which filters ask for."""
    address = f"reports/{report.address}/"
    return [
        path(address, report.as_view(), name=report.index_url_name),
        path(
            f"{address}results/",
            report.as_view(results_only=True),
            name=report.index_results_url_name,
        ),
    ]
