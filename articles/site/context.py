"""What every public page's masthead and foot need."""

from __future__ import annotations

from functools import lru_cache
from time import monotonic
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

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


def masthead(request: HttpRequest) -> dict[str, Any]:
    """Lazy: pages of the desk never ask for the sections, so they never pay for them."""
    edition: Edition | None = getattr(request, "edition", None)
    if edition is None:
        return {}
    return {
        "edition": edition,
        "sections": SimpleLazyObject(lambda: sections_of(edition)),
    }
