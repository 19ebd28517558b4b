"""Portraits of the paper's (invented) writers, cut from a few flat shapes."""

import math

import numpy as np
from ink import DEEP, INK, MADDER, OCHRE, PAPER, SAND, TEAL, Pen, ink, mix, plain, shade, smooth, tint

SIZE = 640
MIDDLE = 320
WHEAT, TAN, IVORY, BROWN, ROSE, UMBER = (
    ink(code) for code in ("#c99a74", "#b5835c", "#d8ae8a", "#a06d49", "#e0bb9a", "#8c5c3c")
)
BLACK_HAIR = mix(INK, MADDER, 0.12)
GREY_HAIR = tint(INK, 0.62)

# The side parting is the one style that is not the same on both sides.
HAIR = {
    "short": (
        [(202, 288), (200, 214), (216, 150), (262, 106), (320, 93), (378, 101), (424, 146), (440, 214)],
        [(438, 288), (422, 246), (408, 200), (366, 178), (320, 172), (268, 186), (238, 206), (222, 250)],
    ),
    "side": (
        [(202, 292), (200, 208), (222, 142), (272, 100), (330, 88), (388, 102), (430, 152), (441, 214)],
        [(438, 292), (420, 246), (410, 200), (360, 196), (300, 196), (262, 170), (236, 204), (222, 246)],
    ),
    "long": (
        [(150, 572), (176, 430), (190, 250), (212, 160), (262, 106), (320, 92), (378, 106), (428, 160)],
        [
            (450, 250), (464, 430), (490, 572), (420, 572), (412, 420), (416, 300), (396, 216),
            (330, 146), (252, 214), (226, 300), (228, 420), (220, 572),
        ],
    ),
}  # fmt: skip


def portrait(hair="", skin=WHEAT, cloth=DEEP, ground=SAND, wears=(), grey=False):
    """A head and shoulders, lit from the left.

    ``hair`` is one of HAIR or nothing; ``wears`` any of scarf, collar, beard,
    moustache, glasses and cap.
    """
    pen = Pen(plain(ground, SIZE, SIZE))
    pen.oval(330, -60, 900, 700, tint(ground, 0.35), 150)
    hair_colour = GREY_HAIR if grey else BLACK_HAIR
    shadow = mix(skin, shade(MADDER, 0.6), 0.36)
    if "scarf" in wears:
        scarf_behind(pen, tint(cloth, 0.12))
    bust(pen, skin, shadow, cloth, wears)
    if hair:
        pen.oval(200, 96, 440, 356, hair_colour)
    head(pen, skin, shadow, hair_colour, ears="scarf" not in wears and hair != "long")
    if hair:
        front_hair(pen, hair, hair_colour)
    for thing, draw in WORN.items():
        if thing in wears:
            draw(pen, cloth, hair_colour, shadow)
    return pen.picture()


def bust(pen, skin, shadow, cloth, wears):
    """Shoulders, neck and collar."""
    shoulders = [(40, 640), (84, 560), (250, 492), (390, 492), (556, 560), (600, 640)]
    pen.polygon(shoulders, cloth)
    pen.polygon([(320, 492), (390, 492), (556, 560), (600, 640), (320, 640)], shade(cloth, 0.28))
    pen.polygon([(262, 400), (378, 400), (384, 512), (320, 560), (256, 512)], shade(shadow, 0.12))
    pen.polygon([(262, 400), (300, 400), (292, 520), (256, 512)], shadow)
    if "collar" in wears:
        pen.polygon([(250, 492), (320, 566), (276, 612), (214, 508)], PAPER)
        pen.polygon([(390, 492), (320, 566), (364, 612), (426, 508)], shade(PAPER, 0.16))


def face_outline():
    """An oval that narrows towards the chin."""
    points = []
    for t in np.linspace(0, 2 * math.pi, 90):
        half = 104 * math.sin(t) * (1 - 0.10 * max(0, -math.cos(t)))
        y = 292 - 148 * math.cos(t)
        points.append((MIDDLE + half * (1 - 0.22 * max(0, (y - 330) / 110)), y))
    return points


def head(pen, skin, shadow, hair_colour, ears):
    """The face: one half in the light, the other in its own shadow."""
    if ears:
        pen.oval(206, 280, 234, 334, mix(skin, shadow, 0.5))
        pen.oval(406, 280, 434, 334, shade(shadow, 0.1))
    outline = face_outline()
    pen.polygon(outline, skin)
    dark_half = [(x, y) for x, y in outline if x >= 330]
    pen.polygon([*dark_half, (334, 440), (322, 330), (340, 262), (326, 146)], shadow)
    pen.polygon([(318, 262), (338, 330), (306, 338)], tint(skin, 0.18))
    pen.polygon([(326, 262), (346, 336), (326, 340)], shade(shadow, 0.25))
    for side in (-1, 1):
        eye = MIDDLE + 1 + side * 45
        brow = [(-28, 264), (-4, 254), (28, 261), (26, 269), (-4, 263), (-27, 271)]
        pen.polygon([(eye - side * x, y) for x, y in brow], mix(hair_colour, shadow, 0.15))
        pen.oval(eye - 14, 280, eye + 14, 294, mix(INK, shadow, 0.2))
    pen.polygon([(288, 379), (320, 374), (354, 379), (322, 393)], mix(MADDER, shadow, 0.45))
    pen.polygon([(302, 403), (340, 403), (320, 408)], shade(shadow, 0.15))


