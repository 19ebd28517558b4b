"""How a filtered list is walked. However a filter is put together, one index is walked, newest first:

    dates only, section, genre, section and genre   an index of the articles that holds just these
    one tag or one author, with or without dates    the dates under which the tag or the author is filed
    any other                                       the rarest of what is asked for, by the numbers that are kept;
                                                    every row of it is looked up in what else is asked for

Only the last can meet rows that are not shown. One screen looks at WINDOW of them, says up to which day it has
looked, and the next goes on from there. So two tags that are each on half of the archive and never on one story
cost no more than that: the reader is led on through screens that say which time they cover, and misses nothing.
(What was printed in the same moment as the last of the WINDOW is looked at too.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from articles.models import Article, ArticleAuthor, ArticleQuerySet, ArticleTag, Author, Tag
from articles.models.counts import Known
from articles.site.pages import WINDOW


class Walk(NamedTuple):
    """One way along a list.

    Whether an article fits is said so that a database can only look at that article: from EXISTS or a plain condition
    on an indexed column it may conclude that the other way is the shorter one, and walk all of that.
    """

    many: int  # rows, from its beginning to its end
    along: str  # leads from an article to these rows, as in a query: "" for the articles themselves
    among: QuerySet[Any] | None  # the rows; None when all of them belong to the list
    fits: Q  # whether an article that another way has found belongs to this one too
    articles: Callable[[Q], ArticleQuerySet]


def walks_of(
    printed: ArticleQuerySet, named: Iterable[Known], where: dict[str, Any], many: int
) -> list[Walk]:
    """The ways to find what is filed under all of these, where `many` are what `where` asks for of an article.

    Without `where`, all that is printed is the longest way, and the only one when nothing is asked for.
    """
    filed = [_by_tag(one) if one.kind == "tag" else _by_author(one) for one in named]
    if filed and not where:
        return filed
    here = printed.filter(**where).newest_first()
    if not filed:
        return [Walk(many, "", None, Q(), here.filter)]
    fits = Case(When(Q(**where), then=True), default=False, output_field=BooleanField())
    return [*filed, Walk(many, "", here, Q(fits), here.filter)]


def shortest(walks: Sequence[Walk], span: dict[str, datetime]) -> Walk:
    """Of several ways the shortest, narrowed by the others and to that span of `published_at`."""
    best = min(walks, key=lambda one: one.many)
    others = [one.fits for one in walks if one is not best]
    dated = Q(**{f"{best.along}{name}": at for name, at in span.items()})
    among = best.among.filter(**span) if best.among is not None and others and best.many > WINDOW else None
    return best._replace(
        among=among,
        articles=lambda where: best.articles(dated & where).filter(*others),
    )


def _by_tag(one: Known) -> Walk:
    articles = partial(Article.objects.about, Tag(pk=one.pk))
    return Walk(one.n, "article_tags__", *_filed(ArticleTag, tag=one.pk), articles)


def _by_author(one: Known) -> Walk:
    articles = partial(Article.objects.signed_by, Author(pk=one.pk))
    return Walk(one.n, "article_authors__", *_filed(ArticleAuthor, author=one.pk), articles)


def _filed(model: type[ArticleTag | ArticleAuthor], **under: int) -> tuple[QuerySet[Any], Q]:
    """What is filed there, newest first, and whether an article is among it."""
    rows = model._default_manager.filter(**under)
    newest = rows.filter(published_at__lte=timezone.now()).order_by("-published_at", "-article_id")
    here = Subquery(rows.filter(article=OuterRef("pk")).values("article"))
    return newest, Q(pk=here)
