"""Where links may lead: safe URLs, pages and documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.forms import Media
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext

from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.blocks import CharBlock, ListBlock, PageChooserBlock
from wagtail.blocks.list_block import ListBlockAdapter, ListValue
from wagtail.documents.blocks import DocumentChooserBlock

from hsec_wagtail.blocks.posted_items import places_of_items
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
# What a browser would run.
_SCRIPT = re.compile(r"(javascript|vbscript|data):", re.IGNORECASE)
_NO_SCHEME = re.compile(r"[\w-]+(\.[\w-]+)+([/?#:]|$)")


def safe_url(value: Any) -> str:
    """Return the URL if a link may have it, else "".

    It begins with http:, https:, mailto:, tel:, "/" or "#".
    """
    url = _without_ignored(str(value or ""))
    return url if _SAFE.match(url) and not _CONTROL.search(url) else ""


def _without_ignored(url: str) -> str:
    return _IGNORED.sub("", url).strip(_STRIPPED)


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
    """A URL that is safe in an ``href``.

    A draft may hold an address that is not finished, since Wagtail would save nothing else of the page either; what
    a browser would run, not even a draft. Whoever shows it asks :func:`safe_url`.
    """

    def clean(self, value: Any) -> str:
        """Return the URL without what browsers ignore."""
        url = str(super().clean(value) or "")
        if not url.strip():
            return ""
        if safe := safe_url(url):
            return safe
        if self.is_deferred_validation and not _SCRIPT.match(_without_ignored(url)):
            return url
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
    """Pages; those that were deleted are gone from the list, and so are items for which none was chosen.

    Its edit form has a box to tick for each of the pages that the admin view ``choices_view`` offers.
    """

    def __init__(self, page_type: str, **kwargs: Any) -> None:
        super().__init__(PageTargetBlock(page_type=page_type, required=False), **kwargs)

    def to_python(self, value: Any) -> ListValue:
        """Return the pages that exist."""
        return self._existing(super().to_python(value))

    def bulk_to_python(self, values: Iterable[Any]) -> list[ListValue]:
        """Return the pages that exist, for many lists."""
        return [self._existing(pages) for pages in super().bulk_to_python(values)]

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> ListValue:
        """Return the pages that were chosen and still exist; one query."""
        posted = [
            (block_id, data[name]) for block_id, name in places_of_items(data, prefix) if data[name]
        ]
        return self.to_python(
            [{"type": "item", "id": block_id, "value": int(pk)} for block_id, pk in posted]
        )

    def get_form_state(self, value: Any) -> list[dict[str, Any]]:
        """Return what the form shows of the pages, without asking for the parent of each as Wagtail's chooser does."""
        return [
            {"id": item.id, "value": self._shown(item.value)}
            for item in self.normalize(value).bound_blocks
            if item.value is not None
        ]

    def _shown(self, page: Any) -> dict[str, Any]:
        return {
            "id": page.pk,
            "parentId": None,
            "adminTitle": page.get_admin_display_title(),
            "editUrl": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        }

    def clean(self, value: Any) -> ListValue:
        """Return the chosen pages. That they exist and are of the right type was seen when they were read."""
        return self._existing(self.normalize(value))

    def get_api_representation(
        self, value: Any, context: dict[str, Any] | None = None
    ) -> list[dict[str, Any]]:
        """Return the pages that may be named to everybody."""
        shown = super().get_api_representation(value, context=context)
        return [page for page in shown if page is not None]

    def _existing(self, pages: ListValue) -> ListValue:
        kept = [item for item in pages.bound_blocks if item.value is not None]
        return ListValue(self, bound_blocks=kept)

    class Meta:
        choices_view: str | None = None


class PageListBlockAdapter(ListBlockAdapter):
    """Describes a list to ``page-ticks.js``; without that script the form has Wagtail's own list."""

    def js_args(self, block: PageListBlock) -> list[Any]:
        """Return what Wagtail's own list is told, and where to ask for the pages to tick."""
        *others, meta = super().js_args(block)
        if view := block.meta.choices_view:
            meta["hsecTicks"] = {"url": reverse(view), "search": gettext("Search topics")}
        return [*others, meta]

    @cached_property
    def media(self) -> Media:
        """Return Wagtail's script, then ours."""
        return super().media + Media(
            js=[versioned_static("hsec_wagtail/js/page-ticks.js")],
            css={"all": [versioned_static("hsec_wagtail/css/admin-blocks.css")]},
        )


register(PageListBlockAdapter(), PageListBlock)


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
