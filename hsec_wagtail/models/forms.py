"""The editing form of our pages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from wagtail.admin.forms import WagtailAdminPageForm

from hsec_wagtail.models.anchors import free_anchor
from hsec_wagtail.models.queries import sibling_anchors

__all__ = ["HsecPageForm"]


class HsecPageForm(WagtailAdminPageForm):
    """Refuses an anchor that another page of the section has.

    The model itself does not: publishing on a schedule, copying and moving must not fail for it. The
    section page gives such pages different ids when it is shown.
    """

    def clean(self) -> dict[str, Any]:
        """Return the cleaned data."""
        cleaned: dict[str, Any] = super().clean()
        anchor = cleaned.get("anchor")
        if anchor and "anchor" in self.changed_data:
            taken = sibling_anchors(self.instance, parent=self.parent_page)
            if anchor in taken:
                message = gettext(
                    "Another page here has the anchor “%(anchor)s”; the next free one is “%(free)s”."
                )
                self.add_error(
                    "anchor", message % {"anchor": anchor, "free": free_anchor(anchor, taken)}
                )
        return cleaned
