"""The application server, as `make run` starts it."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.newsrooms import HOUSE, Newsroom
from bench.processes import with_words
from newsroom.start import CREW, HOST, SERVER

ALONE = ["--workers", "1", "--blocking-threads", "1", "--workers-kill-timeout", "3"]  # one request at a time
APPLICATION = "newsroom.wsgi:application"
PATIENCE = 30.0  # seconds


@dataclass(frozen=True)
class Server:
    newsroom: Newsroom
    port: int
    seconds: float  # from the order to start until a page was answered

    def processes(self) -> list[int]:
        """The one that was started first, then its workers."""
        return sorted(with_words(APPLICATION, str(self.port)))


@contextmanager
def a_server(newsroom: Newsroom, *, crew: list[str] = CREW, cached: bool = True) -> Iterator[Server]:
    port = a_free_port()
    place = ["--host", HOST, "--port", str(port), "--log-level", "error"]
    environment = newsroom.environment if cached else {**newsroom.environment, "PAGE_CACHE": "off"}
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", *SERVER, *crew, *place, APPLICATION], env=environment, cwd=HOUSE
    )
    try:
        wait_for_answer(port, "/en/", process)
        yield Server(newsroom, port, time.monotonic() - begun)
    finally:
        process.terminate()
        process.wait(timeout=20)


def a_free_port() -> int:
    with socket.socket() as door:
        door.bind((HOST, 0))
        port: int = door.getsockname()[1]
        return port


def wait_for_answer(port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            if connection.getresponse().status < 500:
                return
        except OSError:
            time.sleep(0.005)
        finally:
            connection.close()
    raise SystemExit(f"{process.args!r} did not start.")
