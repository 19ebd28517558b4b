"""Long lists a screen at a time, by position: `?before=` and `?after=` name a place in time, not a page number.

A place is the printing moment and the number of an article, so a list keeps its order while the paper
goes on printing, and its thousandth page costs what its first does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.http import QueryDict

from articles.models import Article, Edition
from articles.models.shelves import SIZE, Place, Shelf, beyond
from articles.site.context import sections_of

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
LAST = 10**18 - 1  # the highest number that a place may name


@dataclass(frozen=True)
class Page:
    """One screen of a list. `newer` and `older` are query strings for the next screens, empty at the ends."""

    articles: list[Article]
    newer: str = ""
    older: str = ""
    looked_to: datetime | None = None  # the list may go on, but this is how far the screen has looked

    def __bool__(self) -> bool:
        return bool(self.articles)


@dataclass(frozen=True)
class _Asked:
    """What an address asks of a list: the screen next to a place, or of no place the newest."""

    words: QueryDict
    place: Place | None
    newer: bool

    @classmethod
    def by(cls, words: QueryDict) -> _Asked:
        before, after = Place.read(words.get("before", "")), Place.read(words.get("after", ""))
        newer = bool(after and not before)
        return cls(words, after if newer else before, newer)


def screen_of(shelf: Shelf, asked: QueryDict, **which: Any) -> Page:
    """The screen that `asked` (request.GET) names of a prepared list. `which` fills its slots: tag=12."""
    by = _Asked.by(asked)
    found = shelf.screen(by.place, newer=by.newer, **which)
    _put_into_sections(found)
    return _page(by, found)


def _put_into_sections(articles: list[Article]) -> None:
    """To join its section to every row would cost more than the row."""
    if articles:
        known = {one.pk: one for one in sections_of(Edition.of(articles[0].edition))}
        for article in articles:
            if section := known.get(article.section_id):
                article.section = section


def page_of(
    matching: Callable[[Q], QuerySet[Article]],
    asked: QueryDict,
    *,
    along: str = "",
    among: QuerySet[Any] | None = None,
) -> Page:
    """The same of any list that is ordered newest first.

    `matching` gives the part of the list that fits a condition (a queryset's own `filter` does).
    `along` is the path to the table whose dates order the list, as `beyond` takes it.
    `among` are that table's rows, when the list may be hidden among very many of them: no more than WINDOW are
    looked at then, and a screen may be short or empty though the list goes on.
    """
    by = _Asked.by(asked)
    where, end = _beyond(by, along), None
    if among is not None:
        end = _end_of_window(
            among.filter(_beyond(by, numbered="article_id" if along else "pk")), newer=by.newer
        )
    if end:
        where &= Q(**{f"{along}published_at__{'lte' if by.newer else 'gte'}": end})
    rows = matching(where)
    found = list((rows.reverse() if by.newer else rows)[: SIZE + 1])
    return _page(by, found, end=end, hidden=among is not None)


def _beyond(by: _Asked, along: str = "", *, numbered: str = "") -> Q:
    if by.place is None:
        return Q()
    return beyond(by.place.at, by.place.number, along, numbered=numbered, newer=by.newer)


def _end_of_window(rows: QuerySet[Any], *, newer: bool) -> datetime | None:
    """The moment of the last row that this screen looks at; None when the list ends before."""
    window = (rows.reverse() if newer else rows).values("published_at")[:WINDOW]
    seen = window.aggregate(n=Count("*"), end=(Max if newer else Min)("published_at"))
    return seen["end"] if seen["n"] == WINDOW else None


def _page(by: _Asked, found: list[Article], *, end: datetime | None = None, hidden: bool = False) -> Page:
    """What was found next to the place, one more than a screen holds when there are more."""
    more, found = len(found) > SIZE, found[:SIZE]
    onward = Place.of(found[-1]) if more else end and Place(end, LAST if by.newer else 0)
    back = None
    if by.place and (found or hidden):  # of a hidden list an empty screen may be between others
        back = Place.of(found[0]) if found else _beside(by.place, newer=by.newer)
    to_newer, to_older = (onward, back) if by.newer else (back, onward)
    return Page(
        found[::-1] if by.newer else found,
        newer=_words(by.words, after=str(to_newer)) if to_newer else "",
        older=_words(by.words, before=str(to_older)) if to_older else "",
        looked_to=None if more else end,
    )


def _beside(place: Place, *, newer: bool) -> Place:
    """From where the way back shows what stands at this place itself."""
    return Place(place.at, place.number + 1 if newer else max(0, place.number - 1))


def _words(asked: QueryDict, **places: str) -> str:
    words = QueryDict(mutable=True)
    for name in sorted(ASKED.intersection(asked) - {"before", "after"}):
        words.setlist(name, asked.getlist(name))
    words.update(places)
    return "?" + words.urlencode()
