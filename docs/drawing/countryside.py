"""Land and weather: dams, rivers, fields, lines across a plain, mountains."""

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
    arc,
    blend,
    clouds,
    dashes,
    disc,
    glow,
    gradient,
    grid,
    mix,
    plain,
    ridge,
    ridge_line,
    ridges,
    rng,
    shade,
    smooth,
    speckle,
    tint,
    water,
)


def reservoir():
    """A dam's curved wall with its gates, mountains and a low sun behind."""
    picture = gradient([(0, tint(SAND, 0.35)), (0.45, PAPER), (1, SAND)])
    picture = disc(picture, 1140, 250, 78, tint(OCHRE, 0.15), 3)
    far = tint(TEAL, 0.62)
    picture = ridges(picture, 11, 6, far, DEEP, amp=430, top=0.40, bottom=0.66, rough=0.52)
    picture = water(picture, 715, 4, tint(TEAL, 0.45))

    def crest(x):
        return 860 - 150 * math.sin((x + 120) / 1720 * math.pi / 1.25)

    pen = Pen(picture)
    wall = [(x, crest(x)) for x in range(0, 1601, 10)]
    ground = [(WIDTH, HEIGHT), (0, HEIGHT)]
    pen.polygon(wall + ground, shade(SAND, 0.10))
    pen.polygon([(x, y + 26) for x, y in wall] + ground, shade(SAND, 0.30))
    for x in range(70, WIDTH, 118):
        y = crest(x)
        gate = [(x, y + 70), (x + 58, y + 66), (x + 64, HEIGHT), (x - 6, HEIGHT)]
        pier = [(x + 58, y + 66), (x + 74, y + 68), (x + 84, HEIGHT), (x + 64, HEIGHT)]
        pen.polygon(gate, shade(DEEP, 0.3))
        pen.polygon(pier, tint(SAND, 0.4))
        pen.rect(x + 12, y - 34, x + 17, y + 4, INK)
        pen.line([(x + 14, y - 33), (x + 30, y - 36)], INK, 2)
    pen.line(wall, mix(PAPER, SAND, 0.2), 5)
    return pen.picture()


def warped_grid(seed, base, amount):
    """Row and column numbers bent by noise: looking a texture up through them makes it swirl."""
    rows, columns = grid()
    shift_x, shift_y = clouds(seed, base=base), clouds(seed + 1, base=base)
    x = np.clip(columns + (shift_x - 0.5) * amount * 4, 0, WIDTH - 1).astype(int)
    y = np.clip(rows + (shift_y - 0.5) * amount * 4, 0, HEIGHT - 1).astype(int)
    return y, x


def delta():
    """A river delta from the air: channels along the level lines of bent noise."""
    swirl = warped_grid(24, 2, 130)
    land = clouds(21, base=3, octaves=7, gain=0.52)[swirl]
    marsh = clouds(31, base=5, octaves=6)[swirl]
    picture = speckle(plain(tint(SAND, 0.3)), 33, 20, 38, octaves=4)
    picture = blend(picture, np.clip((marsh - 0.5) * 7, 0, 1) * 0.75, mix(TEAL, OCHRE, 0.45))
    channels = (
        (0, 0.030),
        (0.055, 0.012),
        (-0.06, 0.014),
        (0.11, 0.006),
        (-0.12, 0.007),
        (0.16, 0.004),
    )
    for level, width in channels:
        off = np.abs(land - 0.5 - level)
        bank = np.clip((width * 1.25 - off) / 0.006, 0, 1)
        picture = blend(picture, bank * 0.9, mix(PAPER, SAND, 0.25))
        picture = blend(picture, np.clip((width - off) / 0.004, 0, 1), mix(TEAL, DEEP, 0.35))
    return picture


