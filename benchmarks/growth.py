"""Load on a site that runs already, while pages are published: ``python -m benchmarks.growth ADDRESS SECONDS``.

For scripts/try-growth. It fails where an answer is stale, or none, or where the worker leaves a task undone.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from http.client import HTTPConnection
from urllib.parse import urlsplit

import django

django.setup()

from django_tasks_db.models import DBTaskResult  # noqa: E402

from hsec_wagtail.models import SectionPage  # noqa: E402

#: Connections at a time, and changes while they ask; each change is asked for so many times.
CONNECTIONS = 4
CHANGES = 5
ASKED = 9


def get(url: str, **headers: str) -> tuple[int, bytes, str]:
    """Return status, content and ETag of an answer, over a connection of its own."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=30)
    connection.request("GET", parts.path, headers=headers)
    response = connection.getresponse()
    try:
        return response.status, response.read(), response.headers.get("ETag", "")
    finally:
        connection.close()


def wait_for(url: str) -> None:
    """Wait until the site answers, half a minute at most."""
    for _ in range(60):
        try:
            get(url)
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit(f"{url} does not answer.")


def load(url: str, seconds: int, *headers: str) -> subprocess.Popen[str]:
    """Begin to ask for ``url`` as often as it answers."""
    options = [word for header in headers for word in ("-H", header)]
    # On a busy machine an answer may take longer than the two seconds that wrk waits.
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", *options, url]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603


def rate(process: subprocess.Popen[str]) -> float:
    """Return the requests per second that were answered; fail if one was not."""
    said, _ = process.communicate()
    found = re.search(r"Requests/sec:\s*([\d.]+)", said)
    if found is None or "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"Not every request was answered:\n{said}")
    return float(found[1])


def publish(section: SectionPage, url: str) -> None:
    """Publish changes one after the other, and ask all processes for each."""
    for number in range(CHANGES):
        mark = f"Change number {number} of {CHANGES}."
        section.lead = f"<p>{mark}</p>"
        section.save_revision().publish()
        stale = [one for one in range(ASKED) if mark.encode() not in get(url)[1]]
        if stale:
            raise SystemExit(f"{len(stale)} of {ASKED} answers after change {number} were stale.")
        time.sleep(0.2)


def wait_for_tasks() -> int:
    """Return how many tasks the worker has done, once it has done all of them; fail if it does not within a minute."""
    for _ in range(120):
        left = DBTaskResult.objects.exclude(status="SUCCESSFUL")
        if failed := left.filter(status="FAILED").first():
            raise SystemExit(f"A task failed: {failed.task_path}\n{failed.traceback}")
        if not left.exists():
            return DBTaskResult.objects.count()
        time.sleep(0.5)
    raise SystemExit(f"The worker left {left.count()} tasks undone.")


def main(address: str, seconds: int) -> None:
    """Measure, and print a table."""
    section = SectionPage.objects.filter(live=True).order_by("-numchild")[0]
    url = address + section.url
    listed = address + section.view_url("initiatives")
    wait_for(url)
    lines = [("section page", rate(load(url, seconds)))]
    lines.append(("list of initiatives", rate(load(listed, seconds))))
    _, _, tag = get(url)
    lines.append(("section page, 304", rate(load(url, seconds, f"If-None-Match: {tag}"))))
    busy = load(url, seconds)
    publish(section, url)
    lines.append((f"section page, {CHANGES} changes meanwhile", rate(busy)))
    lines.append(("section page, made each time", rate(load(f"{url}?no=cache", seconds))))
    tasks = wait_for_tasks()
    if not tasks:
        raise SystemExit("No task was given to the worker.")
    sys.stdout.write("| asked for | answers a second |\n| --- | --- |\n")
    sys.stdout.writelines(f"| {name} | {value:.0f} |\n" for name, value in lines)
    sys.stdout.write(f"\nNothing stale, no error; the worker did {tasks} tasks.\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
