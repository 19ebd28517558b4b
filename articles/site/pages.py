"""Long lists a screen at a time, by position: `?before=` and `?after=` name a place in time, not a page number.

A place is the printing moment and the number of an article, so a list keeps its order while the paper
goes on printing, and its thousandth page costs what its first does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.http import QueryDict

from articles.models import Article

SIZE = 20
WINDOW = 500  # rows that are looked at for one screen of a list that is hidden among others
ASKED = {
    "tags",
    "section",
    "author",
    "genre",
    "from",
    "to",
    "before",
    "after",
}  # what a list's address may ask
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LAST = 10**18 - 1  # the highest number that a place may name


@dataclass(frozen=True)
class Place:
    at: datetime
    number: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // MICROSECOND}-{self.number}"

    @classmethod
    def of(cls, article: Article) -> Place:
        return cls(article.published_at, article.pk)

    @classmethod
    def read(cls, word: str) -> Place | None:
        """The place that a reader's address names; None for anything else that was typed there."""
        moment, _dash, number = word.partition("-")
        if not (moment.isascii() and moment.isdigit() and number.isascii() and number.isdigit()):
            return None
        if len(moment) > 17 or len(number) > 18:
            return None
        return cls(EPOCH + int(moment) * MICROSECOND, int(number))


@dataclass(frozen=True)
class Page:
    """One screen of a list. `newer` and `older` are query strings for the next screens, empty at the ends."""

    articles: list[Article]
    newer: str = ""
    older: str = ""
    looked_to: datetime | None = None  # the list may go on, but this is how far the screen has looked

    def __bool__(self) -> bool:
        return bool(self.articles)


def page_of(
    matching: Callable[[Q], QuerySet[Article]],
    asked: QueryDict,
    *,
    along: str = "",
    among: QuerySet[Any] | None = None,
    size: int = SIZE,
) -> Page:
    """The screen that `asked` (request.GET) names of a list that is ordered newest first.

    `matching` gives the part of the list that fits a condition (a queryset's own `filter` does).
    `along` is the path to the table whose dates order the list: "" for articles, "article_tags__" for a tag's.
    `among` are that table's rows, when the list may be hidden among very many of them: no more than WINDOW are
    looked at then, and a screen may be short or empty though the list goes on.
    """
    before, after = Place.read(asked.get("before", "")), Place.read(asked.get("after", ""))
    newer = bool(after and not before)
    place = after if newer else before
    number = "article_id" if along else "pk"
    where = _beyond(place, f"{along}published_at", f"{along}{number}", newer=newer)
    end = None
    if among is not None:
        there = among.filter(_beyond(place, "published_at", number, newer=newer))
        end = _end_of_window(there, newer=newer)
    if end:
        where &= Q(**{f"{along}published_at__{'lte' if newer else 'gte'}": end})
    rows = matching(where)
    found = list((rows.reverse() if newer else rows)[: size + 1])
    more, found = len(found) > size, found[:size]
    onward = Place.of(found[-1]) if more else end and Place(end, LAST if newer else 0)
    back = None
    if place and (found or among is not None):  # of a hidden list an empty screen may be between others
        back = Place.of(found[0]) if found else _beside(place, newer=newer)
    to_newer, to_older = (onward, back) if newer else (back, onward)
    return Page(
        found[::-1] if newer else found,
        newer=_words(asked, after=str(to_newer)) if to_newer else "",
        older=_words(asked, before=str(to_older)) if to_older else "",
        looked_to=None if more else end,
    )


def _beyond(place: Place | None, at: str, number: str, *, newer: bool) -> Q:
    if place is None:
        return Q()
    way = "gt" if newer else "lt"
    past = Q(**{f"{at}__{way}": place.at})
    beside = Q(**{at: place.at, f"{number}__{way}": place.number})
    # the first condition bounds the walk along the index, the second says exactly where it starts
    return Q(**{f"{at}__{way}e": place.at}) & (past | beside)


def _beside(place: Place, *, newer: bool) -> Place:
    """From where the way back shows what stands at this place itself."""
    return Place(place.at, place.number + 1 if newer else max(0, place.number - 1))


def _end_of_window(rows: QuerySet[Any], *, newer: bool) -> datetime | None:
    """The moment of the last row that this screen looks at; None when the list ends before."""
    window = (rows.reverse() if newer else rows).values("published_at")[:WINDOW]
    seen = window.aggregate(n=Count("*"), end=(Max if newer else Min)("published_at"))
    return seen["end"] if seen["n"] == WINDOW else None


def _words(asked: QueryDict, **places: str) -> str:
    words = QueryDict(mutable=True)
    for name in ASKED.intersection(asked) - {"before", "after"}:
        words.setlist(name, asked.getlist(name))
    words.update(places)
    return "?" + words.urlencode()