def glacier():
    """Snowbound rock from the air, lit from one side, and a striped tongue of ice."""
    rock = 1 - np.abs(clouds(51, base=3, octaves=8) - 0.5) * 2
    rock += 0.4 * clouds(52, base=2, octaves=3)
    down, across = np.gradient(rock * 520)
    light = (-across * 0.8 - down * 0.6 + 0.55) / np.sqrt(across**2 + down**2 + 1)
    light = np.clip(0.45 + 0.5 * light, 0, 1)[..., None]
    picture = mix(mix(DEEP, TEAL, 0.35)[None, None], PAPER, light)
    picture = blend(picture, np.clip((1.02 - rock) * 5, 0, 1) * 0.55, tint(TEAL, 0.55))

    rows, columns = grid()
    along = columns - 190 * np.sin(rows / 210) - rows * 0.18
    edge = np.abs(along - 700) - 105 - 40 * np.sin(rows / 90)
    ice = np.clip(-edge / 18, 0, 1)
    stripes = 0.5 + 0.5 * np.sin(along / 7.5 + clouds(58, base=6) * 9)
    return blend(blend(picture, ice * 0.92, mix(PAPER, TEAL, 0.12)), ice * stripes * 0.28, DEEP)


def fields():
    """Ploughed plots from the air, and a canal across them."""
    random = rng(15)
    random.random(140)
    rows, columns = grid()
    along, across = columns * 0.92 + rows * 0.38, rows * 0.92 - columns * 0.38
    strip = np.floor(across / 170)
    plot = np.floor(along / 230 + 0.28 * strip)
    number = ((plot * 7 + strip * 13) % 23).astype(int)
    crops = [mix(TEAL, OCHRE, share) for share in (0.15, 0.35, 0.55, 0.8)]
    crops += [SAND, mix(SAND, OCHRE, 0.4), mix(DEEP, TEAL, 0.6), tint(SAND, 0.5)]
    crops += [mix(MADDER, SAND, 0.55)]

    picture = plain(PAPER)
    for kind in range(23):
        here = number == kind
        angle = random.random() * math.pi
        spacing = random.integers(7, 17)
        phase = (columns * math.cos(angle) + rows * math.sin(angle)) / spacing * 2.2
        furrow = 0.5 + 0.5 * np.sin(phase[here])
        picture[here] = crops[random.integers(len(crops))] * (1 - 0.16 * furrow[:, None])
    from_side = np.abs((along / 230 + 0.28 * strip) % 1 - 0.5)
    path = np.minimum(from_side, np.abs((across / 170) % 1 - 0.5))
    picture = blend(picture, np.clip((path - 0.482) * 90, 0, 1), tint(SAND, 0.6))
    canal = np.abs(across - 520 - 46 * np.sin(along / 260))
    picture = blend(picture, np.clip((40 - canal) / 3, 0, 1), tint(SAND, 0.5))
    picture = blend(picture, np.clip((28 - canal) / 3, 0, 1), mix(DEEP, TEAL, 0.45))
    return speckle(picture, 16, 30, 34)


def solar():
    """Rows of solar panels on a plain, to the horizon."""
    haze = [(0, tint(TEAL, 0.55)), (0.3, PAPER), (0.36, tint(OCHRE, 0.6)), (1, SAND)]
    hills = (tint(MADDER, 0.6), mix(MADDER, SAND, 0.35))
    picture = ridges(gradient(haze), 60, 3, *hills, amp=90, top=0.31, bottom=0.37)
    rows, _ = grid()
    picture = blend(picture, np.clip(rows - 410.0, 0, 1), mix(SAND, OCHRE, 0.25))
    pen = Pen(picture)
    for row in range(13, -1, -1):
        scale = 1 / (1 + row * 0.52)
        for place in range(-14, 15):
            left = 980 + (place * 268 - 60) * scale
            if left + 250 * scale >= -200 and left <= WIDTH + 200:
                solar_panel(pen, left, 395 + 640 * scale, scale, row)
    return pen.picture()


def solar_panel(pen, left, y, scale, row):
    """One tilted panel with its grid of cells."""
    width, lean = 250 * scale, 46 * scale
    top, bottom = y - 90 * scale, y + 125 * scale
    light = tint(TEAL, 0.35)
    glass = mix(mix(DEEP, TEAL, 0.25), tint(TEAL, 0.55), min(1, row / 15))
    corners = [(left + lean, top), (left + width + lean, top), (left + width, bottom), (left, bottom)]
    pen.polygon(corners, glass)
    thin = max(0.5, 2.4 * scale)
    for quarter in range(1, 4):
        x = left + width * quarter / 4
        pen.line([(x + lean, top), (x, bottom)], light, thin)
    middle = y + 17.5 * scale
    pen.line([(left + lean / 2, middle), (left + width + lean / 2, middle)], light, thin)
    pen.line([(left + lean, top), (left + width + lean, top)], PAPER, max(0.6, 4 * scale))


