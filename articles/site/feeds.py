"""The same lists for readers' programs: RSS, Atom and JSON Feed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.views.decorators.http import require_safe

from articles.models import ABOUT, IN_EDITION, IN_SECTION, SIGNED_BY, Article, Author, Edition, Section, Tag
from articles.models.addresses import absolute


@require_safe
def edition_feed(request: HttpRequest, edition: Edition, form: str) -> HttpResponse:
    stories = IN_EDITION.newest(edition=edition.code)
    return _feed(
        request, edition, form, edition.name, edition.tagline, reverse("front", args=[edition]), stories
    )


@require_safe
def section_feed(request: HttpRequest, edition: Edition, slug: str, form: str) -> HttpResponse:
    one = get_object_or_404(Section, edition=edition.code, slug=slug)
    stories = IN_SECTION.newest(section=one.pk)
    return _feed(request, edition, form, one.name, one.description, one.get_absolute_url(), stories)


@require_safe
def tag_feed(request: HttpRequest, edition: Edition, slug: str, form: str) -> HttpResponse:
    one = get_object_or_404(Tag, edition=edition.code, slug=slug)
    stories = ABOUT.newest(tag=one.pk)
    if not stories:
        raise Http404("Nothing is printed about this yet.")
    return _feed(request, edition, form, one.name, one.description, one.get_absolute_url(), stories)


@require_safe
def author_feed(request: HttpRequest, edition: Edition, slug: str, form: str) -> HttpResponse:
    one = get_object_or_404(Author, edition=edition.code, slug=slug)
    stories = SIGNED_BY.newest(author=one.pk)
    if not stories:
        raise Http404("Nothing is printed under this name yet.")
    return _feed(request, edition, form, one.name, one.role, one.get_absolute_url(), stories)


def _feed(
    request: HttpRequest,
    edition: Edition,
    form: str,
    name: str,
    about: str,
    page: str,
    stories: list[Article],
) -> HttpResponse:
    if form not in WRITERS:
        raise Http404("Feeds are feed.rss, feed.atom and feed.json.")
    title = name if name == edition.name else f"{name} · {edition.name}"
    head = {
        "title": title,
        "description": about or title,
        "page": absolute(page),
        "feed": absolute(request.path),
    }
    return WRITERS[form](edition, head, stories)


def _json(edition: Edition, head: dict[str, str], stories: list[Article]) -> HttpResponse:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": head["title"],
        "home_page_url": head["page"],
        "feed_url": head["feed"],
        "description": head["description"],
        "language": edition.language,
        "items": [_json_item(one) for one in stories],
    }
    return JsonResponse(feed, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False})


def _json_item(one: Article) -> dict[str, Any]:
    item = {
        "id": absolute(one.get_absolute_url()),
        "url": absolute(one.get_absolute_url()),
        "title": one.headline,
        "content_text": one.standfirst or one.excerpt or one.headline,
        "date_published": timezone.localtime(one.published_at).isoformat(timespec="seconds"),
        "date_modified": timezone.localtime(one.changed_at).isoformat(timespec="seconds"),
        "authors": [{"name": name} for name in one.signed],
        "tags": [topic["name"] for topic in one.topics],
    }
    return item | ({"image": absolute(one.picture.get("share") or one.picture["src"])} if one.picture else {})


def _xml(writer: type[Rss201rev2Feed] | type[Atom1Feed]) -> Callable[..., HttpResponse]:
    def write(edition: Edition, head: dict[str, str], stories: list[Article]) -> HttpResponse:
        feed = writer(
            head["title"], head["page"], head["description"], language=edition.language, feed_url=head["feed"]
        )
        for one in stories:
            _add(feed, one)
        return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)

    return write


def _add(feed: Rss201rev2Feed | Atom1Feed, one: Article) -> None:
    address = absolute(one.get_absolute_url())
    feed.add_item(
        title=one.headline,
        link=address,
        description=one.standfirst or one.excerpt,
        unique_id=address,
        unique_id_is_permalink=True,
        pubdate=timezone.localtime(one.published_at),
        updateddate=timezone.localtime(one.changed_at),
        author_name=", ".join(one.signed),
        categories=[topic["name"] for topic in one.topics],
    )


WRITERS: dict[str, Callable[..., HttpResponse]] = {
    "rss": _xml(Rss201rev2Feed),
    "atom": _xml(Atom1Feed),
    "json": _json,
}
