"""Which addresses may be asked for: those of the public internet, so that nobody looks into a network through us; pure."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, urlsplit, urlunsplit

__all__ = ["AddressError", "comparable", "is_public", "to_ascii"]

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
#: Addresses of IPv4 within those of IPv6 (RFC 6052).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_PATH = "/%:@!$&'()*+,;=~-._"
_HOST = re.compile(r"[a-z0-9_.-]+|[0-9a-f:.]+", re.IGNORECASE)
#: Longest that is asked for.
_LONGEST = 2000


class AddressError(ValueError):
    """It is no address that can be asked for."""


def is_public(text: str) -> bool:
    """Return whether the IP address ``text`` is one of the public internet."""
    try:
        address: _Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(
        one.is_global and not (one.is_multicast or one.is_reserved or one.is_unspecified)
        for one in (address, *_within(address))
    )


def _within(address: _Address) -> list[_Address]:
    """Return the addresses of IPv4 that ``address`` leads to."""
    if not isinstance(address, ipaddress.IPv6Address):
        return []
    found: list[_Address | None] = [address.ipv4_mapped, address.sixtofour]
    found += address.teredo or ()
    if address in _NAT64:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in found if one is not None]


def to_ascii(url: str) -> str:
    """Return ``url`` as HTTP has it: without a fragment, names and password, and with the signs of other scripts encoded.

    Raises:
        AddressError: It is none of http and https, or has no host.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
        name = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise AddressError(url) from error
    if parts.scheme.lower() not in ("http", "https") or len(url) > _LONGEST:
        raise AddressError(url)
    if not _HOST.fullmatch(name):
        raise AddressError(url)
    shown = f"[{name}]" if ":" in name else name
    netloc = f"{shown}:{port}" if port else shown
    path = quote(parts.path or "/", safe=_PATH)
    query = quote(parts.query, safe=f"{_PATH}?[]")
    return urlunsplit((parts.scheme.lower(), netloc, path, query, ""))


def comparable(url: str) -> str:
    """Return ``url`` without its fragment: parts of one page are asked for once."""
    return url.strip().partition("#")[0]
