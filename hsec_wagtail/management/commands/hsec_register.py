"""Make the register of initiatives and memberships afresh, or check it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext, ngettext

from hsec_wagtail.page_models import base_page_model
from hsec_wagtail.record.keeping import find_untrue, rebuild

#: How many pages a complaint names.
_MOST_NAMED = 20


class Command(BaseCommand):
    """``hsec_register``."""

    help = (
        "Makes the register, which lists, feeds and downloads read, afresh from the published pages; with --check,"
        " compares it with them and changes nothing. It is kept true by itself; run this after loaddata, after changes"
        " by SQL, and every night if you like. Exit status: 0 done or true, 1 untrue, 2 usage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options, of which one is needed."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--rebuild", action="store_true", help="Make all rows afresh.")
        what.add_argument(
            "--check", action="store_true", help="Compare the rows with the published pages."
        )

    def handle(self, *, check: bool, **options: Any) -> None:
        """Rebuild or check."""
        if check:
            self._check()
            return
        count = rebuild()
        said = ngettext(
            "The register has %(count)d row.", "The register has %(count)d rows.", count
        )
        self.stdout.write(said % {"count": count})

    def _check(self) -> None:
        untrue = list(find_untrue())
        if untrue:
            titles = base_page_model()._default_manager.in_bulk(untrue[:_MOST_NAMED])
            named = [
                f"'{titles[pk]}' ({pk})" if pk in titles else str(pk) for pk in untrue[:_MOST_NAMED]
            ]
            said = ngettext(
                "The register does not say what %(count)d page says: %(pages)s. Run hsec_register --rebuild.",
                "The register does not say what %(count)d pages say: %(pages)s. Run hsec_register --rebuild.",
                len(untrue),
            )
            listed = ", ".join([*named, "…"] if len(untrue) > _MOST_NAMED else named)
            raise CommandError(said % {"count": len(untrue), "pages": listed})
        self.stdout.write(gettext("The register says what the published pages say."))
