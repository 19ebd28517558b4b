"""What every picture is drawn with: seven inks, some paper textures and a pen.

A picture in the making is a float array of shape (height, width, 3), 0 to 255.
Whole-picture effects (skies, mountains, water) work on the array; shapes with
edges are drawn by a Pen, which takes an array and gives one back.

Everything random comes from a seed, so a picture is the same each time.
"""

import math

import numpy as np
from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 1067


def ink(code):
    """A colour from its web code, as three floats."""
    return np.array([int(code[i : i + 2], 16) for i in (1, 3, 5)], float)


PAPER = ink("#f3ecdf")
SAND = ink("#dfcca8")
OCHRE = ink("#c98f3d")
MADDER = ink("#a23a22")
TEAL = ink("#3d6b6e")
DEEP = ink("#17313a")
INK = ink("#171614")


def mix(first, second, share):
    """The way from one colour (or number, or picture) to another: 0 is the first, 1 the second."""
    return first + (second - first) * share


def tint(colour, share):
    """The colour thinned with paper."""
    return mix(colour, PAPER, share)


def shade(colour, share):
    """The colour darkened with ink."""
    return mix(colour, INK, share)


def plain(colour, width=WIDTH, height=HEIGHT):
    """A picture of one colour."""
    return np.zeros((height, width, 3)) + colour


def grid(height=HEIGHT, width=WIDTH):
    """The row and the column of every pixel, as two arrays."""
    return np.mgrid[0:height, 0:width]


def rng(seed):
    return np.random.default_rng(seed)


def gradient(stops):
    """A picture shaded from top to bottom through (height from 0 to 1, colour) stops."""
    rows = np.linspace(0, 1, HEIGHT)
    heights = [height for height, _ in stops]
    picture = np.zeros((HEIGHT, WIDTH, 3))
    for channel in range(3):
        values = [colour[channel] for _, colour in stops]
        picture[:, :, channel] = np.interp(rows, heights, values)[:, None]
    return picture


def blend(picture, mask, colour):
    """Lay a colour over the picture where the mask (0 to 1) says so."""
    return picture * (1 - mask[..., None]) + np.asarray(colour) * mask[..., None]


def clouds(seed, base=4, octaves=6, gain=0.5, size=(WIDTH, HEIGHT), stretch=None):
    """Smooth noise between 0 and 1: random grids of growing fineness, added up.

    ``base`` is how many cells the coarsest grid has down the picture; ``stretch``
    how many times as many across (by default the cells are square).
    """
    width, height = size
    random = rng(seed)
    total = np.zeros((height, width))
    weight, weights, cells = 1.0, 0.0, base
    for _ in range(octaves):
        across = max(2, int(cells * (stretch or width / height)))
        down = max(2, cells)
        noise = Image.fromarray(random.random((down + 3, across + 3)).astype("f4"), mode="F")
        total += weight * np.asarray(noise.resize((width, height), Image.BICUBIC))
        weights += weight
        weight *= gain
        cells *= 2
    return total / weights


def ridge_line(seed, rough=0.55, base=3):
    """The outline of a mountain range: a height for each column, about -1 to 1."""
    random = rng(seed)
    columns = np.arange(WIDTH)
    line = np.zeros(WIDTH)
    weight, count = 1.0, base
    for _ in range(8):
        heights = random.random(count + 1) - 0.5
        line += weight * np.interp(columns, np.linspace(0, WIDTH, count + 1), heights)
        weight *= rough
        count *= 2
    return line


def ridge(picture, line, colour, mist):
    """One mountain range: colour below the line, misty further down by the given share."""
    below = np.arange(HEIGHT)[:, None] - line[None, :]
    mask = np.clip(below, 0, 1)[..., None]
    fade = mist * np.clip(below / (HEIGHT * 0.28), 0, 1)[..., None]
    return picture * (1 - mask) + mix(colour[None, None], PAPER, fade) * mask


