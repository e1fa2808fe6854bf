"""The panel of an editing form that shows the hints of what is saved."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import Panel

from hsec_wagtail.blocks.hints import Checked, Hint, find_hints

__all__ = ["HintsPanel", "hints_of"]


def hints_of(instance: Any) -> list[Hint]:
    """Return the hints for a page or a group of quick links, as it stands in ``instance``."""
    field = "body" if hasattr(instance, "hsec_page_type") else "links"
    return find_hints(
        Checked(
            body=getattr(instance, field).raw_data,
            language=instance.locale.language_code if instance.locale_id else "",
            status=getattr(instance, "status", ""),
            expected=getattr(instance, "expected", "") or "",
        )
    )


class HintsPanel(Panel):
    """The hints, each with a link to its block; they are made again when a draft was saved by itself."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Hints"), "icon": "info-circle", **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "hsec_wagtail/admin/hints_panel.html"

        class Media:
            js: ClassVar[list[str]] = ["hsec_wagtail/js/hints.js"]
            css: ClassVar[dict[str, list[str]]] = {"all": ["hsec_wagtail/css/admin-hints.css"]}

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the context with the ``hints``, and the address at which they are made again."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            hints = hints_of(self.instance) if self.instance.pk else []
            return {**context, "hints": hints, "url": self._url}

        @property
        def _url(self) -> str:
            """The address, with 0 for an object that has no number yet."""
            kind = "page" if hasattr(self.instance, "hsec_page_type") else "quick-links"
            return reverse("hsec_hints", args=[kind, self.instance.pk or 0])
