"""Rooms and things on a table: books, maps, a ballot box, a telephone."""

import math

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
    View,
    arc,
    blend,
    clouds,
    dashes,
    glow,
    gradient,
    grid,
    mix,
    plain,
    ridges,
    rng,
    shade,
    smooth,
    speckle,
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


def talks():
    """A long conference table between empty chairs, two flags at its head."""
    room = View(800, 372, 2.1, 900)
    pen = Pen(plain(mix(TEAL, DEEP, 0.45)))
    wall, far = mix(TEAL, DEEP, 0.35), 8.6
    pen.polygon(room.floor(-4.6, 4.6, 1.2, far), mix(SAND, MADDER, 0.18))
    pen.polygon(room.floor(-2.7, 2.7, 1.2, far), shade(MADDER, 0.18))
    pen.polygon(room.floor(-2.6, 2.6, 1.2, far - 0.1), mix(MADDER, SAND, 0.12))
    pen.polygon(room.floor(-4.6, 4.6, 1.0, far, up=4.3), mix(PAPER, TEAL, 0.25))
    for near in (3.0, 4.4, 6.2):
        pen.polygon(room.floor(-1.6, 1.6, near, near + 0.7, up=4.29), tint(OCHRE, 0.85))
    for side in (-4.6, 4.6):
        dark = 0.0 if side < 0 else 0.3
        pen.polygon(room.side(side, 0, 4.3, 1.0, far), mix(wall, DEEP, 0.25 + dark))
        for near in (1.6, 2.9, 4.2, 5.5, 6.8):
            pen.polygon(room.side(side, 1.1, 3.8, near, near + 0.95), mix(wall, TEAL, 0.5 - dark))
        pen.polygon(room.side(side, 0, 0.9, 1.0, far), shade(wall, 0.35 + dark / 2))
    pen.polygon(room.front(-4.6, 4.6, 0, 4.3, far), wall)
    pen.polygon(room.front(-4.6, 4.6, 0, 0.9, far), shade(wall, 0.3))
    picture_window(pen, room, far)
    flag(pen, room, -2.75, mix(TEAL, OCHRE, 0.35), sign=True)
    flag(pen, room, 2.75, MADDER, sign=False)
    for away in (6.9, 5.75, 4.75, 3.9, 3.15):
        for side in (-1, 1):
            chair(pen, room, side, away)
    conference_table(pen, room)
    return pen.picture()


def picture_window(pen, room, far):
    """A wide window at the end of the room: hills in the morning."""
    left, top = room(-1.75, 3.6, far)
    right, bottom = room(1.75, 1.25, far)
    pen.rect(left - 12, top - 12, right + 12, bottom + 12, shade(OCHRE, 0.5))
    steps = 40
    for step in range(steps):
        y0, y1 = (mix(top, bottom, (step + part) / steps) for part in (0, 1))
        pen.rect(left, y0, right, y1, mix(tint(TEAL, 0.65), tint(OCHRE, 0.55), step / steps))
    pen.circle(mix(left, right, 0.66), mix(top, bottom, 0.42), 24, tint(OCHRE, 0.2))
    for seed, height, colour in ((1, 0.45, tint(TEAL, 0.4)), (2, 0.26, mix(TEAL, DEEP, 0.2))):
        random = rng(700 + seed)
        crest = []
        for x in np.linspace(left, right, 15):
            crest.append((x, mix(bottom, top, height + random.uniform(-0.12, 0.14))))
        pen.polygon([(left, bottom), *smooth(crest, steps=4), (right, bottom)], colour)
    for part in (0.333, 0.667):
        x = mix(left, right, part)
        pen.rect(x - 4, top, x + 4, bottom, shade(OCHRE, 0.5))


def flag(pen, room, right, colour, sign):
    """A plain flag hanging in folds from its pole."""
    away = 7.9
    x, top = room(right, 3.5, away)
    _, base = room(right, 0, away)
    pen.oval(x - 26, base - 9, x + 26, base + 9, shade(OCHRE, 0.6))
    pen.line([(x, top), (x, base)], shade(OCHRE, 0.35), 6)
    pen.circle(x, top - 6, 8, OCHRE)
    out = 1 if right < 0 else -1
    hem = smooth([(x, top + 8), (x + out * 58, top + 38), (x + out * 74, top + 130), (x + out * 66, top + 262)])
    pen.polygon([*hem, (x + out * 44, top + 276), (x + out * 22, top + 262), (x, top + 270)], colour)
    for start, end, width in ((10, 20, 13), (34, 46, 11)):
        fold = [(x + out * start, top + 18), (x + out * (start + 8), top + 24)]
        fold += [(x + out * (end + width), top + 268), (x + out * end, top + 266)]
        pen.polygon(fold, shade(colour, 0.28))
    if sign:
        pen.circle(x + out * 38, top + 122, 19, PAPER)
        pen.circle(x + out * 45, top + 117, 16, colour)
    else:
        band = [(x + out * 70, top + 108), (x + out * 74, top + 152), (x, top + 160), (x, top + 112)]
        pen.polygon(band, OCHRE)


