"""What every test of the newsroom stands on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _own_media(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Every test has an empty picture library and an empty cache."""
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    yield
    cache.clear()
