"""Readers' pages. Each view fetches what it shows in a fixed number of queries and hands it to one template."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from articles.models import (
    ABOUT,
    FIRST_SHOWN,
    IN_MONTH,
    IN_SECTION,
    SIGNED_BY,
    Article,
    Author,
    Edition,
    FormerAddress,
    Genre,
    Section,
    article_at,
    authors_at,
    first_shown,
    front_articles,
    month_begins,
    months_in_print,
    most_discussed,
    recent_for,
    tag_at,
    tags_in_print,
    translations_of,
)
from articles.models.counts import TAGS_LISTED
from articles.press.pagecache.keeping import with_talk_of
from articles.press.pictures import portrait
from articles.site.context import sections_of
from articles.site.filters import StoriesFilter
from articles.site.fronts import lay_out
from articles.site.pages import screen_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The edition that the reader's language asks for."""
    language = translation.get_language_from_request(request)
    chosen = next((one for one in Edition.all() if one.language == language), Edition.all()[0])
    response = HttpResponseRedirect(reverse("front", args=[chosen]))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def front(request: HttpRequest, edition: Edition) -> HttpResponse:
    sections = sections_of(edition)
    newest = front_articles(edition.code, sections)
    front = lay_out(newest, [one for one in sections if one.slug != Genre.OPINION])
    return render(
        request,
        "site/front.html",
        {
            "front": front,
            "sections": sections,
            "opinion": next((one for one in sections if one.slug == Genre.OPINION), None),
            # asked for whatever the layout: each front page costs the same
            "discussed": most_discussed(edition.code),
            "alternates": {one.code: reverse("front", args=[one]) for one in edition.others()},
            "today": timezone.localdate(),
        },
    )


@require_safe
def section(request: HttpRequest, edition: Edition, slug: str) -> HttpResponse:
    everywhere = [one for other in Edition.all() for one in sections_of(other)]
    here = next((one for one in everywhere if (one.edition, one.slug) == (edition.code, slug)), None)
    if here is None:
        raise Http404("No section has this address.")
    return render(
        request,
        "site/section.html",
        {
            "section": here,
            "sections": sections_of(edition),
            "page": screen_of(IN_SECTION, request.GET, section=here.pk),
            "feed": reverse("section_feed", args=[edition, slug, "rss"]),
            "alternates": _alternates(here, everywhere),
        },
    )


@require_safe
def tag(request: HttpRequest, edition: Edition, slug: str) -> HttpResponse:
    about = tag_at(edition.code, slug)
    page = about and screen_of(ABOUT, request.GET, tag=about.pk)
    if not page:
        raise Http404("Nothing is printed about this yet.")  # a tag may be the name of what is under embargo
    return render(
        request,
        "site/tag.html",
        {
            "tag": about,
            "page": page,
            "feed": reverse("tag_feed", args=[edition, slug, "rss"]),
        },
    )


@require_safe
def tags(request: HttpRequest, edition: Edition) -> HttpResponse:
    """All tags by name, a screen at a time; on one screen capital letters do not matter."""
    found = tags_in_print(edition.code, after=request.GET.get("after", "").replace("\0", ""))
    shown = found[:TAGS_LISTED]
    words = QueryDict(mutable=True)
    if len(found) > TAGS_LISTED:
        words["after"] = shown[-1]["name"]
    counted = sorted(shown, key=lambda row: str(row["name"]).casefold())
    return render(request, "site/tags.html", {"tags": counted, "more": words.urlencode()})


@require_safe
def author(request: HttpRequest, edition: Edition, slug: str) -> HttpResponse:
    everywhere = authors_at(slug)
    here = next((one for one in everywhere if one.edition == edition.code), None)
    if here is None:
        raise Http404("No author has this address.")
    page = screen_of(SIGNED_BY, request.GET, author=here.pk)
    if not page:
        raise Http404("Nothing is printed under this name yet.")  # which may be the secret of a draft
    return render(
        request,
        "site/author.html",
        {
            "author": here,
            "portrait": portrait(here.photo),
            "page": page,
            "feed": reverse("author_feed", args=[edition, slug, "rss"]),
            "alternates": _alternates(here, everywhere),
        },
    )


