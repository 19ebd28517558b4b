"""Numbers that an article carries so that no page has to count."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from articles.models import Article, Comment


def recount_comments(article_ids: Iterable[int]) -> None:
    """Count anew the shown comments of these articles."""
    shown = Comment.objects.shown().filter(article=OuterRef("pk")).order_by().values("article")
    counted = Subquery(shown.annotate(n=Count("pk")).values("n"))
    Article.including_unpublished.filter(pk__in=list(article_ids)).update(comment_count=Coalesce(counted, 0))
