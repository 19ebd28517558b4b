"""Rooms with nobody in them, or nearly nobody, all in one-point perspective."""

import math

import numpy as np
from ink import (
    DEEP,
    INK,
    MADDER,
    OCHRE,
    PAPER,
    SAND,
    TEAL,
    Pen,
    View,
    arc,
    mix,
    plain,
    rng,
    shade,
    smooth,
    tint,
)


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
    hem = smooth(
        [(x, top + 8), (x + out * 58, top + 38), (x + out * 74, top + 130), (x + out * 66, top + 262)]
    )
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
    wiped = [
        (left + 20, bottom - 40),
        (left + 150, top + 70),
        (right - 20, top + 30),
        (right - 40, bottom - 20),
    ]
    pen.polygon(smooth(wiped, closed=True), PAPER, 14)
    chalk = shade(PAPER, 0.05)
    triangle = [
        (left + 46, bottom - 34),
        (left + 146, bottom - 34),
        (left + 46, top + 46),
        (left + 46, bottom - 34),
    ]
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
        blade = [
            (x, hub - 4),
            (x + tip_x, hub + tip_y - root),
            (x + tip_x * 1.03, hub + tip_y + root),
            (x, hub + 10),
        ]
        pen.polygon(blade, shade(SAND, 0.35))
    pen.oval(x - 32, hub - 14, x + 32, hub + 22, shade(SAND, 0.55))


def desk(pen, room, middle, away):
    """A bench with its sloping desk, lit from the left."""
    wood = mix(OCHRE, MADDER, 0.28)
    left, right = middle - 0.62, middle + 0.62
    front, back = away - 0.5, away + 0.45
    shadow = [(left + 0.1, front), (right + 0.1, front), (right + 0.6, back), (left + 0.5, back)]
    pen.polygon([room(x, 0.01, z) for x, z in shadow], INK, 70)
    for x in (left + 0.06, right - 0.06):
        pen.polygon(room.side(x, 0, 0.68, away + 0.05, away + 0.42), shade(wood, 0.6))
        pen.polygon(room.front(x - 0.035, x + 0.035, 0, 0.72, away + 0.05), shade(wood, 0.45))
    pen.polygon(room.front(left + 0.06, right - 0.06, 0.42, 0.68, away + 0.4), shade(wood, 0.5))
    edges = ((left, right, 0.72, away), (right, left, 0.8, away + 0.5))
    top = [room(x, y, z) for first, second, y, z in edges for x in (first, second)]
    pen.polygon(top, tint(wood, 0.22))
    shade_near = (mix(top[1][0], top[0][0], 0.25), top[1][1])
    shade_far = (mix(top[2][0], top[3][0], 0.45), top[2][1])
    pen.polygon([top[1], top[2], shade_far, shade_near], wood)
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
    return pen.picture()


def end_window(pen, hall, far):
    """The tall window at the end, and its light along the floor."""
    pen.polygon(hall.floor(-0.9, 0.9, 4.0, far), PAPER, 70)
    pen.polygon(hall.floor(-0.75, 0.75, 5.6, far), PAPER, 110)
    left, top = hall(-1.0, 2.6, far)
    right, bottom = hall(1.0, 0.85, far)
    pen.rect(left - 7, top - 7, right + 7, bottom + 7, shade(TEAL, 0.25))
    pen.rect(left, top, right, bottom, tint(OCHRE, 0.82))
    for x, size in ((34, 33), (66, 50), (104, 28)):
        pen.pie(left + x, bottom, size, 180, 360, mix(tint(TEAL, 0.3), OCHRE, 0.15))
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
    plate = sorted((side, side - math.copysign(0.34, side)))
    pen.polygon(hall.front(*plate, 2.32, 2.48, away - 0.05), shade(TEAL, 0.15))
    label = sorted((side - math.copysign(0.07, side), side - math.copysign(0.27, side)))
    pen.polygon(hall.front(*label, 2.385, 2.415, away - 0.05), PAPER)


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
    legs = [(x, z) for z in (far - 0.2, near + 0.1) for x in (left + 0.06, right - 0.06)]
    for x, z in legs:
        pen.polygon(hall.front(x - 0.018, x + 0.018, 0.08, 0.62, z), steel)
        wheel = hall(x, 0.07, z)
        pen.circle(*wheel, 62 / z, INK)
        pen.circle(*wheel, 26 / z, tint(TEAL, 0.4))
    pen.polygon(hall.side(left + 0.06, 0.3, 0.34, near + 0.1, far - 0.2), steel)
    pen.polygon(hall.side(left, 0.58, 0.66, near, far), steel)
    pen.polygon(hall.side(left, 0.66, 0.8, near, far), shade(PAPER, 0.16))
    pen.polygon(hall.front(left, right, 0.58, 0.66, near), shade(steel, 0.3))
    pen.polygon(hall.front(left, right, 0.66, 0.8, near), shade(PAPER, 0.08))
    pen.polygon(hall.floor(left, right, near, far, up=0.8), PAPER)
    pen.polygon(hall.floor(left, right, near, near + 0.75, up=0.81), tint(TEAL, 0.25))
    pen.polygon(hall.side(left - 0.005, 0.56, 0.815, near - 0.01, near + 0.75), mix(TEAL, DEEP, 0.2))
    pen.polygon(hall.front(left - 0.005, right, 0.56, 0.815, near - 0.005), mix(TEAL, DEEP, 0.05))
    pen.polygon(hall.floor(left, right, near + 0.62, near + 0.75, up=0.815), PAPER)
    outline = (
        (left + 0.08, 0.82, far - 0.5),
        (left + 0.36, 0.94, far - 0.42),
        (right - 0.08, 0.82, far - 0.5),
        (right - 0.06, 0.9, far - 0.12),
        (left + 0.36, 0.96, far - 0.08),
        (left + 0.06, 0.9, far - 0.12),
    )
    pillow = [hall(*point) for point in outline]
    pen.polygon(smooth(pillow, closed=True), shade(PAPER, 0.1))
    for z in (near + 0.05, far - 0.05):
        rail = [hall(left, 0.66, z), hall(left, 1.06, z), hall(right, 1.06, z), hall(right, 0.66, z)]
        pen.line(rail, steel, 26 / z)