def front_hair(pen, hair, colour):
    """The hair as seen from the front, over the forehead."""
    crown, fringe = HAIR[hair]
    pen.polygon(smooth([*crown, *fringe], closed=True), colour)


def scarf_behind(pen, colour):
    half = [(320, 64), (404, 84), (464, 150), (490, 250), (500, 360), (522, 480), (552, 580), (590, 720)]
    other = [(2 * MIDDLE - x, y) for x, y in reversed(half[1:])]
    pen.polygon(smooth([*other, *half]), colour)


def scarf(pen, cloth, hair_colour, shadow):
    """The edge of the scarf round the face, and its end thrown over the shoulder."""
    outer = [(204, 345), (192, 270), (202, 190), (252, 120), (322, 94), (394, 116), (442, 186), (448, 270)]
    inner = [(434, 345), (426, 262), (400, 196), (330, 150), (254, 200), (226, 262)]
    pen.polygon(smooth([*outer, *inner], closed=True), cloth)
    folds = [(206, 340), (222, 410), (262, 458), (320, 482), (382, 458), (420, 410), (434, 340)]
    pen.polygon([*smooth(folds), (474, 520), (320, 660), (164, 520)], cloth)
    end = [*smooth([(382, 458), (420, 410), (434, 340)]), (474, 520), (320, 660), (330, 524)]
    pen.polygon(end, shade(cloth, 0.25))
    pen.line([(330, 524), (382, 458)], shade(cloth, 0.32), 3)


def beard(pen, cloth, hair_colour, shadow):
    left = [(214, 296), (233, 334), (258, 361), (288, 360), (320, 354)]
    right = [(352, 360), (382, 361), (407, 334), (426, 296)]
    under = [(414, 396), (374, 458), (320, 478), (266, 458), (226, 396)]
    pen.polygon(smooth([*left, *right, *under], closed=True), hair_colour)
    pen.polygon([(292, 381), (350, 381), (336, 393), (304, 393)], mix(MADDER, shadow, 0.5))


def moustache(pen, cloth, hair_colour, shadow):
    upper = [(266, 376), (320, 352), (376, 376)]
    pen.polygon([*upper, (350, 377), (320, 369), (292, 377)], hair_colour)


def glasses(pen, cloth, hair_colour, shadow):
    for x in (276, 366):
        pen.ring(x, 288, 36, INK, 5.5)
    pen.line([(311, 284), (331, 284)], INK, 5)
    pen.line([(241, 282), (212, 274)], INK, 5)
    pen.line([(401, 282), (430, 274)], INK, 5)


def cap(pen, cloth, hair_colour, shadow):
    felt = mix(cloth, OCHRE, 0.5)
    crown = [(196, 214), (206, 130), (270, 92), (372, 92), (436, 130), (444, 214)]
    pen.polygon([*crown, (320, 186)], felt)
    pen.polygon([(320, 92), *crown[3:], (320, 186)], shade(felt, 0.14))
    band = [(196, 214), (320, 184), (444, 214), (444, 238), (320, 208), (196, 238)]
    pen.polygon(band, shade(cloth, 0.2))


WORN = {
    "beard": beard,
    "moustache": moustache,
    "scarf": scarf,
    "glasses": glasses,
    "cap": cap,
}


def sadia():
    return portrait("long", WHEAT, MADDER, tint(TEAL, 0.55))


def bilal():
    return portrait("short", TAN, DEEP, mix(SAND, OCHRE, 0.2), wears=("beard", "collar"))


def nighat():
    return portrait("", IVORY, TEAL, tint(SAND, 0.5), wears=("scarf", "glasses"))


def imran():
    ground = mix(MADDER, SAND, 0.62)
    return portrait("side", TAN, mix(INK, DEEP, 0.5), ground, wears=("moustache", "collar"), grey=True)


def farhan():
    return portrait("short", WHEAT, shade(TEAL, 0.4), tint(TEAL, 0.7), wears=("glasses", "collar"))


def zarmina():
    return portrait("", ROSE, mix(OCHRE, MADDER, 0.35), tint(DEEP, 0.6), wears=("scarf",))


def rashid():
    return portrait("short", UMBER, shade(SAND, 0.45), tint(SAND, 0.2), wears=("cap", "beard"), grey=True)
