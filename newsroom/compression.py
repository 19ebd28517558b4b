"""Answers that are text are compressed; pictures and archives are compressed already and go out as they are."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = ("+json", "+xml", "/json", "/xml", "/javascript")


def is_text(kind: str) -> bool:
    """Whether a Content-Type names text: text/*, JSON, XML (feeds and SVG too) or JavaScript."""
    name = kind.partition(";")[0].strip().lower()
    return name.startswith("text/") or name.endswith(TEXT)


class TextGZipMiddleware(GZipMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not is_text(response.headers.get("Content-Type", "")):
            return response
        return super().process_response(request, response)
