"""Images with a caption."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.blocks import CharBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.images.shortcuts import get_renditions_or_not_found

from hsec_wagtail.blocks.base import HsecStructBlock
from hsec_wagtail.blocks.privacy import may_be_named

__all__ = ["RENDITIONS", "FigureBlock", "PictureBlock", "PictureChooserBlock"]

#: What is made of an image; the first is for browsers that do not choose.
RENDITIONS = ("max-800x1200", "max-400x600", "max-1600x2400")


class PictureChooserBlock(ImageChooserBlock):
    """An image that is read together with what was made of it before."""

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Any]:
        """Return the images, a copy for each place, with their renditions: two queries."""
        wanted = list(values)
        images = self.model_class.objects.all()
        if hasattr(images, "prefetch_renditions"):
            images = images.prefetch_renditions(*RENDITIONS)
        found = images.in_bulk([pk for pk in wanted if pk is not None])
        # Each place has an alternative text of its own.
        return [copy.copy(found.get(pk)) for pk in wanted]


class PictureBlock(ImageBlock):
    """Wagtail's image with a text for this place, read in bulk with its renditions."""

    def __init__(self, required: bool = True, **kwargs: Any) -> None:  # noqa: FBT001, FBT002 - as Wagtail's
        super().__init__(required=required, **kwargs)
        chooser = PictureChooserBlock(required=required)
        chooser.set_name("image")
        self.child_blocks["image"] = chooser

    class Meta:
        group = _("Media and tables")
        label_format = "{alt_text}"
        description = _("The picture, and what it shows for those who do not see it.")


class FigureBlock(HsecStructBlock):
    """An image with a caption."""

    # An image that was deleted leaves the caption.
    image = PictureBlock(required=False, label=_("Image"))
    caption = CharBlock(required=False, max_length=500, label=_("Caption"))

    class Meta:
        icon = "image"
        group = _("Media and tables")
        label = _("Image")
        label_format = "{caption}"
        description = _(
            "For a picture that tells readers something. Those who do not see it are read its text."
        )
        template = "hsec_wagtail/blocks/figure.html"

    def is_empty(self, value: Any) -> bool:
        """Return whether there is neither an image nor a caption."""
        return not (value.get("image") or value.get("caption"))

    def get_preview_value(self) -> Any:
        """Return a public image of the site if it has one, else a caption alone."""
        public = get_image_model().objects.filter(
            collection__depth=1, collection__view_restrictions__isnull=True
        )
        image = public.order_by("-pk").first()
        if image is not None:
            image.contextual_alt_text, image.decorative = image.title, False
        return self.normalize(
            {"image": image, "caption": gettext("Delegates at the Council of Seas")}
        )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Return the context with the ``renditions`` of the image, the default one first."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        image = value.get("image")
        context["renditions"] = (
            list(get_renditions_or_not_found(image, RENDITIONS).values()) if image else []
        )
        context["alt"] = (getattr(image, "contextual_alt_text", "") or "") if image else ""
        return context

    def get_api_representation(
        self, value: Any, context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return id, title, URL, size and text of an image that may be named to everybody, and the caption."""
        image = value.get("image")
        named = may_be_named(image, request=(context or {}).get("request"))
        shown = named and {
            "id": image.pk,
            "title": image.title,
            "url": image.file.url,
            "width": image.width,
            "height": image.height,
            "alt": getattr(image, "contextual_alt_text", "") or "",
            "decorative": bool(getattr(image, "decorative", False)),
        }
        return {"image": shown or None, "caption": value.get("caption") or ""}
