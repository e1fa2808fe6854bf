"""Asking for an address: HEAD, or GET where that is refused, with bounds on time and redirects; standard library only.

The address that a name has is looked up once, checked, and connected to, so that a name cannot mean another machine
the second time. Nothing of an answer is read but its head.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from threading import Event, Timer
from typing import Any
from urllib.parse import urljoin, urlsplit

from hsec_wagtail.outside.addresses import AddressError, is_public, to_ascii

__all__ = ["Answer", "Asker", "Reason"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_MOST_REDIRECTS = 5


class Reason(StrEnum):
    """Why there is no answer."""

    NONE = ""
    ADDRESS = "address"
    PRIVATE = "private"
    NAME = "name"
    CONNECTION = "connection"
    CERTIFICATE = "certificate"
    TIMEOUT = "timeout"
    PROTOCOL = "protocol"
    REDIRECTS = "redirects"


class _Refusal(Exception):
    """There is no answer, for a reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question for an address.

    Attributes:
        status: Of the last answer; None if there was none.
        target: Where the address moved for good; "" if it did not.
    """

    status: int | None = None
    reason: Reason = Reason.NONE
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Asks for addresses.

    Attributes:
        agent: What servers are told who asks.
        timeout: Seconds that one question may take, redirects apart.
        allow_private: Ask machines of private networks too.
    """

    agent: str
    timeout: float = 10
    allow_private: bool = False

    def ask(self, url: str) -> Answer:
        """Return the answer for ``url``, of any content; never raises."""
        try:
            answer = self._follow("HEAD", url)
            # Many servers know HEAD badly.
            return answer if (answer.status or 0) < 400 else self._follow("GET", url)
        except _Refusal as refusal:
            if refusal.reason is not Reason.PROTOCOL:
                return Answer(reason=refusal.reason)
        try:
            return self._follow("GET", url)
        except _Refusal as refusal:
            return Answer(reason=refusal.reason)

    def _follow(self, method: str, url: str) -> Answer:
        current, for_good = url, True
        for _number in range(_MOST_REDIRECTS + 1):
            try:
                current = to_ascii(current)
            except AddressError as error:
                raise _Refusal(Reason.ADDRESS) from error
            status, location = self._once(method, current)
            if status not in _REDIRECTS or not location:
                moved = for_good and _number > 0
                return Answer(status, target=current if moved else "")
            for_good = for_good and status in _FOR_GOOD
            try:
                current = urljoin(current, location)
            except ValueError as error:
                raise _Refusal(Reason.ADDRESS) from error
        raise _Refusal(Reason.REDIRECTS)

    def _once(self, method: str, url: str) -> tuple[int, str]:
        """Return status and target of one answer."""
        parts = urlsplit(url)
        with self._connection(parts) as connection:
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            headers = {"User-Agent": self.agent, "Accept": "*/*", "Connection": "close"}
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location") or ""

    @contextmanager
    def _connection(self, parts: Any) -> Iterator[http.client.HTTPConnection]:
        """Give a connection that is closed at the end, or when the time is up."""
        if parts.scheme == "https":
            context = ssl.create_default_context()
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                parts.hostname, parts.port, timeout=self.timeout, context=context
            )
        else:
            connection = http.client.HTTPConnection(
                parts.hostname, parts.port, timeout=self.timeout
            )
        # The way that the standard library has for a connection of one's own making.
        connection._create_connection = self._connect  # type: ignore[attr-defined]
        # A server may send a letter now and then for ever: each comes in time, all together do not.
        overdue = Event()
        clock = Timer(self.timeout * 2, _break, [connection, overdue])
        clock.daemon = True
        clock.start()
        try:
            yield connection
            if overdue.is_set():
                raise _Refusal(Reason.TIMEOUT)
        except _Refusal:
            raise
        except ssl.SSLCertVerificationError as error:
            raise _Refusal(Reason.CERTIFICATE) from error
        except TimeoutError as error:
            raise _Refusal(Reason.TIMEOUT) from error
        except (http.client.HTTPException, ssl.SSLError, ConnectionError, ValueError) as error:
            raise _Refusal(Reason.TIMEOUT if overdue.is_set() else _kind(error)) from error
        except OSError as error:
            raise _Refusal(Reason.CONNECTION) from error
        finally:
            clock.cancel()
            connection.close()

    def _connect(self, address: tuple[str, int], *_args: Any, **_kwargs: Any) -> socket.socket:
        """Return a socket to one of the addresses that the name has, if all of them may be asked."""
        host, port = address
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise _Refusal(Reason.NAME) from error
        if not self.allow_private and not all(is_public(str(one[4][0])) for one in found):
            raise _Refusal(Reason.PRIVATE)
        failure: OSError | None = None
        for family, kind, protocol, _name, place in found[:2]:
            made = socket.socket(family, kind, protocol)
            made.settimeout(self.timeout)
            try:
                made.connect(place)
            except OSError as error:
                failure = error
                made.close()
            else:
                return made
        raise failure or _Refusal(Reason.NAME)


def _kind(error: Exception) -> Reason:
    """Return whether a server was reached that speaks otherwise, or none was."""
    unreached = isinstance(error, ConnectionRefusedError)
    return Reason.CONNECTION if unreached else Reason.PROTOCOL


def _break(connection: http.client.HTTPConnection, overdue: Event) -> None:
    # First said, then done: whoever reads sees the end of a broken answer at once, and takes it for a whole one.
    overdue.set()
    made = connection.sock
    if made is not None:
        with suppress(OSError):
            made.shutdown(socket.SHUT_RDWR)