def chair(pen, room, side, away):
    """A high-backed chair at the table's side, turned to it."""
    leather, wood = mix(DEEP, INK, 0.25), shade(OCHRE, 0.55)
    inner, outer, back = side * 1.3, side * 1.84, away + 0.62
    for right in (outer, inner):
        pen.polygon(room.front(right - 0.03, right + 0.03, 0, 0.5, away + 0.02), shade(wood, 0.3))
    pen.polygon(room.floor(inner, outer, away, back, up=0.5), tint(leather, 0.14))
    pen.polygon(room.front(*sorted((inner, outer)), 0.42, 0.5, away), leather)
    slab = room.side(outer, 0.5, 1.28, away, back)
    pen.polygon(slab, tint(leather, 0.1))
    pen.polygon(room.side(outer, 0.62, 1.18, away + 0.1, back - 0.1), mix(MADDER, leather, 0.15))
    edge = sorted((outer, outer + side * 0.09))
    pen.polygon(room.front(*edge, 0.42, 1.28, away), shade(leather, 0.45))
    pen.polygon(room.floor(*edge, away, back, up=1.28), tint(leather, 0.25))
    pen.polygon(room.floor(*sorted((inner, side * 1.7)), away + 0.08, away + 0.15, up=0.74), wood)


def conference_table(pen, room):
    """The table top with its green inlay, and papers, glasses and microphones for ten."""
    wood = mix(OCHRE, MADDER, 0.35)
    near, far, high = 2.15, 7.5, 0.76
    pen.polygon(room.floor(-1.5, 1.5, near, far), mix(INK, MADDER, 0.35), 120)
    pen.polygon(room.front(-1.1, 1.1, 0, 0.7, near + 0.25), shade(wood, 0.72))
    pen.polygon(room.front(-1.25, 1.25, 0.66, high, near), shade(wood, 0.55))
    pen.polygon(room.floor(-1.25, 1.25, near, far, up=high), shade(wood, 0.12))
    pen.polygon(room.floor(-0.62, 0.62, near + 0.12, far - 0.3, up=high), mix(TEAL, DEEP, 0.25))
    shine = [room(x, high, z) for x, z in ((-0.2, far), (0.36, far), (0.7, near), (-0.42, near))]
    pen.polygon(shine, PAPER, 36)
    for away in (6.95, 5.85, 4.85, 4.0, 3.25, 2.6):
        for side in (-1, 1):
            place_setting(pen, room, side, away)


def place_setting(pen, room, side, away):
    """Two sheets, a name card, a glass and a microphone on its stalk."""
    high = 0.765
    left, right = sorted((side * 0.74, side * 1.14))
    pen.polygon(room.floor(left, right, away - 0.1, away + 0.22, up=high), shade(PAPER, 0.12))
    pen.polygon(room.floor(left + 0.02, right - 0.03, away - 0.06, away + 0.25, up=high), PAPER)
    scale = 900 / away
    pen.polygon(room.side(side * 0.52, high, high + 0.1, away, away + 0.3), shade(PAPER, 0.06))
    x, y = room(side * 0.62, high, away + 0.42)
    glass = ((-0.04, -0.13), (0.04, -0.13), (0.032, 0), (-0.032, 0))
    pen.polygon([(x + a * scale, y + b * scale) for a, b in glass], PAPER, 120)
    x, y = room(side * 0.86, high, away + 0.42)
    tip = (x + side * 0.07 * scale, y - 0.26 * scale)
    pen.line(smooth([(x, y), (x - side * 0.02 * scale, y - 0.16 * scale), tip]), INK, max(1.5, 0.012 * scale))
    pen.oval(x - 0.05 * scale, y - 0.015 * scale, x + 0.05 * scale, y + 0.015 * scale, INK)
    pen.circle(*tip, max(2, 0.022 * scale), INK)


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
    pen.line(at(smooth([(250, 20), (330, 66), (420, 44), (560, 8), (880, -90)])), INK, 9)
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
        cradle = [(78, -256), (92, -330), (84, -372), (106, -340), (128, -336), (140, -366), (136, -310), (156, -246)]
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
    for number, ((x0, y0), (x1, y1)) in enumerate(zip(path, path[1:], strict=False)):
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
    pen.polygon([(x + a, y + b) for a, b in ((14, -128), (12, 10), (42, 2), (56, -60), (60, -128))], shade(tea, 0.25))
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
    for angle, length, colour in needles:
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
    for start, step, length, colour in ((22.5, 45, 210, SAND), (45, 90, 268, mix(SAND, OCHRE, 0.5)), (0, 90, 330, SAND)):
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


