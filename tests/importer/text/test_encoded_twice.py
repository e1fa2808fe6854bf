"""Text that was encoded twice, and text that only looks so."""

from __future__ import annotations

import pytest

from hsec_wagtail.importer.text.encoded_twice import decoded_once_more

RIGHT = "Le comité d’aide — à l’été — protège « les réfugiés » pour 5 €."


def twice(text: str) -> str:
    """Return ``text`` encoded twice."""
    return "".join(
        bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte))
        for byte in text.encode()
    )


def test_text_that_was_encoded_twice_is_decoded_once_more():
    assert decoded_once_more(twice(RIGHT)) == RIGHT


def test_what_is_right_already_stays_within_text_that_was_encoded_twice():
    assert decoded_once_more(f"{twice(RIGHT)} Ministère") == f"{RIGHT} Ministère"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("plain", id="ASCII"),
        pytest.param(RIGHT, id="right"),
        pytest.param("Ã is a letter of Portuguese; NÃO, SÃO, IRMÃ, AMANHÃ.", id="capitals"),
        pytest.param("Servers show 'Ã©' for é.", id="one sequence quoted"),
        pytest.param("Комитет озера", id="Cyrillic"),
    ],
)
def test_other_text_is_not_decoded_once_more(text):
    assert decoded_once_more(text) is None
