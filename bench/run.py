"""What a page costs the server: CPU time per request, from a large archive, without a page cache in front.

`make bench` (ARGS='--stories 20000 --requests 200'). Each database gets a throw-away archive and a server of
one worker. The server's own CPU time is read before and after a number of requests, one after another, so that
a busy machine makes the run longer but the figures hardly worse. Results: bench/RESULTS.md.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

HOUSE = Path(__file__).resolve().parent.parent
HERE = "127.0.0.1"
TICK = os.sysconf("SC_CLK_TCK")
ROUNDS = 3  # the median of them is reported
LONGEST = 20.0  # seconds for one round of one page
POSTGRESQL = "postgres://postgres@127.0.0.1:5432/"


@dataclass(frozen=True)
class Cost:
    page: str
    milliseconds: float  # of CPU, per request
    plain: int  # bytes of the body
    zipped: int  # bytes of the body as it travels


def main() -> None:
    given = arguments()
    tables = []
    for database, address in databases(given.databases):
        with address as url, tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
            print(f"== {database}: making {given.stories} articles", flush=True)
            environment = surroundings(url, folder)
            addresses = filled(given, environment)
            with a_server(environment) as port:
                tables.append(
                    (database, [cost(page, path, port, given.requests) for page, path in addresses])
                )
    write(given, tables)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=20_000)
    parser.add_argument("--requests", type=int, default=200, help="per page and round")
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--output", type=Path, default=HOUSE / "bench" / "RESULTS.md")
    return parser.parse_args()


# -- a database for a while


def databases(wanted: str) -> Iterator[tuple[str, object]]:
    names = wanted.split(",")
    if "sqlite" in names:
        yield "SQLite", a_file()
    if "postgresql" in names:
        if postgresql_is_there():
            yield "PostgreSQL", a_database()
        else:
            print(f"== PostgreSQL: nothing answers at {POSTGRESQL}, left out")


@contextmanager
def a_file() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        yield f"sqlite:///{folder}/bench.sqlite3"


@contextmanager
def a_database() -> Iterator[str]:
    name = f"newsroom_bench_{os.getpid()}"
    with psycopg.connect(f"{POSTGRESQL}postgres", autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield POSTGRESQL + name
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def postgresql_is_there() -> bool:
    try:
        psycopg.connect(f"{POSTGRESQL}postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


# -- filling it, in processes of their own, because settings are read once


def surroundings(url: str, folder: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    return {
        **kept,
        "DATABASE_URL": url,
        "MEDIA_ROOT": folder,
        "DEBUG": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }


def filled(given: argparse.Namespace, environment: dict[str, str]) -> list[list[str]]:
    """The pages to measure, [name, path], after the database was made and filled."""

    def run(*words: str, stdout: int | None = None) -> str:
        done = subprocess.run(
            [sys.executable, *words], env=environment, cwd=HOUSE, check=True, stdout=stdout, text=True
        )
        return done.stdout or ""

    run("manage.py", "migrate", "--verbosity", "0")
    run("manage.py", "collectstatic", "--no-input", "--verbosity", "0")
    run("manage.py", "make_archive", "--stories", str(given.stories))
    return [line.split() for line in run("-m", "bench.pages", stdout=subprocess.PIPE).splitlines()]


# -- measuring


@contextmanager
def a_server(environment: dict[str, str]) -> Iterator[int]:
    with socket.socket() as door:
        door.bind((HERE, 0))
        port: int = door.getsockname()[1]
    server = ["granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "1", "--no-ws"]
    place = ["--workers-kill-timeout", "3", "--host", HERE, "--port", str(port), "--log-level", "error"]
    process = subprocess.Popen(
        [sys.executable, "-m", *server, *place, "newsroom.wsgi:application"], env=environment, cwd=HOUSE
    )
    try:
        wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            socket.create_connection((HERE, port), timeout=1).close()
            return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise SystemExit("The server did not start.")


def cost(page: str, path: str, port: int, requests: int) -> Cost:
    connection = http.client.HTTPConnection(HERE, port, timeout=30)
    zipped = get(connection, path)
    for _ in range(20):
        get(connection, path)
    rounds = [one_round(connection, path, port, requests) for _ in range(ROUNDS)]
    found = Cost(page, statistics.median(rounds), len(gzip.decompress(zipped)), len(zipped))
    print(f"{page:16}{found.milliseconds:8.2f} ms {found.zipped:8} bytes", flush=True)
    return found


def get(connection: http.client.HTTPConnection, path: str) -> bytes:
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise SystemExit(f"{path} answered {response.status}, not 200.")
    return body if response.headers.get("Content-Encoding") == "gzip" else gzip.compress(body)


def one_round(connection: http.client.HTTPConnection, path: str, port: int, requests: int) -> float:
    workers = listeners(port)
    before, end, done = cpu(workers), time.monotonic() + LONGEST, 0
    while done < requests and time.monotonic() < end:
        get(connection, path)
        done += 1
    return 1000 * (cpu(workers) - before) / done


def listeners(port: int) -> list[int]:
    """The server's process and its workers: those whose command line names the port."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"newsroom.wsgi:application" in words and str(port).encode() in words:
            found.append(int(path.parent.name))
    return found


def cpu(processes: list[int]) -> float:
    """Seconds of CPU that they have used, in their own code and in the kernel's."""
    used = 0
    for number in processes:
        after_name = Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2].split()
        used += int(after_name[11]) + int(after_name[12])
    return used / TICK


# -- the table


def write(given: argparse.Namespace, tables: list[tuple[str, list[Cost]]]) -> None:
    lines = [
        "# What a page costs",
        "",
        f"Written by `make bench`: {given.stories} articles, one worker with one thread, no page cache, "
        f"the median of {ROUNDS} rounds of up to {given.requests} requests. CPU is the server's own time, "
        "the kernel's included; bytes are the page's without pictures, style sheets and fonts.",
        "Ratios compare with the article page of the same table; between machines, only ratios compare.",
        "",
    ]
    for database, costs in tables:
        article = next(found.milliseconds for found in costs if found.page == "article")
        lines += [
            f"## {database}",
            "",
            "| page | CPU ms per request | ratio | bytes | bytes, gzip |",
            "|---|---:|---:|---:|---:|",
            *(
                f"| {found.page} | {found.milliseconds:.2f} | {found.milliseconds / article:.2f} "
                f"| {found.plain:,} | {found.zipped:,} |"
                for found in costs
            ),
            "",
        ]
    given.output.write_text("\n".join(lines), encoding="utf-8")
    print(f"Written: {given.output}")


if __name__ == "__main__":
    main()
