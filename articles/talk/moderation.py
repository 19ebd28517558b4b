"""What moderators decide. Each verb is one transaction, and doing it twice is doing it once.

The articles are locked before their comments, always in the order of their numbers: of two moderators who
decide at the same moment the second counts what the first has done, and neither can lock the other out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from articles.models import Article, Comment
from articles.press.counts import recount_comments
from articles.press.turning import turn_talks

Status = Comment.Status


def show(comments: Iterable[Comment], *, by: AbstractBaseUser | None) -> int:
    """Let readers see them. Like every verb here, returns how many comments it changed."""
    return _decide(comments, by=by, status=Status.SHOWN)


def reject(comments: Iterable[Comment], *, by: AbstractBaseUser | None) -> int:
    """Keep them from readers. Answers to them that are shown stay shown."""
    return _decide(comments, by=by, status=Status.REJECTED, featured=False)


def mark_spam(comments: Iterable[Comment], *, by: AbstractBaseUser | None) -> int:
    return _decide(comments, by=by, status=Status.SPAM, featured=False)


def feature(comments: Iterable[Comment], *, by: AbstractBaseUser | None) -> int:
    """Make them editors’ picks, which shows them too."""
    return _decide(comments, by=by, status=Status.SHOWN, featured=True)


def unfeature(comments: Iterable[Comment], *, by: AbstractBaseUser | None) -> int:
    return _decide(comments, by=by, featured=False)


@transaction.atomic
def remove(comments: Iterable[Comment]) -> int:
    """Delete them for good, with every answer to them, and count what is left."""
    numbers = [comment.pk for comment in comments]
    articles = _lock_articles_of(numbers)
    Comment.objects.filter(pk__in=numbers).delete()
    recount_comments(articles)
    turn_talks(articles, taken_back=True)
    return len(numbers)


@transaction.atomic
def _decide(comments: Iterable[Comment], *, by: AbstractBaseUser | None, **verdict: Any) -> int:
    numbers = [comment.pk for comment in comments]
    articles = _lock_articles_of(numbers)
    undecided = Comment.objects.filter(pk__in=numbers).exclude(**verdict)
    locked = list(undecided.select_for_update().order_by("pk").values_list("pk", flat=True))
    changed = Comment.objects.filter(pk__in=locked).update(
        **verdict, decided_by_id=by.pk if by else None, decided_at=timezone.now()
    )
    if changed:
        recount_comments(articles)
        turn_talks(articles, taken_back=verdict.get("status", Status.SHOWN) != Status.SHOWN)
    return changed


def _lock_articles_of(numbers: Collection[int]) -> list[int]:
    about = Comment.objects.filter(pk__in=numbers).values("article")
    articles = Article.including_unpublished.filter(pk__in=about).order_by("pk")
    return list(articles.select_for_update(no_key=True).values_list("pk", flat=True))
