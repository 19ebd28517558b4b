"""The page cache, put together as the settings say."""

from __future__ import annotations

import re
from functools import lru_cache

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from articles.models import Edition
from articles.press.pagecache.layer import Application, Environ, PageCache
from articles.press.pagecache.shelves import Folder, Memory, Redis, Shelf
from articles.press.pagecache.watch import watch
from articles.site.pages import ASKED

OF_THE_TALK = {"after", "reply", "sent"}


def with_page_cache(application: Application) -> PageCache:
    editions = "|".join(re.escape(edition.code) for edition in Edition.all())
    return PageCache(
        application,
        watch=watch,
        memory=Memory(settings.PAGE_CACHE_BYTES),
        shared=shelf(),
        paths=re.compile(rf"/(?:(?:{editions})/|(?:news-)?sitemap[^/]*\.xml$|robots\.txt$)"),
        query_words=ASKED | OF_THE_TALK,
        session_cookie=settings.SESSION_COOKIE_NAME,
        admits=admits,
    )


def shelf() -> Shelf:
    """Redis where the paper has one, else a folder that the processes of this machine share."""
    cache = settings.CACHES["default"]
    if cache["BACKEND"].endswith("RedisCache"):
        return Redis(str(cache["LOCATION"]))
    return Folder(settings.PAGE_FOLDER)


def admits(environ: Environ) -> bool:
    """Whether Django would answer at all: the right scheme, and a host that is ours. Else it says so itself."""
    if (
        settings.SECURE
        and environ["wsgi.url_scheme"] != "https"
        and environ.get("HTTP_X_FORWARDED_PROTO") != "https"
    ):
        return False
    return ours(environ.get("HTTP_HOST", ""))


@lru_cache(maxsize=256)
def ours(host: str) -> bool:
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