def classroom():
    """Rows of empty desks before a blackboard, and light through the windows."""
    room = View(860, 430, 1.75, 880)
    pen = Pen(plain(PAPER))
    near, far, left, right = 1.1, 8.0, -3.6, 3.6
    upper, lower = mix(PAPER, SAND, 0.35), mix(TEAL, SAND, 0.2)
    pen.polygon(room.floor(left, right, near, far), mix(SAND, shade(OCHRE, 0.35), 0.5))
    pen.polygon(room.floor(left, right, near, far, up=3.5), tint(SAND, 0.5))
    for side, dark in ((left, 0.22), (right, 0.04)):
        pen.polygon(room.side(side, 0, 3.5, near, far), shade(upper, dark))
        pen.polygon(room.side(side, 0, 1.3, near, far), shade(lower, dark))
        pen.polygon(room.side(side, 1.3, 1.36, near, far), shade(MADDER, dark))
    pen.polygon(room.front(left, right, 0, 3.5, far), shade(upper, 0.08))
    pen.polygon(room.front(left, right, 0, 1.0, far), shade(lower, 0.08))
    pen.polygon(room.front(left, right, 1.0, 1.05, far), shade(MADDER, 0.1))
    windows = (1.7, 3.4, 5.1, 6.6)
    for away in windows:
        class_window(pen, room, left, away)
    blackboard(pen, room, far)
    for away in windows:
        beam = [(-3.0, away + 0.1), (-3.0, away + 1.1), (0.6, away + 0.4), (0.6, away - 0.6)]
        pen.polygon([room(x, 0.005, max(1.1, z)) for x, z in beam], tint(OCHRE, 0.75), 150)
    ceiling_fan(pen, room, 4.2)
    for away in (6.3, 5.1, 3.95, 2.9):
        for middle in (-2.05, 0.0, 2.05):
            desk(pen, room, middle, away)
    return pen.picture()


def class_window(pen, room, side, away):
    """A window in the left wall, with bars, the sky and a tree top behind it."""
    frame = shade(MADDER, 0.45)
    pen.polygon(room.side(side, 1.42, 3.02, away - 0.06, away + 1.16), frame)
    pen.polygon(room.side(side, 1.5, 2.95, away, away + 1.1), tint(OCHRE, 0.82))
    pen.polygon(room.side(side, 1.5, 2.0, away, away + 1.1), mix(tint(TEAL, 0.4), OCHRE, 0.12))
    for part in (0.27, 0.55, 0.82):
        pen.polygon(room.side(side, 1.5, 2.95, away + part - 0.012, away + part + 0.012), frame)
    for height in (1.98, 2.46):
        pen.polygon(room.side(side, height - 0.015, height + 0.015, away, away + 1.1), frame)
    pen.polygon(room.floor(side, side + 0.16, away - 0.08, away + 1.18, up=1.42), tint(SAND, 0.5))


