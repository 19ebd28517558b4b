"""Dates as papers print them on a line of their own: “10 Nov 2025”, “Updated: Monday, November 10, 2025”."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Literal

_ENGLISH = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
_URDU = [
    "جنوری",
    "فروری",
    "مارچ",
    "اپریل",
    "مئی",
    "جون",
    "جولائی",
    "اگست",
    "ستمبر",
    "اکتوبر",
    "نومبر",
    "دسمبر",
]
MONTHS = {
    name: number
    for names in (_ENGLISH, [month[:3] for month in _ENGLISH], _URDU)
    for number, name in enumerate(names, start=1)
} | {"sept": 9}

_MONTH = f"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})ء?"
_ORDERS = (
    rf"{_DAY}[ -]{_MONTH},?[ -]{_YEAR}",
    rf"{_MONTH} {_DAY},? {_YEAR}",
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})",
)
_LABEL = (
    r"(?:(?P<first>(?:first )?published|posted|date|شائع(?: ہوا| شدہ)?|تاریخ(?: اشاعت)?|اشاعت)"
    r"|(?P<later>(?:last )?(?:updated|modified)|اپ ڈیٹ|ترمیم))(?: on)?\s*[:\-–]?\s*"
)
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun"
    r"|پیر|منگل|بدھ|جمعرات|جمعہ|ہفتہ|اتوار)[,،]? "
)
_TIME = (
    r"(?:,|،| at| -| –|T)? ?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?"
    r" ?(?P<half>[ap]\.?m\.?)?(?P<zone> ?(?:[a-z]{3,4}|z|[+-]\d{2}:?\d{2}))?"
)
_WHOLE = [re.compile(f"(?:{_LABEL})?(?:{_WEEKDAY})?{order}(?:{_TIME})?", re.IGNORECASE) for order in _ORDERS]
OUR_ZONE = {"", "pkt", "pst", "+0500", "+05:00"}  # another clock's time is left out, its date kept


@dataclass(frozen=True)
class Dated:
    date: datetime.date
    time: datetime.time | None = None
    label: Literal["published", "updated", ""] = ""


def date_line(text: str) -> Dated | None:
    """The date that a line consists of; None for any other line, and for days that no calendar has."""
    for whole in _WHOLE:
        if found := whole.fullmatch(text):
            try:
                return _dated(found)
            except ValueError:
                return None
    return None


def _dated(found: re.Match[str]) -> Dated:
    month = MONTHS.get(found["month"].lower()) or int(found["month"])
    day = datetime.date(int(found["year"]), month, int(found["day"]))
    if not 1800 <= day.year <= 2200:
        raise ValueError(f"{day.year} is no year of a newspaper")
    return Dated(day, _time(found), "updated" if found["later"] else "published" if found["first"] else "")


def _time(found: re.Match[str]) -> datetime.time | None:
    if not found["hour"] or (found["zone"] or "").strip().lower() not in OUR_ZONE:
        return None
    hour, half = int(found["hour"]), (found["half"] or "")[:1].lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return datetime.time(hour, int(found["minute"]))
