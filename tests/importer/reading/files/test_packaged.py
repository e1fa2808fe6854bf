"""What ships: content and profiles, found in a wheel as in a checkout."""

import subprocess
import sys
from pathlib import Path

import pytest

from hsec_wagtail.importer.reading.files.packaged import packaged_content, packaged_files
from hsec_wagtail.importer.reading.readers import read


def test_the_packaged_content_has_names():
    assert packaged_content() == ["human-security", "international-policy"]


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


def test_packaged_content_is_found_in_a_checkout_that_is_not_installed():
    root = Path(__file__).resolve().parents[4]
    # An editable install would find the folder by itself.
    code = f"""
import sys
sys.path.insert(0, {str(root)!r})
sys.meta_path = [one for one in sys.meta_path if "__editable__" not in getattr(one, "__module__", "")]
from hsec_wagtail.importer.reading.files.packaged import packaged_content
print(packaged_content())
"""

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603

    assert done.stdout == "['human-security', 'international-policy']\n", done.stderr