def blackboard(pen, room, far):
    """A blackboard with a lesson in geometry, a ledge and a clock."""
    pen.polygon(room.front(-1.75, 1.75, 1.12, 2.82, far), shade(OCHRE, 0.45))
    pen.polygon(room.front(-1.68, 1.68, 1.2, 2.75, far), mix(DEEP, TEAL, 0.28))
    left, top = room(-1.68, 2.75, far)
    right, bottom = room(1.68, 1.2, far)
    wiped = [(left + 20, bottom - 40), (left + 150, top + 70), (right - 20, top + 30), (right - 40, bottom - 20)]
    pen.polygon(smooth(wiped, closed=True), PAPER, 14)
    chalk = shade(PAPER, 0.05)
    triangle = [(left + 46, bottom - 34), (left + 146, bottom - 34), (left + 46, top + 46), (left + 46, bottom - 34)]
    pen.line(triangle, chalk, 2.6)
    pen.line([(left + 46, bottom - 48), (left + 60, bottom - 48), (left + 60, bottom - 34)], chalk, 1.6)
    pen.ring(left + 216, top + 86, 38, chalk, 2.6)
    pen.line([(left + 216, top + 86), (left + 250, top + 70)], chalk, 2)
    random = rng(860)
    for row in range(6):
        y = top + 36 + row * 19
        pen.line([(right - 92, y), (right - 92 + random.uniform(40, 72), y)], chalk, 2.2, 210)
    pen.polygon(room.front(-1.75, 1.75, 1.08, 1.13, far - 0.1), shade(OCHRE, 0.25))
    x, y = room(2.55, 2.55, far)
    pen.circle(x, y, 25, INK)
    pen.circle(x, y, 21, PAPER)
    pen.line([(x, y), (x, y - 15)], INK, 2.5)
    pen.line([(x, y), (x + 10, y + 5)], INK, 2.5)


def ceiling_fan(pen, room, away):
    x, y = room(0, 3.5, away)
    hub = y + 62
    pen.line([(x, y - 40), (x, hub)], shade(SAND, 0.5), 5)
    for tip_x, tip_y, root in ((-190, 16, 12), (150, 34, 14), (120, -24, 9)):
        blade = [(x, hub - 4), (x + tip_x, hub + tip_y - root), (x + tip_x * 1.03, hub + tip_y + root), (x, hub + 10)]
        pen.polygon(blade, shade(SAND, 0.35))
    pen.oval(x - 32, hub - 14, x + 32, hub + 22, shade(SAND, 0.55))


def desk(pen, room, middle, away):
    """A bench with its sloping desk, lit from the left."""
    wood = mix(OCHRE, MADDER, 0.28)
    left, right = middle - 0.62, middle + 0.62
    shadow = [(left + 0.1, away - 0.5), (right + 0.1, away - 0.5), (right + 0.6, away + 0.45), (left + 0.5, away + 0.45)]
    pen.polygon([room(x, 0.01, z) for x, z in shadow], INK, 70)
    for x in (left + 0.06, right - 0.06):
        pen.polygon(room.side(x, 0, 0.68, away + 0.05, away + 0.42), shade(wood, 0.6))
        pen.polygon(room.front(x - 0.035, x + 0.035, 0, 0.72, away + 0.05), shade(wood, 0.45))
    pen.polygon(room.front(left + 0.06, right - 0.06, 0.42, 0.68, away + 0.4), shade(wood, 0.5))
    top = [room(left, 0.72, away), room(right, 0.72, away), room(right, 0.8, away + 0.5), room(left, 0.8, away + 0.5)]
    pen.polygon(top, tint(wood, 0.22))
    pen.polygon([top[1], top[2], (mix(top[2][0], top[3][0], 0.45), top[2][1]), (mix(top[1][0], top[0][0], 0.25), top[1][1])], wood)
    pen.polygon(room.front(left, right, 0.66, 0.72, away), shade(wood, 0.3))
    seat = away - 0.42
    for x in (left + 0.1, right - 0.1):
        pen.polygon(room.front(x - 0.03, x + 0.03, 0, 0.42, seat), shade(wood, 0.5))
    pen.polygon(room.floor(left, right, seat, seat + 0.28, up=0.44), tint(wood, 0.1))
    pen.polygon(room.front(left, right, 0.39, 0.44, seat), shade(wood, 0.35))


