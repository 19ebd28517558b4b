"""Lists of cards that are read a screen at a time, from any place of theirs, newest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.prepared import Prepared, Slot

if TYPE_CHECKING:
    from articles.models.articles import Article, ArticleQuerySet

SIZE = 20  # of a screen
FED = 30  # the newest, for readers' programs
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Place:
    """Where an article stands in such a list: the moment of its printing, and its number."""

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


def beyond(at: datetime | Slot, number: int | Slot, along: str = "", *, numbered: str = "", newer: bool) -> Q:
    """Past the article of that number, printed at that moment.

    `along` is the path to the table whose dates order the list: "" for articles, "article_tags__" for a tag's.
    `numbered` is the field with the article's number, where that table itself is asked.
    """
    way = "gt" if newer else "lt"
    dated, numbered = f"{along}published_at", numbered or (f"{along}article_id" if along else "pk")
    past = Q(**{f"{dated}__{way}": at})
    beside = Q(**{dated: at, f"{numbered}__{way}": number})
    # the first condition bounds the walk along the index, the second says exactly where it starts
    return Q(**{f"{dated}__{way}e": at}) & (past | beside)


class Shelf:
    """A list of which any screen can be asked for, by questions that are prepared.

    `build` gives the part of the list that fits a condition. It sees `now` as a slot, and may have other slots.
    """

    def __init__(self, build: Callable[[Q], ArticleQuerySet], along: str = "") -> None:
        place = Slot("at", models.DateTimeField()), Slot("number", models.BigIntegerField())
        self.first = Prepared(lambda: build(Q()).for_lists()[: SIZE + 1])
        self.older = Prepared(lambda: build(beyond(*place, along, newer=False)).for_lists()[: SIZE + 1])
        self.newer = Prepared(
            lambda: build(beyond(*place, along, newer=True)).reverse().for_lists()[: SIZE + 1]
        )
        self.fed = Prepared(lambda: build(Q()).for_cards()[:FED])

    def screen(self, place: Place | None, *, newer: bool, **which: Any) -> list[Article]:
        """The articles next to a place, and one more if the list goes on; of no place, the newest."""
        now = timezone.now()
        if place is None:
            return self.first(now=now, **which)
        return (self.newer if newer else self.older)(now=now, at=place.at, number=place.number, **which)

    def newest(self, **which: Any) -> list[Article]:
        return self.fed(now=timezone.now(), **which)
