"""Things close to: cloth, books, charts, a ballot box, a telephone, bread."""

import math
from itertools import pairwise

import numpy as np
from ink import (
    DEEP,
    HEIGHT,
    INK,
    MADDER,
    OCHRE,
    PAPER,
    SAND,
    TEAL,
    WIDTH,
    Pen,
    blend,
    clouds,
    glow,
    gradient,
    grid,
    mix,
    plain,
    rng,
    shade,
    smooth,
    tint,
)


def loom():
    """Woven cloth, every thread of it: diamonds on a red ground."""
    rows, columns = grid()
    thread = 26
    warp, weft = columns // thread, rows // thread
    in_x, in_y = (columns % thread) / thread - 0.5, (rows % thread) / thread - 0.5
    diamond = np.abs((warp - 31) % 30 - 15) + np.abs((weft - 20) % 30 - 15)
    yarns = (MADDER, shade(MADDER, 0.35), OCHRE, DEEP, PAPER, TEAL)
    rings = [diamond < 4, diamond < 7, diamond < 10, diamond < 12, diamond < 14]
    chosen = np.select(rings, [2, 4, 3, 2, 5], 0)
    upright = np.zeros((HEIGHT, WIDTH, 3))
    for number, yarn in enumerate(yarns):
        upright[chosen == number] = yarn
    level = plain(mix(SAND, MADDER, 0.25))
    level[weft % 15 == 0] = DEEP
    upright_on_top = ((warp + weft) % 2 == 0) | (diamond < 14)
    round_x = np.sqrt(np.clip(1 - (in_x * 1.9) ** 2, 0, 1)) * (0.8 + 0.2 * np.cos(in_y * math.pi))
    round_y = np.sqrt(np.clip(1 - (in_y * 1.9) ** 2, 0, 1)) * (0.8 + 0.2 * np.cos(in_x * math.pi))
    upright = upright * (0.45 + 0.55 * round_x[..., None])
    level = level * (0.45 + 0.55 * round_y[..., None])
    picture = np.where(upright_on_top[..., None], upright, level)
    return picture + rng(5).normal(0, 7, (HEIGHT, WIDTH))[..., None]


def shelves():
    """Three shelves of books."""
    random = rng(66)
    pen = Pen(plain(mix(INK, MADDER, 0.2)))
    for row in range(3):
        floor = 330 + row * 356
        pen.rect(0, floor, WIDTH, floor + 26, shade(OCHRE, 0.55))
        pen.rect(0, floor, WIDTH, floor + 5, shade(OCHRE, 0.25))
        x = -10
        while x < WIDTH:
            if random.random() < 0.06:
                x += int(random.integers(30, 90))
            else:
                x += book(pen, random, x, floor)
    return pen.picture()


def book(pen, random, x, floor):
    """One spine, now and then leaning; gives back the room it takes."""
    cloths = [MADDER, TEAL, OCHRE, DEEP, SAND, shade(MADDER, 0.4), mix(PAPER, SAND, 0.4)]
    cloths.append(shade(TEAL, 0.4))
    width, height = int(random.integers(22, 62)), int(random.integers(210, 300))
    cloth = shade(cloths[random.integers(len(cloths))], random.random() * 0.2)
    lean = 26 if random.random() < 0.05 else 0
    top = floor - height

    def strip(left, right, colour):
        corners = [(left + lean, top), (right + lean, top), (right, floor), (left, floor)]
        pen.polygon(corners, colour)

    strip(x, x + width, cloth)
    strip(x, x + 5, tint(cloth, 0.22))
    strip(x + width - 6, x + width, shade(cloth, 0.35))
    gilt = tint(cloth, 0.65) if random.random() < 0.6 else tint(OCHRE, 0.3)
    if lean:
        return width + 32
    for band in (24, 34, height - 40):
        pen.rect(x + 7, top + band, x + width - 8, top + band + 3, gilt)
    title = top + 60
    label = (x + width * 0.36, title, x + width * 0.6, title + height * random.uniform(0.2, 0.4))
    pen.rect(*label, gilt, 210)
    return width + 2


