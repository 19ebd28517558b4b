"""What pages cost the server, how many it can give, and what a publication does to readers.

`make bench` (ARGS='--sizes 20000,1000000 --databases postgresql'). Each size of each database is a throw-away
archive, read without and with the page cache. The figures of the whole server are taken at the largest size.
The server's own CPU time is read before and after a number of requests, one after another, so that a busy machine
makes the run longer but these figures hardly worse. Results: bench/RESULTS.md.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench import machine, nginx, publishing, wrk
from bench.databases import KINDS, postgresql_is_there
from bench.newsrooms import HOUSE, Newsroom, a_newsroom
from bench.processes import memory
from bench.reading import costs, get_once
from bench.report import ARTICLE, Crew, Measured, written
from bench.servers import ALONE, Server, a_server

STARTS = 3
MOST_IN_A_FILE = 100_000  # stories; a paper with more of them has PostgreSQL
HITS = 10  # times as many requests where one costs so little


def main() -> None:
    given = arguments()
    # whoever ends a bench is not left its databases and servers
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit("The bench was ended."))
    missing = absent(given)
    kinds = [kind for kind in given.databases if kind != "postgresql" or postgresql_is_there()]
    measured = [of_one_database(kind, sizes_for(kind, given), given.requests, given.cache) for kind in kinds]
    if not all(one.cached for one in measured):
        missing.append("pages from the page cache: no answer said `X-Cache: hit`")
    when = f"{datetime.now(UTC):%d %B %Y, %H:%M} UTC"
    given.output.write_text(written(described(), when, measured, missing), encoding="utf-8")
    print(f"Written: {given.output}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    sizes = [1000, 20_000]
    parser.add_argument("--sizes", type=lambda said: sorted(map(int, said.split(","))), default=sizes)
    parser.add_argument("--requests", type=int, default=100, help="per page and round")
    parser.add_argument("--databases", type=lambda said: said.split(","), default=["sqlite", "postgresql"])
    parser.add_argument("--cache", default="", help="redis://127.0.0.1:6379/9, to keep pages there too")
    parser.add_argument("--output", type=Path, default=HOUSE / "bench" / "RESULTS.md")
    return parser.parse_args()


def absent(given: argparse.Namespace) -> list[str]:
    known = [
        *((kind in given.databases, f"{kind}: not asked for") for kind in KINDS),
        ("postgresql" not in given.databases or postgresql_is_there(), "PostgreSQL: none answers"),
        (
            given.sizes == sizes_for("sqlite", given) or "sqlite" not in given.databases,
            f"SQLite with more than {MOST_IN_A_FILE:,} stories",
        ),
        (wrk.is_there(), "requests a second: wrk is not installed"),
        (nginx.is_there(), "nginx, with a file and before the application: it is not installed"),
        (nginx.is_shipped(), "nginx before the application: deploy/nginx.conf is not there"),
    ]
    return [said for is_so, said in known if not is_so]


def described() -> str:
    programs = [name for name, there in (("nginx", nginx.is_there()), ("wrk", wrk.is_there())) if there]
    return ", ".join([machine.described(), *map(machine.version_of, programs)])


def sizes_for(kind: str, given: argparse.Namespace) -> list[int]:
    return [size for size in given.sizes if kind != "sqlite" or size <= MOST_IN_A_FILE]


def of_one_database(kind: str, sizes: list[int], requests: int, cache: str) -> Measured:
    found = Measured()
    for stories in sizes:
        with KINDS[kind]() as database, tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
            print(f"== {database.name}, {stories:,} stories", flush=True)
            newsroom = a_newsroom(database, stories, folder, cache)
            found.name = f"{database.name} {database.version}"
            found.made[stories] = newsroom.seconds, newsroom.words
            of_pages(newsroom, found, requests)
            if stories == sizes[-1]:
                found.crew = of_the_crew(newsroom)
    return found


def of_pages(newsroom: Newsroom, found: Measured, requests: int) -> None:
    with a_server(newsroom, crew=ALONE, cached=False) as server:
        found.uncached[newsroom.stories] = costs(server, requests)
    with a_server(newsroom, crew=ALONE) as server:
        if answers_from_the_cache(server):
            found.cached[newsroom.stories] = costs(server, HITS * requests)


def answers_from_the_cache(server: Server) -> bool:
    return [get_once(server.port, "/en/").hit for _ in range(2)][-1]


def of_the_crew(newsroom: Newsroom) -> Crew:
    print("  the whole server", flush=True)
    starts = [started(newsroom) for _ in range(STARTS)]
    path = dict(newsroom.pages())[ARTICLE]
    with a_server(newsroom) as server, publishing.a_publisher(newsroom) as publisher:
        rates, hit = wrk.throughputs(server, path) if wrk.is_there() else ([], False)
        delay = publishing.delay(server, publisher)
        wait = publishing.wait(server, publisher)
        used = [memory(number) for number in server.processes()]
    return Crew(newsroom.stories, hit, rates, used, starts, delay, wait)


def started(newsroom: Newsroom) -> float:
    with a_server(newsroom) as server:
        return server.seconds


if __name__ == "__main__":
    main()
