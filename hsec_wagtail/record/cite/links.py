"""Links below a page: to cite it, to share it, to report a problem with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.utils.translation import gettext

from hsec_wagtail.blocks.privacy import may_be_named
from hsec_wagtail.models.archive import settings_of
from hsec_wagtail.models.context import sections_above
from hsec_wagtail.models.page_addresses import canonical

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["PageLinks", "cite_address", "mail_link", "page_links", "path_to"]


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Addresses, each "" where there is none."""

    cite: str
    mail: str
    report: str


def page_links(page: Any, request: HttpRequest | None) -> PageLinks:
    """Return the links below ``page``."""
    url = canonical(page, request)
    cite = cite_address(page, request)
    return PageLinks(
        cite=f"{cite}{path_to(page)}" if cite else "",
        mail=mail_link("", page.title, f"{page.title}\n{url}") if url else "",
        report=_report_link(settings_of(page, request).report_address, page.title, url),
    )


def cite_address(page: Any, request: HttpRequest | None) -> str:
    """Return the address of the view that cites ``page``, to which path_to() is added; "" for what not everybody may read."""
    if not may_be_named(page, request=request):
        return ""
    own = [page] if page.hsec_page_type == "section" else []
    for section in [*own, *sections_above(page)]:
        if "cite" in section.hsec_views:
            return section.view_url("cite", request)
    return ""


def path_to(page: Any, block_id: str = "") -> str:
    """Return what follows in the address of the view for ``page``, or for the initiative ``block_id`` on it."""
    return f"{page.pk}/{quote(block_id, safe='')}/" if block_id else f"{page.pk}/"


def mail_link(address: str, subject: str, text: str) -> str:
    """Return the ``mailto:`` link that begins a mail."""
    # Mail programs want %20, and the line ends of mail.
    body = text.replace("\n", "\r\n")
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"


def _report_link(address: str, title: str, url: str) -> str:
    if not address or "://" in address:
        return address
    subject = gettext("Problem with “%(title)s”") % {"title": title}
    return mail_link(address, subject, f"{url}\n\n")
