"""A real browser for tests: which one there is, how it is started, what it says about a page.

The browser is an installed Chromium or Chrome, or the one of ``playwright install chromium``. The environment
variable ``HSEC_BROWSER`` names another executable. ``python -m tests.browser`` prints the one found.
"""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

EXECUTABLES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
INSTALLED = (Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),)
ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    # Small /dev/shm, as in most containers, makes tabs crash.
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


@cache
def find_browser() -> str | None:
    """Return the path of a Chromium to test with, None if there is none."""
    if named := os.environ.get("HSEC_BROWSER"):
        return shutil.which(named)
    candidates = [path for name in EXECUTABLES if (path := shutil.which(name))]
    candidates += [str(path) for path in INSTALLED if path.exists()]
    return candidates[0] if candidates else _playwright_browser()


def _playwright_browser() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


@contextmanager
def launched_browser() -> Iterator[Browser]:
    """Start the browser, headless, and close it at the end.

    Raises:
        LookupError: There is no browser.
    """
    executable = find_browser()
    if executable is None:
        raise LookupError("No browser found: run scripts/get-browser, or name one in HSEC_BROWSER.")
    # Chromium refuses its sandbox to root.
    sandbox = () if getattr(os, "geteuid", lambda: 1)() else ("--no-sandbox",)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=[*ARGUMENTS, *sandbox]
        )
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def offline_context(browser: Browser, **options: Any) -> Iterator[tuple[BrowserContext, list[str]]]:
    """Open a browser profile that reaches only this machine, with the list of what else was asked for."""
    refused: list[str] = []

    def keep_local(route: Route) -> None:
        if urlsplit(route.request.url).hostname in LOCAL_HOSTS:
            route.continue_()
        else:
            refused.append(route.request.url)
            route.abort()

    context = browser.new_context(**options)
    context.route("**/*", keep_local)
    try:
        yield context, refused
    finally:
        context.close()


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that a page breaks, with the elements that break it."""

    rule: str
    help: str
    elements: tuple[str, ...]

    def __str__(self) -> str:
        return "\n  ".join([f"{self.rule}: {self.help}", *self.elements])


def accessibility_findings(
    page: Page, *, within: str | None = None, tags: Sequence[str] = WCAG
) -> list[Finding]:
    """Return what axe finds wrong on ``page``, by the rules of WCAG 2.2 A and AA.

    Args:
        page: A page that has loaded, with scripts on.
        within: CSS selector of the part to look at; None for the whole page.
        tags: Names of axe's groups of rules.
    """
    page.evaluate(_axe_source())
    result = page.evaluate(
        "([within, tags]) => axe.run(within ? {include: [[within]]} : document,"
        " {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
        [within, list(tags)],
    )
    return [
        Finding(
            rule=violation["id"],
            help=violation["help"],
            elements=tuple(node["html"] for node in violation["nodes"]),
        )
        for violation in result["violations"]
    ]


@cache
def _axe_source() -> str:
    script = resources.files("axe_playwright_python") / "axe.min.js"
    return script.read_text(encoding="utf-8")


def main() -> int:
    """Print the path of the browser that tests would use; return 1 if there is none."""
    if (path := find_browser()) is None:
        return 1
    sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
