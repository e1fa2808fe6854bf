"""Measures the edit form: ``python -m benchmarks.edit_form [--initiatives 10 50 200] [--rounds 3]``.

A forum with so many initiatives in one list is opened by an editor in a real browser, and beside it, in turn, a bare page of
Wagtail's with one rich text block. A form is interactive at the end of the last task of more than 50 ms, counted from the
click that asks for it. Compare ratios of one run, not milliseconds of two.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.edit_form_settings")
os.environ.setdefault("BENCHMARK_DATABASE", f"{tempfile.mkdtemp()}/edit_form.sqlite3")
# While Playwright runs, Django sees an event loop and refuses its database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from wagtail.models import Page  # noqa: E402

from benchmarks.bare.models import BarePage  # noqa: E402
from benchmarks.content import sentence  # noqa: E402
from tests import factories as make  # noqa: E402
from tests.browser import launched_browser, offline_context  # noqa: E402

TOPICS = 8
BARE = "bare page"
#: In the browser: notes when the last long task ended.
NOTE_TASKS = """
window.lastTask = 0;
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) window.lastTask = Math.max(window.lastTask, task.startTime + task.duration);
}).observe({ type: "longtask", buffered: true });
"""
#: Answers when for two seconds no task was long.
INTERACTIVE = """
() => new Promise((resolve) => {
  const look = () => {
    const loaded = performance.getEntriesByType("navigation")[0].loadEventEnd;
    const last = Math.max(window.lastTask, loaded);
    if (loaded && performance.now() - last > 2000) resolve(last);
    else setTimeout(look, 100);
  };
  look();
})
"""
COUNTS = """
() => ({
  fields: [...new FormData(document.querySelector("[data-edit-form]"))].length,
  elements: document.querySelectorAll("*").length,
})
"""
COLLAPSE_ALL = """
() => {
  const start = performance.now();
  for (const toggle of document.querySelectorAll('[data-panel-toggle][aria-expanded="true"]')) toggle.click();
  document.body.getBoundingClientRect();
  return performance.now() - start;
}
"""


def build(sizes: list[int]) -> dict[str, Page]:
    """Return the pages to edit, by the names under which they are shown."""
    call_command("migrate", verbosity=0)
    home = Page.objects.get(depth=2)
    section = make.section_page(home)
    topics = [
        make.topic_page(section, title=f"Topic {n}", slug=f"topic-{n}") for n in range(TOPICS)
    ]
    body = [("paragraph", f"<p>{sentence(1, 40)}</p>")]
    pages: dict[str, Page] = {BARE: home.add_child(instance=BarePage(title="Bare", body=body))}
    for size in sizes:
        items = [
            make.initiative(
                f'<p>{sentence(n, 25)} <a href="https://example.org/">More</a></p>',
                dates=[(f"{1990 + n % 30}-06", "signed", "")],
                topics=[topics[n % TOPICS]],
            )
            for n in range(size)
        ]
        forum = make.forum_page(section, slug=f"forum-{size}", body=[make.initiatives(*items)])
        pages[f"{size} initiatives"] = forum
    return pages


@contextmanager
def served() -> Iterator[str]:
    """Serve the site in a process of its own, and yield its address."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "django", "runserver", "--noreload", "--insecure", f"{port}"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    for _attempt in range(600):
        with closing(socket.socket()) as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError("The site did not start.")


def measure(pages: dict[str, Page], rounds: int) -> dict[str, list[dict[str, float]]]:
    """Return for each page what each round found."""
    editor = get_user_model().objects.create_superuser("editor", password="password")  # noqa: S106
    client = Client()
    client.force_login(editor)
    found: dict[str, list[dict[str, float]]] = defaultdict(list)
    with (
        served() as site,
        launched_browser() as browser,
        offline_context(browser) as (context, _refused),
    ):
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
        context.add_init_script(NOTE_TASKS)
        context.set_default_timeout(600_000)
        # The first round fills caches and does not count.
        for turn in range(rounds + 1):
            for name, page in pages.items():
                address = reverse("wagtailadmin_pages:edit", args=[page.pk])
                one = _measure_form(context, site + address)
                with CaptureQueriesContext(connection) as queries:
                    client.get(address)
                one["queries"] = len(queries)
                if turn:
                    found[name].append(one)
                    sys.stderr.write(f"round {turn}: {name}: {one}\n")
    return found


def _measure_form(context: Any, address: str) -> dict[str, float]:
    page = context.new_page()
    page.goto(address, wait_until="commit")
    interactive = page.evaluate(INTERACTIVE)
    one = {
        "interactive": interactive,
        **page.evaluate(COUNTS),
        "collapse": page.evaluate(COLLAPSE_ALL),
    }
    page.close()
    return one


def table(found: dict[str, list[dict[str, float]]]) -> str:
    """Return what was found as a table in Markdown, the middle one of the rounds."""

    def middle(name: str, what: str) -> float:
        return statistics.median(one[what] for one in found[name])

    lines = [
        "| form | fields posted | elements | queries | interactive, ms | times a bare page | collapse all, ms |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name in found:
        ratio = middle(name, "interactive") / middle(BARE, "interactive")
        lines.append(
            f"| {name} | {middle(name, 'fields'):.0f} | {middle(name, 'elements'):,.0f} | {middle(name, 'queries'):.0f}"
            f" | {middle(name, 'interactive'):,.0f} | {ratio:.1f} | {middle(name, 'collapse'):,.0f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--initiatives", type=int, nargs="+", default=[10, 50, 200])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    found = measure(build(options.initiatives), options.rounds)
    sys.stdout.write(f"{table(found)}\n")


if __name__ == "__main__":
    main()
