"""The options of an import: how its sources are read, and what is done with what they hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hsec_wagtail.importer.errors import ImportContentError
from hsec_wagtail.importer.planning.compare import OnConflict
from hsec_wagtail.importer.reading.readers import check_options

__all__ = ["ImportOptions", "ReadOptions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How sources are read; each option stands in for a fact that a source does not give itself.

    Raises:
        ImportContentError: One has a value that it cannot have.
    """

    #: Reader profile: the name of a packaged one or of one of the site, or the path of a file. By default
    #: the one that recognises the source, if there is one.
    profile: str | Path | None = None
    #: ``"fixture"`` (a section document), ``"html"`` or ``"text"``; by default detected.
    format: str | None = None
    #: Language code; by default the source's own, or guessed. Of several documents the one to take alone.
    language: str | None = None
    #: Address the source was saved from; of several pages that of the folder they were in.
    base_url: str | None = None
    #: Refuse a folder in which a file cannot be read as a page; by default it is left out, with a warning.
    strict: bool = False

    def __post_init__(self) -> None:
        """Refuse options that no reader takes."""
        check_options(format=self.format, language=self.language, base_url=self.base_url)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions(ReadOptions):
    """How sources are read, and how what they hold is brought to the site.

    Raises:
        ImportContentError: One has a value that it cannot have.
    """

    #: Page to import below, its id or its path; by default the root page of the default site.
    parent: Any | None = None
    #: Owner of the revisions, whose permissions count; None for the system, which may do everything.
    user: Any | None = None
    #: Publish nothing.
    draft: bool = False
    #: Import although words of a source would be lost.
    allow_loss: bool = False
    #: Whose change stands where the source and an editor changed the same part; also by its value,
    #: ``"keep"``, ``"theirs"`` or ``"draft"``.
    on_conflict: OnConflict | str = OnConflict.KEEP

    def __post_init__(self) -> None:
        """Refuse options that no import takes."""
        # super() does not find a class with slots before Python 3.14 (python/cpython#90562).
        ReadOptions.__post_init__(self)
        try:
            OnConflict(self.on_conflict)
        except ValueError:
            choices = ", ".join(choice.value for choice in OnConflict)
            raise ImportContentError(
                "on-conflict-unknown", value=str(self.on_conflict), known=choices
            ) from None
