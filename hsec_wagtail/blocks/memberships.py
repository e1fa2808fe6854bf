"""Members that stand in a list twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from hsec_wagtail.blocks.edtf import read_edtf

__all__ = ["find_repeated"]


def find_repeated(members: Iterable[Mapping[str, Any]]) -> dict[int, int]:
    """Return the place of each member who stands further up already -> the place of the first.

    The same member has the same country, or the same name without another country. Who left and came back
    is no member twice, nor is one whose dates leave it open. Takes linear time but for members of one name.
    """
    repeated: dict[int, int] = {}
    known: dict[tuple[str, str, str], list[tuple[int, Mapping[str, Any]]]] = {}
    for place, member in enumerate(members):
        keys = list(_keys(member))
        alike = sorted(
            {earlier: one for key in keys for earlier, one in known.get(key, ())}.items()
        )
        for earlier, one in alike:
            if not _other_countries(one, member) and _at_the_same_time(one, member):
                repeated[place] = earlier
                break
        else:
            for key in keys:
                known.setdefault(key, []).append((place, member))
    return repeated


def _keys(member: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    role = str(member.get("role") or "")
    for kind in ("country", "name"):
        if text := " ".join(str(member.get(kind) or "").split()).casefold():
            yield kind, text, role


def _other_countries(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    codes = [str(one.get("country") or "").strip().upper() for one in (first, second)]
    return all(codes) and codes[0] != codes[1]


def _at_the_same_time(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """Return whether there is a day on which both are members, however exact their dates are."""
    return not (_may_follow(first, second) or _may_follow(second, first))


def _may_follow(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Return whether ``after`` may have begun when ``before`` had ended."""
    ended, began = before.get("until"), after.get("since")
    if not (ended and began):
        return False
    first_end: date | None = getattr(read_edtf(ended), "earliest", None)
    last_beginning: date | None = getattr(read_edtf(began), "latest", None)
    # What cannot be read is refused by itself.
    return first_end is None or last_beginning is None or first_end <= last_beginning
