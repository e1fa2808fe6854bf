"""What ships: content and profiles, found in a wheel as in a checkout."""

import pytest

from hsec_wagtail.importer.reading.files.packaged import packaged_content, packaged_files
from hsec_wagtail.importer.reading.readers import read


def test_the_packaged_content_has_names():
    assert packaged_content() == ["human-security"]


def test_a_packaged_section_is_a_document_for_each_language():
    assert [name for name, _ in packaged_files("human-security")] == [
        "human-security/en.yaml",
        "human-security/fr.yaml",
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_packaged_content_reads_as_a_document(language):
    files = dict(packaged_files("human-security"))

    reading = read(files[f"human-security/{language}.yaml"], name=f"{language}.yaml")

    assert (reading.format, reading.document.language) == ("fixture", language)
    assert reading.ledger.unclaimed == []
