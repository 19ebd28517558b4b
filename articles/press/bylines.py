"""Keep what is printed about an author true after their profile has changed."""

from __future__ import annotations

from functools import partial
from typing import Any

from articles.models import Article, Author, Byline
from articles.press.again import print_again
from articles.press.publishing import line_of


def reprint(author: Author) -> int:
    """Write an author's name, role, bio and photo anew into every printed byline; how many changed."""
    theirs = Article.including_unpublished.filter(article_authors__author=author)
    return print_again(theirs, partial(_rewritten, author), ["byline"])


def _rewritten(author: Author, article: Article) -> bool:
    """Put the author's present line in place of the former one; whether that changed anything."""
    before: list[dict[str, Any]] = article.byline
    article.byline = [
        line_of(Byline(author=author, role=line["as"])) if line["slug"] == author.slug else line
        for line in before
    ]
    return bool(article.byline != before)
