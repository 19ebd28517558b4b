"""What every public page's masthead and foot need."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from articles.models import Edition, Section


def masthead(request: HttpRequest) -> dict[str, Any]:
    """Lazy: pages of the desk never ask for the sections, so they never pay for them."""
    edition = getattr(request, "edition", None)
    if edition is None:
        return {"site_name": settings.SITE_NAME}
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "edition": edition,
        "editions": Edition.all(),
        "other_editions": edition.others(),
        "sections": Section.objects.filter(edition=edition.code),
    }
