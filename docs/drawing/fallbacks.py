#!/usr/bin/env python3
"""Cut the stand-ins to measure: readers' own fonts, sized so that the swap to the paper's fonts moves nothing.

    npm install @fontsource/gelasio @fontsource/tinos @fontsource/arimo @fontsource/roboto @fontsource/noto-serif \\
        @fontsource/noto-sans @fontsource/noto-sans-arabic @fontsource/noto-naskh-arabic
    pip install fonttools brotli uharfbuzz
    python3 docs/drawing/fallbacks.py node_modules

prints the @font-face rules of tokens.css and urdu.css. The demo's own stories are set with HarfBuzz in both fonts;
the ratio of their lengths is `size-adjust`, and the lines' heights follow from the paper's font. Georgia, Times New
Roman and Arial are measured in Gelasio, Tinos and Arimo, which were drawn to the same widths. Nobody's licence lets
us measure Geeza Pro and Segoe UI; they share the rule of the nearest font that we can.
"""

import argparse
import io
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import uharfbuzz
from fontTools.ttLib import TTFont

HOUSE = Path(__file__).resolve().parents[2]
FONTS = HOUSE / "static" / "fonts"
DEMO = HOUSE / "articles" / "exchange" / "demo"
BOLD = "600 700"
ARABIC = "U+20, U+A0, U+AB, U+BB, U+600-6FF, U+200C-200F, U+2018-2019, U+201C-201D, U+FDF2, U+FDFA"
# Nastaliq's lines are as high as urdu.css says; elsewhere a font's own table says it
HEIGHTS = {"nastaliq-urdu": (1.45, 0.75)}


@dataclass(frozen=True)
class StandIn:
    """One rule: what it is called, whose place it takes and at which weight, and which fonts take it."""

    family: str
    place_of: str
    measured: str
    names: tuple[str, ...]
    weight: str = ""
    italic: bool = False
    at: int = 400  # the weight at which a variable font is compared
    language: str = "en"

    def rule(self, packages, text):
        ours, theirs = opened(FONTS / f"{self.place_of}.woff2"), opened(packages / self.measured)
        size = length(ours, text, self.at) / length(theirs, text, 400)
        up, down = HEIGHTS.get(self.place_of) or heights(ours)
        sources = ", ".join(f'local("{name}")' for name in self.names)
        words = [f'font-family: "{self.family}"', f"src: {sources}"]
        words += [f"font-weight: {self.weight}"] * bool(self.weight) + ["font-style: italic"] * self.italic
        words += [f"size-adjust: {size:.1%}", f"ascent-override: {up / size:.1%}"]
        words += [f"descent-override: {down / size:.1%}", "line-gap-override: 0%"]
        words += [f"unicode-range: {ARABIC}"] * (self.language == "ur")
        return f"@font-face {{ {'; '.join(words)}; }}"


def latin(package, style, part="latin"):
    return f"@fontsource/{package}/files/{package}-{part}-{style}.woff2"


