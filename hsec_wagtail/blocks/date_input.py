"""The inputs for a date and for what happened then."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from hsec_wagtail.blocks.entered_dates import understood
from hsec_wagtail.dates import read_entry

__all__ = ["DateLabelInput", "WrittenDateInput"]


class WrittenDateInput(forms.TextInput):
    """A date as people write it. What was understood is said below it, while it is typed where scripts run."""

    template_name = "hsec_wagtail/admin/date_input.html"

    class Media:
        js = ("hsec_wagtail/js/admin-dates.js",)
        css = {"all": ("hsec_wagtail/css/admin-dates.css",)}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the context with what is ``understood`` of the value."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["understood"] = understood(read_entry(str(value))) if value else ""
        own = context["widget"]["attrs"]
        # A browser would cut off what is pasted without a word; the form says that it is too long.
        own.pop("maxlength", None)
        own["autocomplete"] = "off"
        own["data-controller"] = "hsec-date"
        own["data-hsec-date-url-value"] = reverse("hsec_dates:read")
        return context


class DateLabelInput(forms.TextInput):
    """The label of a date, with a choice of those that the section uses already."""

    class Media:
        js = ("hsec_wagtail/js/admin-dates.js",)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the context with the address of the choice."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        own = context["widget"]["attrs"]
        own["autocomplete"] = "off"
        own["data-controller"] = "hsec-date-label"
        own["data-hsec-date-label-url-value"] = reverse("hsec_dates:labels")
        return context
