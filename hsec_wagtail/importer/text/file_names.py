"""Names of files as they are shown and stored, whatever the file system has."""

from __future__ import annotations

import re
from urllib.parse import quote

__all__ = ["readable_name"]

_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
#: Bytes that are not UTF-8 come from Python as these (PEP 383).
_FIRST_ESCAPE, _LAST_ESCAPE = 0xDC80, 0xDCFF


def readable_name(name: str) -> str:
    r"""Return ``name`` as text on one line: bytes that are not UTF-8 as Windows-1252, which old systems wrote.

    >>> readable_name("Lys\udcf8en.html"), readable_name("a\nb.html")
    ('Lysøen.html', 'a%0Ab.html')
    """
    return _ODD.sub(lambda match: _readable(match.group()), name)


def _readable(odd: str) -> str:
    code = ord(odd)
    if _FIRST_ESCAPE <= code <= _LAST_ESCAPE:
        byte = bytes([code - 0xDC00])
        try:
            return byte.decode("cp1252")
        except UnicodeDecodeError:
            return quote(byte)
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else quote(odd)
