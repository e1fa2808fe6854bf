"""Ask whether the links out of the site still lead somewhere."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.management import BaseCommand
from django.utils.translation import gettext, ngettext

from hsec_wagtail.models import OutsideLink
from hsec_wagtail.outside.checking import check_links, site_agent
from hsec_wagtail.outside.fetch import Asker
from hsec_wagtail.outside.places import note_places

__all__ = ["Command"]


def _number(kind: Callable[[str], Any], least: float, most: float) -> Callable[[str], Any]:
    """Return the type of an option whose values are numbers from ``least`` to ``most``."""

    def read(text: str) -> Any:
        try:
            value = kind(text)
        except ValueError as error:
            raise ArgumentTypeError(gettext("'%(text)s' is no number.") % {"text": text}) from error
        if not least <= value <= most:
            said = gettext("%(value)s is not from %(least)s to %(most)s.")
            raise ArgumentTypeError(said % {"value": value, "least": least, "most": most})
        return value

    return read


class Command(BaseCommand):
    """``hsec_check_links``."""

    help = (
        "Finds the links of published pages and quick links that lead out of the site, asks for those that were not"
        " asked for lately, and keeps what became of them for the report of broken links. Exit status: 0 done, 2"
        " usage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the options."""
        parser.add_argument(
            "--limit",
            type=_number(int, 1, 100_000),
            default=500,
            metavar="N",
            help="Most links that are asked for.",
        )
        parser.add_argument(
            "--again-after",
            type=_number(int, 0, 3650),
            default=7,
            metavar="DAYS",
            help="Days after which a link is asked for again.",
        )
        parser.add_argument(
            "--delay",
            type=_number(float, 0, 3600),
            default=1,
            metavar="SECONDS",
            help="Seconds between two questions to one host.",
        )
        parser.add_argument(
            "--timeout",
            type=_number(float, 0.1, 300),
            default=10,
            metavar="SECONDS",
            help="Seconds that a server may take.",
        )
        parser.add_argument(
            "--allow-private",
            action="store_true",
            help="Ask machines of private networks, too: for a site in an intranet.",
        )

    def handle(
        self, *, limit: int, again_after: int, delay: float, timeout: float, allow_private: bool,
        **options: Any,
    ) -> None:  # fmt: skip
        """Find the links, ask for them, say which are broken."""
        known = note_places()
        asker = Asker(agent=site_agent(), timeout=timeout, allow_private=allow_private)
        counts: Counter[str] = Counter()
        for link in check_links(
            asker, limit=limit, again_after=timedelta(days=again_after), delay=delay
        ):
            counts[link.state] += 1
            if link.state in (OutsideLink.State.BROKEN, OutsideLink.State.REFUSED):
                self.stdout.write(f"{link.status or link.reason:>11}  {link.url}")
        said = ngettext("%(count)d link out of the site", "%(count)d links out of the site", known)
        states = [
            f"{counts[state]} {label}"
            for state, label in OutsideLink.State.choices
            if counts[state]
        ]
        asked = ", ".join(states) or gettext("none was due")
        self.stdout.write(f"{said % {'count': known}}: {asked}.")
