"""The caches in front of a page, under readers who want few stories often and many seldom, while the paper prints.

Readers come at random moments (Poisson) and want stories as readers do (Zipf: the n-th most wanted is wanted 1/n as
often). Each view is followed down: the browser, which keeps style sheets and fonts but asks for every page; the
CDN's nearest place; nginx; the application's kept pages; the database.
Whatever is printed turns the site, so every kept page has to be drawn again at its next request; a comment that is
shown turns one story. `arithmetic` says what has to come out where a formula is known; a test compares the two.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate
from math import exp
from random import Random

FRONT = 0  # pages are numbers: the front page, the sections, the stories by how much they are wanted


@dataclass(frozen=True)
class Paper:
    """What there is to read, and how often it changes."""

    stories: int = 20_000
    sections: int = 12
    fronts_share: float = 0.20  # of all views
    sections_share: float = 0.10
    zipf: float = 1.0
    printed_every: float = 60.0  # seconds
    comment_every: float = 6.0  # seconds between two comments shown under the most wanted story

    @property
    def hot(self) -> int:
        """The most wanted story."""
        return self.sections + 1

    def kind(self, page: int) -> str:
        return "front" if page == FRONT else "section" if page <= self.sections else "article"

    def wanted(self) -> list[float]:
        """The share of all views that each page has."""
        ranks = [1 / rank**self.zipf for rank in range(1, self.stories + 1)]
        rest = (1 - self.fronts_share - self.sections_share) / sum(ranks)
        sections = [self.sections_share / self.sections] * self.sections
        return [self.fronts_share, *sections, *(rank * rest for rank in ranks)]


@dataclass(frozen=True)
class Load:
    name: str
    views: float  # of pages, a second
    readers: float  # who come, a second; the rest of the views is theirs too
    breaking: float = 0.0  # more views and readers a second, all for the most wanted story
    seconds: float = 180.0
    known: float = 0.5  # the share of readers whose browsers have our files from another day
    files: int = 9  # style sheets, scripts and fonts of a page

    @property
    def filed(self) -> float:
        """The share of views that ask for our files."""
        return (1 - self.known) * (self.readers + self.breaking) / (self.views + self.breaking)


@dataclass(frozen=True)
class Layers:
    """What stands before the application. 0 places: no CDN; 0 seconds: no nginx that keeps pages."""

    name: str
    places: int = 0  # of the CDN; each keeps its own copies
    cdn_keeps: float = 10.0  # seconds: s-maxage
    nginx_keeps: float = 0.0  # seconds: X-Accel-Expires


@dataclass
class Counted:
    """How many requests reached each layer, and what the application had to draw."""

    seconds: float
    reached: Counter[str] = field(default_factory=Counter)
    drawn: Counter[str] = field(default_factory=Counter)  # by kind of page
    drawn_in: dict[int, Counter[str]] = field(default_factory=dict)  # the same by second

    def rate(self, layer: str) -> float:
        return self.reached[layer] / self.seconds

    def answered(self, layer: str, below: str) -> float:
        """The share of what reached a layer that went no further."""
        reached = self.reached[layer]
        return 1 - self.reached[below] / reached if reached else 0.0

    def draw(self, kind: str, at: float) -> None:
        self.reached["database"] += 1
        self.drawn[kind] += 1
        self.drawn_in.setdefault(int(at), Counter())[kind] += 1


@lru_cache(maxsize=1)  # the same requests meet one arrangement of layers after the other
def arrivals(load: Load, paper: Paper, seed: int) -> list[tuple[float, int]]:
    """(moment, page) in the order of time."""
    chance = Random(seed)
    rate = load.views + load.breaking
    moments = list(accumulate(chance.expovariate(rate) for _ in range(round(rate * load.seconds))))
    shares = [share * load.views for share in paper.wanted()]
    shares[paper.hot] += load.breaking
    pages = chance.choices(range(len(shares)), cum_weights=list(accumulate(shares)), k=len(moments))
    return list(zip(moments, pages, strict=True))


def simulate(load: Load, paper: Paper, layers: Layers, seed: int = 1) -> Counted:
    """Follow every request as far down as it has to go."""
    chance = Random(seed + 1)
    counted = Counted(load.seconds)
    cdn: list[dict[int, float]] = [{} for _ in range(layers.places)]  # until when each page is fresh
    nginx: dict[int, float] = {}
    drawn: dict[int, tuple[int, int]] = {}  # the numbers under which the application keeps each page
    requests = arrivals(load, paper, seed)
    origin = application = 0
    for at, page in requests:
        if layers.places and fresh(chance.choice(cdn), page, at, layers.cdn_keeps):
            continue
        origin += 1
        if layers.nginx_keeps and fresh(nginx, page, at, layers.nginx_keeps):
            continue
        application += 1
        numbers = (
            int(at / paper.printed_every),
            int(at / paper.comment_every) if page == paper.hot else 0,
        )
        if drawn.get(page) != numbers:
            drawn[page] = numbers
            counted.draw(paper.kind(page), at)
    files = load.files * sum(chance.random() < load.filed for _ in requests)
    wanted = (1 + load.files) * len(requests)
    counted.reached.update(
        browser=wanted, readers=len(requests), files=files, origin=origin, application=application
    )
    return counted


def fresh(kept: dict[int, float], page: int, at: float, keeps: float) -> bool:
    """Whether a cache that goes by time has the page; if not, it fetches it now."""
    if kept.get(page, -1.0) > at:
        return True
    kept[page] = at + keeps
    return False


# -- what has to come out


def fetched(rates: list[float], keeps: float) -> float:
    """Requests a second that pass a cache which keeps each page for a time.

    A page that is wanted λ times a second is fetched, kept for T, and fetched again at the first request after
    that, which comes 1/λ later: once in T + 1/λ seconds.
    """
    return sum(rate / (1 + rate * keeps) for rate in rates)


def drawn_again(rates: list[float], every: float) -> float:
    """Pages a second that are drawn because all have turned: those that are wanted at all between two turns."""
    return sum(1 - exp(-rate * every) for rate in rates) / every


def arithmetic(load: Load, paper: Paper, layers: Layers) -> dict[str, float]:
    """Requests a second at each layer, where a formula is known: with one cache in front at most."""
    rates = [share * load.views for share in paper.wanted()]
    rates[paper.hot] += load.breaking
    said = {"readers": sum(rates), "files": sum(rates) * load.filed * load.files}
    if layers.places:
        said["origin"] = layers.places * fetched([rate / layers.places for rate in rates], layers.cdn_keeps)
    elif layers.nginx_keeps:
        said["application"] = fetched(rates, layers.nginx_keeps)
    else:
        hot = rates.pop(paper.hot)
        said["database"] = drawn_again(rates, paper.printed_every) + drawn_again([hot], paper.comment_every)
    return said


MILLION = Load(
    "A million readers an hour, three pages each", views=3_000_000 / 3600, readers=1_000_000 / 3600
)
BREAKING = replace(
    MILLION,
    name="The same, and 10,000 requests a second for one breaking story",
    breaking=10_000,
    seconds=120,
)
ALONE = Layers("The application alone")
NGINX = Layers("nginx in front", nginx_keeps=1.0)
CDN = Layers("A CDN of 30 places before nginx", places=30, nginx_keeps=1.0)
