"""Pictures for the editor's guide, made from the example site: ``python -m tests.docs.screenshots``.

It makes the example in a database of its own, serves it, signs in and drives a browser. Things are found by their
roles and labels, and blocks by the names and ids under which they are stored, as a picture must not depend on how a
form is built. A picture that cannot be made is named at the end, and the old one stays.
"""

from __future__ import annotations

import importlib
import io
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image
from playwright.sync_api import Error as BrowserError

import django
from django.core.management import call_command

from tests.browser import launched_browser, offline_context

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["FOLDER", "PICTURES"]

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "images"
EXAMPLE = ROOT / "example_project"
SIZE: Any = {"width": 1280, "height": 800}
#: Of a block; more is not read.
HEIGHT = 1_000
COLOURS = 128
USER = "editor"
#: Seconds to wait for a page, or for the server to begin; far more than is needed.
TIMEOUT = 120


@dataclass(frozen=True, slots=True)
class Desk:
    """A browser that is signed in, and the forum."""

    browser: Page
    address: str
    forum: Any

    def open(self, path: str) -> None:
        """Open an address of the admin and wait for its scripts."""
        self.browser.goto(f"{self.address}/admin/{path}")

    def edit(self) -> None:
        """Open the form of the forum."""
        self.open(f"pages/{self.forum.page}/edit/")
        self.browser.locator('[data-contentpath="body"]').wait_for()

    def choose(self, menu: str, item: str) -> None:
        """Choose an item of a menu in the sidebar."""
        self.open("")
        sidebar = self.browser.get_by_role("navigation", name="Main menu")
        sidebar.get_by_role("button", name=menu, exact=True).click()
        with self.browser.expect_navigation():
            sidebar.get_by_role("link", name=item, exact=True).click()
        self.browser.locator("h1").first.wait_for()

    def window(self) -> bytes:
        """Return a picture of what is in the window."""
        return self.browser.screenshot(animations="disabled")

    def block(self, name: str) -> bytes:
        """Return a picture of a block by the name or id under which it is stored; of a long one, its beginning."""
        # What lies beyond the window, or below the bar at its foot, is not in a picture.
        self.browser.set_viewport_size({"width": SIZE["width"], "height": 6_000})
        block = self.browser.locator(f'[data-contentpath="{name}"]').first
        block.scroll_into_view_if_needed()
        box: Any = block.bounding_box()
        picture = self.browser.screenshot(
            animations="disabled",
            clip={
                "x": box["x"],
                "y": box["y"],
                "width": box["width"],
                "height": min(box["height"], HEIGHT),
            },
        )
        self.browser.set_viewport_size(SIZE)
        return picture


def _form(desk: Desk) -> bytes:
    desk.edit()
    return desk.window()


def _block(name: str) -> Callable[[Desk], bytes]:
    def take(desk: Desk) -> bytes:
        desk.edit()
        return desk.block(getattr(importlib.import_module("tests.docs.desk"), name))

    return take


def _preview(desk: Desk) -> bytes:
    desk.edit()
    desk.browser.get_by_role("button", name="Toggle preview").click()
    # One is there while another loads.
    shown = desk.browser.frame_locator("iframe[title=Preview]").first
    shown.get_by_role("heading", name="Council of Seas").first.wait_for()
    return desk.window()


def _publish(desk: Desk) -> bytes:
    desk.edit()
    desk.browser.get_by_role("button", name="More actions").click()
    height = 360
    clip: Any = {"x": 0, "y": SIZE["height"] - height, "width": SIZE["width"], "height": height}
    return desk.browser.screenshot(animations="disabled", clip=clip)


def _history(desk: Desk) -> bytes:
    forum = desk.forum
    desk.open(f"pages/{forum.page}/revisions/compare/{forum.before}...{forum.after}/")
    return desk.browser.get_by_role("main").screenshot(animations="disabled")


def _chosen(menu: str, item: str) -> Callable[[Desk], bytes]:
    def take(desk: Desk) -> bytes:
        desk.choose(menu, item)
        return desk.window()

    return take


#: The pictures by their names, each with what takes it.
PICTURES: dict[str, Callable[[Desk], bytes]] = {
    "forum-form": _form,
    "initiatives": _block("INITIATIVES"),
    "members": _block("MEMBERS"),
    "table": _block("TABLE"),
    "preview": _preview,
    "publish": _publish,
    "history": _history,
    "forums": _chosen("Policy section", "Forums"),
    "register": _chosen("Policy section", "Initiatives"),
    "report": _chosen("Reports", "Language parity"),
}


def main() -> int:
    """Make all pictures; return 1 if one could not be made."""
    failed: dict[str, str] = {}
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, _desk(Path(folder)) as desk:
        for name, take in PICTURES.items():
            try:
                (FOLDER / f"{name}.png").write_bytes(_small(take(desk)))
            except BrowserError as error:
                failed[name] = str(error).splitlines()[0]
    for name, reason in failed.items():
        sys.stderr.write(f"{name}.png could not be made: {reason}\n")
    return 1 if failed else 0


def _small(picture: bytes) -> bytes:
    """Return a PNG with few colours, as a picture of a form has."""
    small = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        image.convert("RGB").quantize(COLOURS).save(small, "PNG", optimize=True)
    return small.getvalue()


@contextmanager
def _desk(folder: Path) -> Iterator[Desk]:
    os.environ |= {
        "DEBUG": "1",
        "DATABASE_URL": f"sqlite:///{folder / 'example.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "example.settings",
    }
    session, forum = _make_site()
    with (
        _served() as address,
        launched_browser() as browser,
        offline_context(browser, viewport=SIZE, locale="en-GB") as (context, _refused),
    ):
        page = context.new_page()
        page.set_default_timeout(TIMEOUT * 1000)
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        yield Desk(page, address, forum)


def _make_site() -> tuple[str, Any]:
    """Make the example and the forum; return the session of an administrator, and the forum."""
    sys.path.insert(0, str(EXAMPLE))
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    auth = importlib.import_module("django.contrib.auth")
    user = auth.get_user_model().objects.create_superuser(USER, "editor@example.org")
    call_command("demo_site", stdout=io.StringIO())
    forum = importlib.import_module("tests.docs.desk").make_forum()
    client = importlib.import_module("django.test").Client()
    client.force_login(user)
    importlib.import_module("django.db").connections.close_all()
    return client.cookies["sessionid"].value, forum


@contextmanager
def _served() -> Iterator[str]:
    """Serve the example on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        str(EXAMPLE / "manage.py"),
        "runserver",
        "--noreload",
        f"127.0.0.1:{port}",
    ]
    server = subprocess.Popen(  # noqa: S603 - of our own making
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/admin/login/")
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait_for(address: str) -> None:
    end = time.monotonic() + TIMEOUT
    while True:
        try:
            with urllib.request.urlopen(address):  # noqa: S310 - our own server
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.5)


if __name__ == "__main__":
    sys.exit(main())
