"""The question of a search, as an address has it."""

from __future__ import annotations

import re

__all__ = ["PAGE_PARAMETER", "QUERY_PARAMETER", "clean_query"]

QUERY_PARAMETER = "q"
PAGE_PARAMETER = "page"
MAX_QUERY_LENGTH = 200


def clean_query(text: str) -> str:
    """Return the words of ``text`` without control characters, of a length a search takes."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", " ", text).split())[:MAX_QUERY_LENGTH]
