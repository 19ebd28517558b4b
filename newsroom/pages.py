"""The page cache, put together as the settings say."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from articles.models import Edition
from articles.press.pagecache.answers import Application, Environ
from articles.press.pagecache.layer import PageCache
from articles.press.pagecache.shelves import Folder, Memory, Redis, Shelf
from articles.press.pagecache.watch import watch
from articles.site.pages import ASKED

OF_THE_TALK = {"after", "reply", "sent"}
DRAWN_BY = (("articles", "*.py"), ("newsroom", "*.py"), ("templates", "*"), ("locale", "*.mo"))


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
        return Redis(str(cache["LOCATION"]), paper())
    return Folder(settings.PAGE_FOLDER, paper())


def paper() -> str:
    """What tells our pages from others kept in the same place: our address, our database and what draws them."""
    said = f"{settings.SITE_URL} {settings.DATABASES['default']['NAME']} {release()}"
    return hashlib.blake2b(said.encode(), digest_size=6).hexdigest()


def release() -> str:
    """One word for all that pages are drawn by: no page of an older release passes for one of this."""
    seen = hashlib.blake2b()
    for folder, kind in DRAWN_BY:
        for path in sorted((settings.BASE_DIR / folder).rglob(kind)):
            if path.is_dir():
                continue
            seen.update(f"{path.relative_to(settings.BASE_DIR)} ".encode() + path.read_bytes())
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"  # names of style sheets and scripts
    seen.update(manifest.read_bytes() if manifest.exists() else b"")
    return seen.hexdigest()


def admits(environ: Environ) -> bool:
    """Whether Django would answer at all: the right scheme, and a host that is ours. Else it says so itself."""
    scheme = str(environ.get("HTTP_X_FORWARDED_PROTO", environ["wsgi.url_scheme"]))
    if settings.SECURE and scheme.partition(",")[0].strip() != "https":
        return False
    return ours(environ.get("HTTP_HOST", ""))


@lru_cache(maxsize=256)
def ours(host: str) -> bool:
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