@require_safe
def stories(request: HttpRequest, edition: Edition) -> HttpResponse:
    """All stories, filtered by what the address asks for."""
    sections = sections_of(edition)
    filtered = StoriesFilter(request.GET, edition=edition, sections=sections)
    page = filtered.page()
    return render(
        request,
        "site/stories.html",
        {
            "filter": filtered,
            "chosen": filtered.chosen(),
            "tags": filtered.tags_offered(page),
            "months": filtered.months_offered(),
            "sections": sections,
            "page": page,
        },
    )


@require_safe
def archive_year(request: HttpRequest, edition: Edition, year: int) -> HttpResponse:
    everywhen = months_in_print(edition)
    months = [one for one in everywhen if one.month.year == year]
    if not months:
        raise Http404("Nothing was printed in that year.")
    years = [one.month.year for one in everywhen]
    return render(
        request,
        "site/archive_year.html",
        {
            "year": year,
            "months": months,
            "earlier": max((one for one in years if one < year), default=None),
            "later": min((one for one in years if one > year), default=None),
        },
    )


@require_safe
def archive(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The year in which something was printed last."""
    year = _year_of(Article.objects.in_edition(edition.code).newest_first())
    if year is None:
        raise Http404("Nothing is printed yet.")
    return redirect("archive_year", edition, year)


@require_safe
def archive_month(request: HttpRequest, edition: Edition, year: int, month: int) -> HttpResponse:
    begin, end = (month_begins(edition, year, month + more) for more in (0, 1))
    page = screen_of(IN_MONTH, request.GET, edition=edition.code, begin=begin, end=end)
    if not page:
        raise Http404("Nothing was printed in that month.")
    return render(request, "site/archive_month.html", {"month": begin, "page": page})


@require_safe
def article(
    request: HttpRequest, edition: Edition, year: int, month: int, day: int, slug: str
) -> HttpResponseBase:
    printed_on = _day(year, month, day)
    found = article_at(edition.code, printed_on, slug)
    if found is None:
        return _not_here(request, edition, printed_on, slug)
    page = render(request, "site/article.html", _article_page(found, sections_of(edition)))
    return with_talk_of(page, found)


def _article_page(article: Article, sections: list[Section]) -> dict[str, Any]:
    comments = first_shown(article)
    goes_on = len(comments) > FIRST_SHOWN
    article.section = next((one for one in sections if one.pk == article.section_id), None) or article.section
    return {
        "article": article,
        "section": article.section,
        "sections": sections,
        "recent": recent_for(article),
        "comments": comments[:FIRST_SHOWN],
        "more": f"{article.discussion_url()}?after={comments[FIRST_SHOWN - 1].path}" if goes_on else None,
        "alternates": {one.edition: one.get_absolute_url() for one in translations_of(article)},
    }


def _not_here(request: HttpRequest, edition: Edition, day: date, slug: str) -> HttpResponseBase:
    """An article that was taken back says why; one that moved redirects; anything else is not found."""
    gone = Article.taken_back.all().addressed(edition.code, day, slug).first()
    if gone is not None:
        return render(request, "site/gone.html", {"article": gone}, status=410)
    moved = FormerAddress.objects.filter(edition=edition.code, published_on=day, slug=slug).values("article")
    now_at = Article.objects.filter(pk__in=moved).first() or Article.taken_back.filter(pk__in=moved).first()
    if now_at is not None:
        return _moved(request, now_at)
    raise Http404("No article has this address.")


def _moved(request: HttpRequest, article: Article) -> HttpResponse:
    """For good, but asked again each time: an address may be given back, and browsers never forget a 301."""
    query = request.META.get("QUERY_STRING")
    answer = redirect(article.get_absolute_url() + (f"?{query}" if query else ""), permanent=True)
    answer["Cache-Control"] = "no-cache"
    return answer


def _alternates(here: Section | Author, everywhere: list[Any]) -> dict[str, str]:
    """The same section or author in the other editions: {code: address}."""
    return {
        one.edition: one.get_absolute_url()
        for one in everywhere
        if one.slug == here.slug and one.edition != here.edition
    }


def _year_of(articles: QuerySet[Article]) -> int | None:
    """The year of the first of these articles."""
    moment = articles.values_list("published_at", flat=True).first()
    return timezone.localtime(moment).year if moment else None


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as no_such_day:
        raise Http404("There is no such day.") from no_such_day
