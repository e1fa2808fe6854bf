"""By what the lists of our pages in the admin are filtered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django_filters import ChoiceFilter, DateFromToRangeFilter, ModelMultipleChoiceFilter
from django_filters.fields import ModelMultipleChoiceField

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.coreutils import get_locales_display_names
from wagtail.permissions import page_permission_policy

from hsec_wagtail.models import HsecPageMixin, UnresolvedLink
from hsec_wagtail.models.queries import page_content_types
from hsec_wagtail.page_models import base_page_model

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

__all__ = ["PagesFilterSet"]


def _sections(request: HttpRequest) -> QuerySet[Any]:
    """Return the sections that the user may explore, in the order of the tree."""
    kinds = [pk for pk, kind in page_content_types().items() if kind == "section"]
    pages = page_permission_policy.explorable_instances(request.user)
    found: QuerySet[Any] = pages.filter(content_type__in=kinds).order_by("path")
    return found


class SectionField(ModelMultipleChoiceField):
    """Sections, with their languages on a site with several."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the title and the language."""
        if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
            return str(obj.title)
        return f"{obj.title} ({get_locales_display_names().get(obj.locale_id)})"


class SectionFilter(ModelMultipleChoiceFilter):
    """Pages of sections."""

    field_class = SectionField

    def get_filter_predicate(self, v: Any) -> dict[str, str]:
        """Return the condition that a page is that section or stands below it."""
        return {"path__startswith": v.path}


class PublishedFilter(ChoiceFilter):
    """Pages by whether the public sees them."""

    conditions = {
        "live": {"live": True},
        "draft": {"live": False},
        "changed": {"live": True, "has_unpublished_changes": True},
    }

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Return the pages of that state."""
        return qs.filter(**self.conditions[value]) if value else qs


class UnresolvedFilter(ChoiceFilter):
    """Pages with links that lead nowhere, or without."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Return the pages that have some, or that have none."""
        if not value:
            return qs
        some = Exists(UnresolvedLink.objects.filter(page=OuterRef("pk")))
        return qs.filter(some if value == "true" else ~some)


class PagesFilterSet(WagtailFilterSet):
    """The filters; Wagtail adds that of the language on sites with several."""

    status = ChoiceFilter(
        label=_("Status"),
        choices=HsecPageMixin.Status.choices,
        empty_label=_("Any"),
        widget=RadioSelect,
    )
    published = PublishedFilter(
        label=_("Published"),
        choices=[
            ("live", _("Live")),
            ("draft", _("Draft")),
            ("changed", _("Live with a draft")),
        ],
        empty_label=_("Any"),
        widget=RadioSelect,
    )
    section = SectionFilter(
        label=_("Section"), queryset=_sections, distinct=False, widget=CheckboxSelectMultiple
    )
    unresolved = UnresolvedFilter(
        label=_("Unresolved links"),
        choices=[("true", _("Some")), ("false", _("None"))],
        empty_label=_("Any"),
        widget=RadioSelect,
    )
    changed = DateFromToRangeFilter(label=_("Date modified"), widget=DateRangePickerWidget)

    class Meta:
        model = base_page_model()
        fields: list[str] = []