def contour():
    """A chart with coasts and contour lines, and a dashed sea route."""
    height = clouds(120, base=2, octaves=5, gain=0.42)
    sea = (height < 0.49)[..., None]
    picture = np.where(sea, tint(TEAL, 0.52)[None, None], mix(PAPER, SAND, 0.55)[None, None])
    down, across = np.gradient(height)
    slope = np.hypot(across, down) + 1e-6
    for number, level in enumerate(np.arange(0.30, 0.75, 0.0165)):
        line = np.clip(1.5 - np.abs(height - level) / slope, 0, 1)
        colour = mix(TEAL, DEEP, 0.5) if level < 0.49 else shade(MADDER, 0.3)
        picture = blend(picture, line * (0.28 if number % 4 else 0.65), colour)
    coast = np.clip(2.8 - np.abs(height - 0.49) / slope, 0, 1)
    pen = Pen(blend(picture, coast, INK))
    route = []
    for t in np.linspace(0, 1, 120):
        route.append((120 + 1350 * t, 860 - 560 * t + 190 * math.sin(t * 5.2)))
    for start in range(0, 118, 4):
        pen.line(route[start : start + 3], MADDER, 6)
    for x, y in (route[0], route[62], route[-1]):
        pen.circle(x, y, 17, PAPER)
        pen.circle(x, y, 11, MADDER)
    return pen.picture()


def vote():
    """A ballot paper going into its box."""
    pen = Pen(gradient([(0, mix(PAPER, SAND, 0.5)), (1, SAND)]))
    random = rng(12)
    front = mix(TEAL, DEEP, 0.35)
    pen.polygon([(420, 470), (1180, 470), (1260, HEIGHT), (340, HEIGHT)], front)
    pen.polygon([(1180, 470), (1260, HEIGHT), (1400, HEIGHT), (1285, 430)], shade(DEEP, 0.3))
    pen.polygon([(420, 470), (1180, 470), (1285, 430), (530, 430)], tint(TEAL, 0.3))
    pen.polygon([(640, 455), (1040, 455), (1060, 446), (665, 446)], INK)
    pen.polygon([(690, 130), (960, 96), (1010, 450), (700, 453)], PAPER)
    pen.polygon([(690, 130), (720, 126), (732, 453), (700, 453)], shade(PAPER, 0.12))
    for row in range(4):
        y = 190 + row * 52
        pen.rect(760, y, 760 + int(random.integers(90, 170)), y + 10, shade(PAPER, 0.5))
    pen.oval(900, 290, 944, 334, MADDER)
    pen.rect(560, 660, 1040, 800, PAPER, 30)
    pen.oval(730, 650, 870, 800, PAPER, 220)
    pen.oval(745, 665, 855, 785, front)
    pen.oval(775, 690, 825, 760, PAPER, 220)
    pen.polygon([(0, HEIGHT), (0, 900), (340, HEIGHT)], INK, 60)
    return pen.picture()


def telephone():
    """An old desk telephone beside papers and a glass of tea."""
    picture = gradient([(0, mix(SAND, OCHRE, 0.25)), (0.62, tint(SAND, 0.35)), (1, SAND)])
    pen = Pen(picture)
    pen.polygon([(300, 0), (640, 0), (1180, 640), (840, 640)], PAPER, 90)
    pen.polygon([(720, 0), (1010, 0), (1550, 640), (1260, 640)], PAPER, 90)
    desk = mix(MADDER, INK, 0.42)
    pen.rect(0, 636, WIDTH, HEIGHT, desk)
    pen.rect(0, 636, WIDTH, 650, mix(desk, OCHRE, 0.35))
    pen.polygon([(846, 650), (1186, 650), (1500, HEIGHT), (1160, HEIGHT)], OCHRE, 34)
    pen.polygon([(1266, 650), (1556, 650), (1880, HEIGHT), (1590, HEIGHT)], OCHRE, 34)
    pen.line(smooth([(820, 906), (960, 944), (1090, 930), (1300, 850), (1640, 800)]), INK, 10)
    papers(pen)
    handset_telephone(pen, 580, 890, 1.22)
    glass_of_tea(pen, 1330, 742)
    return pen.picture()


