"""Which edition a request is for, and with it the language, the direction and the clock of the answer."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from articles.models import Edition
from articles.press.pagecache.layer import AWAY
from articles.site.errors import unavailable


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
