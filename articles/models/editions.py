"""The editions the paper is printed in. They are settings, not rows: a language cannot be added by a form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


@dataclass(frozen=True)
class Edition:
    """One language the paper is printed in, as settings.EDITIONS lists it."""

    code: str  # the first word of its addresses
    language: str
    direction: str  # "ltr" or "rtl"
    time_zone: str
    name: str
    label: str  # its language in that language
    tagline: str

    def __str__(self) -> str:
        return self.code

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def day(self, moment: datetime) -> date:
        """The date of `moment` on this edition's calendar: the date in an article's address."""
        return timezone.localtime(moment, self.zone).date()

    def others(self) -> list[Edition]:
        return [other for other in Edition.all() if other.code != self.code]

    @staticmethod
    @cache
    def all() -> tuple[Edition, ...]:
        return tuple(Edition(**fields) for fields in settings.EDITIONS)

    @staticmethod
    def of(code: str) -> Edition:
        """The edition of that code; LookupError for any other word."""
        for one in Edition.all():
            if one.code == code:
                return one
        known = ", ".join(one.code for one in Edition.all())
        raise LookupError(f"No edition has the code {code!r}; there are: {known}")


def default_edition() -> str:
    return Edition.all()[0].code


def edition_choices() -> list[tuple[str, str]]:
    return [(one.code, one.label) for one in Edition.all()]
