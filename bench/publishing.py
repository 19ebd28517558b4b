"""What a publication does to readers: when they see it, and whether they wait while it is made."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from bench.newsrooms import HOUSE, Newsroom
from bench.reading import Reader, get_once
from bench.servers import Server

TIMES = 8
APART = 2.0  # seconds between two publications
READERS = 16
PAUSE = 0.02  # seconds between two pages of one reader
AFTERWARDS = 1.0  # seconds for which a publication is still felt: pages are drawn anew
SETTLING = 0.5  # seconds after the first worker has it, in which another may still not
TOO_LATE = 30.0


@dataclass(frozen=True)
class Published:
    headline: str
    begun: float
    done: float


@dataclass(frozen=True)
class Delay:
    """Seconds after the transaction was done, of several publications."""

    publishing: list[float]  # how long each took itself
    first_seen: list[float]
    last_missed: list[float]  # the last answer, of any worker, that did not have it yet


@dataclass(frozen=True)
class Wait:
    """Milliseconds that readers waited."""

    requests: int
    median: float
    slowest_quiet: float
    slowest_during: float

    @property
    def ratio(self) -> float:
        return self.slowest_during / self.median


class Publisher:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._said()

    def publish(self) -> Published:
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return Published(**json.loads(self._said()))

    def _said(self) -> str:
        assert self.process.stdout
        if not (line := self.process.stdout.readline()):
            raise SystemExit("The publisher has ended.")
        return line


@contextmanager
def a_publisher(newsroom: Newsroom) -> Iterator[Publisher]:
    with subprocess.Popen(
        [sys.executable, "-m", "bench.publisher"],
        env=newsroom.environment,
        cwd=HOUSE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Publisher(process)
        finally:
            process.terminate()


def delay(server: Server, publisher: Publisher) -> Delay:
    """Each answer comes over a new connection, so that all workers are asked."""
    found = Delay([], [], [])
    for _ in range(TIMES):
        get_once(server.port, "/en/")
        published = publisher.publish()
        first, missed = _watched(server.port, published)
        found.publishing.append(published.done - published.begun)
        found.first_seen.append(first)
        found.last_missed.append(missed)
    return found


def _watched(port: int, published: Published) -> tuple[float, float]:
    first, missed = None, 0.0
    end = published.done + TOO_LATE
    while (begun := time.monotonic()) < end:
        if published.headline.encode() not in get_once(port, "/en/").opened():
            missed = begun - published.done
        elif first is None:
            first = time.monotonic() - published.done
            end = begun + SETTLING
    if first is None:
        raise SystemExit(f"{published.headline} was not on the front page after {TOO_LATE} s.")
    return first, missed


def wait(server: Server, publisher: Publisher) -> Wait:
    """After a second in which the pages that are read are drawn for the first time."""
    paths = [path for name, path in server.newsroom.pages() if name in {"front", "article", "section"}]
    with ThreadPoolExecutor(READERS) as pool:
        begin = time.monotonic() + AFTERWARDS
        end = begin + APART * (TIMES + 1)
        reading = [pool.submit(_reads, server.port, paths, number, end) for number in range(READERS)]
        published = []
        for _ in range(TIMES):
            time.sleep(APART)
            published.append(publisher.publish())
        waited = [one for reader in reading for one in reader.result() if one[0] > begin]
    during = [seconds for begun, seconds in waited if felt(begun, seconds, published)]
    quiet = [seconds for begun, seconds in waited if not felt(begun, seconds, published)]
    all_ = [seconds for _begun, seconds in waited]
    return Wait(len(all_), 1000 * statistics.median(all_), 1000 * max(quiet), 1000 * max(during))


def felt(begun: float, seconds: float, published: list[Published]) -> bool:
    return any(begun < one.done + AFTERWARDS and begun + seconds > one.begun for one in published)


def _reads(port: int, paths: list[str], number: int, end: float) -> list[tuple[float, float]]:
    """When each request began, and how many seconds it took."""
    reader = Reader(port)
    waited: list[tuple[float, float]] = []
    time.sleep(PAUSE * number / READERS)
    while (begun := time.monotonic()) < end:
        path = paths[(number + len(waited)) % len(paths)]
        waited.append((begun, reader.get(path).seconds))
        time.sleep(PAUSE)
    return waited
