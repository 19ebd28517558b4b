"""Uploaded pictures, for machines without a web server in front. Only printed renditions leave this door."""

import mimetypes
import posixpath

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

mimetypes.add_type("image/webp", ".webp")  # not in every machine’s own list
A_YEAR = 365 * 24 * 3600


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    # `serve` would tidy “pictures/../originals/…” and hand out what this door keeps in
    if not path.startswith("pictures/") or posixpath.normpath(path) != path:
        raise Http404("Only printed pictures are public.")
    response: HttpResponseBase = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    if isinstance(response, FileResponse):
        # the name is made from the content, so what it names never changes
        response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
        response["Content-Disposition"] = "inline"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
