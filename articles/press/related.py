"""The Recent block: which five articles stand at the foot of an article. Chosen when printing, never when reading.

Rare shared tags count most, then the same section, then the newest. More than five are kept, because one of
them may be taken back, or may not yet be public, when a reader comes.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import DatabaseError, transaction
from django.utils import timezone

from articles.models import Article, ArticleQuerySet, ArticleTag, Recent
from articles.models.articles import SHOWN_RECENT
from articles.models.counts import TagCount
from articles.press.lock import take_turns
from articles.press.turning import turn_site

KEPT = 10
LOOKED_AT = 60  # newest articles of each tag

_waiting: ContextVar[set[int] | None] = ContextVar("articles whose related reads are put off", default=None)


@dataclass(frozen=True)
class Choice:
    article_id: int
    reason: str


def refresh(article: Article) -> None:
    """Choose anew for an article that was printed, and for those it is related to."""
    waiting = _waiting.get()
    if waiting is None:
        _store(article.pk, choose(article))
        refresh_neighbours(article)
    else:
        waiting.add(article.pk)


@contextmanager
def put_off() -> Iterator[None]:
    """While many stories are printed: choose once for each at the end, however the printing ends."""
    waiting: set[int] = set()
    token = _waiting.set(waiting)
    broken = False
    try:
        yield
    except DatabaseError:
        broken = True  # nothing can be asked of this transaction any more
        raise
    finally:
        _waiting.reset(token)
        if waiting and not broken:
            _refresh_all(waiting)


@transaction.atomic
def _refresh_all(numbers: set[int]) -> None:
    take_turns()
    for article in Article.including_unpublished.filter(pk__in=numbers):
        _store(article.pk, choose(article))
    met = Recent.objects.filter(article__in=numbers).exclude(to__in=numbers).values("to")
    for article in Article.including_unpublished.filter(pk__in=met):
        _store(article.pk, choose(article))
    turn_site()


@transaction.atomic
def refresh_neighbours(article: Article) -> None:
    neighbours = Recent.objects.filter(article=article).values_list("to", flat=True)
    pointing = Recent.objects.filter(to=article).values_list("article", flat=True)
    for other in Article.including_unpublished.filter(pk__in={*neighbours, *pointing}):
        _store(other.pk, choose(other))


def choose(article: Article) -> list[Choice]:
    """The related reads of one article, best first: KEPT, and whatever it takes to have enough that are public."""
    chosen, public = _by_tags(article)
    for reason, others in (
        ("section", _others(article).in_section(article.section)),
        ("newest", _others(article)),
    ):
        wanted = max(KEPT - len(chosen), SHOWN_RECENT - public)
        if wanted <= 0:
            break
        known = {choice.article_id for choice in chosen}
        newest = others.visible().newest_first().values_list("pk", flat=True)[: KEPT * 2]
        more = [Choice(pk, reason) for pk in newest if pk not in known][:wanted]
        chosen += more
        public += len(more)
    return chosen


def _others(article: Article) -> ArticleQuerySet:
    return Article.including_unpublished.in_edition(article.edition).exclude(pk=article.pk)


def _by_tags(article: Article) -> tuple[list[Choice], int]:
    """At most KEPT articles about the same things, rare things first; and how many of them are public."""
    tags = list(ArticleTag.objects.filter(article=article).values_list("tag", flat=True))
    uses = dict(TagCount.objects.filter(tag__in=tags).values_list("tag", "printed"))
    scores: defaultdict[int, float] = defaultdict(float)
    dates = {}
    for tag in tags:
        rows = ArticleTag.objects.filter(tag=tag).exclude(article=article)
        newest = rows.order_by("-published_at", "-article_id").values_list("article", "published_at")
        for other, at in newest[:LOOKED_AT]:
            scores[other] += 1 / math.log2(1 + uses[tag])
            dates[other] = at
    best = sorted(scores, key=lambda other: (-round(scores[other], 6), -dates[other].timestamp(), -other))[
        :KEPT
    ]
    now = timezone.now()
    return [Choice(other, "tags") for other in best], sum(dates[other] <= now for other in best)


def _store(article_id: int, choices: list[Choice]) -> None:
    Recent.objects.filter(article=article_id).delete()
    Recent.objects.bulk_create(
        Recent(article_id=article_id, to_id=choice.article_id, position=position, reason=choice.reason)
        for position, choice in enumerate(choices)
    )
