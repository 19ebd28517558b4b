"""Write something anew into what is printed.

Articles do not count as updated by that: nothing that was reported has changed.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from articles.models import Article, ArticleQuerySet
from articles.press.lock import take_turns
from articles.press.turning import turn_site

BATCH = 500


def print_again(articles: ArticleQuerySet, rewrite: Callable[[Article], bool], fields: list[str]) -> int:
    """Call `rewrite` on each of these articles and save those of which it says that it changed them; how many."""
    changed, last = 0, 0
    while True:
        with transaction.atomic():
            take_turns()
            batch = list(
                articles.select_for_update(of=("self",), no_key=True)
                .filter(pk__gt=last)
                .only(*fields)
                .order_by("pk")[:BATCH]
            )
            stale = [article for article in batch if rewrite(article)]
            Article.including_unpublished.bulk_update(stale, fields)
            if stale:
                turn_site()
        changed += len(stale)
        if len(batch) < BATCH:
            return changed
        last = batch[-1].pk
