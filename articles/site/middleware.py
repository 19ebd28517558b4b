"""Which edition a request is for, with the language, direction and clock of the answer; which database draws it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import Error, connections
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from articles.models import Edition
from articles.press.pagecache.layer import AWAY
from articles.press.reading import from_replica
from articles.press.replica import REPLICA, replica
from articles.site.errors import unavailable

POSTED = "posted"  # the cookie of who has just sent something
CATCHES_UP = 10  # seconds for which they read where they wrote
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}


class EditionMiddleware:
    """The first word of a reader's address names the edition. Everywhere else the visitor's own language is used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        one = edition_of(request.path_info)
        request.edition = one  # type: ignore[attr-defined]
        language = one.language if one else translation.get_language_from_request(request)
        with translation.override(language), timezone.override(one.zone if one else settings.TIME_ZONE):
            request.LANGUAGE_CODE = language
            for_readers = one is not None or request.path_info.endswith(".xml")
            away = for_readers and request.method in ("GET", "HEAD") and request.META.get(AWAY)
            response = unavailable(request) if away else self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if one is None:
            patch_vary_headers(response, ["Accept-Language"])
        return response


def edition_of(path: str) -> Edition | None:
    try:
        return Edition.of(path.lstrip("/").partition("/")[0])
    except LookupError:
        return None


class ReplicaMiddleware:
    """Has readers' pages drawn from the replica while that may be read.

    The last of the middleware: it calls the view itself, and what the replica cannot answer or does not know goes
    the ordinary way, to the primary.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if REPLICA not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in SAFE and response.status_code < 400:
            response.set_cookie(
                POSTED, "1", CATCHES_UP, secure=settings.SECURE, httponly=True, samesite="Lax"
            )
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, words: dict[str, Any]
    ) -> HttpResponseBase | None:
        if not for_any_reader(request):
            return None
        replica.watch()
        if not replica.may_be_read():
            return None
        try:
            with from_replica():
                return view(request, *args, **words)
        except Http404:  # it may be so new that only the primary has it
            return None
        except Error as fault:
            line = connections[REPLICA].connection
            if line is None or line.closed:  # else it only could not answer this
                replica.lost(fault)
            return None


def for_any_reader(request: HttpRequest) -> bool:
    """Whether it asks for a page of the paper, and who asks has neither signed in nor just sent something."""
    readers = edition_of(request.path_info) is not None or request.path_info.endswith(".xml")
    known = {settings.SESSION_COOKIE_NAME, POSTED} & request.COOKIES.keys()
    return request.method in {"GET", "HEAD"} and readers and not known
