"""What every public page's masthead and foot need."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles.models import Edition, Section


def sections_of(edition: Edition) -> list[Section]:
    return list(Section.objects.filter(edition=edition.code))


def masthead(request: HttpRequest) -> dict[str, Any]:
    """Lazy: pages of the desk never ask for the sections, so they never pay for them."""
    edition: Edition | None = getattr(request, "edition", None)
    if edition is None:
        return {"site_url": settings.SITE_URL}
    return {
        "site_url": settings.SITE_URL,
        "edition": edition,
        "sections": SimpleLazyObject(lambda: sections_of(edition)),
    }
