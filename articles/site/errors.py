"""Pages for when something is not there, not allowed or not working."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from articles.models import Article, Edition


def _page(request: HttpRequest, template: str, status: int, **more: object) -> HttpResponse:
    """A page of the edition that was asked for, or of the one in the visitor's language."""
    edition = getattr(request, "edition", None)
    if edition is None:
        language = translation.get_language()
        edition = next((one for one in Edition.all() if one.language == language), Edition.all()[0])
        request.edition = edition  # type: ignore[attr-defined]
    response = render(request, template, {"edition": edition, **more}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    edition = getattr(request, "edition", None) or Edition.all()[0]
    newest = Article.objects.in_edition(edition.code).newest_first().for_cards()[:5]
    return _page(request, "site/not_found.html", 404, newest=newest)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "site/error.html", 403, kind="forbidden")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "site/error.html", 400, kind="bad_request")


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, which may be what failed."""
    return _page(request, "site/error.html", 500, kind="server_error", sections=[])


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database is known to be away, and this page was not kept: said at once, without asking it."""
    response = _page(request, "site/error.html", 503, kind="unavailable", sections=[])
    response["Retry-After"] = "30"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, "site/error.html", 403, kind="csrf")
