"""Processes that share a cache: neither shows what was before a change that the other made."""

import os
import subprocess
import sys
from typing import Any

from tests.importer.apart import ROOT, site_apart

SETTINGS = "tests.settings_shared_cache"


class Worker:
    """A process of the site."""

    def __init__(self, database):
        self.process: Any = subprocess.Popen(
            [sys.executable, "-m", "tests.record.conditional.worker"],
            cwd=ROOT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS, "HSEC_DATABASE": database},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, *words):
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def end(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()


def test_what_one_process_publishes_the_other_shows(tmp_path):
    with site_apart(tmp_path) as site:
        database = site._environment["HSEC_DATABASE"]
        one, other = Worker(database), Worker(database)
        try:
            assert one.ask("make") == "made"
            seen = [other.ask("get"), one.ask("get")]
            assert len(set(seen)) == 1
            assert seen[0].startswith("200 ")

            for number, (writer, reader) in enumerate([(one, other), (other, one)] * 2):
                assert writer.ask("edit", f"Lead{number}") == "published"
                seen.append(reader.ask("get"))
                assert seen[-1] == writer.ask("get") == reader.ask("anew")

            assert len(set(seen)) == 5
        finally:
            one.end()
            other.end()
