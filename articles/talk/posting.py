"""Taking a reader's comment in: wholly or not at all, and the same words only once."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from articles.models import Article, Comment

SAME_WORDS = timedelta(hours=1)  # a comment sent again within it is the same comment


class TalkClosed(Exception):
    """The article takes no comments (any more)."""


@transaction.atomic
def post(
    article: Article, *, name: str, email: str, body: str, parent: Comment | None = None, spam: bool = False
) -> Comment:
    """Store a comment for a moderator to read; the earlier one when the reader has sent these words before.

    The article is locked, so that two clicks on the button cannot both be first. Raises TalkClosed, or
    Article.DoesNotExist when readers may not see the article any more.
    """
    readable = Article.objects.filter(pk=article.pk).select_for_update(no_key=True)
    if not readable.values_list("comments_open", flat=True).get():
        raise TalkClosed
    since = timezone.now() - SAME_WORDS
    before = Comment.objects.filter(
        article=article, email__iexact=email, body=body, written_at__gte=since
    ).first()
    return before or Comment.objects.create(
        article=article,
        parent=parent.answerable_parent if parent else None,
        name=name,
        email=email,
        body=body,
        status=Comment.Status.SPAM if spam else Comment.Status.WAITING,
    )
