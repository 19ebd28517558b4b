"""Towns and the sea: streets, roofs, markets, monuments, ports and ships."""

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
    blend,
    clouds,
    disc,
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
    water,
)


def port():
    """Cranes over stacked containers at sunset."""
    sky = [(0, mix(DEEP, TEAL, 0.35)), (0.35, mix(MADDER, SAND, 0.45))]
    picture = gradient([*sky, (0.58, tint(OCHRE, 0.35)), (1, SAND)])
    picture = disc(picture, 520, 560, 92, tint(OCHRE, 0.55), 3)
    hills = (mix(MADDER, SAND, 0.35), mix(DEEP, MADDER, 0.35))
    picture = ridges(picture, 40, 2, *hills, amp=60, top=0.60, bottom=0.64)
    picture = water(picture, 700, 9, mix(DEEP, MADDER, 0.25), 0.8)
    pen = Pen(picture)
    for x, scale in ((900, 0.78), (1330, 1.0), (560, 0.6)):
        crane(pen, x, scale)
    random = rng(3)
    paints = [MADDER, TEAL, OCHRE, mix(DEEP, TEAL, 0.4), SAND, shade(MADDER, 0.4)]
    for row in range(5):
        for place in range(26):
            if random.random() < 0.94 - row * 0.17 + 0.12 * math.sin(place * 0.55):
                paint = shade(paints[random.integers(6)], 0.12 + 0.09 * row)
                container(pen, place * 64 - 20, 985 - row * 44, paint)
    pen.rect(0, 1027, WIDTH, HEIGHT, shade(DEEP, 0.6))
    return pen.picture()


def crane(pen, x, scale):
    """A gantry crane whose left leg stands at x, holding a container."""
    colour = shade(DEEP, 0.55)

    def at(right, up):
        return (x + right * scale, 790 - up * scale)

    struts = (
        (9, (0, 0), (0, 420)),
        (9, (120, 0), (120, 420)),
        (7, (0, 150), (120, 150)),
        (4, (0, 420), (120, 150)),
        (10, (-330, 400), (230, 400)),
        (7, (60, 400), (60, 560)),
        (3, (60, 558), (-320, 402)),
        (3, (60, 558), (225, 402)),
        (2, (-190, 396), (-190, 250)),
    )
    for width, start, end in struts:
        pen.line([at(*start), at(*end)], colour, width * scale)
    pen.rect(*at(20, 392), *at(80, 350), colour)
    pen.rect(*at(-225, 250), *at(-155, 222), MADDER)


def container(pen, x, y, paint):
    pen.rect(x, y, x + 61, y + 41, paint)
    for rib in range(6, 60, 7):
        pen.line([(x + rib, y + 3), (x + rib, y + 39)], INK, 1, 60)


def skyline():
    """A city at nightfall, lit windows, and a mosque in silhouette."""
    sky = [(0, shade(DEEP, 0.25)), (0.4, mix(TEAL, DEEP, 0.3)), (0.72, mix(MADDER, SAND, 0.55))]
    pen = Pen(gradient([*sky, (1, tint(OCHRE, 0.3))]))
    random = rng(8)
    layers = (
        (mix(TEAL, SAND, 0.35), 300, 0.0),
        (mix(DEEP, TEAL, 0.45), 230, 0.16),
        (shade(DEEP, 0.45), 120, 0.3),
    )
    for layer, (colour, base, lit) in enumerate(layers):
        x = -20
        while x < WIDTH:
            width = int(random.integers(55, 130))
            height = int(random.integers(120, 420) * (1 - 0.22 * layer)) + base // 2
            tower(pen, random, (x, 1000 - height + layer * 40, width), colour, lit)
            x += width + int(random.integers(-4, 14))
    mosque(pen, mix(INK, DEEP, 0.2))
    return pen.picture()


