#!/usr/bin/env python3
"""Cut the web fonts of the paper from the @fontsource packages (all SIL OFL 1.1).

    npm install @fontsource-variable/newsreader @fontsource-variable/public-sans \\
        @fontsource-variable/noto-nastaliq-urdu @fontsource-variable/noto-naskh-arabic
    pip install fonttools brotli
    python3 docs/drawing/fonts.py node_modules static/fonts --css

Each Latin face is cut in two. Its core file holds what English copy is written
in, and an ordinary page fetches nothing else. Its other letters and signs lie in
files of their own, which a browser fetches only for a page that has one of them.
The files of a face never overlap; ``--css`` prints the rules, with the
``unicode-range`` each file really covers. The Urdu faces are one file each.

A cut pins or narrows the variable axes, keeps the characters asked for and drops
hinting and the layout features nobody asks for. The Latin ones also go from a
grid of 2000 units to one of 1000, and lose the kerning no reader could see.
"""

import argparse
import io
from dataclasses import dataclass, replace
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib import instancer
from fontTools.varLib.hvar import add_HVAR

NEWSREADER = "@fontsource-variable/newsreader/files/newsreader-{part}-opsz-normal.woff2"
NEWSREADER_ITALIC = "@fontsource-variable/newsreader/files/newsreader-{part}-opsz-italic.woff2"
PUBLIC_SANS = "@fontsource-variable/public-sans/files/public-sans-{part}-wght-normal.woff2"
NASKH = "@fontsource-variable/noto-naskh-arabic/files/noto-naskh-arabic-arabic-wght-normal.woff2"
NASTALIQ = "@fontsource-variable/noto-nastaliq-urdu/files/noto-nastaliq-urdu-arabic-wght-normal.woff2"


def span(first, last):
    """The characters from first to last, both included."""
    return set(range(first, last + 1))


ASCII = span(0x20, 0x7E)
PUNCTUATION = {ord(sign) for sign in "\u00a0–—‘’“”…·×½©°£€₹−"}
ACCENTED = span(0xE0, 0xEF) | span(0xF1, 0xF6) | span(0xF8, 0xFC)
ACCENTED |= {ord(letter) for letter in "ÇÉÖÜĞğİıŞş"}
CORE = ASCII | PUNCTUATION | ACCENTED

# The rest of what the sources can draw: first their "latin" part, then "latin-ext".
LATIN = (span(0xA0, 0xFF) | {0x131, 0x152, 0x153, 0x2044, 0x2122, 0x2215}) - CORE
LATIN |= span(0x2018, 0x203A) - CORE
EXTENDED = (span(0x100, 0x24F) | {0x259, 0x20BA} | span(0x1E00, 0x1EFF)) - CORE - LATIN

# Not drawn by either family, so that ranges may run across them.
UNDRAWN = {0x132, 0x133, 0x149, 0x17F, *span(0x2018, 0x203A) - CORE}
UNDRAWN -= {0x201A, 0x201E, 0x2022, 0x2032, 0x2033, 0x2039, 0x203A}
UNDRAWN |= span(0x180, 0x24F) | span(0x1E00, 0x1EFF)

# Every letter, mark, digit and stop of Urdu, and of Arabic quoted inside Urdu.
URDU = {0x20, 0xA0, 0xAB, 0xBB, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0xFDF2, 0xFDFA}
URDU |= span(0x200C, 0x200F) | span(0x60C, 0x614) | {0x61B, 0x61F} | span(0x621, 0x63A)
URDU |= span(0x640, 0x658) | span(0x660, 0x66D) | span(0x6C0, 0x6C3) | span(0x6F0, 0x6F9)
URDU |= {ord(letter) for letter in "ٰٹٺٻپچڈڑژکگںھیےۓ۔"}
SINDHI = {ord(letter) for letter in "ٺٻ"}

