"""What the first page of the desk shows: what waits, what comes, what was printed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.models import Article, Comment, Status, Story
from articles.models.articles import HEAVY

DAYS = 7
WAITING, COMMENTS, LATEST = 8, 4, 6


def today(user: User | AnonymousUser) -> dict[str, Any]:
    """The dashboard of one person. Parts that they may not open are None."""
    now = timezone.localtime()
    sees_stories, sees_comments = user.has_perm("articles.view_story"), user.has_perm("articles.view_comment")
    return {
        "now": now,
        "may_write": user.has_perm("articles.add_story"),
        "waiting": _waiting(user) if sees_stories else None,
        "week": _week(now.date()) if sees_stories else None,
        "latest": _latest(now) if sees_stories else None,
        "comments": Comment.objects.waiting().select_related("article")[:COMMENTS] if sees_comments else None,
        "comments_waiting": Comment.objects.waiting().count() if sees_comments else 0,
    }


def _waiting(user: User | AnonymousUser) -> QuerySet[Story]:
    """An editor: what was submitted, and own drafts. A reporter: own drafts, and what they have submitted."""
    mine = Q(created_by=user.pk, status__in=[Status.DRAFT, Status.SUBMITTED])
    if user.has_perm("articles.publish_story"):
        mine |= Q(status=Status.SUBMITTED)
    stories = Story.objects.filter(mine).select_related("section", "created_by").defer("body")
    return stories.order_by("-status", "-changed_at")[:WAITING]  # “submitted” before “draft”


def _printed() -> QuerySet[Article]:
    return Article.including_unpublished.filter(withdrawn_at=None).select_related("section").defer(*HEAVY)


def _week(first: date) -> list[dict[str, Any]]:
    """Today and six days more, each with the articles that will appear on it."""
    midnight = timezone.make_aware(datetime.combine(first, time.min))
    days: dict[date, list[Article]] = {first + timedelta(days=n): [] for n in range(DAYS)}
    ahead = _printed().filter(
        published_at__gt=timezone.now(), published_at__lt=midnight + timedelta(days=DAYS)
    )
    for article in ahead.order_by("published_at"):
        days[timezone.localdate(article.published_at)].append(article)
    return [{"day": day, "today": day == first, "articles": found} for day, found in days.items()]


def _latest(now: datetime) -> QuerySet[Article]:
    return _printed().filter(published_at__lte=now).order_by("-published_at", "-pk")[:LATEST]