def tower(pen, random, place, colour, lit):
    """A block of flats with perhaps a mast, a tank on the roof, and lights in some windows."""
    x, y, width = place
    pen.rect(x, y, x + width, HEIGHT, colour)
    if random.random() < 0.3:
        pen.line([(x + width / 2, y), (x + width / 2, y - 50)], colour, 3)
    if random.random() < 0.25:
        pen.rect(x + width * 0.25, y - 20, x + width * 0.7, y, colour)
    if not lit:
        return
    for row in range(y + 16, HEIGHT, 24):
        for column in range(x + 9, x + width - 12, 17):
            if random.random() < lit:
                strength = 150 + int(random.integers(90))
                pen.rect(column, row, column + 7, row + 11, tint(OCHRE, 0.45), strength)


def mosque(pen, colour):
    for x in (330, 610):
        pen.rect(x, 470, x + 26, HEIGHT, colour)
        pen.rect(x - 8, 600, x + 34, 612, colour)
        pen.polygon([(x - 4, 470), (x + 30, 470), (x + 13, 380)], colour)
    pen.oval(380, 640, 586, 860, colour)
    pen.polygon([(470, 655), (496, 655), (483, 590)], colour)
    pen.rect(360, 750, 606, HEIGHT, colour)


def parliament():
    """A colonnade in morning light, a flag, and a few people on the steps."""
    pen = Pen(gradient([(0, tint(TEAL, 0.35)), (0.7, mix(PAPER, SAND, 0.4)), (1, SAND)]))
    stone, dark = mix(PAPER, SAND, 0.35), shade(SAND, 0.28)
    pen.rect(90, 330, 1510, 850, shade(SAND, 0.55))
    pen.rect(60, 250, 1540, 345, stone)
    pen.rect(60, 333, 1540, 347, dark)
    pen.rect(90, 226, 1510, 252, shade(stone, 0.06))
    pen.rect(60, 250, 1540, 256, PAPER)
    for number in range(11):
        column(pen, 118 + number * 129, stone, dark)
    for step in range(7):
        y, spread = 850 + step * 32, step * 40
        pen.rect(60 - spread, y, 1540 + spread, y + 32, mix(stone, SAND, step / 8))
        pen.rect(60 - spread, y + 25, 1540 + spread, y + 32, mix(dark, SAND, 0.35))
    pen.polygon([(0, HEIGHT), (0, 850), (560, 850), (980, HEIGHT)], DEEP, 72)
    pen.line([(800, 226), (800, 60)], INK, 5)
    pen.polygon([(803, 62), (940, 74), (930, 140), (803, 130)], MADDER)
    random = rng(4)
    for x in (430, 500, 1010, 1160, 1218):
        y = 930 + random.integers(0, 60)
        pen.person(x, y, 1, INK)
        pen.polygon([(x - 9, y), (x + 9, y), (x + 80, y + 20), (x + 60, y + 22)], INK, 70)
    return pen.picture()


def column(pen, x, stone, dark):
    pen.rect(x, 345, x + 66, 850, stone)
    pen.rect(x + 44, 345, x + 66, 850, dark)
    pen.rect(x + 26, 345, x + 30, 850, shade(stone, 0.10))
    pen.rect(x + 8, 345, x + 11, 850, shade(stone, 0.06))
    pen.rect(x - 10, 345, x + 76, 372, tint(stone, 0.5))
    pen.rect(x - 12, 826, x + 78, 850, tint(stone, 0.4))
    cast = [(x + 66, 372), (x + 129, 372), (x + 129, 470), (x + 66, 410)]
    pen.polygon(cast, mix(INK, DEEP, 0.4), 160)


