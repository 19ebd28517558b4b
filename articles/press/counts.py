"""Numbers that are kept so that no page has to count. What they mean to readers stands in models/counts.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from articles.models import Article, ArticleAuthor, ArticleTag, Comment, Edition
from articles.models.counts import AuthorCount, Kept, MonthCount, SectionCount, TagCount, month_begins
from articles.press.lock import take_turns

KEPT: tuple[type[Kept], ...] = (TagCount, AuthorCount, MonthCount, SectionCount)
BATCH = 1000  # rows written at once

Place = tuple[type[Kept], tuple[tuple[str, Any], ...]]  # a kept number, named by its fields


def recount_comments(article_ids: Iterable[int]) -> None:
    """Count anew the shown comments of these articles."""
    shown = Comment.objects.shown().filter(article=OuterRef("pk")).order_by().values("article")
    counted = Subquery(shown.annotate(n=Count("pk")).values("n"))
    Article.including_unpublished.filter(pk__in=list(article_ids)).update(comment_count=Coalesce(counted, 0))


# -- what is printed


@contextmanager
def counted(article: Article) -> Iterator[None]:
    """Around whatever writes an article or files it: the numbers of where it stood and where it stands follow.

    Both are read from the database, so it does not matter what the writing was. Only who has the press may write.
    """
    before = set(_places(article.pk)) if article.pk else set()
    yield
    after = set(_places(article.pk))
    _add(-1, before - after)
    _add(1, after - before)


def _places(number: int) -> Iterator[Place]:
    """The kept numbers in which the article of that number is counted; none for what is taken back."""
    here = Article.including_unpublished.filter(pk=number, withdrawn_at=None).order_by()
    for code, section, genre, at in here.values_list("edition", "section", "genre", "published_at"):
        yield MonthCount, (("edition", code), ("month", Edition.of(code).day(at).replace(day=1)))
        yield SectionCount, (("section_id", section), ("genre", genre))
    for tag, code in ArticleTag.objects.filter(article=number).values_list("tag", "tag__edition"):
        yield TagCount, (("tag_id", tag), ("edition", code))
    for author, code in ArticleAuthor.objects.filter(article=number).values_list("author", "author__edition"):
        yield AuthorCount, (("author_id", author), ("edition", code))


def _add(number: int, places: Iterable[Place]) -> None:
    for model, fields in places:
        found = model._default_manager.filter(**dict(fields))
        if not found.update(printed=F("printed") + number):
            model._default_manager.create(**dict(fields), printed=number)


@transaction.atomic
def recount() -> None:
    """Count all that is printed anew, in a few statements: after a load that went past the press, or a doubt.

    Also when an edition's time zone has changed, and with it what belongs to a month.
    """
    take_turns()
    for model in KEPT:
        model._default_manager.all().delete()
    _write(TagCount, _groups(ArticleTag.objects.all(), tag_id="tag", edition="tag__edition"))
    _write(AuthorCount, _groups(ArticleAuthor.objects.all(), author_id="author", edition="author__edition"))
    printed = Article.including_unpublished.filter(withdrawn_at=None)
    _write(SectionCount, _groups(printed, section_id="section", genre="genre"))
    _write(MonthCount, (row for edition in Edition.all() for row in _months(edition)))


def _groups(rows: QuerySet[Any], **fields: str) -> Iterator[dict[str, Any]]:
    named = {f"of_{name}": F(source) for name, source in fields.items()}
    for row in rows.order_by().values(**named).annotate(n=Count("pk")):
        yield {"printed": row["n"], **{name: row[f"of_{name}"] for name in fields}}


def _months(edition: Edition) -> Iterator[dict[str, Any]]:
    """Month for month along the index of dates: the clock's changes are Python's affair, not the database's."""
    printed = (
        Article.including_unpublished.in_edition(edition.code)
        .filter(withdrawn_at=None)
        .order_by("published_at")
    )
    moments = printed.values_list("published_at", flat=True)
    at: datetime | None = moments.first()
    while at:
        month = edition.day(at).replace(day=1)
        begin, end = (month_begins(edition, month.year, month.month + more) for more in (0, 1))
        number = printed.filter(published_at__gte=begin, published_at__lt=end).count()
        yield {"edition": edition.code, "month": month, "printed": number}
        at = moments.filter(published_at__gte=end).first()


def _write(model: type[Kept], rows: Iterable[dict[str, Any]]) -> None:
    model._default_manager.bulk_create([model(**row) for row in rows], batch_size=BATCH)
