"""Configuration of the app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

__all__ = ["HomeConfig"]


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("home")
    default_auto_field = "django.db.models.BigAutoField"