def rain():
    """Monsoon clouds over flat roofs."""
    sky = gradient([(0, shade(DEEP, 0.2)), (0.62, tint(TEAL, 0.3)), (1, tint(TEAL, 0.5))])
    mass = clouds(71, base=3, octaves=7, gain=0.55)
    down = np.linspace(0, 1, HEIGHT)[:, None]
    dark = np.clip((mass - 0.42) * 4, 0, 1) * np.clip(1.15 - down * 1.5, 0, 1)
    light = np.clip((mass - 0.58) * 5, 0, 1) * np.clip(1.1 - down * 1.6, 0, 1) * 0.5
    pen = Pen(blend(blend(sky, dark, shade(DEEP, 0.35)), light, mix(PAPER, TEAL, 0.3)))
    random = rng(6)
    for _ in range(1500):
        x, y = random.random() * 1800 - 100, random.random() * HEIGHT
        length = 26 + random.random() * 70
        strength = int(30 + 60 * random.random())
        pen.line([(x, y), (x - length * 0.26, y + length)], PAPER, 0.7, strength)
    for layer in range(2):
        x = -30
        while x < WIDTH:
            width = int(random.integers(90, 210))
            roof(pen, random, x, width, layer)
            x += width + 3
    return pen.picture()


def roof(pen, random, x, width, layer):
    """A house under the rain; those of the front layer may have a lamp on."""
    y = 860 + layer * 85 - int(random.integers(0, 130))
    colour = shade(DEEP, 0.25 + 0.5 * layer)
    pen.rect(x, y, x + width, HEIGHT, colour)
    pen.rect(x - 4, y, x + width + 4, y + 8, tint(colour, 0.25))
    if random.random() < 0.5:
        pen.rect(x + 20, y - 38, x + 66, y, colour)
        pen.line([(x + 26, y - 38), (x + 26, y - 70)], colour, 3)
    if layer and random.random() < 0.7:
        left = x + width * 0.4
        pen.rect(left, y + 44, left + 26, y + 78, tint(OCHRE, 0.3))


def arches():
    """A figure at the far end of a row of arches: a shrine at night."""
    pen = Pen(plain(shade(DEEP, 0.45)))
    for number in range(9):
        far = number / 8
        scale = (1 - far) ** 1.55 * 0.95 + 0.10
        x, base = 800 + 90 * far, 1300 - 560 * far**0.6
        width, height = 860 * scale, 1330 * scale
        colour = mix(shade(MADDER, 0.62), tint(OCHRE, 0.72), far**1.25)
        pen.polygon(arch(x, base, width, height), shade(colour, 0.22))
        pen.polygon(arch(x + width * 0.05, base, width * 0.93, height * 0.965), colour)
    pen.polygon(arch(890, 742, 70, 118), PAPER)
    for step in range(9):
        y, spread = 745 + step * step * 4.6, step * step
        tread = [
            (808 - spread * 10, y),
            (968 + spread * 9, y),
            (976 + spread * 10, y + 3 + step * 1.6),
            (798 - spread * 11, y + 3 + step * 1.6),
        ]
        pen.polygon(tread, tint(OCHRE, 0.5), 105 - step * 9)
    pen.oval(862, 655, 878, 672, INK)
    pen.polygon([(856, 674), (884, 674), (880, 742), (860, 742)], INK)
    pen.polygon([(860, 742), (880, 742), (820, 900), (770, 900)], INK, 90)
    return pen.picture()


def arch(x, base, width, height):
    """The outline of a pointed arch, half as wide as given on either side of x."""
    spring = base - height * 0.52
    left = [(x - width, base), (x - width, spring)]
    for t in np.linspace(0, 1, 40):
        left.append((x - width * (1 - t) ** 0.62, spring - height * 0.48 * t**0.78))
    return left + [(2 * x - a, b) for a, b in reversed(left)]


