"""Settings of a site whose pages are translated with wagtail-localize."""

from tests import settings as common
from tests.settings import *  # noqa: F403

# Its own app for locales takes the place of Wagtail's.
INSTALLED_APPS = [
    "wagtail_localize",
    "wagtail_localize.locales",
    *(app for app in common.INSTALLED_APPS if app != "wagtail.locales"),
]
LANGUAGES = [*common.LANGUAGES, ("es", "Español")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
ROOT_URLCONF = "tests.localize.urls"
