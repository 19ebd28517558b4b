"""What readers' pages ask of the articles, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connections, models, router
from django.db.models import Q
from django.utils import timezone

from articles.models.articles import SHOWN_RECENT, Article, ArticleQuerySet
from articles.models.editions import Edition
from articles.models.people import Author
from articles.models.prepared import Prepared, Slot
from articles.models.shelves import Shelf
from articles.models.stories import Genre
from articles.models.topics import Section, Tag

FRONT_NEWEST, FRONT_VOICES, FRONT_OF_SECTION, DISCUSSED = 30, 5, 12, 5
ROOM = 32  # cards are asked for by their numbers, in as many slots as are a multiple of this

_now = Slot("now", models.DateTimeField())
_edition, _slug = Slot("edition", models.CharField()), Slot("slug", models.CharField())
_section, _tag, _author = (Slot(name, models.BigIntegerField()) for name in ("section", "tag", "author"))

_between = Q(
    published_at__gte=Slot("begin", models.DateTimeField()),
    published_at__lt=Slot("end", models.DateTimeField()),
)


def _visible() -> ArticleQuerySet:
    return Article.including_unpublished.visible(_now)


_addressed = Prepared(
    lambda: _visible().addressed(_edition, Slot("day", models.DateField()), _slug).defer("body_text")
)
_recent = Prepared(
    lambda: (
        _visible()
        .filter(recent_in__article=Slot("article", models.BigIntegerField()))
        .order_by("recent_in__position")
        .only("edition", "slug", "published_on", "headline", "excerpt", "picture")[:SHOWN_RECENT]
    )
)
_discussed = Prepared(
    lambda: (
        _visible()
        .in_edition(_edition)
        .filter(comment_count__gt=0)
        .order_by("-comment_count", "-published_at")
        .only("edition", "slug", "published_on", "headline")[:DISCUSSED]
    )
)
_newest = Prepared(lambda: _visible().in_edition(_edition).newest_first().only("pk")[:FRONT_NEWEST])
_voices = Prepared(
    lambda: (
        _visible().in_edition(_edition).filter(genre=Genre.OPINION).newest_first().only("pk")[:FRONT_VOICES]
    )
)
_of_section = Prepared(lambda: _visible().in_section(_section).newest_first().only("pk")[:FRONT_OF_SECTION])

IN_EDITION = Shelf(lambda where: _visible().in_edition(_edition).filter(where).newest_first())
IN_SECTION = Shelf(lambda where: _visible().in_section(_section).filter(where).newest_first())
ABOUT = Shelf(lambda where: _visible().about(_tag, where, at=_now), along="article_tags__")
SIGNED_BY = Shelf(lambda where: _visible().signed_by(_author, where, at=_now), along="article_authors__")
IN_MONTH = Shelf(lambda where: _visible().in_edition(_edition).filter(_between & where).newest_first())
_tag_at = Prepared(lambda: Tag.objects.filter(edition=_edition, slug=_slug))
# the index of addresses begins with the edition
_authors_at = Prepared(
    lambda: Author.objects.filter(edition__in=_editions(), slug=_slug).select_related("photo")
)


def _editions() -> list[str]:
    return [one.code for one in Edition.all()]


def tag_at(code: str, slug: str) -> Tag | None:
    return next(iter(_tag_at(edition=code, slug=slug)), None)


def authors_at(slug: str) -> list[Author]:
    """Who has this address in any edition, with their photos."""
    return _authors_at(slug=slug)


def article_at(code: str, day: date, slug: str) -> Article | None:
    """The article that readers find at that address now, with all that its page shows."""
    found = _addressed(now=timezone.now(), edition=code, day=day, slug=slug)
    return found[0] if found else None


def recent_for(article: Article) -> list[Article]:
    """The Recent block: the related reads that printing chose for this article and readers may see now."""
    return _recent(now=timezone.now(), article=article.pk)


def translations_of(article: Article) -> list[Article]:
    """The same story in other editions, as far as readers may see it; enough of each for its address."""
    if article.translation_key is None:
        return []
    others = Article.objects.filter(translation_key=article.translation_key).exclude(edition=article.edition)
    return list(others.only("edition", "slug", "published_on"))


def front_articles(code: str, sections: Sequence[Section]) -> list[Article]:
    """What a front page is laid out from: the newest of all, of opinion and of each section, each once.

    Two queries, however many sections there are: UNION ALL over sub-selects walks the index of each list; an OR
    over them would read the whole archive.
    """
    now = timezone.now()
    lists = [_newest.sql(now=now, edition=code), _voices.sql(now=now, edition=code)]
    lists += [_of_section.sql(now=now, section=one.pk) for one in sections]
    numbers = _numbers_in(lists)
    if not numbers:
        return []
    places = -(-len(numbers) // ROOM) * ROOM
    filled = dict.fromkeys(range(places), 0) | dict(enumerate(numbers))  # no article has the number 0
    return _cards(places)(now=now, **{f"n{place}": number for place, number in filled.items()})


def newest_of_each(lists: Sequence[models.QuerySet[Article]]) -> list[Article]:
    """The articles of several short lists (sliced querysets), each once, in two queries however many they are."""
    numbers = _numbers_in([one.values("pk").query.sql_with_params() for one in lists])
    return list(Article.objects.filter(pk__in=numbers).newest_first().for_cards())


def _numbers_in(lists: Sequence[tuple[str, Sequence[Any]]]) -> set[int]:
    """The numbers of the articles in these lists, given as SQL and its values."""
    # Django's own SQL, its values apart
    parts = [f"SELECT * FROM ({sql}) AS list_{number}" for number, (sql, _params) in enumerate(lists)]  # noqa: S608
    with connections[router.db_for_read(Article)].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [value for _sql, params in lists for value in params])
        return {row[0] for row in cursor.fetchall()}


@lru_cache(maxsize=16)
def _cards(places: int) -> Prepared[Article]:
    slots: list[Any] = [Slot(f"n{place}", models.BigIntegerField()) for place in range(places)]
    return Prepared(lambda: _visible().filter(pk__in=slots).newest_first().for_cards())


def most_discussed(code: str) -> list[Article]:
    """The headlines under which most was said, with what their addresses need."""
    return _discussed(now=timezone.now(), edition=code)
