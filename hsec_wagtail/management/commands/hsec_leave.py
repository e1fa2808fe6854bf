"""Prepare a site for the removal of the app."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.models import ModelLogEntry, PageLogEntry, ReferenceIndex

from hsec_wagtail import importer
from hsec_wagtail.importer.document.schema import dump_document
from hsec_wagtail.importer.writing.redirects import redirect_model
from hsec_wagtail.management.commands._options import refusals, write_file
from hsec_wagtail.models import ImportItem, ImportRun, QuickLinksSnippet
from hsec_wagtail.models.queries import page_content_types
from hsec_wagtail.page_models import base_page_model

#: How many pages a refusal names.
_MOST_NAMED = 10


class Command(BaseCommand):
    """``hsec_leave``."""

    help = (
        "Lists what the app has on this site; with --export, writes each section to a folder; with --noinput,"
        " removes what would be left behind by migrate hsec_wagtail zero. Refuses to remove anything while"
        " pages of our types exist. Exit status: 0 done, 1 refused, 2 usage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument(
            "--export", type=Path, help="Write each section, its drafts too, to this folder."
        )
        parser.add_argument(
            "--noinput", action="store_true", help="Remove what is listed, instead of listing only."
        )

    def handle(self, *, export: Path | None, noinput: bool, **options: Any) -> None:
        """List, export and remove."""
        pages = _pages()
        self._say(_("pages"), pages.count())
        self._say(_("quick links"), QuickLinksSnippet.objects.count())
        self._say(_("import runs"), ImportRun.objects.count())
        if export:
            self._export(pages, export)
        leftovers = _leftovers()
        for label, rows in leftovers:
            self._say(label, rows.count())
        if not noinput:
            self.stdout.write(gettext("Nothing was removed. --noinput removes it."))
            return
        _refuse_while_pages_stand(pages)
        with transaction.atomic():
            for _label, rows in leftovers:
                rows.delete()
        self.stdout.write(gettext("Removed. Now run migrate hsec_wagtail zero."))

    def _say(self, label: Any, count: int) -> None:
        self.stdout.write(f"{count:>7}  {label}")

    def _export(self, pages: QuerySet[Any], folder: Path) -> None:
        for page in _tops(pages):
            with refusals():
                (found,) = importer.export(page, draft=True)
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                said = gettext("%(folder)s: cannot be made: %(fault)s. Name another folder.")
                values = {"folder": folder, "fault": error.strerror or error}
                raise CommandError(said % values) from error
            file = folder / f"{page.pk}-{page.slug}.{found.document.language}.json"
            write_file(file, dump_document(found.document))
            self.stdout.write(gettext("Written: %(file)s") % {"file": file})
            for warning in found.warnings:
                self.stderr.write(f"{file.name}: {warning}")


def _pages() -> Any:
    rows = base_page_model()._default_manager.filter(content_type__in=page_content_types())
    return rows.order_by("path")


def _tops(pages: Any) -> list[Any]:
    """Return the pages whose parent is none of ours: the export of one holds those below it."""
    paths = set(pages.values_list("path", flat=True))
    step = base_page_model().steplen
    return [page for page in pages.specific() if page.path[:-step] not in paths]


def _leftovers() -> list[tuple[Any, QuerySet[Any]]]:
    """Return what no migration removes, in the order in which it may be deleted."""
    kinds = ContentType.objects.filter(app_label="hsec_wagtail")
    # Of pages that are gone: no page of ours is there when they are deleted.
    entries = PageLogEntry.objects.filter(
        Q(content_type__in=kinds) | Q(content_type__in=page_content_types())
    )
    found: list[tuple[Any, QuerySet[Any]]] = [
        (_("log entries of pages"), entries),
        (_("log entries of quick links"), ModelLogEntry.objects.filter(content_type__in=kinds)),
        (
            _("references"),
            ReferenceIndex.objects.filter(
                Q(content_type__in=kinds)
                | Q(base_content_type__in=kinds)
                | Q(to_content_type__in=kinds)
            ),
        ),
    ]
    if model := redirect_model():
        kind = ContentType.objects.get_for_model(model)
        made = ImportItem.objects.applied().filter(content_type=kind, action="create")
        written = dict(made.values_list("object_id", "written__old_path"))
        # By its path as well: a database may give the id of a deleted redirect to a new one.
        ours = [
            pk
            for pk, path in model.objects.values_list("pk", "old_path").iterator()
            if written.get(str(pk)) == path
        ]
        found.append((_("redirects made by imports"), model.objects.filter(pk__in=ours)))
    return found


def _refuse_while_pages_stand(pages: QuerySet[Any]) -> None:
    named = [f"'{title}' ({pk})" for pk, title in pages.values_list("pk", "title")[:_MOST_NAMED]]
    if named:
        count = pages.count()
        listed = ", ".join([*named, "…"] if count > _MOST_NAMED else named)
        said = gettext(
            "%(count)d pages of our types exist: %(pages)s. Nothing was removed. Export them with --export,"
            " then delete them."
        )
        raise CommandError(said % {"count": count, "pages": listed}, returncode=1)
