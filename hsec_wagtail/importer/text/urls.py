"""Old addresses of pages: resolving links to them, and comparing them.

An address is an absolute URL, or ``/path`` where only the file's place among the files of an import is
known. Resolution follows RFC 3986, and tolerates the deviations of old servers and authors.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import quote, unquote, unquote_to_bytes, urljoin, urlsplit

__all__ = [
    "PAGE_SCHEME",
    "Target",
    "collapsed",
    "comparable",
    "folder_address",
    "is_address",
    "is_web_address",
    "leads_to_document",
    "local_address",
    "local_path",
    "page_reference",
    "parse_reference",
    "resolve",
    "stem",
]

#: Scheme of links to pages of a document: ``page:KEY`` or ``page:KEY#anchor``.
PAGE_SCHEME = "page"

_INDEX = re.compile(r"(?:index|default)\.(?:[a-z]{0,2}html?|shtml|aspx?|php[345]?|jsp|cfm)", re.I)
_DOCUMENT = re.compile(
    r"\.(?:pdf|docx?|rtf|odt|xlsx?|ods|csv|pptx?|pps|odp|wpd|ps|eps|txt|zip|gz|tgz|tar|exe|mp3|wav|mpe?g|avi|mov|rm)\Z",
    re.I,
)
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_SAFE_IN_SEGMENTS = "~-._!$&'()*+,;=:@"


class Target(NamedTuple):
    """Where a link leads: an address, and the part of the page there ("" for the page)."""

    address: str
    fragment: str


def is_address(text: str) -> bool:
    """Tell whether ``text`` is an address of the web, or a path from the root of a site.

    >>> is_address("http://example.org/a b.htm"), is_address("/a"), is_address("http://[::1"), is_address("a")
    (True, True, False, False)
    """
    is_path = text.startswith("/") and not text.startswith("//")
    return (is_path and not _CONTROLS.search(text)) or is_web_address(text, relative=True)


def is_web_address(text: str, *, relative: bool = False) -> bool:
    """Tell whether ``text`` is an absolute address of the web; ``relative``, its scheme may be left out."""
    if _CONTROLS.search(text):
        return False
    try:
        parts = urlsplit(text)
        # Only when it is asked for does a port have to be a number.
        whole = bool(parts.hostname) and (parts.port or 0) >= 0
    except ValueError:
        return False
    return whole and parts.scheme.lower() in {*_DEFAULT_PORTS, *([""] if relative else [])}


def resolve(base: str, href: str) -> Target | None:
    """Return where ``href`` on the page at ``base`` leads; None for what is no page (mailto, script).

    >>> resolve("/forums/oas.html", "../un.html#actions")
    Target(address='/un.html', fragment='actions')
    """
    href = href.strip()
    scheme = re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+:", href)
    if scheme and scheme.group().lower() not in {"http:", "https:"}:
        return None
    path, _, fragment = href.partition("#")
    before, mark, query = path.partition("?")
    # Authors on Windows wrote paths as Windows has them.
    path = before.replace("\\", "/") + mark + query
    try:
        joined = urljoin(base, path) if path else base
        parts = urlsplit(joined)
    except ValueError:
        return None
    if not (parts.netloc or joined.startswith("/")):
        joined = f"/{joined}"
    return Target(joined, unquote(fragment))


def comparable(address: str) -> str:
    """Return ``address`` as addresses are compared.

    Ignored are the scheme (http and https are one site), the host's case, its default port, dot
    segments and the spelling of escapes. Queries count as they stand.

    >>> comparable("HTTP://Example.org:80/a/../%7Ejoe/caf%E9.htm")
    '//example.org/~joe/caf%C3%A9.htm'
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    host = parts.netloc.rpartition("@")[2].lower()
    host = host.removesuffix(_DEFAULT_PORTS.get(parts.scheme.lower(), "\0"))
    path = _path(parts.path)
    query = f"?{parts.query}" if parts.query else ""
    return f"//{host}{path}{query}" if host else f"{path}{query}"


def _path(path: str) -> str:
    segments: list[str] = []
    parts = path.split("/")
    for n, part in enumerate(parts):
        last = n == len(parts) - 1
        if part in {".", ".."}:
            if part == ".." and segments:
                segments.pop()
            if last:
                segments.append("")
        elif part or last:
            segments.append(_segment(part))
    return "/" + "/".join(segments)


def _segment(text: str) -> str:
    raw = unquote_to_bytes(text)
    try:
        plain = raw.decode("utf-8")
    except UnicodeDecodeError:
        plain = raw.decode("cp1252", "replace")
    return quote(unicodedata.normalize("NFC", plain), safe=_SAFE_IN_SEGMENTS)


def collapsed(form: str) -> str:
    """Return the comparable ``form`` without the name of an index page: that of its folder.

    >>> collapsed("//example.org/policy/index.html")
    '//example.org/policy/'
    """
    folder, _, name = form.rpartition("/")
    return f"{folder}/" if _INDEX.fullmatch(name) else form


def folder_address(url: str) -> str:
    """Return the address of the folder that ``url`` names: of itself, or of the page it is.

    >>> folder_address("https://example.org/policy/index.asp"), folder_address("https://example.org/policy")
    ('https://example.org/policy/', 'https://example.org/policy/')
    """
    parts = urlsplit(url)
    folder, _, name = parts.path.rpartition("/")
    path = f"{folder}/" if "." in name else f"{parts.path.rstrip('/')}/"
    return f"{parts.scheme}://{parts.netloc}{path}"


def leads_to_document(href: str) -> bool:
    """Tell whether ``href`` names a file to be read by itself, as a report is, and no page.

    >>> leads_to_document("files/report.PDF#page=2")
    True
    """
    return bool(_DOCUMENT.search(re.split("[?#]", href, maxsplit=1)[0]))


def local_address(path: str) -> str:
    """Return the address of the file at ``path`` where no other is known.

    >>> local_address("forums/what is new?.html")
    '/forums/what%20is%20new%3F.html'
    """
    return "/" + "/".join(quote(part, safe=_SAFE_IN_SEGMENTS) for part in path.split("/"))


def local_path(address: str) -> str | None:
    """Return the path of the file that a local ``address`` names, None for one on the web."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    return "/".join(unquote(part) for part in _path(parts.path).split("/")).lstrip("/")


def stem(address: str) -> str:
    """Return the path of ``address`` without its suffix: ``forums/oas`` of ``…/forums/oas.html``.

    A query that tells pages apart is part of it; an index page is called as its folder.
    """
    form = collapsed(comparable(address))
    parts = urlsplit(form)
    path = unquote(parts.path).strip("/")
    folder, slash, name = path.rpartition("/")
    name = name.rpartition(".")[0] or name
    query = f"-{parts.query}" if parts.query else ""
    return f"{folder}{slash}{name}{query}"


def page_reference(key: str, anchor: str = "") -> str:
    """Return the URL by which a document names its page ``key``, or a part of it.

    >>> page_reference("oas", "actions")
    'page:oas#actions'
    """
    fragment = f"#{quote(anchor, safe='')}" if anchor else ""
    return f"{PAGE_SCHEME}:{quote(key, safe='')}{fragment}"


def parse_reference(url: str) -> tuple[str, str] | None:
    """Return (key, anchor) of a link to a page of the document, None for any other URL."""
    scheme, colon, rest = url.partition(":")
    if not colon or scheme != PAGE_SCHEME:
        return None
    key, _, anchor = rest.partition("#")
    return unquote(key), unquote(anchor)
