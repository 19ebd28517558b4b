"""Requests a second: many readers of one page at once, from several servers in turn."""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench import nginx
from bench.processes import cpu
from bench.reading import BROWSER, WARMING, Reader
from bench.servers import Server
from newsroom.start import HOST

ROUNDS = 3
SECONDS = 5  # of one round
READERS = 32
MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True)
class Subject:
    name: str
    port: int
    processes: list[int]


@dataclass(frozen=True)
class Throughput:
    subject: str
    rate: float  # requests a second
    cpu: float  # milliseconds per request, of the processes that are its own
    p99: float  # milliseconds


def is_there() -> bool:
    return shutil.which("wrk") is not None


def throughputs(server: Server, path: str) -> tuple[list[Throughput], bool]:
    """Of each subject, the median of its rounds; and whether the page cache gave the application's answers."""
    reader = Reader(server.port)
    for _ in range(WARMING):
        answer = reader.get(path)
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder, ExitStack() as stack:
        subjects = [Subject("application server", server.port, server.processes())]
        if nginx.is_there():
            same = nginx.with_the_same_bytes(answer, Path(folder) / "same")
            subjects.append(Subject("nginx, the same bytes as a file", *stack.enter_context(same)))
        if nginx.is_there() and nginx.is_shipped():
            shipped = nginx.as_shipped(server.port, Path(folder) / "shipped")
            subjects.append(Subject("behind deploy/nginx.conf", *stack.enter_context(shipped)))
        # in turn, so that a busy minute of the machine falls on all
        rounds = [[one_round(subject, path) for subject in subjects] for _ in range(ROUNDS)]
    return [_median(list(of_one)) for of_one in zip(*rounds, strict=True)], answer.hit


def one_round(subject: Subject, path: str) -> Throughput:
    before = cpu(subject.processes)
    said = subprocess.run(
        ["wrk", "--latency", "-t2", f"-c{READERS}", f"-d{SECONDS}s"]
        + [f"-H{name}: {value}" for name, value in BROWSER.items()]
        + [f"http://{HOST}:{subject.port}{path}"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    if fault := re.search(r"(Non-2xx.*|Socket errors.*)", said):
        raise SystemExit(f"{subject.name}: {fault[1]}")
    done = int(_found(r"(\d+) requests in", said)[0])
    figure, unit = _found(r"99% +([\d.]+)(us|ms|s|m)", said)
    found = Throughput(
        subject.name,
        float(_found(r"Requests/sec: +([\d.]+)", said)[0]),
        1000 * (cpu(subject.processes) - before) / done,
        float(figure) * MILLISECONDS[unit],
    )
    print(f"  {found.subject:34}{found.rate:8.0f} requests a second", flush=True)
    return found


def _found(pattern: str, said: str) -> tuple[str, ...]:
    match = re.search(pattern, said)
    if match is None:
        raise SystemExit(f"wrk did not say {pattern}:\n{said}")
    return match.groups()


def _median(rounds: list[Throughput]) -> Throughput:
    return Throughput(
        rounds[0].subject,
        statistics.median(one.rate for one in rounds),
        statistics.median(one.cpu for one in rounds),
        statistics.median(one.p99 for one in rounds),
    )
