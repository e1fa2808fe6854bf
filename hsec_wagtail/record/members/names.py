"""Names of countries where a text says them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hsec_wagtail.blocks.codes import all_country_names, country_name

__all__ = ["naming_pattern"]

#: A whole word begins and ends here. SQLite (by Python) and PostgreSQL read it alike; MariaDB, to which Django gives
#: bytes where case matters, ends a word before a letter with an accent, too.
_BEGIN, _END = r"(?<!\w)", r"(?!\w)"


def naming_pattern(code: str, *, language: str, also: Iterable[str] = ()) -> str:
    """Return a regular expression for texts in ``language`` that name the country ``code``; "" if it has no name.

    Names are whole words, and not part of the name of another country: "Guinea" is not in "Equatorial Guinea".

    Args:
        code: ISO 3166-1 alpha-2.
        language: A language code.
        also: Other names of it.
    """
    names = sorted({*_variants(country_name(code, language=language)), *filter(_is_name, also)})
    others = [name for other, name in all_country_names(language).items() if other != code]
    return "|".join(_one(name, others) for name in names)


def _is_name(text: str) -> bool:
    return len(text) > 1 and any(character.isalpha() for character in text)


def _variants(name: str) -> Iterator[str]:
    """Yield ``name``; of "Myanmar (Burma)" both names."""
    if match := re.fullmatch(r"(.+?) \((.+)\)", name):
        yield from match.groups()
    elif name:
        yield name


def _one(name: str, others: Iterable[str]) -> str:
    # The CLDR writes an ampersand where a text has "and". No class of characters: MariaDB sees bytes.
    literal = re.escape(name).replace(r"\&", "(?:&|and|et)")
    literal = re.sub("['\u2019]", "(?:'|\u2019)", literal)
    before, after = set(), set()
    for other in others:
        for match in re.finditer(f"{_BEGIN}{re.escape(name)}{_END}", other):
            if match.start():
                before |= _spellings(other[: match.start()])
            elif match.end() < len(other):
                after |= _spellings(other[match.end() :])
    behind = "".join(f"(?<!{one})" for one in sorted(before))
    ahead = "".join(f"(?!{one})" for one in sorted(after))
    return f"{_BEGIN}{behind}{literal}{ahead}{_END}"


def _spellings(text: str) -> set[str]:
    """Return patterns of a fixed length for ``text`` with either apostrophe."""
    return {re.escape(text.replace("\u2019", sign)) for sign in "'\u2019"}
