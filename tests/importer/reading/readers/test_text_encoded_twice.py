"""Text captures whose bytes were decoded wrongly once before they were saved."""

from hsec_wagtail.importer.reading.readers import read

TEXT = """# Sécurité humaine

La sécurité humaine est au cœur de la politique étrangère.

## Nations unies

- Réunion d’été à Genève, déjà prévue.
"""
TWICE = TEXT.encode().decode("cp1252").encode()


def codes(reading):
    return [warning.code for warning in reading.warnings]


def test_a_capture_that_was_encoded_twice_is_decoded_twice_and_warned_of():
    reading = read(TWICE, name="page.txt", language="fr")

    assert "Sécurité humaine" in reading.document.page.title
    assert codes(reading)[0] == "encoded-twice"


def test_a_capture_that_was_encoded_once_is_left_as_it_is():
    reading = read(TEXT.encode(), name="page.txt", language="fr")

    assert "encoded-twice" not in codes(reading)
