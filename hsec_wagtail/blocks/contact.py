"""Contact details."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from wagtail.blocks import CharBlock, EmailBlock, TextBlock

from hsec_wagtail.blocks.base import HsecStructBlock
from hsec_wagtail.blocks.targets import SafeURLBlock, safe_url

__all__ = ["ContactBlock"]


class ContactEmailBlock(EmailBlock):
    """An e-mail address; a draft may hold one that is not finished."""

    def clean(self, value: Any) -> str:
        """Return the address."""
        if self.is_deferred_validation:
            return str(value or "").strip()
        return str(super().clean(value) or "")


class ContactBlock(HsecStructBlock):
    """An office or person with address, e-mail, phone and web address."""

    name = CharBlock(max_length=255, label=_("Name"))
    address = TextBlock(required=False, rows=3, label=_("Address"))
    email = ContactEmailBlock(required=False, label=_("E-mail"))
    phone = CharBlock(required=False, max_length=255, label=_("Phone"))
    url = SafeURLBlock(required=False, max_length=2000, search_index=False, label=_("URL"))

    class Meta:
        icon = "mail"
        group = _("Links and documents")
        label = _("Contact")
        label_format = "{name}"
        description = _("For an office or a person whom readers may write to or call.")
        template = "hsec_wagtail/blocks/contact.html"
        preview_value = {
            "name": _("Bureau of Maritime Affairs"),
            "address": _("4 Lighthouse Quay\nPort Norva"),
            "email": "bureau@outer-affairs.example",
            "phone": "+999 555 0123",
            "url": "https://outer-affairs.example/bureau",
        }

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Return the context with the addresses that links may have."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["mailto"] = _mailto(value.get("email") or "")
        context["tel"] = _tel(value.get("phone") or "")
        context["url"] = safe_url(value.get("url"))
        return context

    def get_api_representation(
        self, value: Any, context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the children, unsafe URLs left out."""
        return {
            **super().get_api_representation(value, context=context),
            "url": safe_url(value.get("url")),
        }

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return name, address and e-mail."""
        texts = (value.get(name) for name in ("name", "address", "email"))
        return [text for text in texts if text]


def _mailto(email: str) -> str:
    try:
        validate_email(email)
    except ValidationError:
        return ""
    return f"mailto:{email}"


def _tel(phone: str) -> str:
    """Return the ``tel:`` address of a number without words such as "ext."."""
    if not re.fullmatch(r"\+?[\d\s().–-]{3,}", phone.strip()):
        return ""
    return "tel:" + re.sub(r"[^\d+]", "", phone)
