"""Settings of the example site, with a database and files of the tests' own."""

import os
import sys

from tests import settings as common

# The example reads its environment once, when it is imported.
os.environ.update(VAR_DIR=str(common.TEST_FILES), HTTPS="0")
sys.path.insert(0, str(common.ROOT / "example_project"))

from example.settings import *  # noqa: F403

TEST_FILES = common.TEST_FILES
DATABASES = common.DATABASES
# Files are not collected for tests.
STORAGES = common.STORAGES
PASSWORD_HASHERS = common.PASSWORD_HASHERS
CACHES = common.CACHES
WAGTAIL_AUTOSAVE_INTERVAL = 0
