"""What programs ask for: robots.txt, the sitemaps (one file a month of each edition), the news sitemap, and what
browsers may fetch ahead."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Article, Edition

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
    months = [
        {"edition": one, "month": month}
        for one in Edition.all()
        for month in Article.objects.in_edition(one.code).datetimes("published_at", "month", tzinfo=one.zone)
    ]
    return render(request, "site/sitemap_index.xml", {"months": months}, content_type=XML)


@require_safe
def sitemap_month(request: HttpRequest, edition: Edition, year: int, month: int) -> HttpResponse:
    begin = datetime(year, month, 1, tzinfo=edition.zone)
    end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=edition.zone)
    printed = Article.objects.in_edition(edition.code).filter(published_at__gte=begin, published_at__lt=end)
    addressed = printed.newest_first().only("edition", "slug", "published_on", "published_at", "updated_at")
    if not (articles := list(addressed[:50_000])):
        raise Http404("Nothing was printed in that month.")
    return render(request, "site/sitemap_month.xml", {"articles": articles}, content_type=XML)


@require_safe
def news_sitemap(request: HttpRequest) -> HttpResponse:
    new = (
        Article.objects.filter(published_at__gte=timezone.now() - NEWS_AGE)
        .newest_first()
        .for_cards()[:NEWS_LENGTH]
    )
    articles = [(one, Edition.of(one.edition)) for one in new]
    return render(request, "site/news_sitemap.xml", {"articles": articles}, content_type=XML)
