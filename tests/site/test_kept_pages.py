"""Which of the readers' pages are kept, and that these are the same for every visitor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver

from articles.models import Article
from articles.press.pagecache.keeping import MARK, kept
from newsroom.urls import urlpatterns
from tests.factories import a_comment, a_section, ago, an_article, an_author, an_editor

pytestmark = pytest.mark.django_db

# readers' addresses that are drawn anew for each visitor, each for its reason
DRAWN_ANEW = {
    "home": "leads to the edition of the visitor's own language",
    "speculation_rules": "asks nothing of the database, and says itself how long it holds",
    "archive": "leads on to the newest year",
}


def named(patterns: list[Any]) -> Iterator[tuple[str, Callable[..., Any]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield str(pattern.name), pattern.callback


ROOMS = ("articles.site.urls", "articles.talk.urls")
VIEWS = dict(
    named(
        [
            one
            for one in urlpatterns
            if isinstance(one, URLResolver) and getattr(one.urlconf_name, "__name__", "") in ROOMS
        ]
    )
)
KEPT_CODE = kept(lambda request: request).__code__


def test_each_readers_page_is_kept_or_is_drawn_anew_for_a_reason() -> None:
    anew = {name for name, view in VIEWS.items() if view.__code__ is not KEPT_CODE}
    assert anew == DRAWN_ANEW.keys(), (
        "a new page is kept(…) in its urls.py, or stands in DRAWN_ANEW with a reason"
    )
    assert len(VIEWS) > 15


def pages() -> dict[str, str]:
    """An address of every page that is kept: {name: address}."""
    section, author = a_section(slug="world"), an_author(slug="sadia")
    article = an_article(section=section, by=author, tags=["Water"], at=ago(days=1))
    a_comment(on=article)
    an_article(edition="ur")
    day = article.published_on
    return {
        "front": "/en/",
        "stories": "/en/stories/?tags=water",
        "tags": "/en/tag/",
        "tag": "/en/tag/water/",
        "author": "/en/author/sadia/",
        "archive_year": f"/en/archive/{day.year}/",
        "archive_month": f"/en/archive/{day:%Y/%m}/",
        "edition_feed": "/en/feed.rss",
        "tag_feed": "/en/tag/water/feed.json",
        "author_feed": "/en/author/sadia/feed.atom",
        "article": article.get_absolute_url(),
        "section": "/en/world/",
        "section_feed": "/en/world/feed.rss",
        "robots": "/robots.txt",
        "sitemap": "/sitemap.xml",
        "sitemap_month": f"/sitemap-en-{day:%Y-%m}.xml",
        "sitemap_day": f"/sitemap-en-{day:%Y-%m-%d}.xml",
        "news_sitemap": "/news-sitemap.xml",
        "discussion": article.discussion_url(),
    }


VISITORS: list[dict[str, Any]] = [
    {"HTTP_ACCEPT_LANGUAGE": "ur", "HTTP_USER_AGENT": "Lynx", "HTTP_REFERER": "http://elsewhere.example/"},
    {"HTTP_COOKIE": "csrftoken=abc; django_language=ur; theme=dark", "REMOTE_ADDR": "203.0.113.9"},
    {"HTTP_ACCEPT": "application/json", "HTTP_X_REQUESTED_WITH": "XMLHttpRequest", "HTTP_X_NEWSROOM": "talk"},
    {"HTTP_DNT": "1", "HTTP_SAVE_DATA": "on", "HTTP_HOST": "localhost", "HTTP_RANGE": "bytes=0-9"},
]


def test_a_kept_page_is_the_same_whoever_asks() -> None:
    editor = Client()
    editor.force_login(an_editor())
    addresses = pages()
    assert addresses.keys() | DRAWN_ANEW.keys() == VIEWS.keys()
    for name, address in addresses.items():
        plain = Client().get(address)
        assert (plain.status_code, plain.cookies, MARK in plain) == (200, {}, True), name
        assert "cookie" not in plain.get("Vary", "").lower(), name
        for visitor in VISITORS:
            assert Client().get(address, **visitor).content == plain.content, (name, visitor)
        assert editor.get(address).content == plain.content, name


def test_a_page_that_an_editor_reads_is_for_no_cache_in_front() -> None:
    editor = Client()
    editor.force_login(an_editor())
    for address in pages().values():
        answer = editor.get(address)
        assert answer["Cache-Control"] == "private, no-cache"
        assert MARK not in answer


def test_a_kept_page_says_how_long_and_under_which_keys_others_may_keep_it() -> None:
    address = pages()["article"]
    answer = Client().get(address)
    assert re.fullmatch(
        r"public, max-age=0, s-maxage=10, stale-while-revalidate=20, stale-if-error=86400",
        answer["Cache-Control"],
    )
    number = Article.objects.get(slug=address.split("/")[-2]).pk
    assert answer["Surrogate-Key"] == f"site edition-en article-{number}"
    assert answer["Cache-Tag"] == f"site,edition-en,article-{number}"
    assert answer[MARK] == str(number)


def test_what_is_not_a_whole_page_carries_no_mark() -> None:
    article = an_article()
    for answer in (
        Client().get("/en/nothing/"),
        Client().post(article.discussion_url(), {"body": "", "name": "", "email": ""}),
        Client().get(article.get_absolute_url().rstrip("/")),
    ):
        assert answer.status_code != 200
        assert MARK not in answer
        assert "s-maxage" not in answer.get("Cache-Control", "")


def test_a_page_that_says_it_is_private_is_not_marked_though_it_shows_a_talk() -> None:
    article = an_article()

    def view(request: Any) -> Any:
        answer = Client().get(article.get_absolute_url())
        answer["Cache-Control"] = "private"
        return answer

    assert MARK not in kept(view)(None)