def rail():
    """Tracks running to the horizon beside a row of masts."""
    sky = [(0, tint(TEAL, 0.25)), (0.3, mix(PAPER, SAND, 0.3)), (0.52, tint(OCHRE, 0.45))]
    picture = gradient([*sky, (0.53, shade(SAND, 0.25)), (1, shade(SAND, 0.42))])
    picture = disc(picture, 700, 470, 66, PAPER, 3)
    hills = (tint(TEAL, 0.5), mix(DEEP, TEAL, 0.5))
    picture = ridges(picture, 80, 3, *hills, amp=110, top=0.46, bottom=0.53)
    rows, _ = grid()
    picture = blend(picture, np.clip(rows - 580.0, 0, 1), shade(SAND, 0.30))
    picture[580:] += ((clouds(81, base=40, octaves=3) - 0.5) * 60)[580:, :, None]
    pen = Pen(picture)
    for offset in (-430, 190, 1150):
        rail_track(pen, offset)
    for number in range(9, 0, -1):
        rail_mast(pen, number)
    for end in (-420, -60):
        pen.line([(700, 569), (1460 + end, 55)], INK, 1.6, 200)
    return pen.picture()


def rail_track(pen, offset):
    """Sleepers and two rails, all pointing at (700, 575)."""
    for number in range(34, 0, -1):
        scale = 1 / (1 + number * 0.30)
        y = 575 + 588 * scale
        left, right = 700 + (offset - 250) * scale, 700 + (offset + 250) * scale
        flare, drop = 4 * scale, 20 * scale
        sleeper = [(left, y), (right, y), (right + flare, y + drop), (left - flare, y + drop)]
        pen.polygon(sleeper, mix(INK, MADDER, 0.22))
    for side in (-160, 160):
        x = 700 + (offset + side) * 1.1
        steel = [(699.5, 575), (700.5, 575), (x + 11, 1190), (x - 11, 1190)]
        pen.polygon(steel, mix(PAPER, TEAL, 0.25))
        pen.polygon([(700, 575), (700.5, 575), (x + 11, 1190), (x + 5, 1190)], INK)


def rail_mast(pen, number):
    """One mast for the overhead line; number 1 is the nearest."""
    scale = 1 / (1 + (number - 1) * 0.75)
    x, y = 700 + 760 * scale, 575 + 420 * scale
    top = y - 900 * scale
    colour = mix(INK, TEAL, min(0.6, number * 0.06))
    pen.line([(x, y), (x, top)], colour, 13 * scale + 0.5)
    arm = [(x, top + 60 * scale), (x - 520 * scale, top + 40 * scale)]
    stay = [(x, top + 190 * scale), (x - 380 * scale, top + 46 * scale)]
    pen.line(arm, colour, 7 * scale + 0.4)
    pen.line(stay, colour, 4 * scale + 0.4)


def pylons():
    """A power line striding over the hills at sunset."""
    sky = gradient([(0, mix(MADDER, SAND, 0.25)), (0.5, tint(OCHRE, 0.45)), (1, PAPER)])
    picture = disc(sky, 420, 600, 120, mix(PAPER, OCHRE, 0.18), 3)
    hills = (mix(MADDER, SAND, 0.45), shade(DEEP, 0.3))
    picture = ridges(picture, 90, 4, *hills, amp=150, top=0.6, bottom=0.88)
    pen = Pen(picture)
    places = ((1490, 1.5, 1060), (1010, 1.0, 960), (690, 0.7, 900), (480, 0.5, 862), (345, 0.36, 838))
    tips = [pylon(pen, x, y, scale) for x, scale, y in places]
    for near, far in pairwise(tips):
        for (x0, y0), (x1, y1) in zip(near, far, strict=True):
            wire = []
            for t in np.linspace(0, 1, 30):
                sag = 4 * (x0 - x1) * 0.09 * t * (1 - t)
                wire.append((mix(x0, x1, t), mix(y0, y1, t) + sag))
            pen.line(wire, INK, 1.3, 210)
    return pen.picture()


