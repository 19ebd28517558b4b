"""What readers' pages ask of the articles, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connections, models, router
from django.utils import timezone

from articles.models.articles import SHOWN_RECENT, Article
from articles.models.prepared import Prepared, Slot

_now = Slot("now", models.DateTimeField())
_addressed = Prepared(
    lambda: (
        Article.including_unpublished.visible(_now)
        .addressed(
            Slot("edition", models.CharField()),
            Slot("day", models.DateField()),
            Slot("slug", models.CharField()),
        )
        .defer("body_text")
    )
)
_recent = Prepared(
    lambda: (
        Article.including_unpublished.visible(_now)
        .filter(recent_in__article=Slot("article", models.BigIntegerField()))
        .order_by("recent_in__position")
        .only("edition", "slug", "published_on", "headline", "excerpt", "picture")[:SHOWN_RECENT]
    )
)


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


def newest_of_each(lists: Sequence[models.QuerySet[Article]]) -> list[Article]:
    """The articles of several short lists (sliced querysets), each once, in two queries however many lists there are.

    UNION ALL over sub-selects walks the index of each list; an OR over them would read the whole archive.
    """
    parts: list[str] = []
    params: list[Any] = []
    for number, one in enumerate(lists):
        sql, given = one.values("pk").query.sql_with_params()
        parts.append(f"SELECT * FROM ({sql}) AS list_{number}")  # noqa: S608  (Django's own SQL, values apart)
        params += given
    with connections[router.db_for_read(Article)].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        numbers = {row[0] for row in cursor.fetchall()}
    return list(Article.objects.filter(pk__in=numbers).newest_first().for_cards())
