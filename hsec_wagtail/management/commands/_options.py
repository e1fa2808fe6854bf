"""Options, users and error handling that the commands share."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import CommandError
from django.utils.translation import gettext

from hsec_wagtail.importer import ImportContentError, ImportOptions, ReadOptions
from hsec_wagtail.importer.reading.readers import FORMATS
from hsec_wagtail.importer.text.outside_data import is_text

__all__ = [
    "add_reading_options",
    "find_user",
    "import_options",
    "read_options",
    "refusals",
    "refuse_much_left_out",
    "write_file",
]

SOURCE_HELP = "Path of a file, a folder or a ZIP archive, - for standard input, or the name of packaged content."


def add_reading_options(parser: ArgumentParser) -> None:
    """Add the options that say how to read a source."""
    parser.add_argument("--profile", help="Reader profile: a packaged one's name, or a path.")
    parser.add_argument(
        "--format", choices=FORMATS, help="Format, where it cannot be told by itself."
    )
    parser.add_argument("--language", help="Language of the source, such as en or fr.")
    parser.add_argument(
        "--strict",
        action="store_true",
        help="Refuse a folder in which a file cannot be read as a page; by default it is left out.",
    )
    parser.add_argument("--base-url", help="Address the source was saved from.")


def read_options(options: Mapping[str, Any]) -> ReadOptions:
    """Return the options of :func:`add_reading_options` as the importer takes them."""
    return ReadOptions(**_named(options, ReadOptions))


def import_options(options: Mapping[str, Any]) -> ImportOptions:
    """Return the options of ``hsec_import`` as the importer takes them."""
    named = _named(options, ImportOptions)
    return ImportOptions(**{**named, "user": find_user(named["user"])})


def _named(options: Mapping[str, Any], kind: type[ReadOptions]) -> dict[str, Any]:
    return {field.name: options[field.name] for field in fields(kind)}


def find_user(name: str | None) -> Any | None:
    """Return the user of that name, or None if no name was given."""
    if name is None:
        return None
    model = get_user_model()
    users = model._default_manager.filter(**{model.USERNAME_FIELD: name})
    user = users.first() if is_text(name) else None
    if user is None:
        said = gettext("There is no user '%(name)s'. Name one by its %(field)s.")
        raise CommandError(said % {"name": name, "field": model.USERNAME_FIELD}, returncode=2)
    return user


@contextmanager
def refusals() -> Iterator[None]:
    """Turn the importer's errors into those of a command, with one message.

    The exit status is 1; for the number of a run that is not there 2, as for any argument that fits nothing.
    """
    try:
        yield
    except ImportContentError as error:
        status = 2 if error.message.code == "no-such-run" else 1
        raise CommandError(str(error), returncode=status) from error
    except MemoryError as error:
        said = gettext(
            "There is not enough memory for this. Nothing was written; import less at a time."
        )
        raise CommandError(said, returncode=1) from error


def refuse_much_left_out() -> None:
    """Raise the error of a command that is done, where somebody has to look at what was left out."""
    said = gettext(
        "Done, but more than a fifth of the words of the pages named first was left out by their form alone."
        " Look at them, or name what is no content in a profile."
    )
    raise CommandError(said, returncode=3)


def write_file(path: Path, text: str | Iterable[str]) -> None:
    """Write ``text``, or its pieces one by one, to ``path`` in UTF-8."""
    pieces = [text] if isinstance(text, str) else text
    try:
        # As it comes: a CSV file has its own line ends.
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
    except OSError as error:
        said = gettext("%(path)s: cannot be written: %(fault)s. Name another file.")
        raise CommandError(said % {"path": path, "fault": error.strerror or error}) from error