def papers(pen):
    """A folder and some typed sheets with a fountain pen across them."""
    random = rng(720)
    pen.polygon([(930, 896), (1370, 838), (1570, 990), (1120, 1062)], INK, 80)
    pen.polygon([(916, 884), (1356, 828), (1556, 976), (1108, 1046)], mix(OCHRE, SAND, 0.3))
    for shift, colour in ((0, shade(PAPER, 0.14)), (10, PAPER)):
        sheet = [(960, 868), (1310, 824), (1498, 962), (1136, 1016)]
        pen.polygon([(x + shift, y - shift * 0.8) for x, y in sheet], colour)
    for row in range(9):
        down = 0.14 + row * 0.082
        length = random.uniform(0.55, 0.86) if row % 4 == 3 else 0.88
        start = (mix(970, 1146, down), mix(860, 1008, down))
        end = (mix(1320, 1508, down), mix(816, 954, down))
        points = [tuple(mix(np.array(start), np.array(end), share)) for share in (0.1, length)]
        pen.line(points, shade(PAPER, 0.55), 4)
    pen.cord([(1216, 1000), (1424, 872)], mix(DEEP, INK, 0.2), 15)
    pen.line([(1222, 993), (1424, 868)], tint(TEAL, 0.2), 3)
    pen.line([(1300, 948), (1312, 941)], OCHRE, 16)
    pen.polygon([(1210, 994), (1222, 1008), (1180, 1022)], OCHRE)


def handset_telephone(pen, x, y, scale):
    """The telephone, seen from the front; (x, y) is the middle of its foot."""
    black, lit = mix(DEEP, INK, 0.5), mix(DEEP, TEAL, 0.55)

    def at(points):
        return [(x + a * scale, y + b * scale) for a, b in points]

    pen.polygon(at([(-330, 36), (330, 36), (520, 110), (-200, 120)]), INK, 80)
    coil(pen, at(smooth([(-264, -246), (-336, -150), (-420, -30), (-400, 66), (-290, 40)], steps=40)), 17)
    half = [(0, -262), (120, -260), (158, -236), (182, -170), (226, -90), (292, -30), (312, 16), (306, 44)]
    right = [*smooth(half), (0, 46)]
    left = [(-a, b) for a, b in reversed(right)]
    pen.polygon(at(left + right), black)
    pen.polygon(at([*smooth(half[1:]), (210, 44), (176, -60), (110, -200)]), INK)
    gleam = smooth([(-150, -232), (-184, -168), (-228, -88), (-292, -28), (-310, 14)])
    pen.line(at(gleam), lit, 8)
    pen.block(*at([(-318, 26)])[0], *at([(318, 52)])[0], 12, INK)
    dial(pen, x, y - 84 * scale, scale)
    for side in (-1, 1):
        cradle = [
            (78, -256),
            (92, -330),
            (84, -372),
            (106, -340),
            (128, -336),
            (140, -366),
            (136, -310),
            (156, -246),
        ]
        pen.polygon(at([(side * a, b) for a, b in cradle]), INK)
    bar = smooth([(-250, -350), (-150, -382), (0, -392), (150, -382), (250, -350)])
    under = smooth([(230, -316), (140, -340), (0, -346), (-140, -340), (-230, -316)])
    pen.polygon(at(bar + under), black)
    for side in (-1, 1):
        cup = [(196, -378), (300, -362), (330, -300), (322, -262), (206, -262), (190, -310)]
        pen.polygon(at(smooth([(side * a, b) for a, b in cup], closed=True)), black)
        pen.block(*at([(side * 264 - 66, -270)])[0], *at([(side * 264 + 66, -246)])[0], 10, INK)
    gleam = smooth([(-290, -362), (-210, -376), (-110, -384), (0, -387), (110, -384), (190, -374)])
    pen.line(at(gleam), lit, 8)


def coil(pen, path, radius):
    """A curled cord along a path."""
    curl = []
    for number, ((x0, y0), (x1, y1)) in enumerate(pairwise(path)):
        length = math.hypot(x1 - x0, y1 - y0)
        across, along = math.sin(number * 0.9) * radius, math.cos(number * 0.9) * radius * 0.5
        run, drop = (x1 - x0) / length, (y1 - y0) / length
        curl.append((x0 - drop * across + run * along, y0 + run * across + drop * along))
    pen.line(smooth(curl, steps=4), INK, 7)


def dial(pen, x, y, scale):
    """The finger wheel over its ring of figures, drawn as dots."""
    brass = mix(OCHRE, SAND, 0.4)
    rings = ((118, INK), (110, shade(PAPER, 0.08)), (100, brass), (95, mix(DEEP, TEAL, 0.3)))
    for radius, colour in rings:
        pen.circle(x, y, radius * scale, colour)
    for number in range(10):
        angle = math.radians(-58 + number * 29.5 - 180)
        hole = (x + 69 * scale * math.cos(angle), y + 69 * scale * math.sin(angle))
        pen.circle(*hole, 18.5 * scale, INK)
        pen.circle(hole[0] + 1.5, hole[1] + 2, 16.5 * scale, shade(PAPER, 0.05))
        pen.circle(*hole, 4 * scale, shade(PAPER, 0.6))
    for radius, colour in ((42, brass), (37, PAPER), (16, MADDER)):
        pen.circle(x, y, radius * scale, colour)
    stop = ((68, 62), (110, 50), (112, 62), (76, 76))
    pen.polygon([(x + a * scale, y + b * scale) for a, b in stop], brass)


