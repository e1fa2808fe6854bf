"""Section content and reader profiles that ship with the app, and reader profiles of a site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from hsec_wagtail.importer.errors import ProfileError, SourceError
from hsec_wagtail.importer.reading.files.folder import read_path
from hsec_wagtail.importer.reading.profile import Profile, load_profile
from hsec_wagtail.importer.reading.source import MAX_BYTES
from hsec_wagtail.importer.text.outside_data import parse_yaml

__all__ = [
    "find_profile",
    "load_profiles",
    "packaged_content",
    "packaged_files",
    "packaged_profiles",
]

_PROFILES = "profiles"
_INCLUDE = b"- include: "


def _root() -> Traversable:
    """Return the folder of the packaged fixtures, in a wheel as in a checkout."""
    try:
        return resources.files("hsec_wagtail.fixtures")
    except ModuleNotFoundError:  # A checkout on the path that was not installed.
        return Path(__file__).resolve().parents[4] / "fixtures"


def packaged_content() -> list[str]:
    """Return the names of the packaged sections."""
    return sorted(
        folder.name
        for folder in _root().iterdir()
        if folder.is_dir() and folder.name != _PROFILES and any(_documents(folder))
    )


def packaged_files(name: str) -> list[tuple[str, bytes]]:
    """Return (name, bytes) of the documents of the packaged section ``name``, a language each."""
    folder = _root().joinpath(name)
    return [
        (f"{name}/{file.name}", _whole(file.read_bytes(), file.name)) for file in _documents(folder)
    ]


def _whole(data: bytes, name: str) -> bytes:
    """Return the document ``data`` with other packaged sections in the places of their names.

    ``include: NAME`` among the children of the top page stands for the pages of that section in the document of
    the same name, so that they are written once. Documents from elsewhere cannot have it.
    """
    if _INCLUDE not in data:
        return data
    document = parse_yaml(data.decode("utf-8"))
    page = document["page"]
    page["children"] = [_included(child, name) for child in page["children"]]
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False).encode()


def _included(child: dict[str, Any], name: str) -> Any:
    if "include" not in child:
        return child
    data = _root().joinpath(child["include"], name).read_bytes()
    return parse_yaml(data.decode("utf-8"))["page"]


def _documents(folder: Traversable) -> Iterator[Traversable]:
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith((".yaml", ".yml", ".json")):
            yield file


@cache
def packaged_profiles() -> tuple[Profile, ...]:
    """Return the packaged profiles."""
    return tuple(
        load_profile(file.read_text(encoding="utf-8"), name=file.name)
        for file in _documents(_root().joinpath(_PROFILES))
    )


def find_profile(name: str, known: Sequence[Profile]) -> Profile:
    """Return the profile ``name`` of those that are ``known``, or the one in the file of that path.

    Raises:
        ProfileError: Neither is there, or the file holds no profile.
    """
    for profile in known:
        if profile.name == name:
            return profile
    if Path(name).suffix in {".yaml", ".yml"} or _is_there(name):
        return _load(name)
    names = [profile.name for profile in known]
    raise ProfileError("no-such-profile", profile=name, known=names)


def load_profiles(paths: Iterable[str | Path]) -> tuple[Profile, ...]:
    """Return the profiles in the files of these paths.

    Raises:
        ProfileError: One cannot be read, or holds no profile.
    """
    return tuple(_load(str(path)) for path in paths)


def _load(path: str) -> Profile:
    try:
        text = read_path(Path(path), MAX_BYTES).decode("utf-8")
    except (SourceError, UnicodeDecodeError) as error:
        fault = str(error.__cause__ or error)
        raise ProfileError("profile-cannot-be-read", name=path, fault=fault) from error
    return load_profile(text, name=path)


def _is_there(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False