def market():
    """Parasols from above, and people along the lane between them."""
    random = rng(27)
    pen = Pen(speckle(plain(shade(SAND, 0.42)), 28, 24, 44, octaves=4))
    parasols = place_parasols(random)
    for x, y, radius in parasols:
        pen.circle(x + 16, y + 22, radius, INK, 105)
    for x, y, radius in parasols:
        parasol(pen, random, x, y, radius)
    for _ in range(70):
        x = random.uniform(0, WIDTH)
        y = 560 - (x - 800) * 0.35 + random.normal() * 26
        clothes = (INK, PAPER, MADDER, DEEP)[random.integers(4)]
        pen.oval(x - 2, y + 4, x + 20, y + 18, INK, 90)
        pen.oval(x - 8, y - 7, x + 8, y + 7, clothes)
    return pen.picture()


def place_parasols(random):
    """Centres and radii, none overlapping and none over the lane."""
    placed = []
    for _ in range(2600):
        radius = float(random.uniform(46, 128))
        x, y = random.uniform(-60, WIDTH + 60), random.uniform(-60, HEIGHT + 60)
        if abs((x - 800) * 0.35 + y - 560) < radius * 0.62 + 52:
            continue
        if all(math.hypot(x - a, y - b) > (radius + c) * 0.97 for a, b, c in placed):
            placed.append((x, y, radius))
    return placed


def parasol(pen, random, x, y, radius):
    """One parasol of two alternating cloths, its panels shaded by their direction."""
    cloths = [MADDER, TEAL, OCHRE, PAPER, DEEP, mix(MADDER, SAND, 0.4), tint(TEAL, 0.4)]
    first = cloths[random.integers(len(cloths))]
    striped = random.random() < 0.45 and first is not PAPER
    second = PAPER if striped else shade(first, 0.16)
    panels = int(random.choice([8, 10, 12]))
    turn = random.uniform(0, 360)
    for panel in range(panels):
        start, end = (turn + side * 360 / panels for side in (panel, panel + 1))
        dark = 0.10 * (1 + math.sin(math.radians(start - 40)))
        pen.pie(x, y, radius, start, end, shade(first if panel % 2 else second, dark))
    pen.circle(x, y, 5, INK)


def kites():
    """Kites over the roofs, and those who fly them."""
    sky = gradient([(0, tint(TEAL, 0.15)), (0.6, tint(TEAL, 0.7)), (1, PAPER)])
    haze = np.clip((clouds(101, base=2, octaves=5) - 0.52) * 4, 0, 1) * 0.45
    pen = Pen(blend(sky, haze, PAPER))
    random = rng(44)
    papers = [MADDER, OCHRE, DEEP, PAPER, mix(MADDER, SAND, 0.35)]
    flown = (
        (420, 270, 118, 0.3),
        (1010, 190, 84, -0.35),
        (1290, 420, 128, 0.15),
        (760, 470, 62, 0.5),
        (180, 520, 56, -0.2),
        (1120, 640, 40, 0.2),
        (560, 690, 34, -0.3),
    )
    for x, y, size, angle in flown:
        first = random.integers(5)
        second = (first + 1 + random.integers(3)) % 5
        kite(pen, (x, y, size, angle), papers[first], papers[second])
    x = -20
    while x < WIDTH:
        width = int(random.integers(70, 170))
        y = 930 - int(random.integers(0, 90))
        wall = shade(MADDER, 0.45 + random.random() * 0.3)
        pen.rect(x, y, x + width, HEIGHT, wall)
        pen.rect(x, y, x + width, y + 9, mix(wall, SAND, 0.4))
        if random.random() < 0.55:
            kite_flyer(pen, x + width * 0.5, y)
        x += width + 2
    return pen.picture()


