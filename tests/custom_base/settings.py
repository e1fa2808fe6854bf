"""Settings of a site that has a base page model of its own, and page types made from our mixins on it."""

import os

from tests import settings as common
from tests.settings import *  # noqa: F403

INSTALLED_APPS = [*common.INSTALLED_APPS, "tests.custom_base"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("CUSTOM_BASE_DATABASE", ":memory:"),
    }
}
WAGTAIL_PAGE_MODEL = "custom_base.BasePage"
HSEC_SECTIONPAGE_MODEL = "custom_base.PolicySection"
HSEC_FORUMPAGE_MODEL = "custom_base.Forum"
HSEC_TOPICPAGE_MODEL = "custom_base.Topic"
HSEC_POLICYPAGE_MODEL = "custom_base.Policy"