# Wider than the files, so that a missing Arabic letter does not split a word in two.
URDU_RANGE = (
    "U+20, U+A0, U+AB, U+BB, U+600-6FF, U+200C-200F, "
    "U+2018-2019, U+201C-201D, U+FDF2, U+FDFA"
)  # fmt: skip

# Letters of CORE that only a "latin-ext" part has, and the letters they are spaced like.
BORROWED = {"Ğ": "G", "ğ": "g", "İ": "I", "Ş": "S", "ş": "s", "₹": None}

# Kerning of less than this, in thousandths of an em, is not kept in a one-weight cut.
LEAST_KERN = 5
NO_KERN_WITH = set("@#$%&*+<=>[]\\^_`{|}~/½×−©°")


@dataclass(frozen=True)
class Cut:
    """One font file: where it comes from, what is kept of it, and its CSS rules.

    A file serves one or more faces, each a family and its range of weights. The
    files of one face must state the very same range, or browsers see two faces.
    """

    name: str
    source: str
    characters: frozenset
    axes: dict
    faces: tuple
    style: str = "normal"
    part: str = "latin"
    features: tuple = ("kern", "liga")

    @property
    def is_urdu(self):
        return "{part}" not in self.source

    @property
    def is_core(self):
        return self.characters == CORE

    def rest(self, name, **changes):
        """The two files with the letters that this core file leaves out."""
        sparse = replace(self, features=(), **changes)
        return [
            replace(sparse, name=f"{name}-latin", characters=frozenset(LATIN)),
            replace(sparse, name=f"{name}-ext", characters=frozenset(EXTENDED), part="latin-ext"),
        ]


TEXT = Cut(
    name="newsreader-text",
    source=NEWSREADER,
    characters=frozenset(CORE),
    axes={"opsz": 16, "wght": 400},
    faces=(("Newsreader Text", "400 500"),),
)
BOLD = replace(
    TEXT,
    name="newsreader-text-bold",
    axes={"opsz": 16, "wght": 600},
    faces=(("Newsreader Text", "600 700"),),
)
ITALIC = replace(
    TEXT,
    name="newsreader-italic",
    source=NEWSREADER_ITALIC,
    axes={"opsz": 18, "wght": 400},
    faces=(("Newsreader Text", "400 700"),),
    style="italic",
)
DISPLAY = replace(
    TEXT,
    name="newsreader-display",
    axes={"opsz": 48, "wght": 500},
    faces=(("Newsreader Display", "400 600"),),
)
SANS = Cut(
    name="public-sans",
    source=PUBLIC_SANS,
    characters=frozenset(CORE),
    axes={"wght": (400, 700)},
    faces=(("Public Sans", "400 700"),),
    features=("liga", "tnum"),  # at the sizes of menus and dates, kerning is not worth its 2 kB
)
NASKH_URDU = Cut(
    name="naskh-urdu",
    source=NASKH,
    characters=frozenset(URDU),
    axes={"wght": (400, 700)},
    faces=(("Naskh", "400 700"),),
    features=("*",),
)
NASTALIQ_URDU = Cut(
    name="nastaliq-urdu",
    source=NASTALIQ,
    characters=frozenset(URDU - SINDHI),
    axes={"wght": 400},
    faces=(("Nastaliq", "400"),),
    features=("*",),
)
CUTS = [
    TEXT,
    BOLD,
    ITALIC,
    DISPLAY,
    SANS,
    *TEXT.rest(
        "newsreader",
        axes={"opsz": 18, "wght": (400, 600)},
        faces=(*TEXT.faces, *BOLD.faces, *DISPLAY.faces),
    ),
    *ITALIC.rest("newsreader-italic"),
    *SANS.rest("public-sans"),
    NASKH_URDU,
    NASTALIQ_URDU,
]
# Roads not taken, for the record: the sizes of these are what decided the list above.
TRIALS = [
    replace(TEXT, name="x-text-400-600", axes={"opsz": 16, "wght": (400, 600)}),
    replace(DISPLAY, name="x-display-500-600", axes={"opsz": 48, "wght": (500, 600)}),
    replace(SANS, name="x-sans-400", axes={"wght": 400}),
    replace(SANS, name="x-sans-650", axes={"wght": 650}),
    replace(NASTALIQ_URDU, name="x-nastaliq-700", axes={"wght": 700}),
    replace(NASTALIQ_URDU, name="x-nastaliq-400-700", axes={"wght": (400, 700)}),
]


