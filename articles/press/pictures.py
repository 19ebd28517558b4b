"""From the library's original to what readers' browsers load: a few widths of each format, without metadata.

AVIF for nearly every reader, WebP for browsers of 2020, and JPEG for older ones, for feeds and for shared links.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from PIL import ImageOps

from articles.models.media import FORMATS, MOST_PIXELS, Image
from articles.text.render import Picture

# pixels; a rendition is made for each width that the original reaches
WIDTHS = {
    "avif": (240, 480, 720, 1080, 1600),
    "webp": (240, 480, 1080),
    "jpeg": (240, 720, 1200),  # a face, a page, a shared link (which wants 1200)
}
RECIPES: dict[str, dict[str, Any]] = {
    "avif": {"quality": 60, "max_threads": 1},
    "webp": {"quality": 74, "method": 2},
    "jpeg": {"quality": 78, "progressive": True, "optimize": True},
}
SPEED = 8  # of AVIF: at 9 a picture of the same quality is a fifth larger
WIDEST = (
    1080  # what is wider goes to large dense screens only, and at 8 would take as long as all others together
)
IN_PRINT = 720
SHARED = 1200
FACE = 480
UNREADABLE = (
    OSError,
    ValueError,
    SyntaxError,
)  # what Pillow says of a file that is gone, damaged or no picture

Renditions = dict[str, dict[str, str]]  # format → width → media path


def develop(image: Image) -> None:
    """Make the renditions of a picture and save what they are. The original stays as it came, and private."""
    _develop(image, WIDTHS)
    image.save(update_fields=["width", "height", "renditions"])


def catch_up(image: Image) -> None:
    """Make what a picture lacks that was developed before there were so many formats; the caller saves it."""
    there = renditions_of(image)
    _develop(image, {kind: widths for kind, widths in WIDTHS.items() if kind not in there}, there)


def renditions_of(image: Image) -> Renditions:
    """By format; before there was AVIF a picture had widths of WebP only."""
    known = image.renditions
    return known if not known or set(WIDTHS) & set(known) else {"webp": known}


def _develop(image: Image, wanted: Mapping[str, tuple[int, ...]], there: Renditions | None = None) -> None:
    with image.file.open("rb") as original:
        content = original.read()
    with Pillow.open(io.BytesIO(content), formats=FORMATS) as opened:
        picture = ImageOps.exif_transpose(opened)
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    # other recipes make other files, and the name says so: what it names never changes
    name = hashlib.sha256(content + repr((SPEED, RECIPES)).encode()).hexdigest()[:24]
    image.width, image.height = picture.size
    image.renditions = (there or {}) | _print(picture, name, wanted)


def _print(picture: Pillow.Image, name: str, wanted: Mapping[str, tuple[int, ...]]) -> Renditions:
    """Save all renditions under one name, which a page that lists them says once as far as compression goes."""
    paths = {
        kind: {str(at): f"pictures/{name[:2]}/{name}-{at}.{kind}" for at in _reached(widths, picture.width)}
        for kind, widths in wanted.items()
    }
    missing: dict[int, list[str]] = {}  # of another picture with the same original, all may be there
    for kind, by_width in paths.items():
        for known, path in by_width.items():
            if not default_storage.exists(path):
                missing.setdefault(int(known), []).append(kind)
    each = sorted(missing, reverse=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        made = pool.map(partial(_encoded, picture), each, [missing[width] for width in each])
        for width, by_kind in zip(each, made, strict=True):
            for kind, content in by_kind.items():
                path = paths[kind][str(width)]
                paths[kind][str(width)] = default_storage.save(path, ContentFile(content))
    return paths


def _reached(widths: tuple[int, ...], own: int) -> list[int]:
    """A smaller original is printed at its own size, never blown up."""
    reached = [width for width in widths if width < own]
    return reached if len(reached) == len(widths) else [*reached, own]


def _encoded(picture: Pillow.Image, width: int, kinds: Iterable[str]) -> dict[str, bytes]:
    """One width in some formats. Encoders let go of Python's lock, so that widths can be made side by side."""
    height = max(1, round(picture.height * width / picture.width))
    made = picture if width == picture.width else picture.resize((width, height), Pillow.Resampling.LANCZOS)
    return {kind: _bytes(made, kind) for kind in kinds}


def _bytes(picture: Pillow.Image, kind: str) -> bytes:
    recipe = RECIPES[kind]
    if kind == "avif":
        recipe = {**recipe, "speed": SPEED if picture.width <= WIDEST else SPEED + 1}
    if kind == "jpeg" and picture.mode == "RGBA":
        paper = Pillow.new("RGBA", picture.size, "white")
        picture = Pillow.alpha_composite(paper, picture).convert("RGB")
    held = io.BytesIO()
    picture.save(held, kind.upper(), **recipe)
    return held.getvalue()


def as_printed(image: Image | None) -> Picture | None:
    """How pages show a picture; None while it has no renditions."""
    if image is None or not image.renditions:
        return None
    found = _addresses(image)
    plain = found.get("jpeg") or found["webp"]
    width = _nearest(plain, IN_PRINT)
    return Picture(
        src=plain[width],
        srcset=_srcset(found["webp"]),
        avif=_srcset(found.get("avif", {})),
        share=plain[_nearest(plain, SHARED)],
        width=width,
        height=round(image.height * width / image.width),
        alt=image.alt,
        caption=image.caption,
        credit=image.credit,
        focus=f"f-{round(image.focal_x * 4)}-{round(image.focal_y * 4)}",
    )


def portrait(image: Image | None) -> dict[str, Any] | None:
    """A face beside a name: {"src", "srcset", "avif", "width", "height"}, in small widths only."""
    if image is None or not image.renditions:
        return None
    found = _addresses(image)
    plain = found.get("jpeg") or found["webp"]
    width = min(plain)
    return {
        "src": plain[width],
        "srcset": _srcset(found["webp"], most=FACE),
        "avif": _srcset(found.get("avif", {}), most=FACE),
        "width": width,
        "height": round(image.height * width / image.width),
    }


def from_library(numbers: Iterable[int]) -> dict[int, Picture]:
    found = Image.objects.in_bulk(list(numbers))
    printed = {number: as_printed(image) for number, image in found.items()}
    return {number: picture for number, picture in printed.items() if picture}


def _addresses(image: Image) -> dict[str, dict[int, str]]:
    return {
        kind: {width: default_storage.url(paths[str(width)]) for width in sorted(map(int, paths))}
        for kind, paths in renditions_of(image).items()
    }


def _srcset(addresses: Mapping[int, str], most: int = MOST_PIXELS) -> str:
    return ", ".join(f"{address} {width}w" for width, address in addresses.items() if width <= most)


def _nearest(addresses: Mapping[int, str], wanted: int) -> int:
    return min(addresses, key=lambda width: abs(width - wanted))
