"""How much is printed, kept by the press (press/counts.py) so that no page has to count an archive.

A kept number holds all that is printed, also what is still under embargo: time alone must not make it wrong. What
readers may know is that number less what lies ahead of now, which is a few rows at the head of one index; both come
from one statement, so a printing between two of them cannot be half seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article, ArticleAuthor, ArticleTag
from articles.models.editions import Edition
from articles.models.people import Author
from articles.models.prepared import Prepared, Slot
from articles.models.stories import Genre
from articles.models.topics import InEdition, Section, Tag

TAGS_LISTED = 100  # on one screen of all tags
TAGS_OFFERED = 8  # in a filter
MOST_TAGS = 8  # in one filter; each costs one look into an index for each row
AUTHORS_OFFERED = 100  # in a filter; every author has a page of their own


class Kept(models.Model):
    printed = models.IntegerField(default=0, help_text="what is under embargo included")

    class Meta:
        abstract = True


class TagCount(Kept, InEdition):
    tag = models.OneToOneField(Tag, models.CASCADE, primary_key=True, related_name="kept")

    class Meta:
        indexes = [models.Index("edition", F("printed").desc(), "tag", name="tag_most_printed")]


class AuthorCount(Kept, InEdition):
    author = models.OneToOneField(Author, models.CASCADE, primary_key=True, related_name="kept")

    class Meta:
        indexes = [models.Index("edition", F("printed").desc(), "author", name="author_most_printed")]


class MonthCount(Kept, InEdition):
    month = models.DateField(help_text="its first day, on the edition's calendar")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "month"], name="month_of_an_edition_is_counted_once")
        ]


class SectionCount(Kept):
    section = models.ForeignKey(Section, models.CASCADE, related_name="kept")
    genre = models.CharField(_("genre"), max_length=20, choices=Genre.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "genre"], name="genre_of_a_section_is_counted_once")
        ]


class Month(NamedTuple):
    month: date  # its first day
    n: int  # what readers find there


class Known(NamedTuple):
    """Something that a list can be narrowed by, and how much readers find there."""

    kind: str  # "tag", "author" or "section"
    pk: int
    slug: str  # of a section: one of its genres
    name: str
    n: int


def tags_in_print(code: str, after: str = "") -> list[dict[str, Any]]:
    """The tags under which readers find something, [{"slug", "name", "n"}], by name from that name on.

    One more than a screen holds, when there are more.
    """
    rows = _tags_by_name.rows(edition=code, now=timezone.now(), after=after)
    return [{"slug": slug, "name": name, "n": n} for slug, name, n in rows]


def most_used_tags(code: str) -> list[dict[str, Any]]:
    """A few tags with many stories, the most first. Twice as many are looked at, as some may be under embargo."""
    rows = sorted(_most_used.rows(edition=code, now=timezone.now()), key=lambda row: (-row[2], row[1]))
    return [{"slug": slug, "name": name, "n": n} for slug, name, n in rows if n > 0][:TAGS_OFFERED]


def authors_in_print(code: str) -> list[tuple[str, str]]:
    """(slug, name) of those who wrote most of what readers may see, by name. Other names may be secrets yet."""
    rows = _most_printed.rows(edition=code, now=timezone.now())
    return sorted(((slug, name) for slug, name, n in rows if n > 0), key=lambda one: one[1])


def kept_for(code: str, *, tags: Sequence[str], author: str) -> list[Known]:
    """Of these slugs, the tags and the author that readers may know of; and every genre of every section. One query.

    What is only under embargo is not there, as what was never heard of is not.
    """
    named = {f"tag{place}": slug for place, slug in enumerate([*tags, *[""] * MOST_TAGS][:MOST_TAGS])}
    rows = _kept.rows(edition=code, now=timezone.now(), author=author, **named)
    return [known for known in map(Known._make, rows) if known.n > 0]


def months_in_print(edition: Edition) -> list[Month]:
    """All months in which readers find something, oldest first."""
    now = timezone.now()
    this, end = _this_month(edition, now)
    rows = _all_months.rows(edition=edition.code, now=now, this=this, end=end)
    return [Month(month, n) for month, n in rows if n > 0]


def first_month(edition: Edition) -> date | None:
    """The first day of the month in which readers find what was printed first."""
    now = timezone.now()
    this, end = _this_month(edition, now)
    found = _first_month.rows(edition=edition.code, now=now, this=this, end=end)
    return next((month for month, n in found if n > 0), None)


def month_begins(edition: Edition, year: int, month: int = 1) -> datetime:
    """The first moment of a month on an edition's clock; the thirteenth is the next year's first."""
    return datetime(year + (month - 1) // 12, (month - 1) % 12 + 1, 1, tzinfo=edition.zone)


def _how_many(rows: models.QuerySet[Any], by: str) -> Combinable:
    return Coalesce(Subquery(rows.order_by().values(by).annotate(n=Count("*")).values("n")), 0)


def _this_month(edition: Edition, now: datetime) -> tuple[date, datetime]:
    """Its first day on the edition's calendar, and the first moment after it."""
    this = edition.day(now).replace(day=1)
    return this, month_begins(edition, this.year, this.month + 1)