def open_font(file):
    """A font that is written the same way every time, whatever else is installed."""
    font = TTFont(file, recalcTimestamp=False)
    # The plain packer's tables are larger unpacked and smaller on the wire.
    font.cfg["fontTools.ttLib.tables.otBase:USE_HARFBUZZ_REPACKER"] = False
    return font


def reopened(font):
    """The same font as if read from disk, so that every table is settled."""
    buffer = io.BytesIO()
    font.save(buffer)
    buffer.seek(0)
    return open_font(buffer)


def lookups(font, kind, form=None):
    """Every subtable of the GPOS table of one kind ("PairPos") and format."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            subtable = getattr(subtable, "ExtSubTable", subtable)
            if type(subtable).__name__.startswith(kind) and form in (None, subtable.Format):
                yield subtable


def borrow(font, donor):
    """Copy the letters of BORROWED, with whatever they are built from, out of another part."""
    font.ensureDecompiled()
    for letter, model in BORROWED.items():
        glyph = donor.getBestCmap()[ord(letter)]
        copy_glyph(font, donor, glyph)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(letter)] = glyph
        if model:
            kern_like(font, glyph, font.getBestCmap()[ord(model)])
    font["maxp"].numGlyphs = len(font.getGlyphOrder())
    # Advance widths by glyph number: the added ones are missing, so build it anew.
    del font["HVAR"]
    add_HVAR(font)


def copy_glyph(font, donor, name):
    if name in font["glyf"].glyphs:
        return
    glyph = donor["glyf"][name]
    if glyph.isComposite():
        for component in glyph.getComponentNames(donor["glyf"]):
            copy_glyph(font, donor, component)
    font["glyf"][name] = glyph
    font["hmtx"][name] = donor["hmtx"][name]
    font["gvar"].variations[name] = donor["gvar"].variations.get(name, [])


def kern_like(font, glyph, model):
    """Put a glyph into the kerning classes of another."""
    for pairs in lookups(font, "PairPos", 2):
        if model in pairs.Coverage.glyphs:
            pairs.Coverage.glyphs.append(glyph)
        for classes in (pairs.ClassDef1.classDefs, pairs.ClassDef2.classDefs):
            if model in classes:
                classes[glyph] = classes[model]


def amount(value):
    """How far a kerning value moves the second glyph; the absent value moves nothing."""
    return getattr(value, "XAdvance", 0)


def amount_by_class(classes, first, second):
    """The kerning of two glyphs by their classes alone."""
    for pairs in classes:
        if first in pairs.Coverage.glyphs:
            row = pairs.Class1Record[pairs.ClassDef1.classDefs.get(first, 0)]
            return amount(row.Class2Record[pairs.ClassDef2.classDefs.get(second, 0)].Value1)
    return 0


def thin_kerning(font):
    """Drop the pairs that differ too little from their classes, or that no sentence has."""
    letters = {name: chr(code) for code, name in font.getBestCmap().items()}
    classes = list(lookups(font, "PairPos", 2))

    def is_kept(first, record):
        by_class = amount_by_class(classes, first, record.SecondGlyph)
        if abs(amount(record.Value1) - by_class) < LEAST_KERN:
            return False
        one, two = letters.get(first, ""), letters.get(record.SecondGlyph, "")
        return not ({one, two} & NO_KERN_WITH or (one.islower() and two.isupper()))

    for pairs in lookups(font, "PairPos", 1):
        kept = {}
        for first, records in zip(pairs.Coverage.glyphs, pairs.PairSet, strict=True):
            records.PairValueRecord = [r for r in records.PairValueRecord if is_kept(first, r)]
            records.PairValueCount = len(records.PairValueRecord)
            if records.PairValueCount:
                kept[first] = records
        pairs.Coverage.glyphs = list(kept)
        pairs.PairSet = list(kept.values())
        pairs.PairSetCount = len(kept)
    cells = (cell for pairs in classes for row in pairs.Class1Record for cell in row.Class2Record)
    for cell in cells:
        if 0 < abs(amount(cell.Value1)) < LEAST_KERN:
            cell.Value1.XAdvance = 0


def make(cut, packages):
    """The finished font of one cut, not yet written."""
    font = open_font(packages / cut.source.format(part=cut.part))
    if cut.is_core:
        borrow(font, open_font(packages / cut.source.format(part="latin-ext")))
        font = reopened(font)
    font = reopened(instancer.instantiateVariableFont(font, cut.axes))
    options = subset.Options(
        hinting=False,
        desubroutinize=True,
        layout_features=list(cut.features),
        layout_scripts=["*"],
        name_IDs=[0, 1, 2, 13, 14] if cut.is_urdu else [0, 1, 2, 14],
        notdef_outline=False,
        glyph_names=False,
        legacy_kern=False,
        drop_tables=["DSIG", "STAT"] if cut.is_urdu else ["DSIG", "STAT", "MVAR", "gasp"],
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=cut.characters)
    subsetter.subset(font)
    if not cut.is_urdu:
        scale_upem(font, 1000)
        if cut.is_core and "fvar" not in font:
            thin_kerning(font)
    font.flavor = "woff2"
    return font


def unicode_range(codes):
    """The CSS unicode-range of a set of characters, and of small gaps no file could fill."""
    claimed = (CORE | LATIN | EXTENDED) - UNDRAWN
    runs = []
    for code in sorted(codes):
        if runs and code - runs[-1][1] < 64 and not claimed & span(runs[-1][1] + 1, code - 1):
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


def css_rules(cut, codes):
    """The @font-face rule of a file, once for each face it serves."""
    extra = ""
    sources = f'url("../fonts/{cut.name}.woff2") format("woff2")'
    if cut.name == "nastaliq-urdu":
        names = ("Noto Nastaliq Urdu Regular", "NotoNastaliqUrdu-Regular")
        names += ("Noto Nastaliq Urdu", "NotoNastaliqUrdu")
        sources = ", ".join(f'local("{name}")' for name in names) + ", " + sources
        extra = " ascent-override: 145%; descent-override: 75%; line-gap-override: 0%;"
    style = " font-style: italic;" if cut.style == "italic" else ""
    covered = URDU_RANGE if cut.is_urdu else unicode_range(codes)
    for family, weight in cut.faces:
        yield (
            f'@font-face {{ font-family: "{family}"; src: {sources}; '
            f"font-weight: {weight};{style} font-display: swap;{extra} "
            f"unicode-range: {covered}; }}"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("packages", type=Path, help="the node_modules folder of the packages")
    parser.add_argument("folder", type=Path, help="where the woff2 files go")
    parser.add_argument("names", nargs="*", help="only these files, without .woff2")
    parser.add_argument("--css", action="store_true", help="print the @font-face rules")
    parser.add_argument("--trials", action="store_true", help="also cut what was decided against")
    options = parser.parse_args()

    options.folder.mkdir(parents=True, exist_ok=True)
    rules = []
    for cut in CUTS + (TRIALS if options.trials else []):
        if options.names and cut.name not in options.names:
            continue
        font = make(cut, options.packages)
        codes = set(font.getBestCmap())
        file = options.folder / f"{cut.name}.woff2"
        font.save(file)
        print(f"{cut.name:24} {file.stat().st_size:7} bytes, {len(codes)} characters")
        if cut.is_core and codes != CORE:
            print("    not in the source:", " ".join(f"U+{code:X}" for code in CORE - codes))
        rules.extend(css_rules(cut, codes))
    if options.css:
        print("\n".join(rules))


if __name__ == "__main__":
    main()
