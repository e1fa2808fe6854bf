"""What the settings take from the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.management.utils import get_random_secret_key

__all__ = ["database", "directory", "flag", "names", "secret_key"]


def flag(name: str, *, default: bool) -> bool:
    """Return whether the variable ``name`` says yes."""
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def names(name: str, *, default: str) -> list[str]:
    """Return the comma-separated values of the variable ``name``."""
    return [value.strip() for value in os.environ.get(name, default).split(",") if value.strip()]


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
    if url := os.environ.get("DATABASE_URL"):
        return _postgresql(url)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {
            # A second writer waits for its turn; readers never wait.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(
            f"DATABASE_URL: {parts.scheme!r} is not known; use postgres://user:password@host/name."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
