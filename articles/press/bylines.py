"""Keep what is printed about an author true after their profile has changed."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from articles.models import Article, Author, Byline
from articles.press.lock import take_turns
from articles.press.publishing import line_of
from articles.press.turning import turn_site

BATCH = 500


def reprint(author: Author) -> int:
    """Write an author's name, role, bio and photo anew into every printed byline; how many changed.

    Articles do not count as updated: nothing that was reported has changed.
    """
    changed, last = 0, 0
    while True:
        with transaction.atomic():
            take_turns()
            batch = list(
                Article.including_unpublished.select_for_update(of=("self",), no_key=True)
                .filter(pk__gt=last, article_authors__author=author)
                .only("byline")
                .order_by("pk")[:BATCH]
            )
            stale = [article for article in batch if _rewritten(article, author)]
            Article.including_unpublished.bulk_update(stale, ["byline"])
            turn_site()
        changed += len(stale)
        if len(batch) < BATCH:
            return changed
        last = batch[-1].pk


def _rewritten(article: Article, author: Author) -> bool:
    """Put the author's present line in place of the former one; whether that changed anything."""
    before: list[dict[str, Any]] = article.byline
    article.byline = [
        line_of(Byline(author=author, role=line["as"])) if line["slug"] == author.slug else line
        for line in before
    ]
    return bool(article.byline != before)