def glass_of_tea(pen, x, y):
    """Tea in a small glass, on a saucer."""
    pen.oval(x - 118, y + 18, x + 190, y + 72, INK, 80)
    pen.oval(x - 128, y - 6, x + 128, y + 56, shade(PAPER, 0.12))
    pen.oval(x - 124, y - 12, x + 124, y + 44, PAPER)
    pen.oval(x - 66, y - 2, x + 66, y + 28, shade(PAPER, 0.2))
    tea = mix(MADDER, OCHRE, 0.45)
    body = [(-64, -172), (-58, -60), (-44, 6), (0, 18), (44, 6), (58, -60), (64, -172)]
    pen.polygon([(x + a, y + b) for a, b in body], tint(TEAL, 0.75), 150)
    inside = [(-60, -128), (-56, -60), (-42, 2), (0, 12), (42, 2), (56, -60), (60, -128)]
    pen.polygon([(x + a, y + b) for a, b in inside], tea)
    pen.polygon(
        [(x + a, y + b) for a, b in ((14, -128), (12, 10), (42, 2), (56, -60), (60, -128))], shade(tea, 0.25)
    )
    pen.oval(x - 60, y - 142, x + 60, y - 114, mix(tea, OCHRE, 0.5))
    pen.oval(x - 64, y - 188, x + 64, y - 156, PAPER, 90)
    pen.line([(x - 42, y - 150), (x - 34, y - 20)], PAPER, 6, 130)
    for shift, height in ((-14, 120), (16, 150)):
        steam = [(0, 0), (14, -0.3), (-10, -0.6), (8, -1)]
        pen.line(smooth([(x + shift + a, y - 200 + b * height) for a, b in steam]), PAPER, 7, 110)


def compass():
    """A compass rose with many needles, on a chart of no particular coast."""
    height = clouds(840, base=2, octaves=6, gain=0.5)
    sea = (height < 0.5)[..., None]
    picture = np.where(sea, tint(TEAL, 0.45)[None, None], mix(PAPER, SAND, 0.6)[None, None])
    down, across = np.gradient(height)
    slope = np.hypot(across, down) + 1e-6
    for level in (0.475, 0.485, 0.494):
        shore = np.clip(1.3 - np.abs(height - level) / slope, 0, 1)
        picture = blend(picture, shore * 0.35, DEEP)
    picture = blend(picture, np.clip(2.4 - np.abs(height - 0.5) / slope, 0, 1), INK)
    pen = Pen(picture)
    for number in range(-7, 8):
        meridian = [(800 + number * 150 + number * 26 * t**2, 533 + 560 * t) for t in np.linspace(-1, 1, 30)]
        pen.line(meridian, INK, 1.2, 70)
        parallel = [(800 + 820 * t, 533 + number * 130 + number * 12 * t**2) for t in np.linspace(-1, 1, 30)]
        pen.line(parallel, INK, 1.2, 70)
    for number in range(32):
        angle = math.radians(number * 11.25)
        ends = [(800 + far * math.cos(angle), 533 + far * math.sin(angle)) for far in (400, 1200)]
        pen.line(ends, MADDER, 1.4, 90)
    compass_card(pen, 800, 533)
    needles = (
        (14, 322, MADDER), (61, 268, TEAL), (96, 300, DEEP), (140, 250, OCHRE), (171, 310, MADDER),
        (207, 262, TEAL), (238, 318, DEEP), (283, 276, OCHRE), (322, 300, MADDER),
    )  # fmt: skip
    for angle, length, _ in needles:
        needle(pen, 806, 545, (angle, length), INK, 70)
    for angle, length, colour in needles:
        needle(pen, 800, 533, (angle, length), colour)
    for radius, colour in ((34, INK), (30, mix(OCHRE, SAND, 0.3)), (13, shade(OCHRE, 0.5)), (9, PAPER)):
        pen.circle(800, 533, radius, colour)
    return pen.picture()


