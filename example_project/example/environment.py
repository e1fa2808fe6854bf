"""What the settings take from the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from environ import Env

from django.core.management.utils import get_random_secret_key

__all__ = ["database", "directory", "secret_key"]

SQLITE_OPTIONS = {
    # A second writer waits for its turn; readers never wait.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


def directory(name: str, *, default: Path) -> Path:
    """Return the folder that the variable ``name`` gives, made if it is not there."""
    path = Path(os.environ.get(name) or default)
    path.mkdir(parents=True, exist_ok=True)
    return path


def secret_key(file: Path) -> str:
    """Return ``SECRET_KEY``; without it a random one, made once and kept in ``file``.

    Several servers must share one key: give it to them in the environment.
    """
    if key := os.environ.get("SECRET_KEY"):
        return key
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="utf-8").strip()
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(key := get_random_secret_key())
    return key


def database(file: Path) -> dict[str, Any]:
    """Return the settings of the database at ``DATABASE_URL``; without it SQLite in ``file``."""
    url = os.environ.get("DATABASE_URL")
    settings: dict[str, Any] = (
        Env.db_url_config(url) if url else {"ENGINE": "django.db.backends.sqlite3", "NAME": file}
    )
    match settings.get("ENGINE"):
        case "django.db.backends.sqlite3":
            settings["OPTIONS"] = SQLITE_OPTIONS | settings.get("OPTIONS", {})
        case "django.db.backends.postgresql":
            settings.setdefault("CONN_MAX_AGE", 60)
        case _:
            raise ValueError(
                f"DATABASE_URL: {urlsplit(url).scheme!r} is not known; use"
                " postgres://user:password@host/name or sqlite:////path/of/the/file."
            )
    return settings
