"""The editing forms of our pages and of quick links."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from hsec_wagtail.blocks.edtf import clean_date
from hsec_wagtail.blocks.finished import is_to_come, on_page
from hsec_wagtail.models.anchors import free_anchor
from hsec_wagtail.models.group_rights import may_beside
from hsec_wagtail.models.queries import sibling_anchors

__all__ = ["HsecPageForm", "QuickLinksForm"]


class HsecPageForm(WagtailAdminPageForm):
    """Refuses an anchor that another page of the section has, and to publish a date that cannot be read.

    The model itself does not: publishing on a schedule, copying and moving must not fail for it. The
    section page gives such pages different ids when it is shown, and a date is shown as it was typed.
    """

    def full_clean(self) -> None:
        """Clean the fields, the blocks of the body knowing of what page they are."""
        status = self["status"].value() if "status" in self.fields else self.instance.status
        with on_page(ended=status == "ended"):
            super().full_clean()

    def clean_expected(self) -> str:
        """Return the date for which the page is expected; a draft keeps whatever was written."""
        expected = str(self.cleaned_data["expected"])
        return clean_date(expected) if expected and not self.is_deferred_validation else expected

    def clean(self) -> dict[str, Any]:
        """Return the cleaned data."""
        cleaned: dict[str, Any] = super().clean()
        self._refuse_expecting_what_ended(cleaned)
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

    def _refuse_expecting_what_ended(self, cleaned: dict[str, Any]) -> None:
        if self.is_deferred_validation or cleaned.get("status") != "ended":
            return
        if is_to_come(cleaned.get("expected")):
            message = gettext(
                "The page is ended, and so nothing is expected. Empty this field, or correct the status."
            )
            self.add_error("expected", message)


class QuickLinksForm(WagtailAdminModelForm):
    """Refuses a page beside which the user may not put links."""

    def clean_page(self) -> Any:
        """Return the page, which the user may edit, and publish if the group is to be published."""
        page = self.cleaned_data.get("page")
        if "page" not in self.changed_data and self.instance.pk:
            return page
        user = getattr(self, "for_user", None)
        if user is None or self._may_put_beside(page, user):
            return page
        raise ValidationError(
            gettext("Choose a page that you may edit, and publish if you publish the links.")
        )

    def _may_put_beside(self, page: Any, user: Any) -> bool:
        actions = ["change" if self.instance.pk else "add"]
        if "action-publish" in self.data:
            actions.append("publish")
        return all(may_beside(user, action, page) for action in actions)
