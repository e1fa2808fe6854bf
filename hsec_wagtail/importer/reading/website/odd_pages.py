"""Pages of a folder that are odd: they send their readers elsewhere, or have words that no rule claims."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape, unescape

from hsec_wagtail.importer.document import nodes
from hsec_wagtail.importer.document.keys import set_keys
from hsec_wagtail.importer.document.texts import leaves
from hsec_wagtail.importer.messages import Message
from hsec_wagtail.importer.reading.ledger import Chrome, Ledger
from hsec_wagtail.importer.reading.readers import Reading
from hsec_wagtail.importer.reading.source_record import chrome_spans
from hsec_wagtail.importer.text.urls import resolve
from hsec_wagtail.importer.text.words import count_words

__all__ = ["moved_to", "with_unclaimed"]

_REFRESH = re.compile(
    r"<meta\b(?=[^<>]*http-equiv\s*=\s*[\"']?refresh)[^<>]*\burl\s*=\s*'?([^\"'<>\s]+)",
    re.IGNORECASE,
)


def moved_to(data: bytes, *, base: str) -> str:
    """Return the address to which the page ``data`` at ``base`` sends its readers, "" if to none."""
    match = _REFRESH.search(data.decode("latin-1"))
    target = resolve(base, unescape(match[1])) if match else None
    return target.address if target else ""


def with_unclaimed(reading: Reading) -> Reading:
    """Return ``reading`` with the words that no rule claims as paragraphs at its end."""
    unclaimed = reading.ledger.unclaimed
    if not unclaimed or reading.format == "fixture":
        return reading
    document = reading.document
    document.page.body += [
        nodes.Paragraph(
            html=f"<p>{escape(' '.join(run.text.split()), quote=False)}</p>", span=run.span
        )
        for run in unclaimed
    ]
    set_keys(document)
    chrome = [
        Chrome((a, b), reason) for a, b, reason in chrome_spans(reading.ledger, reading.source)
    ]
    count = sum(count_words(run.text) for run in unclaimed)
    return replace(
        reading,
        ledger=Ledger(reading.source, leaves(document), chrome),
        warnings=(*reading.warnings, Message("kept-unclaimed", count=count)),
    )
