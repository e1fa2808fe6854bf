"""Fill an empty database with the example site; leave a filled one as it is."""

from __future__ import annotations

import os
import secrets
import shlex
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

from home import demo
from hsec_wagtail.importer import ImportOptions, run
from hsec_wagtail.models import SectionPage

__all__ = ["Command"]

ADMIN = "admin"
CONTENT = "international-policy"


def _change_password() -> str:
    """Return the command that sets a new password, as it can be pasted into a shell in any folder."""
    python, manage = shlex.quote(sys.executable), shlex.quote(str(settings.BASE_DIR / "manage.py"))
    user = get_user_model().objects.filter(is_superuser=True).order_by("pk")[0]
    debug = "DEBUG=1 " if settings.DEBUG else ""
    return f"{debug}{python} {manage} changepassword {shlex.quote(user.get_username())}"


class Command(BaseCommand):
    """Make what is missing of the example site: home pages, an administrator, the packaged section."""

    help = "Make the example site's pages and administrator, and import the packaged section, where missing."

    def handle(self, **options: Any) -> None:
        """Make what is missing and print where to look."""
        homes = demo.ensure_homes(port=int(os.environ.get("PORT", "8000")))
        password = self._ensure_admin()
        if not SectionPage.objects.descendant_of(homes["en"]).exists():
            user = get_user_model().objects.filter(is_superuser=True).first()
            run(CONTENT, options=ImportOptions(parent=homes["en"], user=user))
            demo.link_navigation(demo.ensure_about(homes))
        self._print_addresses(homes, password=password)

    def _ensure_admin(self) -> str | None:
        """Return the password of the administrator that was made, None if there is one already."""
        users = get_user_model().objects
        if users.filter(is_superuser=True).exists():
            return None
        password = secrets.token_urlsafe(12)
        users.create_superuser(username=ADMIN, email="admin@example.org", password=password)
        return password

    def _print_addresses(self, homes: dict[str, Any], *, password: str | None) -> None:
        address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
        self.stdout.write(f"Site:    {address}/en/ and {address}/fr/")
        for home in homes.values():
            for section in SectionPage.objects.descendant_of(home).live().order_by("path"):
                self.stdout.write(f"Section: {address}{section.get_url()}")
        self.stdout.write(f"Admin:   {address}/admin/")
        if password:
            self.stdout.write(f"Sign in as {ADMIN} with the password {password} (shown only now).")
        else:
            self.stdout.write("Sign in as before. A new password is set by this command:")
            self.stdout.write(f"  {_change_password()}")
