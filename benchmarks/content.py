"""Pages to write: forums as legacy sections have them, each with ten dated actions; always the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

__all__ = ["INITIATIVES", "forum_fields", "sentence"]

INITIATIVES = 10
_WORDS = (
    "The department of outer affairs works with neighbouring states on rules for small arms, on the"
    " protection of civilians, on mines and on the rights of children in armed conflict. It paid for"
    " a meeting of experts, sent observers, signed the convention and reported on what came of it."
).split()


def sentence(seed: int, length: int) -> str:
    """Return a sentence of ``length`` words, the same for the same ``seed``."""
    words = [_WORDS[(seed * 7 + n * (seed % 5 + 1)) % len(_WORDS)] for n in range(length)]
    return " ".join(words).capitalize() + "."


def _id(*parts: object) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(map(str, parts))))


def forum_fields(numbers: range, *, targets: list[int]) -> Iterator[dict[str, Any]]:
    """Yield the fields of a forum for each of ``numbers``; its links go to pages of ``targets``."""
    for number in numbers:
        yield {
            "title": f"Organisation {number} for regional security",
            "slug": f"organisation-{number}",
            "short_name": f"ORS {number}",
            "lead": f"<p>{sentence(number, 20)}</p>",
            "body": json.dumps(list(_blocks(number, targets))),
        }


def _blocks(number: int, targets: list[int]) -> Iterator[dict[str, Any]]:
    heading = {"text": sentence(number, 4), "anchor": "what", "level": "2"}
    yield {"type": "heading", "id": _id(number, "heading"), "value": heading}
    near = targets[number % len(targets)]
    html = f'<p>{sentence(number + 1, 40)} See <a linktype="page" id="{near}">there</a> &amp; here.</p>'
    yield {"type": "paragraph", "id": _id(number, "text"), "value": html}
    items = [_initiative(number, n, targets) for n in range(INITIATIVES)]
    value = {"intro": "<p>Among what was done:</p>", "grouping": "none", "initiatives": items}
    yield {"type": "initiatives", "id": _id(number, "initiatives"), "value": value}


def _initiative(number: int, n: int, targets: list[int]) -> dict[str, Any]:
    year = 1990 + (number + n) % 30
    target = targets[(number + n) % len(targets)]
    link = f' <a linktype="page" id="{target}">More</a>' if n % 2 else ""
    date = {"edtf": f"{year}-06", "label": "signed", "text": f"June {year}"}
    return {
        "type": "item",
        "id": _id(number, n),
        "value": {
            "text": f"<p>{sentence(number + n, 25)} It was signed in June {year}.{link}</p>",
            "dates": [{"type": "item", "id": _id(number, n, "date"), "value": date}],
            "topics": [],
        },
    }
