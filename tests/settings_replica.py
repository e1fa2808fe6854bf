"""Settings of a site apart that reads from a replica: a second connection, which sees what is committed."""

from typing import Any

from tests.settings_apart import *  # noqa: F403
from tests.settings_apart import DATABASES

DATABASES["replica"] = DATABASES["default"].copy()
DATABASE_ROUTERS = ["tests.settings_replica.ReadFromReplica"]


class ReadFromReplica:
    """Sends what is read to the replica."""

    def db_for_read(self, model: type, **hints: Any) -> str:
        """Return the alias of the replica."""
        return "replica"

    def db_for_write(self, model: type, **hints: Any) -> str:
        """Return the alias of the primary database."""
        return "default"

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Allow all: both have the same rows."""
        return True