# -- the questions, compiled once

_now = Slot("now", models.DateTimeField())
_edition = Slot("edition", models.CharField())


def _counted(
    kept: type[TagCount | AuthorCount], filed: type[ArticleTag | ArticleAuthor], under: str
) -> models.QuerySet[Any]:
    """Kept numbers of an edition with `n`, what readers may know of them."""
    ahead = filed._default_manager.filter(**{under: OuterRef(under)}, published_at__gt=_now)
    rows = kept._default_manager.filter(edition=_edition, printed__gt=0)
    return rows.annotate(n=F("printed") - _how_many(ahead, under))


def _tags() -> models.QuerySet[Any]:
    return _counted(TagCount, ArticleTag, "tag")


def _authors() -> models.QuerySet[Any]:
    return _counted(AuthorCount, ArticleAuthor, "author")


def _months() -> models.QuerySet[Any]:
    """Only the month that we are in can hold both what is public and what is not."""
    this, end = Slot("this", models.DateField()), Slot("end", models.DateTimeField())
    printed = Article.including_unpublished.filter(edition=_edition, withdrawn_at=None)
    ahead = printed.filter(published_at__gt=_now, published_at__lt=end)
    n = Case(When(month=this, then=F("printed") - _how_many(ahead, "edition")), default=F("printed"))
    kept = MonthCount.objects.filter(edition=_edition, month__lte=this, printed__gt=0)
    return kept.annotate(n=n).order_by("month")


def _known(kind: str, rows: models.QuerySet[Any], slug: str, name: str) -> models.QuerySet[Any]:
    return rows.order_by().values_list(Value(kind), f"{kind}_id", slug, name, "n")


def _all_kept() -> models.QuerySet[Any]:
    slugs = [Slot(f"tag{place}", models.CharField()) for place in range(MOST_TAGS)]
    tags = _tags().filter(tag__edition=_edition, tag__slug__in=slugs)
    authors = _authors().filter(author__edition=_edition, author__slug=Slot("author", models.CharField()))
    sections = SectionCount.objects.filter(section__edition=_edition).annotate(n=F("printed"))
    return _known("tag", tags, "tag__slug", "tag__name").union(
        _known("author", authors, "author__slug", "author__name"),
        _known("section", sections, "genre", "section__name"),
        all=True,
    )


_kept: Prepared[Any] = Prepared(_all_kept)
_most_used: Prepared[Any] = Prepared(
    lambda: (
        _tags().order_by("-printed", "tag_id").values_list("tag__slug", "tag__name", "n")[: TAGS_OFFERED * 2]
    )
)
_most_printed: Prepared[Any] = Prepared(
    lambda: (
        _authors()
        .order_by("-printed", "author_id")
        .values_list("author__slug", "author__name", "n")[:AUTHORS_OFFERED]
    )
)
_all_months: Prepared[Any] = Prepared(lambda: _months().values_list("month", "n"))
_first_month: Prepared[Any] = Prepared(lambda: _months().values_list("month", "n")[:1])
_tags_by_name: Prepared[Any] = Prepared(
    lambda: (
        _tags()
        .filter(n__gt=0, tag__edition=_edition, tag__name__gt=Slot("after", models.CharField()))
        .order_by("tag__name")
        .values_list("tag__slug", "tag__name", "n")[: TAGS_LISTED + 1]
    )
)
