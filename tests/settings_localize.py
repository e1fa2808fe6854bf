"""Settings of a site whose pages are translated with wagtail-localize."""

from tests import settings as common
from tests.settings import *  # noqa: F403

# Its own apps take the places of Wagtail's.
_REPLACED = {"wagtail.locales", "wagtail.contrib.simple_translation"}
INSTALLED_APPS = [
    "wagtail_localize",
    "wagtail_localize.locales",
    *(app for app in common.INSTALLED_APPS if app not in _REPLACED),
]
LANGUAGES = [*common.LANGUAGES, ("es", "Español")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
ROOT_URLCONF = "tests.localize.urls"
