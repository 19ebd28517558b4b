"""What every public page needs: its edition, and the sections for the menu."""

from __future__ import annotations

from functools import lru_cache
from time import monotonic
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from articles.models import Edition, Section
from articles.press.pagecache.watch import watch


def sections_of(edition: Edition) -> list[Section]:
    """The menu, which every page shows and nobody changes twice a year: asked for anew when the paper turns."""
    if not settings.MENU_KEPT:
        return list(Section.objects.filter(edition=edition.code))
    turned = watch.numbers.site.number if watch.numbers else 0
    return _sections(edition.code, turned, int(monotonic() / settings.MENU_KEPT))


@lru_cache(maxsize=8)
def _sections(code: str, turned: int, spell: int) -> list[Section]:
    return list(Section.objects.filter(edition=code))


def edition(request: HttpRequest) -> dict[str, Any]:
    """The edition whose page it is, as its middleware found it."""
    one: Edition | None = getattr(request, "edition", None)
    return {"edition": one} if one else {}