def hospital():
    """A corridor with its doors, a trolley and a bench, and a bright window at the end."""
    hall = View(770, 452, 1.6, 900)
    near, far, half, high = 1.05, 12.0, 1.75, 3.0
    upper, lower = mix(PAPER, TEAL, 0.12), mix(tint(TEAL, 0.35), SAND, 0.1)
    pen = Pen(plain(upper))
    pen.polygon(hall.floor(-half, half, near, far), mix(SAND, TEAL, 0.3))
    pen.polygon(hall.floor(-half, half, near, far, up=high), tint(SAND, 0.6))
    for side, dark in ((-half, 0.02), (half, 0.16)):
        pen.polygon(hall.side(side, 0, high, near, far), shade(upper, dark))
        pen.polygon(hall.side(side, 0, 1.25, near, far), shade(lower, dark))
        pen.polygon(hall.side(side, 1.25, 1.31, near, far), shade(TEAL, dark))
        pen.polygon(hall.side(side, 0, 0.12, near, far), shade(TEAL, 0.45))
    pen.polygon(hall.front(-half, half, 0, high, far), shade(upper, 0.1))
    pen.polygon(hall.front(-half, half, 0, 0.75, far), shade(lower, 0.1))
    end_window(pen, hall, far)
    for away in (2.0, 3.6, 5.8, 9.0):
        pen.polygon(hall.floor(-0.42, 0.42, away, away * 1.22, up=high - 0.01), PAPER)
    for side, away in ((-1, 2.6), (-1, 5.0), (-1, 8.0), (1, 3.9), (1, 7.2)):
        ward_door(pen, hall, side * half, away)
    bench(pen, hall, -half, 3.75)
    trolley(pen, hall, 0.62, 2.35)
    pen.person(*hall(-0.35, 0, 9.4), 2.4, mix(DEEP, TEAL, 0.3))
    x, y = hall(-0.35, 0, 9.4)
    pen.polygon([(x - 20, y), (x + 20, y), (x + 4, y + 62), (x - 44, y + 62)], DEEP, 70)
    return pen.picture()


def end_window(pen, hall, far):
    """The tall window at the end, and its light along the floor."""
    pen.polygon(hall.floor(-0.9, 0.9, 4.0, far), PAPER, 70)
    pen.polygon(hall.floor(-0.75, 0.75, 5.6, far), PAPER, 110)
    left, top = hall(-1.0, 2.6, far)
    right, bottom = hall(1.0, 0.85, far)
    pen.rect(left - 7, top - 7, right + 7, bottom + 7, shade(TEAL, 0.25))
    pen.rect(left, top, right, bottom, tint(OCHRE, 0.82))
    tree = [(left, bottom), (left, bottom - 52), (left + 24, bottom - 74), (left + 56, bottom - 58), (left + 84, bottom - 30)]
    pen.polygon([*smooth(tree), (left + 100, bottom)], mix(tint(TEAL, 0.3), OCHRE, 0.15))
    for part in (1 / 3, 2 / 3):
        x = mix(left, right, part)
        pen.rect(x - 2.5, top, x + 2.5, bottom, shade(TEAL, 0.25))
    pen.rect(left, top + 38, right, top + 42, shade(TEAL, 0.25))


def ward_door(pen, hall, side, away):
    """A door with a round pane and a plain sign over it."""
    inward = -0.012 if side > 0 else 0.012
    wood = mix(OCHRE, SAND, 0.35) if side < 0 else shade(mix(OCHRE, SAND, 0.35), 0.18)
    pen.polygon(hall.side(side, 0, 2.18, away - 0.07, away + 1.07), shade(TEAL, 0.2))
    pen.polygon(hall.side(side + inward, 0, 2.1, away, away + 1.0), wood)
    pane = []
    for x, y in arc(0, 0, 1, 0, 360, 36):
        pane.append(hall(side + inward, 1.56 + 0.19 * y, away + 0.5 + 0.19 * x))
    pen.polygon(pane, tint(TEAL, 0.55))
    pen.polygon(hall.side(side + inward, 0.95, 1.08, away + 0.82, away + 0.9), INK)
    pen.polygon(hall.side(side + inward, 0, 0.26, away, away + 1.0), shade(wood, 0.22))
    plate = sorted((side, side - math.copysign(0.3, side)))
    pen.polygon(hall.front(*plate, 2.3, 2.52, away - 0.05), MADDER if away < 4 else TEAL)


def bench(pen, hall, side, near):
    """A row of seats along the wall."""
    for number in range(3, -1, -1):
        away = near + number * 0.52
        out = side + 0.5
        pen.polygon(hall.front(side + 0.1, side + 0.14, 0, 0.42, away + 0.05), INK)
        pen.polygon(hall.front(out - 0.08, out - 0.04, 0, 0.42, away + 0.05), INK)
        pen.polygon(hall.side(side + 0.1, 0.5, 0.88, away, away + 0.46), mix(MADDER, SAND, 0.1))
        pen.polygon(hall.floor(side + 0.08, out, away, away + 0.46, up=0.45), mix(MADDER, SAND, 0.22))
        pen.polygon(hall.front(side + 0.08, out, 0.4, 0.45, away), shade(MADDER, 0.3))