def pylon(pen, x, y, scale):
    """One lattice tower on (x, y); gives back the points its wires hang from."""
    height = 560 * scale
    colour = mix(INK, MADDER, 0.22 * (1.5 - scale))
    width = 2.6 + 4.2 * scale
    for side in (-1, 1):
        foot, waist = x + side * 62 * scale, x + side * 12 * scale
        pen.line([(foot, y), (waist, y - height * 0.7), (x, y - height)], colour, width)
    for step in range(7):
        low, high = step / 7, (step + 1) / 7
        below, above = mix(62, 12, low) * scale, mix(62, 12, high) * scale
        y0, y1 = y - height * 0.7 * low, y - height * 0.7 * high
        pen.line([(x - below, y0), (x + above, y1)], colour, width * 0.45)
        pen.line([(x + below, y0), (x - above, y1)], colour, width * 0.45)
    tips = []
    for level, reach in ((0.70, 130), (0.82, 105), (0.92, 80)):
        arm, reach = y - height * level, reach * scale
        pen.line([(x - reach, arm), (x + reach, arm)], colour, width * 0.8)
        for end in (x - reach, x + reach):
            pen.line([(end, arm), (x, arm - 34 * scale)], colour, width * 0.4)
            tips.append((end, arm + 14 * scale))
    return tips


def border():
    """Range behind range, and a dashed line climbing from one crest to the next."""
    picture = gradient([(0, mix(TEAL, SAND, 0.35)), (0.3, tint(SAND, 0.2)), (0.6, tint(OCHRE, 0.55))])
    picture = disc(picture, 1180, 190, 64, tint(OCHRE, 0.35), 3)
    crests = []
    for level in range(6):
        near = level / 5
        line = HEIGHT * mix(0.37, 0.98, near) - mix(330, 200, near) * ridge_line(200 + level * 3, 0.5)
        colour = mix(tint(TEAL, 0.55), DEEP, near**0.8)
        picture = ridge(picture, line, colour, 0.55 * (1 - near))
        if level < 2:
            picture = snow(picture, line, 17 + level, 95 - 45 * level)
        crests.append(line)
    pen = Pen(picture)
    frontier(pen, crests)
    return pen.picture()


def snow(picture, line, seed, depth):
    """Snow from the crest some way down, with a ragged lower edge."""
    below = np.arange(HEIGHT)[:, None] - line[None, :]
    ragged = depth * (0.25 + 1.3 * clouds(seed, base=5, octaves=5))
    ragged = ragged - 0.6 * (line - line.min())[None, :]
    mask = np.clip(below, 0, 1) * np.clip((ragged - below) / 3, 0, 1)
    return blend(picture, mask * 0.85, PAPER)


