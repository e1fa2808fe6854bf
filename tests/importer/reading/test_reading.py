"""What a reading refuses: words that nobody claimed."""

import pytest

from hsec_wagtail.importer.document.schema import load_document
from hsec_wagtail.importer.document.texts import leaves
from hsec_wagtail.importer.errors import LostWordsError
from hsec_wagtail.importer.reading.ledger import Ledger
from hsec_wagtail.importer.reading.readers import Reading, check_nothing_lost
from hsec_wagtail.importer.reading.source import decode


def reading(text: str) -> Reading:
    """Return a reading of ``text`` whose document holds its first word only."""
    source = decode(text.encode(), name="page.txt")
    page = {"type": "section", "key": "k", "title": "Peace", "title_span": (0, 5)}
    document = load_document({"format": "hsec-section/1", "page": page}, name="page.txt")
    return Reading(document, Ledger(source, leaves(document)), source, "text")


def test_words_that_nobody_claimed_are_refused_with_their_lines():
    with pytest.raises(LostWordsError) as refused:
        check_nothing_lost([reading("Peace\n\nand security\nabroad\n")])

    assert str(refused.value).splitlines()[1:] == ["page.txt: line 3: 'and security\\nabroad'"]


def test_a_reading_without_loss_is_let_through():
    check_nothing_lost([reading("Peace\n")])
