"""Settings of the site that is measured: that of the tests, with a database as real sites have it."""

import os
from pathlib import Path

from tests.settings import *  # noqa: F403

# A section of 5,000 pages as one document.
HSEC_MAX_SOURCE_BYTES = 200_000_000

if not os.environ.get("DATABASE_URL"):
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": Path(os.environ["BENCHMARK_DATABASE"]),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 60},
        }
    }
