"""Codes of languages, such as en and fr-CA."""

from __future__ import annotations

__all__ = ["primary_language", "same_language"]


def primary_language(code: str) -> str:
    """Return the language that ``code`` names, without the region and the like.

    >>> primary_language("fr-CA")
    'fr'
    """
    return code.partition("-")[0].lower()


def same_language(one: str, other: str) -> bool:
    """Tell whether two codes name the same language, whatever the regions.

    >>> same_language("fr-CA", "fr"), same_language("fr", "en")
    (True, False)
    """
    return primary_language(one) == primary_language(other)
