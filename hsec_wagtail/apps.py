"""The app's configuration."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wagtail.signals import post_page_move

# Before any model is loaded: it gives swapper the names of our settings.
from hsec_wagtail import page_models  # noqa: F401


class HsecConfig(AppConfig):
    """International-policy sections for any Wagtail site."""

    name = "hsec_wagtail"
    label = "hsec_wagtail"
    verbose_name = _("International policy sections")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks, follow pages, let messages be translated, describe the site's own blocks to the importer."""
        from hsec_wagtail import checks  # noqa: F401, PLC0415
        from hsec_wagtail.importer.messages import translate_with  # noqa: PLC0415
        from hsec_wagtail.models.bodies import site_blocks  # noqa: PLC0415
        from hsec_wagtail.models.moves import remember_move  # noqa: PLC0415
        from hsec_wagtail.record import signals, versions  # noqa: PLC0415

        translate_with(gettext, ngettext)
        post_page_move.connect(remember_move)
        signals.connect()
        # Once the register has the change, as lists show the register.
        versions.connect()
        if site_blocks():
            # Only then, since it takes a while to load.
            from hsec_wagtail.importer.writing.site_blocks import describe_site_blocks  # noqa: PLC0415

            describe_site_blocks()
