#!/usr/bin/env python3
"""Draw the pictures of the demo newsroom: scenes and portraits in one palette of seven inks.

    pip install pillow numpy
    python3 docs/drawing/pictures.py articles/exchange/demo/pictures
    python3 docs/drawing/pictures.py proofs harbour p-sadia

Every picture is drawn by one function, from fixed seeds, and so comes out the same
each time. Scenes are 1600 by 1067 pixels, portraits 640 by 640; each is one WebP
file, from which the press makes the sizes a page asks for.
"""

import argparse
import io
from pathlib import Path

import countryside
import numpy as np
import portraits
import rooms
import things
import town
from ink import rng
from PIL import Image

SCENES = {
    "reservoir": countryside.reservoir,
    "port": town.port,
    "delta": countryside.delta,
    "glacier": countryside.glacier,
    "skyline": town.skyline,
    "fields": countryside.fields,
    "solar": countryside.solar,
    "parliament": town.parliament,
    "rain": town.rain,
    "loom": things.loom,
    "rail": countryside.rail,
    "arches": town.arches,
    "market": town.market,
    "pylons": countryside.pylons,
    "kites": town.kites,
    "shelves": things.shelves,
    "contour": things.contour,
    "vote": things.vote,
    "talks": rooms.talks,
    "telephone": things.telephone,
    "border": countryside.border,
    "pass": countryside.mountain_pass,
    "compass": things.compass,
    "checkpoint": countryside.checkpoint,
    "bakery": things.bakery,
    "cricket": countryside.cricket,
    "harbour": town.harbour,
    "classroom": rooms.classroom,
    "hospital": rooms.hospital,
    "cables": town.cables,
}
PORTRAITS = {
    "p-sadia": portraits.sadia,
    "p-bilal": portraits.bilal,
    "p-nighat": portraits.nighat,
    "p-imran": portraits.imran,
    "p-farhan": portraits.farhan,
    "p-zarmina": portraits.zarmina,
    "p-rashid": portraits.rashid,
}
PICTURES = SCENES | PORTRAITS

BEST_QUALITY, LEAST_QUALITY = 78, 38
LARGEST_FILE = 160_000


def finish(picture):
    """Add the grain of the paper and darken the corners a little."""
    height, width = picture.shape[:2]
    picture = picture + rng(1).normal(0, 2.2, (height, width))[..., None]
    rows, columns = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    corner = 0.06 * np.clip(columns**2 + rows**2 - 0.6, 0, 2)
    picture = picture * (1 - corner)[..., None]
    return Image.fromarray(np.clip(picture, 0, 255).astype("u1"))


def encode(image):
    """The picture as WebP, as good as fits into the largest file allowed."""
    for quality in range(BEST_QUALITY, LEAST_QUALITY - 1, -4):
        buffer = io.BytesIO()
        image.save(buffer, "WEBP", quality=quality, method=6)
        if buffer.tell() <= LARGEST_FILE:
            break
    return buffer.getvalue()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("names", nargs="*", metavar="name", help="only these: " + ", ".join(PICTURES))
    options = parser.parse_args()
    unknown = set(options.names) - set(PICTURES)
    if unknown:
        parser.error("no such picture: " + ", ".join(sorted(unknown)))

    options.folder.mkdir(parents=True, exist_ok=True)
    for name in options.names or PICTURES:
        image = finish(PICTURES[name]())
        file = options.folder / f"{name}.webp"
        file.write_bytes(encode(image))
        print(f"{file}  {image.width} × {image.height}, {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