def kite(pen, place, right, left):
    """A kite of two papers with its spars, its tail and its string."""
    x, y, size, angle = place
    cos, sin = math.cos(angle), math.sin(angle)

    def turned(across, down):
        return (x + size * (across * cos - down * sin), y + size * (across * sin + down * cos))

    north, east, south, west = turned(0, -1), turned(0.92, 0), turned(0, 1), turned(-0.92, 0)
    pen.polygon([north, east, south], right)
    pen.polygon([north, west, south], left)
    pen.line([north, south], INK, 1.2)
    pen.line([west, turned(0, -0.35), east], INK, 1.2)
    pen.polygon([south, turned(0.2, 1.32), turned(-0.2, 1.32)], right)
    string = [turned(0, 0)]
    for t in np.linspace(0, 1, 40):
        bend = 34 * math.sin(t * 3)
        string.append((mix(south[0], x + 170 - size, t) + bend, mix(south[1], 1000, t)))
    pen.line(string, INK, 1, 120)


def kite_flyer(pen, x, y):
    pen.oval(x - 8, y - 52, x + 8, y - 36, INK)
    pen.polygon([(x - 11, y - 35), (x + 11, y - 35), (x + 8, y), (x - 8, y)], INK)
    pen.line([(x + 8, y - 30), (x + 26, y - 56)], INK, 4)


def harbour():
    """Three wooden fishing boats at a quay, early, on still water."""
    sky = gradient([(0, tint(TEAL, 0.25)), (0.3, tint(TEAL, 0.7)), (0.5, tint(OCHRE, 0.7)), (1, SAND)])
    picture = disc(sky, 1290, 420, 66, tint(OCHRE, 0.3), 3)
    pen = Pen(picture)
    far = [(-10, 640), (-10, 392), (150, 380), (330, 386), (420, 402), (452, 470), (560, 540), (720, 600)]
    pen.polygon([*far, (900, 640)], mix(tint(TEAL, 0.45), SAND, 0.3))
    pen.polygon(
        [(-10, 430), (180, 416), (402, 430), (330, 480), (120, 470), (-10, 490)], tint(SAND, 0.25), 110
    )
    near = smooth([(620, 640), (760, 604), (960, 590), (1180, 566), (1400, 584), (1640, 548)])
    pen.polygon([*near, (1640, 644), (620, 644)], mix(TEAL, SAND, 0.35))
    for x, y, size in ((560, 210, 26), (640, 250, 18), (770, 150, 15), (1040, 170, 20)):
        gull(pen, x, y, size)
    boat(pen, 1010, 640, 0.72, (OCHRE, PAPER, MADDER))
    boat(pen, 560, 642, 0.95, (MADDER, PAPER, TEAL))
    boat(pen, 70, 646, 1.2, (mix(DEEP, TEAL, 0.5), OCHRE, MADDER))
    picture = water(pen.picture(), 646, 61, mix(TEAL, DEEP, 0.15), 0.45)
    pen = Pen(picture)
    quay(pen)
    return pen.picture()


def gull(pen, x, y, size):
    wings = [(-1, -0.35), (-0.5, -0.45), (0, 0), (0.55, -0.5), (1.05, -0.3)]
    pen.line(smooth([(x + a * size, y + b * size) for a, b in wings]), shade(PAPER, 0.55), size / 9)


