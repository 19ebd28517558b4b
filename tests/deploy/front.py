"""The shipped nginx files on this machine: other paths and ports, nothing else."""

from __future__ import annotations

import getpass
import http.client
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.__main__ import free_port, program_at
from tests.deploy.upstream import HERE

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


def tool(name: str, package: str) -> str:
    """The path of a program that a test is about, or a skip that says how to get it."""
    path = program_at(name)
    if path is None:
        pytest.skip(f"No {name}: apt install {package}")
    return path


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]  # names in small letters
    body: bytes

    @property
    def cache(self) -> str:
        return self.headers.get("x-cache", "")


@dataclass(frozen=True)
class Front:
    port: int
    folder: Path

    def ask(self, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Reply:
        """A header x_y is sent as X-Y; the path goes out as it is written here."""
        door = http.client.HTTPConnection(HERE, self.port, timeout=20)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            door.request(method, path, body=body, headers=named)
            answer = door.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, told, answer.read())
        finally:
            door.close()

    def log(self) -> str:
        return (self.folder / "log/newsroom.log").read_text()


def moved(folder: Path, port: int, upstream: int) -> dict[str, str]:
    return {
        "user www-data": f"user {getpass.getuser()}",
        "/etc/nginx/newsroom": f"{folder}/nginx",
        "/run/nginx.pid": f"{folder}/nginx.pid",
        "/var/log/nginx": f"{folder}/log",
        "/var/cache/nginx": f"{folder}/cache",
        "/srv/newsroom/var": f"{folder}/var",
        "/var/lib/newsroom/media": f"{folder}/media",
        "/etc/letsencrypt/live/news.example.org": f"{folder}/certificate",
        "server 127.0.0.1:8000": f"server {HERE}:{upstream}",
        "listen 80 ": f"listen {HERE}:{port} ",
        "listen 443 ": f"listen {HERE}:{port + 1} ",
    }


def lay_out(folder: Path, changes: dict[str, str]) -> Path:
    """The shipped files in a folder of the test; gives the main one."""
    for part in ("log", "cache", "nginx", "var/static", "media/pictures", "media/originals"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for path in [DEPLOY / "nginx.conf", *(DEPLOY / "nginx").iterdir()]:
        text = path.read_text()
        for shipped, ours in changes.items():
            text = text.replace(shipped, ours)
        (folder / path.relative_to(DEPLOY)).write_text(text)
    return folder / "nginx.conf"


@contextmanager
def in_front(folder: Path, upstream: int, changes: dict[str, str] | None = None) -> Iterator[Front]:
    nginx = tool("nginx", "nginx-light")
    port = two_free_ports()
    main = lay_out(folder, {**moved(folder, port, upstream), **(changes or {})})
    with running([nginx, "-c", str(main), "-g", "daemon off;"], port, folder / "log/start"):
        yield Front(port, folder)


@contextmanager
def running(
    command: list[str], port: int, log: Path, cwd: Path | None = None, env: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A server, from the moment that it listens until the test is done with it."""
    with log.open("ab") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, cwd=cwd, env=env)
    try:
        until_it_listens(port, process, log)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def until_it_listens(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection((HERE, port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise AssertionError(f"{process.args!r} does not listen on {port}: {log.read_text()}")


def two_free_ports() -> int:
    """The first of two neighbours, for the plain server and the one with certificates."""
    while True:
        port = free_port()
        with socket.socket() as next_door:
            try:
                next_door.bind((HERE, port + 1))
            except (OSError, OverflowError):
                continue
            return port
