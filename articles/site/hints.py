"""What a page's headers say before a browser has read the page: what it will need, and what may be read next.

`Link` and not tags in the head: a front that keeps pages (nginx, a CDN) can send the header on as 103 Early Hints
while it still asks us for the page, and a browser acts on it before the first line of HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse

# faces of what is read first; the others are fetched when the style sheet asks for them
FIRST_FONTS = {"ur": ("naskh-urdu",)}
LATIN_FONTS = ("newsreader-display", "newsreader-text")
SHEET = re.compile(rb'<link rel="stylesheet" href="([^"]+)"')
HEAD = 8192  # bytes in which a page names its style sheet


class HintsMiddleware:
    """Pages of an edition say which style sheet and fonts they need, the same for every reader."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        edition = getattr(request, "edition", None)
        if edition and not response.streaming and (sheet := SHEET.search(response.content, 0, HEAD)):
            response.headers["Link"] = needed(edition.language, sheet[1].decode())
            if response.status_code == 200:
                response.headers["Speculation-Rules"] = next_reads()
        return response


@lru_cache(maxsize=64)
def needed(language: str, sheet: str) -> str:
    fonts = [static(f"fonts/{name}.woff2") for name in FIRST_FONTS.get(language, LATIN_FONTS)]
    return ", ".join(
        [
            f"<{sheet}>; rel=preload; as=style",
            *(f'<{font}>; rel=preload; as=font; type="font/woff2"; crossorigin' for font in fonts),
        ]
    )


@lru_cache(maxsize=1)
def next_reads() -> str:
    return f'"{reverse("speculation_rules")}"'
