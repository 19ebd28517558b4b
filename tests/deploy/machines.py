"""Two machines on one: a primary and its standby, application servers, nginx in front. Each is ended by its number."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.__main__ import HERE, free_port, stand_in

HOUSE = Path(__file__).resolve().parents[2]
PATIENCE = 20.0  # seconds; a busy machine makes a test longer and not wrong


def until(so: Callable[[], Any], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < end, f"{what}: not within {PATIENCE:.0f} seconds"
        time.sleep(0.02)


def answers(port: int) -> bool:
    try:
        socket.create_connection((HERE, port), timeout=1).close()
    except OSError:
        return False
    return True


class Cluster:
    """A PostgreSQL server of the test's own. PostgreSQL refuses root, so root lends it another name."""

    OPTIONS = "-c fsync=off -c full_page_writes=off -c shared_buffers=32MB"

    def __init__(self, programs: Path, folder: Path, name: str) -> None:
        self.programs, self.folder, self.data = programs, folder, folder / name
        self.user = stand_in() if os.geteuid() == 0 else None
        self.port = free_port()

    def run(self, program: str, *words: str) -> None:
        """Its words go to a file: a server that is started inherits them, and would keep a pipe open."""
        with (self.folder / "postgresql.log").open("ab") as log:
            command = [str(self.programs / program), *words]
            subprocess.run(command, user=self.user, cwd=self.folder, check=True, stdout=log, stderr=log)

    def make(self) -> None:
        words = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        self.run("initdb", "-D", str(self.data), *words)

    def follow(self, primary: Cluster) -> None:
        """Become a streaming standby of it."""
        source = ("-h", HERE, "-p", str(primary.port), "-U", "postgres")
        self.run("pg_basebackup", *source, "-D", str(self.data), "-R", "--checkpoint=fast", "--no-sync")

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses={HERE} {self.OPTIONS}"
        log = str(self.data) + ".log"
        self.run("pg_ctl", "-D", str(self.data), "-w", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        """At once, as a machine stops that loses its power."""
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop")

    def send(self, sign: signal.Signals) -> None:
        """To the server and all its processes."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        for number in [first, *children(first)]:
            os.kill(number, sign)

    def address(self, database: str) -> str:
        return f"postgres://postgres@{HERE}:{self.port}/{database}"

    def ask(self, question: str, database: str = "postgres") -> Any:
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            answered = connection.execute(question.encode())
            row = answered.fetchone() if answered.description else None
            return row[0] if row else None


def children(parent: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = path.read_text().rpartition(") ")[2].split()
        except OSError:  # ended meanwhile
            continue
        if int(words[1]) == parent:
            found.append(int(path.parent.name))
    return found


@contextmanager
def a_process(command: list[str], port: int, log: Path, **environment: str) -> Iterator[None]:
    """A server, from the moment it answers; what it said is shown when it does not."""
    with log.open("wb") as said:
        process = subprocess.Popen(
            command, cwd=HOUSE, env={**os.environ, **environment}, stdout=said, stderr=said
        )
    try:
        until(lambda: answers(port) or process.poll() is not None, f"{command[0]} on port {port}")
        assert process.poll() is None, log.read_text()
        yield
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def an_application(port: int, log: Path, environment: dict[str, str]) -> Any:
    crew = ("--workers", "2", "--blocking-threads", "4", "--workers-kill-timeout", "3", "--no-ws")
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", *crew, "--log-level", "warning"]
    place = ["--host", HERE, "--port", str(port), "newsroom.wsgi:application"]
    return a_process([*command, *place], port, log, **environment)


def a_redis(port: int, folder: Path) -> Any:
    place = ["--bind", HERE, "--port", str(port), "--dir", str(folder)]
    return a_process(["redis-server", *place, "--save", "", "--appendonly", "no"], port, folder / "redis.log")


NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.error.log warn; {user}
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    upstream newsroom {{ {servers} }}  # in turns: no visitor stays with one server
    server {{
        listen {here}:{port};
        location / {{
            proxy_pass http://newsroom;
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $remote_addr;
        }}
    }}
}}
"""


def an_nginx(program: str, port: int, folder: Path, servers: list[int]) -> Any:
    lines = " ".join(f"server {HERE}:{one} max_fails=0;" for one in servers)
    user = "user root;" if os.geteuid() == 0 else ""
    settings = folder / "nginx.conf"
    settings.write_text(NGINX.format(folder=folder, here=HERE, port=port, servers=lines, user=user))
    return a_process([program, "-p", str(folder), "-c", str(settings)], port, folder / "nginx.log")