def ridges(picture, seed, levels, light, dark, amp=190, top=0.38, bottom=0.8, rough=0.5):
    """Mountain ranges one before the other, from a light far one to a dark near one."""
    for level in range(levels):
        near = level / max(1, levels - 1)
        outline = ridge_line(seed + level * 7, rough)
        line = HEIGHT * mix(top, bottom, near) - amp * mix(1, 0.55, near) * outline
        picture = ridge(picture, line, mix(light, dark, near**0.9), 0.35 * (1 - near))
    return picture


def disc(picture, x, y, radius, colour, soft=2.0):
    """A filled circle with a slightly soft edge: a sun, a moon."""
    rows, columns = grid()
    distance = np.hypot(columns - x, rows - y)
    return blend(picture, np.clip((radius - distance) / soft, 0, 1), colour)


def glow(picture, x, y, radius, colour, strength=1.0, flatten=1.0):
    """Light around a point, fading with the distance; flatten > 1 makes it a wide oval."""
    rows, columns = grid()
    distance = np.hypot((columns - x) / flatten, rows - y) / radius
    return blend(picture, strength * np.exp(-((distance * 1.7) ** 2)), colour)


def water(picture, top, seed, colour, strength=0.5, squeeze=1.35):
    """Calm water from row top down, reflecting whatever has been drawn above it."""
    top = int(top)
    depth = HEIGHT - top
    random = rng(seed)
    source = np.clip(top - 1 - (np.arange(depth) / squeeze).astype(int), 0, HEIGHT - 1)
    reflection = picture[source]
    for row in range(depth):
        swing = 2 + 16 * row / depth
        wave = swing * math.sin(row * 0.9 / (1 + row / 60)) + random.normal() * swing * 0.35
        reflection[row] = np.roll(reflection[row], int(wave), axis=0)
    streaks = clouds(seed + 5, base=24, octaves=3, size=(WIDTH, depth), stretch=0.12)
    cover = 0.42 + 0.25 * np.linspace(0, 1, depth)[:, None, None]
    picture = picture.copy()
    picture[top:] = mix(reflection, colour[None, None], cover)
    picture[top:] += ((streaks - 0.5) * 60 * strength)[..., None]
    return picture


def speckle(picture, seed, base, amount, octaves=3):
    """Uneven ground: the whole picture made a little lighter and darker in patches."""
    return picture + (clouds(seed, base=base, octaves=octaves) - 0.5)[..., None] * amount


def smooth(points, closed=False, steps=12):
    """A soft curve through the points (Catmull-Rom), as many short straight pieces."""
    nodes = np.array(points, float)
    before, after = (nodes[-1:], nodes[:2]) if closed else (nodes[:1], nodes[-1:])
    nodes = np.vstack([before, nodes, after])
    curve = []
    for a, b, c, d in zip(nodes, nodes[1:], nodes[2:], nodes[3:], strict=False):
        for t in np.linspace(0, 1, steps, endpoint=False):
            point = 2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
            curve.append((point + (3 * b - a - 3 * c + d) * t**3) / 2)
    if not closed:
        curve.append(nodes[-1])
    return [tuple(point) for point in curve]


def arc(x, y, radius, start, end, steps=40, flat=1.0):
    """Points along a circle, angles in degrees from three o'clock clockwise; flat < 1 squashes it."""
    angles = np.radians(np.linspace(start, end, steps))
    return [(x + radius * math.cos(a), y + flat * radius * math.sin(a)) for a in angles]


def dashes(points, on, off):
    """Cut a line into dashes so many pixels long, so many apart."""
    nodes = np.array(points, float)
    steps = np.hypot(*np.diff(nodes, axis=0).T)
    along = np.concatenate([[0], np.cumsum(steps)])
    pieces = []
    for start in np.arange(0, along[-1], on + off):
        places = np.linspace(start, min(start + on, along[-1]), 5)
        x, y = (np.interp(places, along, nodes[:, axis]) for axis in (0, 1))
        pieces.append(list(zip(x, y, strict=True)))
    return pieces


