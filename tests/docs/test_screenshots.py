"""The pictures of the editor's guide: those that it shows are those that the script makes."""

from __future__ import annotations

import re

from PIL import Image

from tests.docs.pages import PAGES
from tests.docs.screenshots import FOLDER, PICTURES, SIZE

GUIDE = PAGES["docs/how-to/edit-a-section.md"]
SHOWN = re.findall(r"!\[([^\]]*)\]\(\.\./images/([\w-]+)\.png\)", GUIDE)


def test_the_guide_shows_the_pictures_that_the_script_makes():
    assert sorted(name for _alt, name in SHOWN) == sorted(PICTURES)
    assert all(len(alt.split()) > 3 for alt, _name in SHOWN)


def test_no_picture_is_left_over():
    assert {path.stem for path in FOLDER.iterdir()} == set(PICTURES)


def test_the_pictures_are_small_and_readable():
    files = [FOLDER / f"{name}.png" for name in PICTURES]

    assert len(files) <= 10
    assert sum(file.stat().st_size for file in files) < 1_500_000
    for file in files:
        with Image.open(file) as image:
            assert image.format == "PNG"
            assert 400 <= image.width <= SIZE["width"]