def compass_card(pen, x, y):
    """The ring of degrees and the sixteen-pointed star."""
    pen.circle(x + 12, y + 18, 424, INK, 60)
    brass = mix(OCHRE, SAND, 0.25)
    for radius, colour in ((424, shade(OCHRE, 0.45)), (418, brass), (388, shade(OCHRE, 0.45)), (384, PAPER)):
        pen.circle(x, y, radius, colour)
    for degree in range(0, 360, 3):
        angle = math.radians(degree)
        inner = 344 if degree % 30 == 0 else 358 if degree % 15 == 0 else 368
        ends = [(x + far * math.cos(angle), y + far * math.sin(angle)) for far in (inner, 381)]
        pen.line(ends, INK, 4 if degree % 30 == 0 else 1.6)
    pen.ring(x, y, 338, shade(SAND, 0.3), 2)
    stars = ((22.5, 45, 210, SAND), (45, 90, 268, mix(SAND, OCHRE, 0.5)), (0, 90, 330, SAND))
    for start, step, length, colour in stars:
        for degree in np.arange(start, 360, step):
            star_point(pen, x, y, degree, length, colour)


def star_point(pen, x, y, degree, length, colour):
    angle = math.radians(degree)
    tip = (x + length * math.cos(angle), y + length * math.sin(angle))
    for side, tone in ((-1, tint(colour, 0.35)), (1, shade(colour, 0.22))):
        turn = angle + side * math.radians(22)
        waist = (x + length * 0.24 * math.cos(turn), y + length * 0.24 * math.sin(turn))
        pen.polygon([(x, y), waist, tip], tone)


def needle(pen, x, y, pointing, colour, alpha=255):
    """A needle with a coloured point and a pale tail, each half in light and in shade."""
    angle, length = math.radians(pointing[0] - 90), pointing[1]

    def at(along, across):
        return (
            x + along * math.cos(angle) - across * math.sin(angle),
            y + along * math.sin(angle) + across * math.cos(angle),
        )

    if alpha < 255:
        pen.polygon([at(length, 0), at(0, 20), at(-length * 0.62, 0), at(0, -20)], colour, alpha)
        return
    for end, paint in ((length, colour), (-length * 0.62, shade(PAPER, 0.06))):
        pen.polygon([at(end, 0), at(0, 20), at(0, 0)], paint)
        pen.polygon([at(end, 0), at(0, -20), at(0, 0)], shade(paint, 0.28))


def bakery():
    """A tandoor with its glow, rounds of bread on the wall and in a stack."""
    wall = mix(MADDER, INK, 0.45)
    pen = Pen(gradient([(0, shade(wall, 0.45)), (0.6, wall), (1, shade(wall, 0.2))]))
    for row in range(9):
        for place in range(-1, 13):
            x, y = place * 136 + (row % 2) * 68, row * 66 - 8
            tone = 0.05 + 0.05 * ((place * 7 + row * 5) % 4)
            pen.block(x, y, x + 130, y + 60, 5, mix(wall, OCHRE, tone), 70)
    picture = glow(pen.picture(), 560, 560, 560, OCHRE, 0.62, flatten=1.1)
    pen = Pen(picture)
    hanging_breads(pen)
    counter(pen)
    tandoor(pen, 560, 660)
    picture = glow(pen.picture(), 560, 640, 210, tint(OCHRE, 0.3), 0.42, flatten=1.9)
    pen = Pen(picture)
    bread_stack(pen, 1290, 930)
    iron = mix(TEAL, INK, 0.35)
    for foot, top in ((70, 120), (124, 196)):
        pen.cord([(foot, 936), (top, 330)], iron, 9)
        pen.line(smooth([(top, 334), (top + 4, 306), (top + 26, 300), (top + 34, 322)]), iron, 8)
    return pen.picture()


def counter(pen):
    """The clay platform round the oven, tiled in front."""
    clay = mix(OCHRE, MADDER, 0.32)
    pen.polygon([(-20, 700), (WIDTH + 20, 700), (WIDTH + 20, 960), (-20, 960)], mix(clay, SAND, 0.35))
    pen.polygon([(-20, 700), (WIDTH + 20, 700), (WIDTH + 20, 716), (-20, 716)], mix(clay, INK, 0.25))
    pen.rect(0, 950, WIDTH, HEIGHT, shade(clay, 0.45))
    pen.rect(0, 950, WIDTH, 964, tint(clay, 0.35))
    for place in range(14):
        x = place * 118 - 16
        pen.rect(x, 974, x + 110, HEIGHT, mix(DEEP, TEAL, 0.45))
        diamond = [(x + 55, 984), (x + 98, 1026), (x + 55, 1068), (x + 12, 1026)]
        pen.polygon(diamond, mix(PAPER, SAND, 0.4))
        pen.polygon([(x + 55, 1004), (x + 77, 1026), (x + 55, 1048), (x + 33, 1026)], MADDER)