def trolley(pen, hall, left, near):
    """A bed on wheels by the right wall, a pillow and a folded blanket on it."""
    right, far, steel = left + 0.72, near + 1.75, mix(TEAL, INK, 0.45)
    pen.polygon(hall.floor(left - 0.1, right + 0.06, near, far), INK, 70)
    for x, z in ((left + 0.06, far - 0.2), (right - 0.06, far - 0.2), (left + 0.06, near + 0.1), (right - 0.06, near + 0.1)):
        pen.polygon(hall.front(x - 0.018, x + 0.018, 0.08, 0.62, z), steel)
        wheel = hall(x, 0.07, z)
        pen.circle(*wheel, 62 / z, INK)
        pen.circle(*wheel, 26 / z, tint(TEAL, 0.4))
    pen.polygon(hall.side(left, 0.3, 0.34, near + 0.1, far - 0.2), steel)
    pen.polygon(hall.side(left, 0.58, 0.66, near, far), steel)
    pen.polygon(hall.side(left, 0.66, 0.8, near, far), shade(PAPER, 0.16))
    pen.polygon(hall.front(left, right, 0.58, 0.66, near), shade(steel, 0.3))
    pen.polygon(hall.front(left, right, 0.66, 0.8, near), shade(PAPER, 0.08))
    pen.polygon(hall.floor(left, right, near, far, up=0.8), PAPER)
    pen.polygon(hall.floor(left, right, near, near + 0.75, up=0.81), tint(TEAL, 0.25))
    pen.polygon(hall.side(left - 0.005, 0.52, 0.81, near, near + 0.75), mix(TEAL, DEEP, 0.2))
    pen.polygon(hall.front(left, right, 0.56, 0.81, near - 0.005), mix(TEAL, DEEP, 0.05))
    pen.polygon(hall.floor(left, right, near + 0.62, near + 0.75, up=0.815), PAPER)
    pillow = [hall(x, y, z) for x, y, z in (
        (left + 0.08, 0.82, far - 0.5), (left + 0.36, 0.94, far - 0.42), (right - 0.08, 0.82, far - 0.5),
        (right - 0.06, 0.9, far - 0.12), (left + 0.36, 0.96, far - 0.08), (left + 0.06, 0.9, far - 0.12),
    )]  # fmt: skip
    pen.polygon(smooth(pillow, closed=True), shade(PAPER, 0.1))
    for z in (near + 0.05, far - 0.05):
        rail = [hall(left, 0.66, z), hall(left, 1.06, z), hall(right, 1.06, z), hall(right, 0.66, z)]
        pen.line(rail, steel, 15 / z)


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
    for x, lean in ((80, 60), (128, 44)):
        pen.cord([(x, 1010), (x + lean, 330)], mix(TEAL, INK, 0.35), 9)
        pen.line(smooth([(x + lean, 334), (x + lean + 4, 306), (x + lean + 26, 300), (x + lean + 34, 322)]), mix(TEAL, INK, 0.35), 8)
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
        bread(pen, x + 232 * math.cos(a), y + 62 + 88 * math.sin(a), size, 0.62, dark=0.16)


def bread(pen, x, y, size, flat=1.0, dark=0.0):
    """A round of naan: a pale rim, a browner middle with rows of dents, and seeds."""
    crust, crumb = shade(mix(OCHRE, SAND, 0.45), dark), shade(mix(SAND, OCHRE, 0.22), dark)
    pen.circle(x, y + size * 0.05, size, shade(crust, 0.25), flat=flat)
    pen.circle(x, y, size, crust, flat=flat)
    pen.circle(x, y - size * 0.02, size * 0.9, crumb, flat=flat)
    pen.circle(x, y, size * 0.74, mix(crumb, crust, 0.6), flat=flat)
    for row in range(-3, 4):
        for place in range(-3, 4):
            a, b = place * 0.2 + (row % 2) * 0.1, row * 0.19
            if math.hypot(a, b) < 0.66:
                mark = shade(crust, 0.2 + 0.25 * ((row * 3 + place * 5) % 3 == 0))
                pen.circle(x + a * size, y + b * size * flat, size * 0.048, mark, flat=flat)
    random = rng(int(x) + int(y))
    for _ in range(5):
        turn, reach = random.uniform(0, 2 * math.pi), random.uniform(0.5, 0.86) * size
        blister = (x + reach * math.cos(turn), y + reach * flat * math.sin(turn))
        pen.circle(*blister, size * random.uniform(0.05, 0.11), mix(MADDER, INK, 0.35), 130, flat)


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
        bread(pen, x + shift, base - 24 - layer * 25, 178, 0.3, dark=0.10 - layer * 0.01)