def boat(pen, x, y, scale, paints):
    """A wooden boat with a high prow, floating at (x, y), painted in three colours."""
    hull, band, trim = paints

    def at(points):
        return [(x + a * scale, y - b * scale) for a, b in points]

    pen.polygon(at([(212, 60), (222, 60), (219, 400), (215, 400)]), shade(OCHRE, 0.55))
    for end in ((20, 104), (420, 160)):
        pen.line(at([(217, 392), end]), INK, 1.6)
    pen.line(at([(217, 130), (392, 320)]), shade(OCHRE, 0.5), 7 * scale)
    pen.polygon(at([(222, 398), (222, 366), (290, 384)]), trim)
    sheer = smooth([(-8, 116), (60, 92), (180, 74), (300, 88), (390, 138), (448, 206)])
    keel = smooth([(440, 196), (412, 90), (372, -6)])
    body = [*sheer, *keel, (30, -6), (6, 50)]
    cabin = [(52, 80), (52, 176), (160, 176), (166, 80)]
    pen.polygon(at(cabin), shade(PAPER, 0.05))
    pen.polygon(at([(120, 80), (120, 176), (160, 176), (166, 80)]), shade(PAPER, 0.28))
    pen.polygon(at([(40, 176), (172, 176), (164, 194), (48, 194)]), trim)
    for left in (66, 132):
        pen.polygon(at([(left, 112), (left, 150), (left + 20, 150), (left + 20, 112)]), DEEP)
    pen.polygon(at(body), hull)
    strake = [(a, b - 22) for a, b in sheer]
    lower = [(a, b - 40) for a, b in sheer]
    pen.polygon(at([*strake[:-6], *lower[:-6][::-1]]), band)
    pen.polygon(at([(16, 22), (382, 22), (372, -6), (30, -6)]), shade(hull, 0.5))
    pen.line(at(sheer), shade(trim, 0.1), 9 * scale)
    pen.line(at([(440, 190), (450, 236)]), shade(trim, 0.3), 10 * scale)
    for place in (0.2, 0.42, 0.64):
        a, b = sheer[int(place * len(sheer))]
        tyre = at([(a, b - 34)])[0]
        pen.ring(*tyre, 19 * scale, INK, 8 * scale)


def quay(pen):
    """The stone edge we stand on, with bollards, ropes, nets and crates of fish."""
    stone = mix(SAND, TEAL, 0.22)
    pen.polygon([(0, 946), (WIDTH, 908), (WIDTH, 960), (0, 1004)], shade(stone, 0.5))
    pen.polygon([(0, 930), (WIDTH, 892), (WIDTH, HEIGHT), (0, HEIGHT)], tint(stone, 0.12))
    pen.polygon([(0, 930), (WIDTH, 892), (WIDTH, 906), (0, 945)], tint(stone, 0.5))
    for x in range(-100, WIDTH + 200, 210):
        pen.line([(x, 945 - x * 0.024), (x - 70, HEIGHT)], shade(stone, 0.18), 3)
    rope = tint(OCHRE, 0.35)
    pen.line(smooth([(612, 556), (560, 720), (470, 860), (404, 912)]), shade(OCHRE, 0.35), 5)
    pen.line(smooth([(980, 468), (1010, 640), (960, 800), (900, 892)]), shade(OCHRE, 0.35), 4)
    for x, y in ((396, 960), (892, 944)):
        bollard(pen, x, y, rope)
    pen.polygon(
        smooth([(40, 1030), (80, 950), (170, 918), (260, 934), (306, 990), (330, 1034)]), mix(TEAL, DEEP, 0.2)
    )
    for shift in range(0, 260, 22):
        pen.line(
            smooth([(52 + shift, 1032), (90 + shift * 0.8, 976), (160 + shift * 0.4, 926)]),
            tint(TEAL, 0.35),
            1.5,
        )
    for x, y in ((92, 972), (150, 940), (214, 930), (270, 962), (300, 1004)):
        pen.circle(x, y, 13, OCHRE)
        pen.polygon([(x, y - 13), (x + 13, y), (x, y + 13), (x + 7, y)], shade(OCHRE, 0.3))
    for x, y, paint in ((1180, 1010, TEAL), (1370, 1004, MADDER), (1268, 934, mix(PAPER, SAND, 0.6))):
        fish_crate(pen, x, y, paint)


def bollard(pen, x, y, rope):
    iron = shade(DEEP, 0.3)
    pen.polygon([(x - 6, y + 6), (x + 30, y + 10), (x + 150, y + 34), (x + 120, y + 42)], INK, 60)
    pen.oval(x - 40, y - 6, x + 40, y + 22, shade(iron, 0.4))
    pen.polygon([(x - 26, y + 8), (x - 20, y - 74), (x + 20, y - 74), (x + 26, y + 8)], iron)
    pen.polygon([(x + 2, y + 8), (x + 2, y - 74), (x + 20, y - 74), (x + 26, y + 8)], shade(iron, 0.5))
    pen.oval(x - 36, y - 96, x + 36, y - 66, mix(iron, TEAL, 0.5))
    for turn in range(3):
        top = y - 52 + turn * 15
        pen.block(x - 26, top, x + 26, top + 12, 6, rope)
        pen.block(x + 4, top, x + 26, top + 12, 6, shade(rope, 0.3))


