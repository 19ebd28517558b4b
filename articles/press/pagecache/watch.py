"""Which numbers are in force: each process looks a few times a second, apart from readers' requests."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import Error, connections
from django.utils import timezone

from articles.models import SITE, TALK, Article, Edition, Turn
from articles.press.replica import replica

logger = logging.getLogger(__name__)

DATABASE = "watch"  # an alias of the primary without a pool: it must not wait behind readers
PAUSE = 0.25  # seconds between two looks
PATIENCE = 2.0  # seconds without an answer after which the database counts as away
BEFORE = timedelta(hours=25)  # talks that turned earlier are in no page that could still be shown
OVERLAP = timedelta(seconds=30)  # a slow transaction may become visible that long after it turned its talk


class Count(NamedTuple):
    """One of the numbers as this process knows it. Moments are seconds of the epoch."""

    number: int = 0
    floor: int = 0  # pages drawn under a lower number are not shown again, not even stale
    since: float = 0.0  # when this process saw it change
    before: int = 0  # what it was until then


NEVER = Count()


@dataclass(frozen=True)
class Numbers:
    """What a kept page is compared with."""

    site: Count = NEVER
    talks: Mapping[int, Count] = field(default_factory=dict)  # by article
    next_moment: float | None = None  # of the next scheduled publication

    def talk(self, article: int) -> Count:
        return self.talks.get(article, NEVER)

    def until(self, now: float, longest: float) -> float:
        """How long a page that is drawn now can be current."""
        if self.next_moment is None:
            return now + longest
        # a moment that has passed is not looked at anew yet: what is drawn meanwhile is looked at again soon
        return min(now + longest, self.next_moment if self.next_moment > now else now + PAUSE)

    def to_bytes(self) -> bytes:
        floors = {article: count[:2] for article, count in self.talks.items() if count.floor}
        return json.dumps([self.site[:2], list(floors.items())]).encode()

    @classmethod
    def from_bytes(cls, said: bytes) -> Numbers:
        """ValueError for anything that to_bytes has not written."""
        try:
            (number, floor), talks = json.loads(said)
            counts = {int(article): Count(int(n), int(below)) for article, (n, below) in talks}
            return cls(Count(int(number), int(floor)), counts)
        except (TypeError, OverflowError, RecursionError) as broken:
            raise ValueError("These are no numbers.") from broken


class Watch:
    """One a process. `numbers` is None until the database has answered for the first time."""

    def __init__(self) -> None:
        self.numbers: Numbers | None = None
        self.listeners: list[
            Callable[[Numbers], None]
        ] = []  # told after every look, in the watch's own thread
        self._answered = float("-inf")
        self._failed = False
        self._newest: datetime | None = None
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()

    @property
    def away(self) -> bool:
        """Whether the database has not answered for a while."""
        return time.monotonic() - self._answered > PATIENCE

    def start(self) -> None:
        """Look once, then go on in the background. Calling it again does nothing."""
        with self._starting:
            if self._thread is None:
                self._try_to_look()
                connections[DATABASE].close()  # this thread's; the watch's own opens another
                self._thread = threading.Thread(target=self._go_on, name="watch", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def soon(self) -> None:
        """Look now rather than in a quarter of a second: this process has just turned a page."""
        self._wake.set()

    def look(self) -> Numbers:
        """Ask the database. Numbers are read before the next moment, so that this is never older than they are."""
        known = self.numbers or Numbers()
        # at the first look nothing has just changed
        now = time.time() if self.numbers else 0.0
        turn = Turn.objects.using(DATABASE).filter(name=SITE).first()
        site = _count(turn, known.site, now) if turn else NEVER
        talks = self._turned_talks(known, now)
        moment = known.next_moment
        if site != known.site or (moment is not None and moment <= time.time()):
            moment = next_moment()
        numbers = Numbers(site, talks, moment)
        if numbers != self.numbers:
            replica.doubt()  # before any page is drawn under these numbers
        self.numbers = numbers
        self._answered = time.monotonic()
        return numbers

    def _turned_talks(self, known: Numbers, now: float) -> Mapping[int, Count]:
        today = timezone.now()
        # a database whose clock was ahead for a while may not hide what turns until then
        since = min(self._newest, today) - OVERLAP if self._newest else today - BEFORE
        turned = Turn.objects.using(DATABASE).filter(turned_at__gte=since, name__startswith=TALK)
        rows = list(turned.order_by("turned_at"))
        if not rows:
            return known.talks
        self._newest = rows[-1].turned_at
        numbered = [(int(row.name.removeprefix(TALK)), row) for row in rows]
        new = {article: _count(row, known.talk(article), now) for article, row in numbered}
        if new.items() <= known.talks.items():
            return known.talks
        oldest = (today - BEFORE).timestamp() * 1000  # a number is at least the time
        return {article: count for article, count in {**known.talks, **new}.items() if count.number > oldest}

    def _go_on(self) -> None:
        while not self._stop.is_set():
            self._wake.wait(PAUSE)
            self._wake.clear()
            try:
                self._try_to_look()
            except Exception:  # whatever it is: without this thread every page would count as old for good
                logger.exception("The page cache could not look at the numbers")
        connections[DATABASE].close()

    def _try_to_look(self) -> None:
        try:
            numbers = self.look()
        except Error as fault:
            connections[DATABASE].close()
            if not self._failed:
                logger.warning("The database does not answer the page cache: %s", str(fault).strip())
            self._failed = True
            return
        if self._failed:
            self._failed = False
            logger.warning("The database answers the page cache again.")
            begin_pools_anew()
        for tell in self.listeners:
            tell(numbers)


def _count(turn: Turn, known: Count, now: float) -> Count:
    return (
        known if known[:2] == (turn.number, turn.floor) else Count(turn.number, turn.floor, now, known.number)
    )


def next_moment() -> float | None:
    """When the next article that is scheduled becomes public."""
    now = timezone.now()
    waiting = Article.including_unpublished.using(DATABASE).filter(published_at__gt=now, withdrawn_at=None)
    firsts = [
        waiting.in_edition(edition.code)
        .order_by("published_at")
        .values_list("published_at", flat=True)
        .first()
        for edition in Edition.all()
    ]
    return min((first.timestamp() for first in firsts if first), default=None)


def begin_pools_anew() -> None:
    """After an absence a pool holds dead connections, and one that failed for long tries again only after a pause."""
    for alias in connections:
        connection = connections[alias]
        if connection.settings_dict["OPTIONS"].get("pool"):
            connection.close_pool()  # type: ignore[attr-defined]


watch = Watch()
