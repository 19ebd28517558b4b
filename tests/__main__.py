"""`make test`: every test on SQLite, on PostgreSQL and in a browser; the last lines say what of it ran.

Arguments go to pytest (`python -m tests -k embargo`). REQUIRE_ALL=1 turns what could not run into a failure.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

HERE = "127.0.0.1"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SBIN = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
# the programs that read the files in deploy/, and Debian's packages of them
DEPLOYED_WITH = {"nginx": "nginx-light", "systemd-analyze": "systemd", "docker-compose": "docker-compose"}
# what would make the same tests behave differently on two machines
OUTSIDE = (
    "DATABASE_URL",
    "DATABASE_REPLICA_URL",
    "STORAGE_URL",
    "CACHE_URL",
    "EMAIL_URL",
    "TRUSTED_PROXIES",
    "SITE_URL",
    "ALLOWED_HOSTS",
    "MEDIA_URL",
)
OURS = f"newsroom_{os.getpid()}"  # two runs on one server do not meet
NOTHING_MATCHED = 5  # pytest's exit code


@dataclass(frozen=True)
class Outcome:
    part: str
    said: str
    ran: bool
    failed: bool = False


def main(arguments: list[str]) -> int:
    os.environ.update(DEBUG="0", SECRET_KEY="only-for-tests-never-for-readers")
    for name in OUTSIDE:
        os.environ.pop(name, None)
    parts = (on_sqlite, on_postgresql, in_a_browser, on_two_machines)
    outcomes = [redis(), *map(deployment, DEPLOYED_WITH), *(part(arguments) for part in parts)]
    return report(outcomes, require_all=os.environ.get("REQUIRE_ALL", "0") not in {"", "0"})


# -- the parts


def redis() -> Outcome:
    address = os.environ.get("TEST_REDIS_URL", "") or f"redis://{HERE}:6379/9"
    if not redis_answers(address):
        os.environ.pop("TEST_REDIS_URL", None)
        return Outcome("Redis", "no server answers; start redis-server, or set TEST_REDIS_URL", ran=False)
    os.environ["TEST_REDIS_URL"] = address
    return Outcome("Redis", f"tests that want one had {urlsplit(address).netloc}", ran=True)


def deployment(program: str) -> Outcome:
    part = program.partition("-")[0].capitalize()
    if program_at(program) is None:
        how = (
            f"no {program} found, its tests in tests/deploy are skipped; apt install {DEPLOYED_WITH[program]}"
        )
        return Outcome(part, how, ran=False)
    return Outcome(part, f"tests in tests/deploy had {program}", ran=True)


def on_sqlite(arguments: list[str]) -> Outcome:
    return pytest("SQLite", ["-n", "2", "-m", "not browser and not machines", *arguments])


def on_postgresql(arguments: list[str]) -> Outcome:
    with a_postgresql() as address:
        if address is None:
            how = "no server and no binaries found; apt install postgresql, or set TEST_DATABASE_URL"
            return Outcome("PostgreSQL", how, ran=False)
        chosen = ["-n", "2", "-m", "not browser and not once and not machines", *arguments]
        return pytest("PostgreSQL", chosen, DATABASE_URL=address)


def in_a_browser(arguments: list[str]) -> Outcome:
    browser = chromium()
    if browser is None:
        return Outcome(
            "Browser", "no Chromium found; apt install chromium, or set CHROMIUM to its path", ran=False
        )
    return pytest("Browser", ["-m", "browser", *arguments], CHROMIUM=browser)


def on_two_machines(arguments: list[str]) -> Outcome:
    if postgresql_programs() is None or program_at("nginx") is None or shutil.which("redis-server") is None:
        how = "needs programs; apt install postgresql nginx-light redis-server"
        return Outcome("Machines", how, ran=False)
    return pytest("Machines", ["-m", "machines", *arguments])


def pytest(part: str, arguments: list[str], **environment: str) -> Outcome:
    print(f"\n== {part}", flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *arguments], env={**os.environ, **environment}
    )
    if done.returncode == NOTHING_MATCHED:
        return Outcome(part, "no test matched", ran=False)
    failed = done.returncode != 0
    return Outcome(
        part, f"FAILED (pytest ended with {done.returncode})" if failed else "passed", True, failed
    )


def report(outcomes: list[Outcome], *, require_all: bool) -> int:
    print("\n== What ran")
    for outcome in outcomes:
        print(f"{outcome.part:11}{'' if outcome.ran else 'DID NOT RUN: '}{outcome.said}")
    if any(outcome.failed for outcome in outcomes):
        return 1
    missing = [outcome.part for outcome in outcomes if not outcome.ran]
    if missing and require_all:
        print(f"REQUIRE_ALL is set, so this counts as a failure: {', '.join(missing)} did not run.")
        return 1
    return 0


# -- finding what they need


def chromium() -> str | None:
    given = os.environ.get("CHROMIUM", "")
    return shutil.which(given) if given else next(filter(None, map(shutil.which, BROWSERS)), None)


def program_at(name: str) -> str | None:
    """Its path, also where only root looks."""
    return shutil.which(name, path=SBIN)


def postgresql_programs() -> Path | None:
    """The folder of the newest ones that Debian's packages brought."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    return found[-1].parent if found else None


def redis_answers(address: str) -> bool:
    parts = urlsplit(address)
    try:
        with socket.create_connection((parts.hostname or HERE, parts.port or 6379), timeout=2) as door:
            door.sendall(b"PING\r\n")
            return door.recv(64).startswith((b"+PONG", b"-NOAUTH"))
    except OSError:
        return False


@contextmanager
def a_postgresql() -> Iterator[str | None]:
    """The address of a database on the server that was given, or runs here, or is started for this."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
    elif trusts(5432):
        yield from ours_on(5432)
    elif programs := postgresql_programs():
        with started(programs) as port:
            yield from ours_on(port)
    else:
        yield None


def trusts(port: int) -> bool:
    try:
        psycopg.connect(server(port), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def server(port: int, database: str = "postgres") -> str:
    return f"postgres://postgres@{HERE}:{port}/{database}"


def ours_on(port: int) -> Iterator[str]:
    """Django makes test_<name>_gw0 … of it; what an interrupted run leaves behind is dropped."""
    yield server(port, OURS)
    with psycopg.connect(server(port), autocommit=True) as connection:
        found = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"test_{OURS}"]
        )
        for (name,) in found.fetchall():
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def started(binaries: Path) -> Iterator[int]:
    """A server of our own in a temporary folder. PostgreSQL refuses root, so root lends it another name."""
    user = stand_in() if os.geteuid() == 0 else None
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="newsroom-postgresql-") as folder:
        if user:
            shutil.chown(folder, user)
        data, log = f"{folder}/data", f"{folder}/log"
        options = f"-p {port} -k {folder} -c listen_addresses={HERE} -c fsync=off -c full_page_writes=off"

        def run(program: str, *words: str) -> None:
            subprocess.run(
                [binaries / program, "-D", data, *words],
                user=user,
                cwd=folder,
                check=True,
                stdout=subprocess.DEVNULL,
            )

        run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        run("pg_ctl", "-w", "-l", log, "-o", options, "start")
        try:
            yield port
        finally:
            run("pg_ctl", "-m", "immediate", "stop")


def stand_in() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def free_port() -> int:
    with socket.socket() as door:
        door.bind((HERE, 0))
        port: int = door.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
