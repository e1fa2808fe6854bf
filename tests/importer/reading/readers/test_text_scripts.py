"""Pages in scripts whose vowel signs are marks, which slugs may not have."""

from hsec_wagtail.importer.reading.readers import read

TEXT = """# मानव सुरक्षा

पहला वाक्य यहाँ है।

## संयुक्त राष्ट्र

- एक बैठक 2004 में हुई।
"""


def test_a_page_in_hindi_is_read_whole():
    reading = read(TEXT.encode(), name="page.txt", language="hi")

    (forum,) = reading.document.page.children
    assert (forum.title, forum.key) == ("संयुक्त राष्ट्र", "संयुक्त-राष्ट्र")
    assert forum.slug == forum.anchor == "सयकत-रषटर"
