"""What `manage.py check --deploy` says of settings that do not fit each other."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Warning as Doubt

ALONE = "django.core.cache.backends.locmem.LocMemCache"


def one_count_for_all_machines(app_configs: Any, **_more: Any) -> list[Doubt]:
    """A replica or a bucket means several machines; what one of them counts the others must know."""
    several = "replica" in settings.DATABASES or settings.STORAGES["default"]["BACKEND"].endswith(".Bucket")
    if not several or settings.CACHES["default"]["BACKEND"] != ALONE:
        return []
    said = "The newsroom runs on several machines, and each process counts floods of comments for itself."
    return [Doubt(said, hint="Set CACHE_URL=redis://127.0.0.1:6379/0 or the like.", id="newsroom.W001")]
