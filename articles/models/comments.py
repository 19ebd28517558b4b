"""What readers say under an article."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.articles import Article
from articles.models.prepared import Prepared, Slot
from articles.text.html import comment_html

FIRST_SHOWN = 10  # comments on the article’s own page; the rest is on the discussion’s
DEEPEST = 3  # a reply to a comment of that depth stands beside it


class CommentQuerySet(models.QuerySet["Comment"]):
    def shown(self) -> Self:
        return self.filter(status=Comment.Status.SHOWN)

    def waiting(self) -> Self:
        return self.filter(status=Comment.Status.WAITING)

    def in_thread_order(self) -> Self:
        """Oldest conversation first, each reply under what it answers."""
        return self.order_by("path")

    def after(self, path: str) -> Self:
        return self.filter(path__gt=path)


class Comment(models.Model):
    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("comment", "waiting")
        SHOWN = "shown", pgettext_lazy("comment", "shown")
        REJECTED = "rejected", pgettext_lazy("comment", "rejected")
        SPAM = "spam", pgettext_lazy("comment", "spam")

    article = models.ForeignKey(Article, models.CASCADE, related_name="comments", verbose_name=_("article"))
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies", verbose_name=_("in reply to")
    )
    path = models.CharField(max_length=40, editable=False, default="")  # its ancestors' numbers and its own
    name = models.CharField(_("name"), max_length=60)
    email = models.EmailField(_("e-mail"), max_length=254)
    body = models.TextField(_("comment"), max_length=5000)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.WAITING)
    featured = models.BooleanField(_("editors’ pick"), default=False)
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(featured=False) | Q(status="shown"), name="featured_comment_is_shown"
            ),
            # Migration 0002 adds comment_parent_is_in_the_same_article, which Django has no word for.
        ]
        indexes = [
            models.Index(fields=["article", "path"], name="comment_thread", condition=Q(status="shown")),
            models.Index(fields=["-written_at"], name="comment_waiting", condition=Q(status="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.body[:60]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new comment gets its place in the thread with its number, in one transaction."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            if not self.path:
                self.path = f"{self.parent.path}/{self.pk:08x}" if self.parent else f"{self.pk:08x}"
                Comment.objects.filter(pk=self.pk).update(path=self.path)

    def get_absolute_url(self) -> str:
        return f"{self.article.get_absolute_url()}#c{self.pk}"

    @property
    def depth(self) -> int:
        """1 for a comment on the article, 2 for an answer to it, …"""
        return self.path.count("/") + 1

    @property
    def answerable_parent(self) -> Comment:
        """What a reply to this comment hangs under: itself, or its parent when the thread is deep enough."""
        return self.parent if self.parent and self.depth >= DEEPEST else self

    @property
    def html(self) -> SafeString:
        return comment_html(self.body)


_first_shown = Prepared(
    lambda: (
        Comment.objects.filter(article=Slot("article", models.BigIntegerField()))
        .shown()
        .in_thread_order()
        .only("article_id", "parent_id", "path", "name", "body", "featured", "written_at", "status")[
            : FIRST_SHOWN + 1
        ]
    )
)


def first_shown(article: Article) -> list[Comment]:
    """The beginning of an article's discussion, and one more if it goes on; the writers' e-mail is not loaded."""
    return _first_shown(article=article.pk)
