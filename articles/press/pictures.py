"""From the library's original to what readers' browsers load: a few widths of WebP, re-encoded, without metadata."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from PIL import ImageOps

from articles.models.media import FORMATS, WIDTHS, Image
from articles.text.render import Picture

QUALITY = 74


def develop(image: Image) -> None:
    """Make the renditions of a picture and save what they are. The original stays as it came, and private."""
    with image.file.open("rb") as original, Pillow.open(original, formats=FORMATS) as opened:
        picture = ImageOps.exif_transpose(opened)
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    image.width, image.height = picture.size
    widths = [width for width in WIDTHS if width < picture.width]
    if len(widths) < len(WIDTHS):
        widths.append(picture.width)  # a smaller original is printed at its own size, never blown up
    image.renditions = {str(width): _rendition(picture, width) for width in widths}
    image.save(update_fields=["width", "height", "renditions"])


def _rendition(picture: Pillow.Image, width: int) -> str:
    height = max(1, round(picture.height * width / picture.width))
    made = picture if width == picture.width else picture.resize((width, height), Pillow.Resampling.LANCZOS)
    held = io.BytesIO()
    made.save(held, "WEBP", quality=QUALITY, method=4)
    content = held.getvalue()
    name = hashlib.sha256(content).hexdigest()[:24]
    path = f"pictures/{name[:2]}/{name}-{width}.webp"
    return path if default_storage.exists(path) else default_storage.save(path, ContentFile(content))


def as_printed(image: Image | None) -> Picture | None:
    """How pages show a picture; None while it has no renditions."""
    if image is None or not image.renditions:
        return None
    by_width = sorted((int(width), default_storage.url(path)) for width, path in image.renditions.items())
    width, src = by_width[min(1, len(by_width) - 1)]
    return Picture(
        src=src,
        srcset=", ".join(f"{address} {wide}w" for wide, address in by_width),
        width=width,
        height=round(image.height * width / image.width),
        alt=image.alt,
        caption=image.caption,
        credit=image.credit,
        focus=f"f-{round(image.focal_x * 4)}-{round(image.focal_y * 4)}",
    )


def portrait(image: Image | None) -> dict[str, Any] | None:
    """The smallest rendition, for a face beside a name: {"src", "width", "height"}."""
    picture = as_printed(image)
    if image is None or picture is None:
        return None
    width = min(map(int, image.renditions))
    return {
        "src": default_storage.url(image.renditions[str(width)]),
        "width": width,
        "height": round(image.height * width / image.width),
    }


def from_library(numbers: Iterable[int]) -> dict[int, Picture]:
    found = Image.objects.in_bulk(list(numbers))
    printed = {number: as_printed(image) for number, image in found.items()}
    return {number: picture for number, picture in printed.items() if picture}
