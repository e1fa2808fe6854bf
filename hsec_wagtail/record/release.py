"""The release of a site: its code, templates, messages and packages, all of which a deployment may change."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.template import engines

from hsec_wagtail import conf

__all__ = ["STARTED", "release"]

#: When this process began to use the release.
STARTED = datetime.fromtimestamp(int(time.time()) + 1, tz=UTC)

_ENDINGS = (".html", ".jinja", ".jinja2", ".mo", ".py", ".svg", ".txt", ".xml")
#: Folders of packages, which count by their versions.
_PACKAGES = frozenset({"dist-packages", "site-packages"})
_OTHERS = _PACKAGES | {"node_modules"}
#: Settings of others that pages show, and that a site may read from its environment.
_SETTINGS = (
    "LANGUAGES",
    "LANGUAGE_CODE",
    "MEDIA_URL",
    "STATIC_URL",
    "TIME_ZONE",
    "USE_TZ",
    "WAGTAIL_CONTENT_LANGUAGES",
    "WAGTAIL_I18N_ENABLED",
    "WAGTAIL_SITE_NAME",
)


def release() -> str:
    """Return a text that says what the site is made of, the same in all processes of one release."""
    values = (_plain(getattr(settings, name, None)) for name in (*_SETTINGS, *conf.DEFAULTS))
    return "\0".join((_content(), *values))


@cache
def _content() -> str:
    """Return a hash of code, templates and messages; read once in a process.

    Packages count by their versions; what is not installed as a package, such as the site's own code
    and templates, by its content.
    """
    made_of = sha256()
    for package in sorted({f"{one.name} {one.version}" for one in distributions()}):
        made_of.update(package.encode())
    for path in sorted(set(_files())):
        # A link to nothing, a file that is gone again or may not be read is no part of the site.
        with suppress(OSError):
            content = path.read_bytes()
            made_of.update(f"\0{path}\0".encode("utf-8", "surrogateescape"))
            made_of.update(content)
    # Addresses of style sheets have the hash of their content, which is known by this.
    made_of.update(str(getattr(staticfiles_storage, "manifest_hash", "")).encode())
    return made_of.hexdigest()


def _plain(value: object) -> str:
    """Return the text of a value, that of a translatable text in it without its address in memory."""
    if isinstance(value, list | tuple):
        return f"({' '.join(map(_plain, value))})"
    return str(value)


def _files() -> Iterator[Path]:
    for folder in {*_folders()}:
        if not _PACKAGES.intersection(folder.parts):
            yield from _below(folder)


def _folders() -> Iterator[Path]:
    for app in apps.get_app_configs():
        yield Path(app.path)
    for engine in engines.all():
        yield from map(Path, engine.template_dirs)
    yield from map(Path, settings.LOCALE_PATHS)
    for module in (getattr(settings, "SETTINGS_MODULE", ""), settings.ROOT_URLCONF):
        if (file := getattr(sys.modules.get(module), "__file__", None)) is not None:
            yield Path(file).parent


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if _is_code(Path(place, one))]
        # Editors lock and keep files by names that begin with a dot.
        yield from (
            Path(place, name)
            for name in names
            if name.endswith(_ENDINGS) and not name.startswith(".")
        )


def _is_code(folder: Path) -> bool:
    """Return whether ``folder`` may have code of the site: no packages, no uploads, no collected static files."""
    if folder.name in _OTHERS or folder.name.startswith((".", "__")):
        return False
    roots: tuple[Any, ...] = (settings.MEDIA_ROOT, settings.STATIC_ROOT)
    written = [Path(root).absolute() for root in roots if root]
    return folder.absolute() not in written and not (folder / "pyvenv.cfg").exists()


@receiver(setting_changed)
def _forget(*, setting: str, **kwargs: object) -> None:
    if setting in {"INSTALLED_APPS", "LOCALE_PATHS", "ROOT_URLCONF", "TEMPLATES"}:
        _content.cache_clear()
