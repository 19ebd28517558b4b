"""Addresses of pages, remembered: a page names some forty, and an address never depends on the request."""

from functools import lru_cache

from django.conf import settings
from django.urls import reverse


@lru_cache(maxsize=4096)
def address(name: str, *parts: str | int) -> str:
    """The path of the page of that name in urls.py."""
    return reverse(name, args=parts)


def absolute(path: str) -> str:
    """The same address with the site's name before it, for programs and other sites."""
    return path if "://" in path else f"{settings.SITE_URL}{path}"
