"""Settings of a site apart whose processes share a cache in files beside its database (on PostgreSQL in /tmp)."""

import os
import tempfile
from pathlib import Path

from tests.settings_apart import *  # noqa: F403

_database = Path(os.environ["HSEC_DATABASE"])
_folder = _database.parent if _database.is_absolute() else Path(tempfile.gettempdir())
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(_folder / f"{_database.name}.cache"),
    }
}
HSEC_CACHE = "default"