def fish_crate(pen, x, y, paint):
    """A slatted crate with fish lying in it."""
    pen.polygon([(x, y + 4), (x + 164, y + 4), (x + 250, y + 34), (x + 60, y + 34)], INK, 60)
    for number in range(5):
        left = x + 4 + number * 29
        fish = [(left, y - 60), (left + 22, y - 84), (left + 44, y - 70), (left + 24, y - 56)]
        pen.polygon(smooth(fish, closed=True), tint(TEAL, 0.25 + 0.12 * (number % 3)))
        pen.polygon([(left + 36, y - 74), (left + 54, y - 92), (left + 52, y - 66)], tint(TEAL, 0.2))
        pen.circle(left + 9, y - 66, 2.4, INK)
    for slat in range(3):
        top = y - 62 + slat * 23
        pen.rect(x, top, x + 160, top + 19, paint)
        pen.rect(x, top + 14, x + 160, top + 19, shade(paint, 0.3))
    for left in (x, x + 148):
        pen.rect(left, y - 66, left + 12, y + 6, shade(paint, 0.22))


def cables():
    """A cable ship above; below the calm surface its cable goes down to the seabed."""
    sky = [
        (0, tint(TEAL, 0.3)),
        (0.22, tint(SAND, 0.35)),
        (0.41, tint(OCHRE, 0.6)),
        (0.42, mix(TEAL, PAPER, 0.25)),
    ]
    deep = [(0.55, TEAL), (0.8, mix(TEAL, DEEP, 0.75)), (1, shade(DEEP, 0.4))]
    picture = disc(gradient([*sky, *deep]), 300, 300, 70, tint(OCHRE, 0.25), 3)
    rows, _ = grid()
    below = rows > 446
    sunk = gradient([(0.418, tint(TEAL, 0.3)), *deep])
    pen = Pen(np.where(below[..., None], sunk, picture))
    for x, width in ((80, 60), (330, 110), (700, 70), (1010, 130), (1330, 80)):
        pen.polygon([(x, 447), (x + width, 447), (x + width * 2 - 130, 960), (x - 210, 960)], PAPER, 13)
    picture = ridges(
        pen.picture(), 630, 3, mix(DEEP, TEAL, 0.35), shade(DEEP, 0.55), amp=90, top=0.86, bottom=0.97
    )
    pen = Pen(picture)
    shoal(pen)
    cable = smooth([(556, 398), (538, 470), (486, 600), (392, 742), (262, 866), (120, 930), (-30, 958)])
    pen.line(cable, INK, 9)
    pen.line([(x - 1, y - 1) for x, y in cable], mix(OCHRE, SAND, 0.3), 4)
    for place in (26, 42, 58):
        (x0, y0), (x1, y1) = cable[place], cable[place + 1]
        length = math.hypot(x1 - x0, y1 - y0)
        run, drop = (x1 - x0) / length * 22, (y1 - y0) / length * 22
        pen.cord([(x0 - run, y0 - drop), (x0 + run, y0 + drop)], OCHRE, 17)
    cable_ship(pen)
    pen.rect(0, 446, WIDTH, 449, PAPER, 150)
    for x, y, length in ((60, 462, 120), (640, 470, 240), (1000, 460, 330), (1440, 474, 130), (240, 480, 90)):
        pen.rect(x, y, x + length, y + 2.5, PAPER, 90)
    return pen.picture()