GEORGIA = ("Georgia", "Gelasio", "Gelasio Regular")
GEORGIA_BOLD = ("Georgia Bold", "Georgia-Bold", "Gelasio Bold")
GEORGIA_ITALIC = ("Georgia Italic", "Georgia-Italic", "Gelasio Italic")
TIMES = ("Times New Roman", "Liberation Serif", "Tinos", "Tinos Regular")
TIMES_BOLD = ("Times New Roman Bold", "TimesNewRomanPS-BoldMT", "Liberation Serif Bold", "Tinos Bold")
TIMES_ITALIC = (
    "Times New Roman Italic",
    "TimesNewRomanPS-ItalicMT",
    "Liberation Serif Italic",
    "Tinos Italic",
)
NOTO = ("Noto Serif Regular", "NotoSerif-Regular", "Noto Serif")
NOTO_BOLD = ("Noto Serif Bold", "NotoSerif-Bold")
NOTO_ITALIC = ("Noto Serif Italic", "NotoSerif-Italic")
SERIFS = (
    ("Georgia", "gelasio", GEORGIA, GEORGIA_BOLD, GEORGIA_ITALIC),
    ("Times", "tinos", TIMES, TIMES_BOLD, TIMES_ITALIC),
    ("Noto", "noto-serif", NOTO, NOTO_BOLD, NOTO_ITALIC),
)
ARIAL = ("Arial", "Helvetica", "Liberation Sans", "Arimo", "Arimo Regular")
ARIAL_BOLD = (
    "Arial Bold",
    "Arial-BoldMT",
    "Helvetica Bold",
    "Helvetica-Bold",
    "Liberation Sans Bold",
    "Arimo Bold",
)
SANSES = (
    ("Arial", "arimo", ARIAL, ARIAL_BOLD),
    ("Roboto", "roboto", ("Roboto", "Roboto-Regular", "Roboto Regular"), ("Roboto Bold", "Roboto-Bold")),
    (
        "Noto",
        "noto-sans",
        ("Noto Sans Regular", "NotoSans-Regular", "Noto Sans"),
        ("Noto Sans Bold", "NotoSans-Bold"),
    ),
)
NASKH = (
    "Noto Naskh Arabic Regular",
    "NotoNaskhArabic-Regular",
    "Noto Naskh Arabic",
    "Geeza Pro",
    "Times New Roman",
)
SANS_ARABIC = ("Noto Sans Arabic Regular", "NotoSansArabic-Regular", "Geeza Pro", "Segoe UI")


def stand_ins():
    for name, package, regular, bold, italic in SERIFS:
        own = latin(package, "400-normal")
        yield StandIn(f"Text {name}", "newsreader-text", own, regular)
        yield StandIn(f"Text {name}", "newsreader-text-bold", latin(package, "700-normal"), bold, BOLD)
        yield StandIn(f"Text {name}", "newsreader-italic", latin(package, "400-italic"), italic, italic=True)
        yield StandIn(f"Display {name}", "newsreader-display", own, regular)
    for name, package, regular, bold in SANSES:
        yield StandIn(f"Sans {name}", "public-sans", latin(package, "400-normal"), regular)
        yield StandIn(f"Sans {name}", "public-sans", latin(package, "700-normal"), bold, BOLD, at=625)
    naskh = latin("noto-naskh-arabic", "400-normal", "arabic")
    sans = latin("noto-sans-arabic", "400-normal", "arabic")
    yield StandIn("Nastaliq stand-in", "nastaliq-urdu", naskh, NASKH, language="ur")
    yield StandIn("Naskh stand-in", "naskh-urdu", sans, SANS_ARABIC, language="ur")


def opened(path):
    font = TTFont(path)
    font.flavor = None
    return font


def heights(font):
    """How far a line reaches above and below its base, in ems; the three tables of a font must agree on it."""
    table, unit = font["hhea"], font["head"].unitsPerEm
    return table.ascent / unit, -table.descent / unit


def length(font, text, weight):
    """The text on one line, in ems."""
    packed = io.BytesIO()
    font.save(packed)
    face = uharfbuzz.Face(packed.getvalue())
    set_in = uharfbuzz.Font(face)
    set_in.set_variations({"wght": weight})
    total = 0
    for line in text:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(line)
        buffer.guess_segment_properties()
        uharfbuzz.shape(set_in, buffer)
        missing = sum(info.codepoint == 0 for info in buffer.glyph_infos)
        total += 0 if missing else sum(place.x_advance for place in buffer.glyph_positions)
    return total / face.upem


def sample(language):
    """The words of the demo's stories, in lines, without signs that only some of the fonts have."""
    own = {"en": r"[^ -~‘’“”–—]", "ur": r"[^ \u0620-\u06ff،۔؟]"}[language]
    for path in sorted((DEMO / language).glob("*.html")):
        body = path.read_text(encoding="utf-8").partition("\n\n")[2]
        for line in unescape(re.sub(r"<[^>]*>", "\n", body)).splitlines():
            if kept := re.sub(r"\s+", " ", re.sub(own, "", line)).strip():
                yield kept


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("packages", type=Path, help="the node_modules folder of the packages")
    packages = parser.parse_args().packages
    texts = {language: list(sample(language)) for language in ("en", "ur")}
    for one in stand_ins():
        print(one.rule(packages, texts[one.language]))


if __name__ == "__main__":
    main()