def frontier(pen, crests):
    """Along one crest for a way (level, from x to x), then up the face of the range behind it."""
    legs = ((5, 1290, 1060), (4, 760, 470), (3, 400, 660), (2, 850, 1320), (0, 1420, 1640))
    path, corners = [(1340, HEIGHT)], []
    for level, start, end in legs:
        line = crests[level]
        for x in np.linspace(start, end, max(2, abs(end - start) // 50)):
            around = np.clip(np.arange(x - 12, x + 12), 0, WIDTH - 1).astype(int)
            path.append((x, line[around].mean()))
        corners.append(path[-1])
    for piece in dashes(smooth(path), 34, 20):
        width = mix(6, 11, (piece[0][1] - 400) / 600)
        pen.line(piece, mix(MADDER, OCHRE, 0.25), width)
    for x, y in corners[:-1]:
        size = mix(7, 16, (y - 400) / 600)
        pillar = [(x - size * 0.5, y), (x - size * 0.35, y - size * 3)]
        pillar += [(x, y - size * 3.6), (x + size * 0.35, y - size * 3), (x + size * 0.5, y)]
        pen.polygon(pillar, PAPER)
        pen.polygon([(x, y), *pillar[2:]], shade(PAPER, 0.25))


def mountain_pass():
    """A road winding up to a gate between two mountain sides."""
    sky = gradient([(0, mix(TEAL, PAPER, 0.3)), (0.3, tint(SAND, 0.3)), (0.5, tint(OCHRE, 0.45))])
    picture = disc(sky, 1010, 300, 84, tint(OCHRE, 0.25), 3)
    far = (tint(TEAL, 0.55), mix(TEAL, SAND, 0.3))
    picture = ridges(picture, 310, 3, *far, amp=240, top=0.40, bottom=0.50)
    rock = mix(mix(TEAL, MADDER, 0.5), SAND, 0.45)
    picture = slopes(picture, 321, (330, 540, 0.95), tint(rock, 0.3))
    picture = slopes(picture, 324, (120, 572, 0.62), rock)
    pen = Pen(picture)
    left = smooth([(690, 562), (560, 612), (420, 690), (220, 770), (-40, 880)])
    right = smooth([(1640, 870), (1380, 770), (1190, 690), (1060, 620), (910, 562)])
    pen.polygon([*left, (-40, HEIGHT), (1640, HEIGHT), *right], mix(SAND, OCHRE, 0.3))
    shadow = smooth([(910, 562), (1010, 640), (950, 760), (1130, 900), (1080, HEIGHT)])
    pen.polygon([*shadow, (1640, HEIGHT), *right], mix(shade(SAND, 0.35), TEAL, 0.35))
    gate(pen, 800, 566)
    winding_road(pen)
    picture = slopes(pen.picture(), 332, (500, 760, 0.72), shade(rock, 0.35))
    return slopes(picture, 335, (690, 900, 0.66), mix(shade(rock, 0.6), DEEP, 0.5))


def slopes(picture, seed, shape, colour):
    """A mountain side to the left and one to the right of the middle, light falling from the right.

    Their feet are ``half`` from the middle at height ``foot``; ``steep`` is the rise outwards.
    """
    half, foot, steep = shape
    columns = np.arange(WIDTH)
    for side in (-1, 1):
        away = side * (columns - 800) - half
        crags = 230 * ridge_line(seed + side, 0.5) * np.clip(away / 260, 0, 1)
        rubble = 22 * ridge_line(seed + 9 * side, 0.55, base=14)
        line = np.where(away < 0, foot - 2.4 * away, foot - steep * away - crags) + rubble
        picture = ridge(picture, line, mix(colour, DEEP, 0.3) if side > 0 else colour, 0.12)
        sunlit = line + 170 * np.clip(ridge_line(seed + 5 * side, 0.62, base=5) - 0.05, 0, 1)
        below = np.arange(HEIGHT)[:, None]
        mask = np.clip(below - line, 0, 1) * np.clip(sunlit - below, 0, 1)
        picture = blend(picture, mask * (0.25 if side > 0 else 0.55), tint(OCHRE, 0.55))
    return picture


def gate(pen, x, base):
    """Two towers with battlements and an arch between them."""
    stone = mix(SAND, OCHRE, 0.2)
    dark = shade(stone, 0.4)
    pen.rect(x - 70, base - 120, x + 70, base + 4, stone)
    pen.rect(x - 70, base - 120, x + 70, base - 108, dark)
    for side in (-1, 1):
        left = x + side * 92 - 30
        pen.rect(left, base - 156, left + 60, base + 10, stone)
        pen.rect(left, base - 156, left + 24, base + 10, dark)
        pen.rect(left - 5, base - 164, left + 65, base - 150, tint(stone, 0.3))
        for notch in range(3):
            pen.rect(left - 5 + notch * 27, base - 178, left + 11 + notch * 27, base - 163, stone)
    arch = [(x - 38, base + 4), *arc(x, base - 48, 38, 180, 360), (x + 38, base + 4)]
    pen.polygon(arch, tint(OCHRE, 0.75))
    pen.line(arch, dark, 5)


def winding_road(pen):
    """From the foot of the picture to the gate at (800, 570), with kerb stones and one lorry."""
    middle = []
    for away in np.geomspace(1, 24, 90):
        bend = 250 * math.sin(2.9 * math.log(away) + 0.5) / away**0.55
        middle.append((800 + bend * (1 - away / 24), 552 + 545 / away, 190 / away**0.85 + 8))
    left, right = ([(x + side * half, y) for x, y, half in middle] for side in (-1, 1))
    pen.polygon([(x + 14, y + 8) for x, y in left + right[::-1]], shade(SAND, 0.45), 120)
    pen.polygon(left + right[::-1], shade(mix(SAND, TEAL, 0.25), 0.35))
    for edge in (left, right):
        pen.line(edge, PAPER, 3, 200)
        for x, y in edge[:60:3]:
            size = (y - 552) / 26
            pen.rect(x - size, y - size * 1.5, x + size, y + size * 0.3, PAPER)
            pen.rect(x, y - size * 1.5, x + size, y + size * 0.3, shade(PAPER, 0.3))
    for piece in dashes([(x, y) for x, y, _ in middle[:70]][::-1], 26, 30):
        pen.line(piece, PAPER, (piece[0][1] - 540) / 70, 190)
    lorry(pen, *middle[34][:2], 0.8)


def lorry(pen, x, y, scale):
    """A painted lorry coming down the road."""

    def part(left, bottom, right, top, colour):
        pen.rect(x + left * scale, y - top * scale, x + right * scale, y - bottom * scale, colour)

    pen.polygon(
        [(x - 34 * scale, y), (x + 34 * scale, y), (x - 10, y + 26), (x - 90 * scale, y + 22)], INK, 90
    )
    part(-34, 12, 34, 104, MADDER)
    part(-40, 92, 40, 112, OCHRE)
    part(-26, 62, 26, 86, DEEP)
    part(-34, 34, 34, 42, PAPER)
    part(-36, 8, 36, 20, INK)
    for side in (-1, 1):
        part(side * 24 - 8, 0, side * 24 + 8, 14, INK)
        part(side * 22 - 6, 24, side * 22 + 6, 34, tint(OCHRE, 0.5))


def checkpoint():
    """A lowered barrier, a guard's hut and a lamp at dusk; a car is coming."""
    sky = [(0, shade(DEEP, 0.15)), (0.28, mix(DEEP, TEAL, 0.7)), (0.46, mix(MADDER, SAND, 0.5))]
    picture = gradient([*sky, (0.57, tint(OCHRE, 0.25)), (1, SAND)])
    hills = (mix(mix(MADDER, DEEP, 0.45), SAND, 0.3), mix(DEEP, MADDER, 0.12))
    picture = ridges(picture, 410, 3, *hills, amp=150, top=0.50, bottom=0.585)
    rows, _ = grid()
    picture = blend(picture, np.clip(rows - 624.0, 0, 1), mix(shade(SAND, 0.62), DEEP, 0.35))
    pen = Pen(picture)
    road = [(690, HEIGHT + 60), (1330, HEIGHT + 60), (742, 624), (726, 624)]
    pen.polygon([(-60, HEIGHT), *road[1:]], shade(mix(DEEP, SAND, 0.2), 0.25))
    for near, far in ((1, 1.6), (2.1, 3.1), (4, 5.6), (7, 9), (12, 15)):
        line = []
        for away, side in ((near, -1), (near, 1), (far, 1), (far, -1)):
            line.append((734 - 150 / away + side * 10 / away, 624 + 470 / away))
        pen.polygon(line, tint(SAND, 0.3), 150)
    picture = glow(pen.picture(), 1190, 330, 420, tint(OCHRE, 0.35), 0.62)
    picture = glow(picture, 1120, 930, 150, tint(OCHRE, 0.35), 0.6, flatten=3.2)
    for x in (716, 742):
        picture = glow(picture, x, 640, 26, PAPER, 0.95)
    pen = Pen(picture)
    for x in (716, 742):
        pen.circle(x, 640, 4, PAPER)
    guard_hut(pen)
    lamp(pen)
    barrier(pen)
    return pen.picture()


def guard_hut(pen):
    """A hut with a lit window, and sandbags before it."""
    wall, dark = mix(DEEP, TEAL, 0.35), shade(DEEP, 0.45)
    pen.rect(92, 500, 366, 880, wall)
    pen.rect(300, 500, 366, 880, mix(wall, OCHRE, 0.22))
    pen.polygon([(52, 500), (420, 500), (384, 456), (92, 456)], dark)
    pen.rect(52, 496, 420, 510, shade(dark, 0.4))
    pen.rect(124, 566, 272, 700, dark)
    pen.rect(132, 574, 264, 692, tint(OCHRE, 0.35))
    pen.rect(194, 574, 202, 692, dark)
    pen.rect(132, 628, 264, 634, dark)
    pen.polygon(smooth([(150, 692), (156, 672), (182, 662), (214, 662), (240, 672), (246, 692)]), dark)
    pen.oval(181, 612, 215, 660, dark)
    pen.oval(172, 604, 226, 628, shade(dark, 0.5))
    pen.rect(316, 590, 352, 880, dark)
    for row, count in ((0, 6), (1, 5), (2, 4)):
        for place in range(count):
            left, top = 40 + row * 30 + place * 62, 862 - row * 34
            pen.block(left, top, left + 60, top + 36, 15, mix(shade(SAND, 0.45), DEEP, 0.15 + 0.08 * row))
            pen.block(left + 6, top + 3, left + 54, top + 12, 5, mix(SAND, DEEP, 0.45))


def lamp(pen):
    """A street lamp on a tall post."""
    pen.polygon([(1345, 940), (1361, 940), (1357, 300), (1349, 300)], INK)
    pen.line(smooth([(1353, 310), (1346, 262), (1300, 244), (1220, 262)]), INK, 8)
    pen.polygon([(1150, 296), (1236, 250), (1248, 268), (1232, 300)], INK)
    pen.polygon([(1150, 297), (1232, 301), (1214, 322), (1172, 320)], tint(OCHRE, 0.75))
    pen.oval(1322, 928, 1384, 948, INK)


def barrier(pen):
    """A striped pole lowered across the road, its counterweight and its rest."""
    post = shade(DEEP, 0.3)
    pen.polygon([(1296, 946), (1420, 960), (1560, 1010), (1300, 972)], INK, 90)
    for x, width in ((436, 46), (1270, 30)):
        pen.rect(x - width / 2, 752, x + width / 2, 960, post)
        pen.rect(x + width / 6, 752, x + width / 2, 960, mix(post, OCHRE, 0.35))
        pen.rect(x - width / 2 - 14, 948, x + width / 2 + 14, 966, shade(post, 0.4))
    pen.rect(322, 706, 420, 816, shade(DEEP, 0.55))
    pen.rect(322, 706, 420, 720, mix(DEEP, OCHRE, 0.35))
    for number in range(15):
        left = 420 + number * 62
        stripe = [(left + 14, 742), (left + 76, 742), (left + 62, 786), (left, 786)]
        pen.polygon(stripe, shade(PAPER, 0.06) if number % 2 else MADDER)
    pen.polygon([(406, 774), (1350, 774), (1350, 786), (406, 786)], INK, 70)
    pen.rect(1255, 722, 1263, 800, post)
    pen.rect(1277, 722, 1285, 800, post)
    pen.circle(850, 764, 58, shade(PAPER, 0.08))
    pen.circle(850, 764, 52, MADDER)
    pen.rect(814, 753, 886, 775, shade(PAPER, 0.04))
    pen.circle(436, 764, 17, mix(DEEP, OCHRE, 0.3))
    pen.circle(436, 764, 8, INK)


def cricket():
    """Stumps on a village pitch at evening, everything with a long shadow."""
    sky = [(0, mix(TEAL, SAND, 0.3)), (0.25, mix(SAND, OCHRE, 0.25)), (0.47, tint(OCHRE, 0.55))]
    picture = gradient([*sky, (1, SAND)])
    picture = glow(picture, 420, 440, 420, tint(OCHRE, 0.75), 0.8)
    picture = disc(picture, 420, 432, 62, tint(OCHRE, 0.85), 3)
    hills = (mix(MADDER, SAND, 0.62), mix(MADDER, SAND, 0.5))
    picture = ridges(picture, 510, 2, *hills, amp=110, top=0.45, bottom=0.475)
    rows, columns = grid()
    grass = mix(mix(TEAL, OCHRE, 0.5), DEEP, 0.12)
    field = plain(grass)
    depth = 540 / np.maximum(rows - 520.0, 1)
    mown = ((columns - 800) * depth / 330 + 0.5) // 1 % 2
    field = blend(field, 0.30 * mown, mix(OCHRE, SAND, 0.4))
    field = blend(field, np.clip(1 - (rows - 520) / 160, 0, 1) * 0.45, tint(OCHRE, 0.3))
    picture = blend(picture, np.clip(rows - 524.0, 0, 1), field)
    pen = Pen(picture)
    tree_line(pen)
    pitch(pen)
    for x, y, size in (
        (700, 590, 0.8),
        (880, 572, 0.62),
        (1330, 640, 1.25),
        (330, 610, 1.0),
        (1120, 562, 0.5),
    ):
        long_shadow(pen, x, y, 12 * size, 150 * size)
        player(pen, x, y, size)
    wicket(pen, 796, 584, 0.13)
    wicket(pen, 930, 930, 1)
    long_shadow(pen, 566, 962, 22, 120)
    pen.circle(566, 946, 22, MADDER)
    pen.polygon(arc(566, 946, 22, -60, 120), shade(MADDER, 0.35))
    pen.line(arc(553, 946, 20, -50, 50), tint(MADDER, 0.6), 2)
    return pen.picture()


def player(pen, x, y, size):
    """A fielder in whites and a sun hat, standing on (x, y)."""
    white, dim = shade(PAPER, 0.04), mix(PAPER, DEEP, 0.38)
    parts = (
        (white, (-11, -50), (11, -50), (8, -22), (-8, -22)),
        (dim, (1, -50), (11, -50), (8, -22), (1, -22)),
        (white, (-8, -24), (0, -24), (-3, 0), (-11, 0)),
        (dim, (0, -24), (8, -24), (11, 0), (4, 0)),
        (white, (-11, -50), (-6, -46), (-14, -24), (-18, -26)),
        (dim, (11, -50), (7, -46), (15, -24), (18, -27)),
        (white, (-10, -61), (10, -61), (6, -69), (-6, -69)),
    )
    pen.circle(x, y - 59 * size, 8 * size, mix(MADDER, INK, 0.6))
    for colour, *corners in parts:
        pen.polygon([(x + a * size, y + b * size) for a, b in corners], colour)


def long_shadow(pen, x, y, width, length):
    """The shadow of something standing at (x, y), away from the low sun on the left."""
    slope = 0.16 + (y - 520) / 1500
    end = (x + length * 1.6, y + length * slope)
    pen.polygon(
        [(x - width, y), (x + width, y - 2), (end[0] + width, end[1]), (end[0], end[1] + 5)], DEEP, 110
    )


def tree_line(pen):
    """Trees and a pavilion along the boundary."""
    random = rng(520)
    colour = mix(mix(DEEP, TEAL, 0.35), MADDER, 0.12)
    for x in range(-20, WIDTH + 40, 26):
        tall = random.uniform(14, 52) * (0.55 + 0.6 * abs(math.sin(x / 240)))
        pen.circle(x, 526 - tall * 0.6, tall * 0.8 + 9, colour, flat=0.9)
    pen.rect(0, 516, WIDTH, 530, colour)
    pen.polygon([(1000, 470), (1250, 470), (1226, 440), (1024, 440)], mix(MADDER, INK, 0.35))
    pen.rect(1012, 470, 1238, 530, tint(SAND, 0.35))
    for x in range(1024, 1230, 36):
        pen.rect(x, 486, x + 22, 530, mix(DEEP, MADDER, 0.3))


def pitch(pen):
    """The bare strip between the wickets, with its white creases."""
    strip = [(360, HEIGHT), (1420, HEIGHT), (858, 574), (748, 574)]
    pen.polygon(strip, mix(SAND, OCHRE, 0.22))
    pen.polygon([(392, 1010), (1362, 1010), (1370, 1020), (384, 1020)], PAPER)
    pen.polygon([(520, 926), (1262, 926), (1268, 933), (514, 933)], PAPER)
    pen.line([(752, 588), (856, 588)], PAPER, 2)


def wicket(pen, x, y, scale):
    """Three stumps and two bails, lit from the left."""
    height, gap, half = 440 * scale, 64 * scale, 12 * scale
    wood, lit = mix(OCHRE, MADDER, 0.2), tint(OCHRE, 0.5)
    for number in (-1, 0, 1):
        left = x + number * gap
        base = y + 3 * scale * number
        reach = [(left - half, base), (left + half, base), (left + half + 760 * scale, base + 150 * scale)]
        pen.polygon([*reach, (left - half + 770 * scale, base + 158 * scale)], DEEP, 120)
    for number in (-1, 0, 1):
        left = x + number * gap
        pen.block(left - half, y - height, left + half, y + 4 * scale, 5 * scale, shade(wood, 0.3))
        pen.block(left - half, y - height, left + half * 0.3, y + 4 * scale, 5 * scale, wood)
        pen.rect(left - half, y - height + 5 * scale, left - half * 0.45, y, lit)
    for number in (-1, 0):
        left = x + number * gap
        bail = (left + 2 * scale, y - height - 9 * scale, left + gap - 2 * scale, y - height + 5 * scale)
        pen.block(*bail, 5 * scale, lit)
