"""Addresses of pages, remembered: a page names some forty, and an address never depends on the request."""

from datetime import date
from functools import lru_cache
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse

SAMPLE = date(1111, 11, 11), "sample"


@lru_cache(maxsize=4096)
def address(name: str, *parts: str | int) -> str:
    """The path of the page of that name in urls.py."""
    return reverse(name, args=parts)


def dated_address(name: str, code: str, day: date, slug: str) -> str:
    """The same for a page under an article's day and slug: too many to remember each, so their frame is."""
    head, tail = _frame(name, code)
    return f"{head}{day:%Y/%m/%d}/{quote(slug)}{tail}"


@lru_cache(maxsize=64)
def _frame(name: str, code: str) -> tuple[str, str]:
    day, slug = SAMPLE
    head, _sample, tail = reverse(name, args=[code, day.year, day.month, day.day, slug]).partition(
        f"{day:%Y/%m/%d}/{slug}"
    )
    return head, tail


def absolute(path: str) -> str:
    """The same address with the site's name before it, for programs and other sites."""
    return path if "://" in path else f"{settings.SITE_URL}{path}"
