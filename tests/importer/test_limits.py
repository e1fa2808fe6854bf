"""An import that takes too long is given up where nothing is half done."""

from __future__ import annotations

import pytest

from hsec_wagtail.importer import service
from hsec_wagtail.importer.errors import ImportContentError
from hsec_wagtail.models import ForumPage, ImportRun
from tests.importer import samples

pytestmark = pytest.mark.django_db


def test_reading_stops_between_files(home, tmp_path, settings):
    settings.HSEC_MAX_SECONDS = 0
    source = samples.write(tmp_path, samples.section())

    with pytest.raises(ImportContentError) as refused:
        service.run(source)

    assert str(refused.value) == (
        f"{source}: 0 of 1 files were read: the import took longer than 0 seconds and was given up."
        " Nothing was written. Import less at a time, or raise HSEC_MAX_SECONDS."
    )
    assert not ImportRun.objects.exists()


def test_an_import_that_is_stopped_between_chunks_leaves_nothing(home, tmp_path):
    source = samples.write(tmp_path, samples.section())

    def slow(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        service.run(source, progress=slow)

    assert not ForumPage.objects.exists()
    assert ImportRun.objects.get().status == ImportRun.Status.FAILED
