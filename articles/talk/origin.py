"""Whether a posting comes from a page of ours. Browsers say so; no cookie or token is needed to ask."""

from __future__ import annotations

from django.http import HttpRequest

SCRIPT = "talk"  # what static/js/talk.js writes into the header X-Newsroom


def by_script(request: HttpRequest) -> bool:
    """Sent by our own script. Another site's script cannot add the header without asking us first."""
    return request.headers.get("X-Newsroom") == SCRIPT


def foreign(request: HttpRequest) -> bool:
    """The browser says that the posting comes from elsewhere."""
    origin = request.headers.get("Origin")
    fetched = request.headers.get("Sec-Fetch-Site", "")
    return (origin is not None and origin != _own(request)) or fetched in {"cross-site", "same-site"}


def domestic(request: HttpRequest) -> bool:
    """The browser says that the posting comes from a page of ours. Old ones say nothing: neither."""
    said = (
        request.headers.get("Origin") == _own(request)
        or request.headers.get("Sec-Fetch-Site") == "same-origin"
    )
    return said and not foreign(request)


def _own(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