def tandoor(pen, x, y):
    """The mouth of the oven, breads baking on its inner wall."""
    clay = mix(OCHRE, SAND, 0.3)
    pen.oval(x - 410, y - 120, x + 430, y + 262, INK, 60)
    for grow, rise, colour in ((400, 30, shade(clay, 0.42)), (392, 0, clay), (330, -6, tint(clay, 0.4))):
        pen.circle(x, y + rise + 40, grow, colour, flat=0.44)
    pen.circle(x, y + 34, 300, shade(MADDER, 0.55), flat=0.42)
    for step in range(26):
        share = step / 25
        fire = mix(shade(MADDER, 0.5), mix(MADDER, OCHRE, 0.75), min(1, share * 1.7))
        fire = mix(fire, tint(OCHRE, 0.75), max(0, share - 0.55) * 2)
        pen.circle(x, y + 40 + 46 * share, 296 - 190 * share, fire, flat=0.41 - 0.05 * share)
    for angle, size in ((196, 50), (232, 56), (270, 58), (308, 56), (344, 50)):
        a = math.radians(angle)
        bread(pen, x + 232 * math.cos(a), y + 62 + 88 * math.sin(a), size, 0.62, dark=0.04)


def bread(pen, x, y, size, flat=1.0, dark=0.0):
    """A round of naan: a pale rim, a browner middle with rows of dents, and seeds."""
    crust = shade(mix(OCHRE, mix(MADDER, SAND, 0.5), 0.25), dark)
    crumb = shade(mix(OCHRE, SAND, 0.55), dark)
    pen.circle(x, y + size * 0.05, size, shade(crust, 0.3), flat=flat)
    pen.circle(x, y, size, crust, flat=flat)
    pen.circle(x, y - size * 0.02, size * 0.92, crumb, flat=flat)
    pen.circle(x, y, size * 0.76, mix(crumb, crust, 0.75), flat=flat)
    pen.circle(x, y + size * 0.02, size * 0.72, mix(crumb, crust, 0.4), flat=flat)
    for row in range(-3, 4):
        for place in range(-3, 4):
            a, b = place * 0.2 + (row % 2) * 0.1, row * 0.19
            if math.hypot(a, b) < 0.66:
                mark = shade(crust, 0.08 + 0.12 * ((row * 3 + place * 5) % 3 == 0))
                pen.circle(x + a * size, y + b * size * flat, size * 0.055, mark, flat=flat)
    random = rng(int(x) + int(y))
    for _ in range(5):
        turn, reach = random.uniform(0, 2 * math.pi), random.uniform(0.5, 0.86) * size
        blister = (x + reach * math.cos(turn), y + reach * flat * math.sin(turn))
        pen.circle(*blister, size * random.uniform(0.05, 0.12), mix(MADDER, INK, 0.35), 110, flat)


def hanging_breads(pen):
    """A rail with finished breads on hooks."""
    pen.rect(890, 118, 1560, 130, mix(TEAL, INK, 0.4))
    for x, size in ((990, 96), (1210, 104), (1436, 98)):
        pen.line([(x, 126), (x, 178)], mix(TEAL, INK, 0.4), 5)
        pen.circle(x + 14, 176 + size + 18, size, INK, 70)
        bread(pen, x, 168 + size, size)
        pen.circle(x, 182, 7, INK)


def bread_stack(pen, x, base):
    """Breads piled on a cloth, one leaning against the pile."""
    cloth = [(x - 300, base - 6), (x + 250, base - 40), (x + 330, base + 24), (x - 210, base + 58)]
    pen.polygon(cloth, tint(TEAL, 0.3))
    for share in (0.16, 0.3, 0.72, 0.86):
        start = (mix(cloth[0][0], cloth[1][0], share), mix(cloth[0][1], cloth[1][1], share))
        end = (mix(cloth[3][0], cloth[2][0], share), mix(cloth[3][1], cloth[2][1], share))
        pen.line([start, end], PAPER, 7)
    pen.oval(x - 190, base - 50, x + 250, base + 40, INK, 70)
    random = rng(900)
    for layer in range(9):
        shift = random.uniform(-14, 14)
        bread(pen, x + shift, base - 24 - layer * 25, 178, 0.3, dark=0.08 - layer * 0.01)
