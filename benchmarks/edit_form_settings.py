"""Settings of the site whose edit forms are measured: that of the other benchmarks, with a bare page beside ours."""

from benchmarks.settings import *  # noqa: F403
from tests import settings as common

INSTALLED_APPS = ["benchmarks.bare", *common.INSTALLED_APPS]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