class View:
    """One-point perspective: metres right, up and away become pixels.

    The vanishing point is (x, y); the eye stands at ``eye`` metres; ``lens`` is
    how many pixels a metre fills at a distance of one metre.
    """

    def __init__(self, x, y, eye, lens):
        self.x, self.y, self.eye, self.lens = x, y, eye, lens

    def __call__(self, right, up, away):
        return (
            self.x + self.lens * right / away,
            self.y + self.lens * (self.eye - up) / away,
        )

    def floor(self, left, right, near, far, up=0.0):
        """The corners of a level rectangle."""
        corners = ((left, near), (right, near), (right, far), (left, far))
        return [self(x, up, z) for x, z in corners]

    def side(self, right, bottom, top, near, far):
        """The corners of an upright rectangle along the line of sight."""
        corners = ((bottom, near), (top, near), (top, far), (bottom, far))
        return [self(right, y, z) for y, z in corners]

    def front(self, left, right, bottom, top, away):
        """The corners of an upright rectangle facing us."""
        corners = ((left, bottom), (right, bottom), (right, top), (left, top))
        return [self(x, y, away) for x, y in corners]


class Pen:
    """Draws smooth-edged shapes on a picture, at twice its size and then reduced."""

    def __init__(self, picture):
        height, width = picture.shape[:2]
        self.size = (width, height)
        canvas = Image.fromarray(np.clip(picture, 0, 255).astype("u1"))
        self.canvas = canvas.resize((width * 2, height * 2), Image.BICUBIC)
        self.draw = ImageDraw.Draw(self.canvas, "RGBA")

    @staticmethod
    def _fill(colour, alpha):
        return (*(round(value) for value in colour), alpha)

    def polygon(self, points, colour, alpha=255):
        doubled = [(x * 2, y * 2) for x, y in points]
        self.draw.polygon(doubled, fill=self._fill(colour, alpha))

    def line(self, points, colour, width=1, alpha=255):
        doubled = [(x * 2, y * 2) for x, y in points]
        fill = self._fill(colour, alpha)
        self.draw.line(doubled, fill=fill, width=max(1, int(width * 2)), joint="curve")

    def cord(self, points, colour, width):
        """A line with round ends."""
        self.line(points, colour, width)
        for x, y in (points[0], points[-1]):
            self.circle(x, y, width / 2 - 0.25, colour)

    def rect(self, left, top, right, bottom, colour, alpha=255):
        box = [left * 2, top * 2, right * 2, bottom * 2]
        self.draw.rectangle(box, fill=self._fill(colour, alpha))

    def block(self, left, top, right, bottom, radius, colour, alpha=255):
        """A rectangle with round corners."""
        box = [left * 2, top * 2, right * 2, bottom * 2]
        self.draw.rounded_rectangle(box, radius * 2, fill=self._fill(colour, alpha))

    def oval(self, left, top, right, bottom, colour, alpha=255):
        box = [left * 2, top * 2, right * 2, bottom * 2]
        self.draw.ellipse(box, fill=self._fill(colour, alpha))

    def circle(self, x, y, radius, colour, alpha=255, flat=1.0):
        self.oval(x - radius, y - radius * flat, x + radius, y + radius * flat, colour, alpha)

    def ring(self, x, y, radius, colour, width, alpha=255):
        box = [(x - radius) * 2, (y - radius) * 2, (x + radius) * 2, (y + radius) * 2]
        self.draw.ellipse(box, outline=self._fill(colour, alpha), width=max(1, int(width * 2)))

    def pie(self, x, y, radius, start, end, colour):
        box = [(x - radius) * 2, (y - radius) * 2, (x + radius) * 2, (y + radius) * 2]
        self.draw.pieslice(box, start, end, fill=self._fill(colour, 255))

    def person(self, x, y, size, colour):
        """A small standing figure whose feet are at (x, y)."""
        self.oval(x - 8 * size, y - 66 * size, x + 8 * size, y - 48 * size, colour)
        body = ((-13, -46), (13, -46), (9, 0), (-9, 0))
        self.polygon([(x + a * size, y + b * size) for a, b in body], colour)

    def picture(self):
        return np.asarray(self.canvas.resize(self.size, Image.LANCZOS), float)
