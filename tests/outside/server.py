"""A server on this machine that answers as servers of all kinds do."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

#: Path -> status and target.
ANSWERS = {
    "/ok": (200, ""),
    "/gone": (404, ""),
    "/login": (401, ""),
    "/broken": (500, ""),
    "/moved": (301, "/ok"),
    "/moved-twice": (308, "/moved"),
    "/for-now": (302, "/ok"),
    "/loop": (302, "/loop"),
    "/inside": (302, "http://169.254.169.254/latest/meta-data/"),
    "/file": (302, "file:///etc/passwd"),
    "/odd": (302, "http://[::1"),
}


@dataclass
class Server:
    """The server: where it is, and what it was asked."""

    url: str
    asked: list[tuple[str, str, dict[str, str], float]] = field(default_factory=list)

    def asked_for(self, path: str) -> list[str]:
        """Return the methods that ``path`` was asked with."""
        return [method for method, one, _headers, _time in self.asked if one == path]


class Handler(BaseHTTPRequestHandler):
    """Answers by the path."""

    known: Server

    def answer(self) -> None:
        self.known.asked.append((self.command, self.path, dict(self.headers), time.monotonic()))
        path = self.path.partition("?")[0]
        others = {
            "/no-head": lambda: self.say(405 if self.command == "HEAD" else 200),
            "/slow": lambda: time.sleep(3),
            "/drop": lambda: None,
            "/trickle": self.trickle,
            "/noise": lambda: self.wfile.write(b"\x00\xff no HTTP at all\r\n\r\n"),
        }
        others.get(path, lambda: self.say(*ANSWERS.get(path, (404, ""))))()
        self.close_connection = True

    do_HEAD = do_GET = answer

    def say(self, status: int, target: str = "") -> None:
        self.send_response(status)
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def trickle(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        with suppress(OSError):
            for _number in range(100):
                self.wfile.write(b"X: y\r\n")
                self.wfile.flush()
                time.sleep(0.1)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[Server]:
    """Run the server on a free port."""
    known = Server("")
    handler = type("HandlerOfOneServer", (Handler,), {"known": known})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    known.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
