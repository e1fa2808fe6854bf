"""From a legacy section to Wagtail pages: read, account for every word, plan, apply, undo.

This is the public interface; hosts, commands and the admin import from here. First look, then import:

>>> from hsec_wagtail.importer import ImportOptions, preview, run
>>> options = ImportOptions(parent="/", draft=True)
>>> preview("human-security", options=options).run is None
True
>>> report = run("human-security", options=options)

Then see that all of it is there, and undo it:

>>> from hsec_wagtail.importer import undo, verify
>>> verify(report.run, draft=True).complete
True
>>> {item.outcome for item in undo(report.run)}
{'deleted'}

Errors are of :class:`ImportContentError`; their text is fit to be shown to a person:

>>> from hsec_wagtail.importer import ImportContentError, convert
>>> try:
...     convert("no-such-file.txt")
... except ImportContentError as error:
...     type(error).__name__
'SourceError'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from hsec_wagtail.importer.errors import (
    ApplyError,
    DocumentError,
    ExportError,
    ImportContentError,
    LostWordsError,
    PlanError,
    ProfileError,
    ReadError,
    SourceError,
    UndoError,
    VerifyError,
)
from hsec_wagtail.importer.options import ImportOptions, ReadOptions
from hsec_wagtail.importer.planning.compare import OnConflict
from hsec_wagtail.importer.reading.readers.base import Readable

if TYPE_CHECKING:
    from hsec_wagtail.importer.exporting.export import Export
    from hsec_wagtail.importer.runs.link_targets import LinkOutcome, LinkReport
    from hsec_wagtail.importer.runs.open_links import OpenLink
    from hsec_wagtail.importer.runs.report import Report
    from hsec_wagtail.importer.runs.undo import UndoneItem
    from hsec_wagtail.importer.runs.verification import Verification
    from hsec_wagtail.importer.service import (
        convert,
        export,
        open_links,
        preview,
        run,
        set_links,
        undo,
        verify,
    )

__all__ = [
    "ApplyError",
    "DocumentError",
    "Export",
    "ExportError",
    "ImportContentError",
    "ImportOptions",
    "LinkOutcome",
    "LinkReport",
    "LostWordsError",
    "OnConflict",
    "OpenLink",
    "PlanError",
    "ProfileError",
    "ReadError",
    "ReadOptions",
    "Readable",
    "Report",
    "SourceError",
    "UndoError",
    "UndoneItem",
    "Verification",
    "VerifyError",
    "convert",
    "export",
    "open_links",
    "preview",
    "run",
    "set_links",
    "undo",
    "verify",
]

# The readers and all that is pure below this package must be importable without Django, so what needs
# models is imported when it is first asked for.
_NEED_MODELS = {
    "Export": "exporting.export",
    "LinkOutcome": "runs.link_targets",
    "LinkReport": "runs.link_targets",
    "OpenLink": "runs.open_links",
    "Report": "runs.report",
    "UndoneItem": "runs.undo",
    "Verification": "runs.verification",
    "convert": "service",
    "export": "service",
    "open_links": "service",
    "preview": "service",
    "run": "service",
    "set_links": "service",
    "undo": "service",
    "verify": "service",
}

# To a type checker any name would be there with it.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Return a name whose module needs the app's models."""
        if name not in _NEED_MODELS:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_NEED_MODELS[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
