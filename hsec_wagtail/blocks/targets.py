"""Where links may lead: safe URLs, pages and documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from wagtail.blocks import CharBlock, ListBlock, PageChooserBlock
from wagtail.blocks.list_block import ListValue
from wagtail.documents.blocks import DocumentChooserBlock

from hsec_wagtail.blocks.privacy import may_be_named
from hsec_wagtail.blocks.prose import current_batch

__all__ = [
    "DocumentTargetBlock",
    "PageListBlock",
    "PageTargetBlock",
    "SafeURLBlock",
    "outside_host",
    "page_url",
    "safe_url",
]

# Browsers strip blanks and control characters at both ends, and tabs and line ends anywhere, before
# they look for the scheme, https://url.spec.whatwg.org/#concept-basic-url-parser.
_STRIPPED = "".join(map(chr, range(0x21)))
_IGNORED = re.compile(r"[\t\n\r]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SAFE = re.compile(r"https?://[^/?#\s]|mailto:[^\s]|tel:[^\s]|/|#", re.IGNORECASE)
_NO_SCHEME = re.compile(r"[\w-]+(\.[\w-]+)+([/?#:]|$)")


def safe_url(value: Any) -> str:
    """Return the URL if a link may have it, else "".

    It begins with http:, https:, mailto:, tel:, "/" or "#".
    """
    url = _IGNORED.sub("", str(value or "")).strip(_STRIPPED)
    return url if _SAFE.match(url) and not _CONTROL.search(url) else ""


def outside_host(url: str, *, request: Any = None) -> str:
    """Return the host that ``url`` leads to, as readers know it; "" for an address of this site or one without a host."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    if request is not None and host == urlsplit(f"//{request.get_host()}").hostname:
        return ""
    return host.removeprefix("www.")


def page_url(page: Any, *, request: Any = None) -> str:
    """Return the URL of a page that the public may be sent to, else ""."""
    if page is None or not page.live:
        return ""
    return page.get_url(request=request) or ""


class SafeURLBlock(CharBlock):
    """A URL that is safe in an ``href``; drafts too may hold no other."""

    def clean(self, value: Any) -> str:
        """Return the URL without what browsers ignore."""
        url = str(super().clean(value) or "")
        if not url.strip():
            return ""
        if safe := safe_url(url):
            return safe
        if _NO_SCHEME.match(url.strip()):
            message = gettext("An address on the web begins with https://. Did you mean “%(url)s”?")
            raise ValidationError(message % {"url": f"https://{url.strip()}"}, code="scheme")
        raise ValidationError(
            gettext("Begin the address with https://, http://, mailto:, tel:, / or #."),
            code="scheme",
        )

    class Meta:
        icon = "link-external"


class PageTargetBlock(PageChooserBlock):
    """A page; the API gives its title and URL."""

    def bulk_to_python(self, values: Iterable[Any]) -> list[Any]:
        """Return the pages; the translations of all are looked up together."""
        pages: list[Any] = super().bulk_to_python(values)
        current_batch().references.add(page for page in pages if page is not None)
        return pages

    def get_api_representation(
        self, value: Any, context: dict[str, Any] | None = None
    ) -> dict[str, Any] | None:
        """Return id, title and full URL of a page that may be named to everybody; None for any other."""
        request = (context or {}).get("request")
        if not may_be_named(value, request=request):
            return None
        return {"id": value.pk, "title": value.title, "url": value.get_full_url(request=request)}


class PageListBlock(ListBlock):
    """Pages; those that were deleted are gone from the list, and so are items for which none was chosen."""

    def __init__(self, page_type: str, **kwargs: Any) -> None:
        super().__init__(PageTargetBlock(page_type=page_type, required=False), **kwargs)

    def to_python(self, value: Any) -> ListValue:
        """Return the pages that exist."""
        return self._existing(super().to_python(value))

    def bulk_to_python(self, values: Iterable[Any]) -> list[ListValue]:
        """Return the pages that exist, for many lists."""
        return [self._existing(pages) for pages in super().bulk_to_python(values)]

    def clean(self, value: Any) -> ListValue:
        """Return the chosen pages."""
        return self._existing(super().clean(value))

    def get_api_representation(
        self, value: Any, context: dict[str, Any] | None = None
    ) -> list[dict[str, Any]]:
        """Return the pages that may be named to everybody."""
        shown = super().get_api_representation(value, context=context)
        return [page for page in shown if page is not None]

    def _existing(self, pages: ListValue) -> ListValue:
        kept = [item for item in pages.bound_blocks if item.value is not None]
        return ListValue(self, bound_blocks=kept)


class DocumentTargetBlock(DocumentChooserBlock):
    """A document; the API gives its title, URL, type and size."""

    def get_api_representation(
        self, value: Any, context: dict[str, Any] | None = None
    ) -> dict[str, Any] | None:
        """Return id, title, URL, file type and size in bytes of a document that may be named to everybody; None for any other."""
        if not may_be_named(value, request=(context or {}).get("request")):
            return None
        return {
            "id": value.pk,
            "title": value.title,
            "url": value.url,
            "file_type": value.file_extension,
            "size": value.file_size,
        }
