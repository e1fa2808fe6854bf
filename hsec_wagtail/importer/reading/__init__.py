"""Bytes to a section document, with every word of the source accounted for. Pure.

>>> reading = read(b"<h1>Human Security</h1><p>Canada signed in June 1999.", name="page.html")
>>> reading.document.page.title
'Human Security'
>>> reading.ledger.words, [span.text for span in reading.ledger.unclaimed]
(7, [])
"""

from hsec_wagtail.importer.reading.readers import Reading, read

__all__ = ["Reading", "read"]
