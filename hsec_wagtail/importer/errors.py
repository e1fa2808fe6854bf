"""The errors of the importer; every message names the place and the remedy."""

from hsec_wagtail.importer.messages import Message, Value

__all__ = [
    "ApplyError",
    "DocumentError",
    "ExportError",
    "ImportContentError",
    "LostWordsError",
    "PlanError",
    "ProfileError",
    "ReadError",
    "SourceError",
    "UndoError",
    "VerifyError",
]


class ImportContentError(Exception):
    """Base of all errors of the importer; ``str()`` says it to a person, in the reader's language.

    Args:
        message: A message, or its code.
        values: Those of the message, if it is named by its code.
    """

    def __init__(self, message: Message | str, /, **values: Value) -> None:
        self.message = message if isinstance(message, Message) else Message(message, **values)
        super().__init__(self.message)

    def __str__(self) -> str:
        return str(self.message)


class SourceError(ImportContentError):
    """The source cannot be found, opened or decoded."""


class ReadError(ImportContentError):
    """The source was decoded, but no reader can make a document of it."""


class ProfileError(ImportContentError):
    """A reader profile is missing, broken, or matches nothing in the source."""


class DocumentError(ImportContentError):
    """The data is not a section document; the text names the path inside it."""


class LostWordsError(ImportContentError):
    """Words of the source are unaccounted for, so the import is refused."""


class PlanError(ImportContentError):
    """The site cannot take the document where it was asked to."""


class ApplyError(ImportContentError):
    """Writing failed; nothing of the run was kept."""


class UndoError(ImportContentError):
    """The run cannot be undone."""


class ExportError(ImportContentError):
    """The page cannot be written as a section document."""


class VerifyError(ImportContentError):
    """There is nothing to verify."""
