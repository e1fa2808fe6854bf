"""Fixtures for tests of blocks."""

from typing import Any

import pytest

from django.core.files.base import ContentFile

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from hsec_wagtail.blocks.media import RENDITIONS


@pytest.fixture
def page(home: Page) -> Page:
    return home.add_child(instance=Page(title="Treaties", slug="treaties"))


@pytest.fixture
def draft_page(home: Page) -> Page:
    return home.add_child(instance=Page(title="Secret plans", slug="secret", live=False))


@pytest.fixture
def document(root_page: Page) -> Any:
    return get_document_model().objects.create(
        title="Annual report", file=ContentFile(b"x" * 2048, name="report.pdf")
    )


@pytest.fixture
def image(root_page: Page) -> Any:
    """Return an image whose renditions are made already."""
    image = get_image_model().objects.create(
        title="Harbour", file=get_test_image_file(filename="harbour.png", size=(90, 60))
    )
    for spec in RENDITIONS:
        file = get_test_image_file(filename=f"harbour.{spec}.png", size=(9, 6))
        image.renditions.create(filter_spec=spec, focal_point_key="", file=file, width=9, height=6)
    return image
