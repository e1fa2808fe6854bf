import pytest

from django.core.cache import cache

from hsec_wagtail.record import conditional


@pytest.fixture(autouse=True)
def kept(settings):
    """Keep answers, as a site does by default."""
    settings.HSEC_CACHE = "default"
    cache.clear()


@pytest.fixture
def settled(monkeypatch):
    """Let changes be old enough for their time to be said."""
    monkeypatch.setattr(conditional, "_SETTLED", -conditional._SETTLED)
