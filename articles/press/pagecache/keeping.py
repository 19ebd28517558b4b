"""What a view says of a page that is the same for every visitor."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from articles.models import Article

MARK = "X-Kept"  # for the layer only, which takes it off: the number of the article whose talk is shown, or 0
SHARED = 10  # seconds that a CDN may keep a page without asking
WHILE_ASKING = 20  # seconds more during which it may show the old page while it fetches the new one
IN_NEED = 24 * 3600  # seconds that it may show a page when we do not answer

View = Callable[..., HttpResponseBase]


def kept(view: View) -> View:
    """The page that this view draws may be kept, as long as it is a whole one and the view says nothing else.

    The view must not look at who asks: a page is kept for everybody.
    """

    @wraps(view)
    def drawn(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        talk = response.headers.get(MARK, "0")
        response.headers.pop(MARK, None)
        if (
            response.status_code == 200
            and "Cache-Control" not in response.headers
            and request.method != "POST"
        ):
            _mark(request, response, talk)
        return response

    return drawn


def with_talk_of(response: HttpResponse, article: Article) -> HttpResponse:
    """The page shows the talk under this article, and turns with it."""
    response.headers[MARK] = str(article.pk)
    return response


def lifetime(seconds: float) -> str:
    """Cache-Control for a page that is current for so many seconds: browsers ask each time, CDNs now and then."""
    shared = max(0, min(SHARED, int(seconds)))
    waiting = WHILE_ASKING if shared == SHARED else 0  # nothing old is shown at a scheduled moment
    return f"public, max-age=0, s-maxage={shared}, stale-while-revalidate={waiting}, stale-if-error={IN_NEED}"


def _mark(request: HttpRequest, response: HttpResponseBase, talk: str) -> None:
    if settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers:
        response.headers["Cache-Control"] = "private, no-cache"  # theirs is not kept, nor by a cache in front
        return
    response.headers[MARK] = talk
    response.headers["Cache-Control"] = lifetime(SHARED)
    edition = getattr(request, "edition", None)
    keys = [
        "site",
        *([f"edition-{edition}"] if edition else []),
        *([f"article-{talk}"] if talk != "0" else []),
    ]
    response.headers["Surrogate-Key"] = " ".join(keys)
    response.headers["Cache-Tag"] = ",".join(keys)
