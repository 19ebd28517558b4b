"""Long lists a screen at a time, by position: `?before=` and `?after=` name a place in time, not a page number.

A place is the printing moment and the number of an article, so a list keeps its order while the paper
goes on printing, and its thousandth page costs what its first does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from articles.models import Article
from articles.models.shelves import SIZE, Place, Shelf, beyond

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


@dataclass(frozen=True)
class Page:
    """One screen of a list. `newer` and `older` are query strings for the next screens, empty at the ends."""

    articles: list[Article]
    newer: str = ""
    older: str = ""

    def __bool__(self) -> bool:
        return bool(self.articles)


def screen_of(shelf: Shelf, asked: QueryDict, **which: Any) -> Page:
    """The screen that `asked` (request.GET) names of a prepared list. `which` fills its slots: tag=12."""
    return _screen(asked, lambda place, newer: shelf.screen(place, newer=newer, **which))


def page_of(matching: Callable[[Q], QuerySet[Article]], asked: QueryDict, *, along: str = "") -> Page:
    """The same of any list that is ordered newest first.

    `matching` gives the part of the list that fits a condition (a queryset's own `filter` does).
    `along` is the path to the table whose dates order the list, as `beyond` takes it.
    """

    def ask(place: Place | None, newer: bool) -> list[Article]:
        found = matching(beyond(place.at, place.number, along, newer=newer) if place else Q())
        return list((found.reverse() if newer else found)[: SIZE + 1])

    return _screen(asked, ask)


def _screen(asked: QueryDict, ask: Callable[[Place | None, bool], list[Article]]) -> Page:
    before, after = Place.read(asked.get("before", "")), Place.read(asked.get("after", ""))
    if after and not before:
        found = ask(after, True)
        more, found = len(found) > SIZE, found[:SIZE][::-1]
        return _page(found, asked, newer=more, older=bool(found))
    found = ask(before, False)
    return _page(found[:SIZE], asked, newer=bool(before and found), older=len(found) > SIZE)


def _page(found: list[Article], asked: QueryDict, *, newer: bool, older: bool) -> Page:
    return Page(
        found,
        newer=_words(asked, after=str(Place.of(found[0]))) if newer and found else "",
        older=_words(asked, before=str(Place.of(found[-1]))) if older and found else "",
    )


def _words(asked: QueryDict, **places: str) -> str:
    words = QueryDict(mutable=True)
    for name in sorted(ASKED.intersection(asked) - {"before", "after"}):
        words.setlist(name, asked.getlist(name))
    words.update(places)
    return "?" + words.urlencode()
