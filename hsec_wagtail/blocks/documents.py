"""Lists of documents with their type, size and language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.blocks import CharBlock
from wagtail.documents import get_document_model

from hsec_wagtail.blocks.base import HsecStructBlock, ItemListBlock, heading_level
from hsec_wagtail.blocks.codes import LanguageBlock, is_language_code, language_name
from hsec_wagtail.blocks.edtf import language_of
from hsec_wagtail.blocks.privacy import may_be_named
from hsec_wagtail.blocks.targets import DocumentTargetBlock, safe_url

__all__ = ["DocumentItemBlock", "DocumentsBlock"]


class DocumentItemBlock(HsecStructBlock):
    """A document, under its own title or another one."""

    # A document that was deleted leaves the title.
    document = DocumentTargetBlock(required=False, label=_("Document"))
    title = CharBlock(
        required=False,
        max_length=255,
        label=_("Title"),
        help_text=_("Empty: the document's own title."),
    )
    language = LanguageBlock(
        required=False,
        max_length=35,
        search_index=False,
        label=_("Language"),
        help_text=_("The language of the document if it is not that of the page."),
    )

    class Meta:
        icon = "doc-full"
        group = _("Links and documents")
        label = _("Document")
        label_format = "{title}"
        description = _("For each file. Its type and size are shown beside it.")
        template = "hsec_wagtail/blocks/document.html"

    def is_empty(self, value: Any) -> bool:
        """Return whether there is neither a document nor a title."""
        return not (value.get("document") or value.get("title"))

    def get_preview_value(self) -> Any:
        """Return a public document of the site if it has one, else a title alone."""
        return self.normalize(_preview_item())

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Return the context with ``document``."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        context["document"] = _show(value, context)
        return context

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return the title that is shown."""
        title = value.get("title") or _title(value.get("document"))
        return [title] if title else []


def _title(document: Any, request: Any = None) -> str:
    """Return the document's own title if it may be named to everybody, else ""."""
    return document.title if may_be_named(document, request=request) else ""


def _show(value: Any, context: dict[str, Any]) -> dict[str, Any]:
    """Return what to show; without a ``title``, nothing."""
    page_language = language_of(context)
    document, code = value.get("document"), value.get("language") or ""
    is_other = bool(code) and code.partition("-")[0] != page_language.partition("-")[0]
    return {
        "title": value.get("title") or _title(document, context.get("request")),
        "url": safe_url(document.url) if document else "",
        "type": (document.file_extension or "").upper() if document else "",
        # Not get_file_size(): that reads the file and writes to the database where it is not known.
        "size": document.file_size if document else None,
        "code": code if is_language_code(code) else "",
        "language": language_name(code, language=page_language) if is_other else "",
    }


def _preview_item() -> dict[str, Any]:
    public = get_document_model().objects.filter(
        collection__depth=1, collection__view_restrictions__isnull=True
    )
    return {
        "document": public.order_by("-pk").first(),
        "title": gettext("Report on derelict nets"),
        "language": "fr",
    }


class DocumentsBlock(HsecStructBlock):
    """Documents to download, under a heading if there is one."""

    heading = CharBlock(required=False, max_length=255, label=_("Heading"))
    documents = ItemListBlock(DocumentItemBlock(), label=_("Documents"))

    class Meta:
        icon = "doc-full-inverse"
        group = _("Links and documents")
        label = _("Documents")
        label_format = "{heading}"
        description = _(
            "For files to download, under a heading. A file named in a sentence is a link in the text."
        )
        template = "hsec_wagtail/blocks/documents.html"

    def is_empty(self, value: Any) -> bool:
        """Return whether there is nothing to show under the heading, and no heading."""
        is_empty = self.child_blocks["documents"].child_block.is_empty
        return not value.get("heading") and all(map(is_empty, value.get("documents") or ()))

    def get_preview_value(self) -> Any:
        """Return a list of one document."""
        return self.normalize({"heading": gettext("Reports"), "documents": [_preview_item()]})

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Return the context with the ``documents`` to show."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        shown = [_show(item, context) for item in value.get("documents") or ()]
        context["documents"] = [document for document in shown if document["title"]]
        context["level"] = heading_level(context)
        return context
