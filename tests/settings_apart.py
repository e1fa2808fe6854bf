"""Settings of a site with a database of its own, named by ``HSEC_DATABASE``: for tests that kill processes.

SQLite is as Django sets it up; of PostgreSQL the server is that of ``DATABASE_URL``.
"""

import os

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

_default = DATABASES["default"]
_default["NAME"] = os.environ["HSEC_DATABASE"]
if _default["ENGINE"].endswith("sqlite3"):
    _default["OPTIONS"] = {}
