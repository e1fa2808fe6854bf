"""Settings of a site that has what Wagtail itself needs, and of ours the least that docs/how-to/install.md asks for.

It lists ``hsec_wagtail`` and no other of the apps which that page names, and has one language.
"""

from tests import settings as common
from tests.settings import *  # noqa: F403

_NOT_NEEDED = {
    "django.contrib.sitemaps",
    "wagtail_modeladmin",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
}

INSTALLED_APPS = [app for app in common.INSTALLED_APPS if app not in _NOT_NEEDED]
MIDDLEWARE = [one for one in common.MIDDLEWARE if not one.startswith("wagtail.contrib.redirects")]
WAGTAIL_I18N_ENABLED = False
