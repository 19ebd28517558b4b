"""Uploaded pictures, for machines without a web server in front. Only printed renditions leave this door."""

from __future__ import annotations

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import condition, require_safe

# a name is made from the content, so what it names never changes
FOR_GOOD = f"public, max-age={365 * 24 * 3600}, immutable"
PRINTED = re.compile(r"pictures/[\w-]+/[\w-]+\.[a-z0-9]+", re.ASCII)  # no dots that could lead elsewhere


def is_printed(name: str) -> bool:
    """Whether this is the name of a rendition. Everything else in the storage is the newsroom's own."""
    return PRINTED.fullmatch(name) is not None


def type_of(name: str) -> str:
    """A rendition's type: its suffix is its format. Python's own list does not know all of them."""
    return f"image/{name.rpartition('.')[2]}"


@require_safe
@condition(etag_func=lambda request, path: f'"{path}"' if is_printed(path) else None)
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    if not is_printed(path):
        raise Http404("Only printed pictures are public.")
    try:
        picture = default_storage.open(path)
    except FileNotFoundError as missing:
        raise Http404("No picture has this name.") from missing
    response = FileResponse(picture, content_type=type_of(path))
    response["Cache-Control"] = FOR_GOOD
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
