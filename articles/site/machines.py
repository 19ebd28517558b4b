"""What programs ask for: robots.txt, the sitemaps (one file a month of each edition), the news sitemap, and what
browsers may fetch ahead."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Article, ArticleQuerySet, Edition, Month, months_in_print, newest_of_each
from articles.models.addresses import address

MOST_ADDRESSES = 50_000  # of one file, by the format; of one day no more are named
NEWS_AGE = timedelta(hours=48)  # older stories have no place in a news sitemap
NEWS_LENGTH = 1000
XML = "application/xml; charset=utf-8"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", "", f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    lines.append(f"Sitemap: {settings.SITE_URL}/news-sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def speculation_rules(request: HttpRequest) -> HttpResponse:
    """A story may be fetched when a reader's pointer rests on its link; nothing else, and nothing with a question."""
    editions = "|".join(one.code for one in Edition.all())
    stories = {"pathname": f"/:edition({editions})/:year(\\d+)/:month(\\d+)/:day(\\d+)/:slug/", "search": ""}
    answer = JsonResponse(
        {"prefetch": [{"where": {"href_matches": stories}, "eagerness": "moderate"}]},
        content_type="application/speculationrules+json",
    )
    answer["Cache-Control"] = "public, max-age=86400"
    return answer


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """One file for a month, or one for each of its days when it holds more than a file may."""
    files = [
        path
        for edition in Edition.all()
        for month in months_in_print(edition)
        for path in _files(edition, month)
    ]
    return render(request, "site/sitemap_index.xml", {"files": files}, content_type=XML)


def _files(edition: Edition, counted: Month) -> list[str]:
    month = counted.month
    if counted.n <= MOST_ADDRESSES:
        return [address("sitemap_month", edition.code, month.year, month.month)]
    days = (month + timedelta(days=more) for more in range(monthrange(month.year, month.month)[1]))
    lists = [_printed(edition, day, 1)[:1] for day in days]
    found = {edition.day(one.published_at) for one in newest_of_each(lists)}
    return [address("sitemap_day", edition.code, day.year, day.month, day.day) for day in sorted(found)]


@require_safe
def sitemap_month(request: HttpRequest, edition: Edition, year: int, month: int) -> HttpResponse:
    return _sitemap(request, edition, date(year, month, 1), monthrange(year, month)[1])


@require_safe
def sitemap_day(request: HttpRequest, edition: Edition, year: int, month: int, day: int) -> HttpResponse:
    if day > monthrange(year, month)[1]:
        raise Http404("There is no such day.")
    return _sitemap(request, edition, date(year, month, day), 1)


def _sitemap(request: HttpRequest, edition: Edition, begin: date, days: int) -> HttpResponse:
    rows = _printed(edition, begin, days).values_list("published_on", "slug", "published_at", "updated_at")
    if not (addresses := list(_addresses(edition, rows[:MOST_ADDRESSES]))):
        raise Http404("Nothing was printed in that time.")
    return render(request, "site/sitemap_month.xml", {"addresses": addresses}, content_type=XML)


def _printed(edition: Edition, begin: date, days: int) -> ArticleQuerySet:
    """What readers may see of these days on the edition's calendar, newest first."""
    since, until = (
        datetime(day.year, day.month, day.day, tzinfo=edition.zone)
        for day in (begin, begin + timedelta(days))
    )
    printed = Article.objects.in_edition(edition.code).filter(published_at__gte=since, published_at__lt=until)
    newest: ArticleQuerySet = printed.newest_first()
    return newest


def _addresses(
    edition: Edition, rows: Iterable[tuple[date, str, datetime, datetime | None]]
) -> Iterator[tuple[str, datetime]]:
    """Each article's path and last change. What is before the slug is written out once for each day."""
    paths: dict[date, str] = {}
    for day, slug, published_at, updated_at in rows:
        if day not in paths:
            paths[day] = address("article", edition.code, day.year, day.month, day.day, "-").removesuffix(
                "-/"
            )
        yield f"{paths[day]}{quote(slug)}/", updated_at or published_at


@require_safe
def news_sitemap(request: HttpRequest) -> HttpResponse:
    since = timezone.now() - NEWS_AGE
    lists = [
        Article.objects.in_edition(one.code).filter(published_at__gte=since).newest_first()
        for one in Edition.all()
    ]
    named = ("edition", "slug", "published_on", "published_at", "headline")
    new = [one for news in lists for one in news.only(*named)[:NEWS_LENGTH]]
    new.sort(key=lambda one: (one.published_at, one.pk), reverse=True)
    articles = [(one, Edition.of(one.edition)) for one in new[:NEWS_LENGTH]]
    return render(request, "site/news_sitemap.xml", {"articles": articles}, content_type=XML)
