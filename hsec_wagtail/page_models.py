"""The page models a site uses: ours, or its own that it names in ``HSEC_*_MODEL``."""

from __future__ import annotations

from typing import Any

import swapper

__all__ = [
    "PAGE_MODELS",
    "base_page_model",
    "base_page_name",
    "page_model",
    "page_model_name",
    "page_model_setting",
    "page_models",
]

# Wagtail 8 sets its prefix when its own models load, which may be later than ours; Wagtail 7.4 never does.
swapper.set_app_prefix("wagtailcore", "wagtail")
swapper.set_app_prefix("hsec_wagtail", "hsec")

#: Type of a page in a document -> name of our model, which a site may swap.
PAGE_MODELS = {
    "section": "SectionPage",
    "forum": "ForumPage",
    "topic": "TopicPage",
    "policy": "PolicyPage",
}


def page_model_name(page_type: str) -> str:
    """Return ``app_label.Model`` of the model in use for ``page_type``; needs no loaded models."""
    return str(swapper.get_model_name("hsec_wagtail", PAGE_MODELS[page_type]))


def page_model(page_type: str) -> type[Any]:
    """Return the model in use for ``page_type``."""
    model: type[Any] = swapper.load_model("hsec_wagtail", PAGE_MODELS[page_type])
    return model


def page_models() -> dict[str, type[Any]]:
    """Return the models in use by page type."""
    return {page_type: page_model(page_type) for page_type in PAGE_MODELS}


def base_page_name() -> str:
    """Return ``app_label.Model`` of the site's base page model; needs no loaded models."""
    return str(swapper.get_model_name("wagtailcore", "Page"))


def base_page_model() -> type[Any]:
    """Return the site's base page model: Wagtail's, or the one named in ``WAGTAIL_PAGE_MODEL``."""
    model: type[Any] = swapper.load_model("wagtailcore", "Page")
    return model


def page_model_setting(page_type: str) -> str:
    """Return the name of the setting that swaps the model for ``page_type``."""
    return str(swapper.swappable_setting("hsec_wagtail", PAGE_MODELS[page_type]))
