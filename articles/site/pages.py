"""Long lists a screen at a time, by position: `?before=` and `?after=` name a place in time, not a page number.

A place is the printing moment and the number of an article, so a list keeps its order while the paper
goes on printing, and its thousandth page costs what its first does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet
from django.http import QueryDict

from articles.models import Article

SIZE = 20
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

    def __bool__(self) -> bool:
        return bool(self.articles)


def page_of(
    matching: Callable[[Q], QuerySet[Article]], asked: QueryDict, *, along: str = "", size: int = SIZE
) -> Page:
    """The screen that `asked` (request.GET) names of a list that is ordered newest first.

    `matching` gives the part of the list that fits a condition (a queryset's own `filter` does).
    `along` is the path to the table whose dates order the list: "" for articles, "article_tags__" for a tag's.
    """
    before, after = Place.read(asked.get("before", "")), Place.read(asked.get("after", ""))
    if after and not before:
        found = list(matching(_beyond(after, along, newer=True)).reverse()[: size + 1])
        more, found = len(found) > size, found[:size][::-1]
        return _page(found, asked, newer=more, older=bool(found))
    found = list(matching(_beyond(before, along, newer=False) if before else Q())[: size + 1])
    return _page(found[:size], asked, newer=bool(before and found), older=len(found) > size)


def _beyond(place: Place, along: str, *, newer: bool) -> Q:
    way = "gt" if newer else "lt"
    at, number = f"{along}published_at", f"{along}article_id" if along else "pk"
    past = Q(**{f"{at}__{way}": place.at})
    beside = Q(**{at: place.at, f"{number}__{way}": place.number})
    # the first condition bounds the walk along the index, the second says exactly where it starts
    return Q(**{f"{at}__{way}e": place.at}) & (past | beside)


def _page(found: list[Article], asked: QueryDict, *, newer: bool, older: bool) -> Page:
    return Page(
        found,
        newer=_words(asked, after=str(Place.of(found[0]))) if newer and found else "",
        older=_words(asked, before=str(Place.of(found[-1]))) if older and found else "",
    )


def _words(asked: QueryDict, **places: str) -> str:
    words = QueryDict(mutable=True)
    for name in ASKED.intersection(asked) - {"before", "after"}:
        words.setlist(name, asked.getlist(name))
    words.update(places)
    return "?" + words.urlencode()
