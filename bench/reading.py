"""One reader, one page, many times: what that costs the server, and how long she waits."""

from __future__ import annotations

import gzip
import http.client
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

import brotli

from bench.processes import cpu
from bench.servers import Server
from newsroom.start import HOST

ROUNDS = 3  # the median of them is reported
LONGEST = 5.0  # seconds for one round of one page
WARMING = 20  # requests before any is counted
PATIENCE = 120.0  # seconds for one page
BROWSER = {"Accept-Encoding": "br, gzip"}


@dataclass(frozen=True)
class Answer:
    headers: http.client.HTTPMessage
    body: bytes  # as it travelled
    seconds: float

    @property
    def hit(self) -> bool:
        """Whether the page cache gave it."""
        return "hit" in self.headers.get("X-Cache", "").lower()

    @property
    def encoding(self) -> str:
        return self.headers.get("Content-Encoding", "")

    def opened(self) -> bytes:
        match self.encoding:
            case "br":
                return bytes(brotli.decompress(self.body))
            case "gzip":
                return gzip.decompress(self.body)
        return self.body


@dataclass(frozen=True)
class Cost:
    page: str
    cpu: float  # milliseconds of the application server, per request
    database_cpu: float  # the same of the database's own server
    median: float  # milliseconds until the answer was there
    p95: float
    plain: int  # bytes of the body
    packed: int  # bytes of the body as it travels
    hit: bool


class Reader:
    """Keeps her connection."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)

    def get(self, path: str) -> Answer:
        begun = time.monotonic()
        self.connection.request("GET", path, headers=BROWSER)
        response = self.connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise SystemExit(f"{path} answered {response.status}, not 200.")
        return Answer(response.headers, body, time.monotonic() - begun)


def get_once(port: int, path: str) -> Answer:
    """Over a connection of its own, which any worker may take."""
    reader = Reader(port)
    try:
        return reader.get(path)
    finally:
        reader.connection.close()


def costs(server: Server, requests: int) -> list[Cost]:
    return [cost(server, page, path, requests) for page, path in server.newsroom.pages()]


def cost(server: Server, page: str, path: str, requests: int) -> Cost:
    reader = Reader(server.port)
    one_round(reader, path, WARMING)
    answer = reader.get(path)
    application, database = server.processes(), server.newsroom.database.processes()
    spent, database_spent, waited = [], [], []
    for _ in range(ROUNDS):
        before, database_before = cpu(application), cpu(database)
        round_ = one_round(reader, path, requests)
        spent.append(1000 * (cpu(application) - before) / len(round_))
        database_spent.append(1000 * (cpu(database) - database_before) / len(round_))
        waited += round_
    median, p95 = spread([1000 * seconds for seconds in waited])
    found = Cost(
        page,
        statistics.median(spent),
        statistics.median(database_spent),
        median,
        p95,
        len(answer.opened()),
        len(answer.body),
        answer.hit,
    )
    print(f"  {page:18}{found.cpu:8.3f} ms CPU {median:8.2f} ms {'hit' if found.hit else ''}", flush=True)
    return found


def one_round(reader: Reader, path: str, requests: int) -> list[float]:
    """Seconds of each."""
    end = time.monotonic() + LONGEST
    waited: list[float] = []
    while len(waited) < requests and time.monotonic() < end:
        waited.append(reader.get(path).seconds)
    return waited


def spread(figures: Sequence[float]) -> tuple[float, float]:
    """Their median, and what 95 of 100 are not above."""
    if len(figures) == 1:
        return figures[0], figures[0]
    return statistics.median(figures), statistics.quantiles(figures, n=20)[-1]