def shoal(pen):
    """A few fish, all swimming one way."""
    random = rng(640)
    for _ in range(26):
        x, y = 1180 + random.normal() * 120, 690 + random.normal() * 46
        size = random.uniform(7, 13)
        body = [(x - size, y), (x, y - size * 0.36), (x + size, y), (x, y + size * 0.36)]
        pen.polygon(smooth(body, closed=True, steps=6), tint(TEAL, 0.32), 190)
        tail = [(x + size * 0.8, y), (x + size * 1.4, y - size * 0.4), (x + size * 1.4, y + size * 0.4)]
        pen.polygon(tail, tint(TEAL, 0.32), 190)


def cable_ship(pen):
    """The ship, seen from the side: working deck and stern sheave left, bridge and bow right."""
    hull, white = mix(DEEP, INK, 0.15), shade(PAPER, 0.03)
    deck = [(590, 366), (1130, 366), (1210, 330), (1452, 312)]
    pen.polygon([*deck, (1420, 380), (1384, 446), (1366, 496), (640, 496), (606, 470), (590, 440)], hull)
    pen.polygon([(597, 446), (1384, 446), (1366, 496), (640, 496), (606, 470)], shade(MADDER, 0.25))
    pen.polygon([*deck, (1449, 322), (1212, 341), (1132, 377), (590, 377)], white)
    pen.polygon([(560, 386), (600, 348), (640, 366), (640, 386)], hull)
    for x in (566, 604):
        pen.circle(x, 384, 27, shade(OCHRE, 0.2))
        pen.circle(x, 384, 19, hull)
        pen.circle(x, 384, 6, OCHRE)
    pen.rect(690, 316, 860, 366, tint(TEAL, 0.25))
    for x in range(700, 860, 26):
        pen.rect(x, 316, x + 4, 366, shade(TEAL, 0.1))
    for x in (740, 812):
        pen.pie(x, 320, 34, 180, 360, MADDER)
        pen.rect(x - 34, 318, x + 34, 324, shade(MADDER, 0.4))
    pen.line([(662, 366), (662, 250), (612, 214)], MADDER, 9)
    pen.line([(662, 258), (700, 366)], MADDER, 5)
    pen.line([(614, 216), (614, 356)], INK, 1.6)
    superstructure(pen, white)
    for x in range(940, 1380, 62):
        pen.circle(x, 404, 6, tint(OCHRE, 0.45))
    pen.line([(1452, 312), (1470, 286)], hull, 6)


def superstructure(pen, white):
    """Three decks of cabins, the bridge, funnel and mast."""
    grey = shade(white, 0.22)
    for left, top, right, bottom in ((900, 300, 1230, 366), (960, 246, 1214, 300), (1050, 192, 1206, 246)):
        pen.rect(left, top, right, bottom, white)
        pen.rect(left, bottom - 7, right, bottom, grey)
        pen.rect(left - 8, top - 4, right + 8, top + 3, grey)
    pen.polygon([(1206, 192), (1232, 192), (1222, 246), (1206, 246)], white)
    pen.rect(1064, 206, 1216, 226, DEEP)
    for x in range(1094, 1210, 30):
        pen.rect(x, 206, x + 4, 226, white)
    for x in range(984, 1200, 36):
        pen.circle(x, 270, 7, DEEP)
    for x in range(924, 1220, 36):
        pen.rect(x, 322, x + 16, 340, DEEP)
    pen.polygon([(976, 246), (984, 158), (1038, 158), (1038, 246)], MADDER)
    pen.polygon([(980, 196), (982, 178), (1038, 178), (1038, 196)], PAPER)
    pen.polygon([(983, 172), (984, 158), (1038, 158), (1038, 172)], INK)
    pen.line([(1128, 192), (1128, 92)], INK, 5)
    pen.line([(1100, 128), (1156, 128)], INK, 4)
    pen.oval(1108, 150, 1148, 190, white)
    pen.line([(1128, 100), (1446, 314)], INK, 1.2)
