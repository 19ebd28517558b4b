"""Words that readers' templates of every room use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from articles.models import Correction, Edition
from articles.models.addresses import address
from articles.text.html import printed
from articles.text.render import picture_html


def when(moment: datetime | str | None, *, clock: bool = True) -> SafeString | str:
    """The absolute date that a reader sees; static/js/time.js turns one of today into "1 hour ago"."""
    at = _moment(moment)
    if at is None:
        return ""
    form = "DATETIME_FORMAT" if clock else "DATE_FORMAT"
    said = _said(at.replace(second=0, microsecond=0) if clock else at.date(), form, get_language())
    return format_html('<time datetime="{}" data-ago>{}</time>', at.isoformat(timespec="seconds"), said)


@lru_cache(maxsize=8192)
def _said(at: datetime | date, form: str, language: str | None) -> str:
    """A day is written the same way on every page of one language, so a process writes it once."""
    return date_format(at, form)


def day(moment: datetime | date | str | None) -> SafeString | str:
    """A date without a clock, which stays a date."""
    at = _moment(moment)
    if at is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', f"{at:%Y-%m-%d}", date_format(at, "DATE_FORMAT"))


def stamp(moment: datetime | str | None) -> str:
    """2026-11-22T06:10:00+05:00, for machines."""
    at = _moment(moment)
    return at.isoformat(timespec="seconds") if at else ""


def written(moment: datetime | date, form: str) -> str:
    """A date in the words of the edition, as Django's `date` filter writes it."""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return date_format(local, form)


def joined(names: Sequence[str]) -> str:
    """A, B and C."""
    *first, last = [*names] or [""]
    if not first:
        return last
    return gettext("%(names)s and %(last)s") % {"names": gettext(", ").join(first), "last": last}


def link(name: str, *parts: str | int | Edition) -> str:
    """The address of a page by its name in urls.py."""
    return address(name, *(str(part) for part in parts))


def picture(given: Mapping[str, Any], sizes: str, *, alt: str = "", first: bool = False) -> SafeString:
    """A picture as an article keeps it; `sizes` says how wide it stands on this page."""
    return printed(picture_html(given, sizes, alt=alt, first=first))


def quoted(text: str, safe: str = "/") -> str:
    """Fit to stand in an address."""
    return quote(text, safe)


def label(kind: str) -> str:
    """What readers call a note of that kind."""
    return str(Correction.Kind(kind).label)


def comments(n: int) -> str:
    return ngettext("%(n)s comment", "%(n)s comments", n) % {"n": n}


def stories(n: int) -> str:
    return ngettext("%(n)s story", "%(n)s stories", n) % {"n": n}


def reading(minutes: int) -> str:
    said = ngettext("%(minutes)s minute’s reading", "%(minutes)s minutes’ reading", minutes)
    return said % {"minutes": minutes}


def _moment(moment: datetime | date | str | None) -> datetime | None:
    """As a moment on the edition's clock."""
    if isinstance(moment, str):
        moment = parse_datetime(moment)
    if moment is None:
        return None
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, tzinfo=timezone.get_current_timezone())
    return timezone.localtime(moment)


WORDS: dict[str, Callable[..., Any]] = {"when": when, "day": day, "link": link, "picture": picture}
# Of a constant, a filter is worked out once, when its template is compiled and in the language of that moment:
# hand those that speak a language only what varies.
FILTERS: dict[str, Callable[..., Any]] = {
    "comments": comments,
    "date": written,
    "joined": joined,
    "label": label,
    "reading": reading,
    "stamp": stamp,
    "stories": stories,
    "urlencode": quoted,
}
