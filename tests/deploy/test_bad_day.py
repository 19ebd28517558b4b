"""A bad day: the database stops, hangs and comes back, Redis too, while people read. And a good one: what is printed
in one process is read in all of them within a second.

The real application under its server, two processes; a PostgreSQL and a Redis of the test's own.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests.__main__ import HERE, free_port, postgresql_programs
from tests.deploy.machines import HOUSE, Cluster, a_process, an_application, until
from tests.deploy.test_two_machines import owner

NAME = "newsroom_bad_day"
A_SECOND = 1.0
HANGS = 3.0  # seconds; whoever waits for what is away waits longer than that, whoever waits for a busy machine does not
pytestmark = pytest.mark.machines


class Readers:
    """People who read the same pages over and over: what they got, and the longest that one of them waited."""

    def __init__(self, port: int, addresses: list[str], number: int = 8) -> None:
        self.port, self.addresses = port, addresses
        self.answers: Counter[tuple[int, str]] = Counter()
        self.waited: list[float] = []
        self.ages: set[bool] = set()
        self._leave = threading.Event()
        self._threads = [threading.Thread(target=self._read, args=[n]) for n in range(number)]

    def __enter__(self) -> Readers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self._leave.set()
        for thread in self._threads:
            thread.join(timeout=30)

    @property
    def failed(self) -> int:
        return sum(n for (status, _how), n in self.answers.items() if status != 200)

    def _read(self, number: int) -> None:
        while not self._leave.is_set():
            number += 1
            began = time.monotonic()
            try:
                answer = fetched(self.port, self.addresses[number % len(self.addresses)])
                self.answers[answer.status, answer.headers.get("X-Cache", "")] += 1
                if b"data-away>" in answer.body:
                    self.ages.add("Age" in answer.headers)
            except OSError as fault:
                self.answers[0, repr(fault)] += 1
            self.waited.append(time.monotonic() - began)
            time.sleep(0.02)


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def fetched(port: int, path: str, **typed: str) -> Answer:
    """Through a new connection, so that any of the processes may take it. With words, as a form that was filled in."""
    connection = http.client.HTTPConnection(HERE, port, timeout=20)
    try:
        form = {"Content-Type": "application/x-www-form-urlencoded"} if typed else {}
        connection.request("POST" if typed else "GET", path, urlencode(typed) or None, form)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


@dataclass
class Day:
    cluster: Cluster
    surroundings: dict[str, str]
    stories: list[str]

    @property
    def known(self) -> list[str]:
        return ["/en/", "/en/tag/", "/en/stories/", "/en/feed.rss", "/sitemap.xml", *self.stories[:6]]

    def do(self, *deed: Any) -> Any:
        """What an editor does, in a process of its own: a verb of tests/deploy/editor.py and its words."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.deploy.editor", json.dumps(deed)],
            cwd=HOUSE,
            env={**os.environ, **self.surroundings},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def day() -> Iterator[Day]:
    programs = postgresql_programs()
    if programs is None:
        pytest.skip("PostgreSQL's programs are needed: apt install postgresql")
    with tempfile.TemporaryDirectory(prefix="newsroom-bad-day-") as name:
        folder = Path(name)
        cluster = Cluster(programs, folder, "primary")
        if cluster.user:
            os.chown(folder, *owner(cluster.user))
        cluster.make()
        cluster.start()
        try:
            cluster.ask(f"CREATE DATABASE {NAME}")
            surroundings = {
                "DATABASE_URL": cluster.address(NAME),
                "DJANGO_SETTINGS_MODULE": "tests.settings",
                "SECRET_KEY": uuid4().hex,
                "MEDIA_ROOT": name,
                "CACHE_URL": "",
                "DATABASE_REPLICA_URL": "",
            }
            one = Day(cluster, surroundings, [])
            one.stories = one.do("paper")
            yield one
        finally:
            cluster.stop()


@contextmanager
def served(day: Day, **more: str) -> Iterator[int]:
    """The application; its port. Every page that is known was read in each of its processes."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        log = Path(folder) / "server.log"
        stack.enter_context(an_application(port, log, {**day.surroundings, **more}))
        for _each in range(6):
            for path in day.known:
                assert fetched(port, path).status == 200, path
        yield port


@pytest.fixture(scope="module")
def port(day: Day) -> Iterator[int]:
    with served(day) as one:
        yield one


def everywhere(port: int, path: str, word: bytes, *, there: bool = True) -> bool:
    """Whether a dozen connections in a row, which meet both processes, all find the word, or none does."""
    return all((word in fetched(port, path).body) == there for _each in range(12))


# -- the database


@pytest.mark.parametrize(("how", "unread"), [("stopped", -1), ("frozen", -2)])
def test_while_the_database_is_away_nobody_who_reads_what_was_read_before_notices(
    day: Day, port: int, how: str, unread: int
) -> None:
    with Readers(port, day.known) as readers:
        time.sleep(0.3)
        if how == "stopped":
            day.cluster.stop()
        else:
            day.cluster.send(signal.SIGSTOP)
        try:
            time.sleep(3)
            story = fetched(port, day.stories[0])
            assert b"data-away>" in story.body
            assert int(story.headers["Age"]) >= 0
            began = time.monotonic()
            assert fetched(port, day.stories[unread]).status == 503
            assert time.monotonic() - began < HANGS
            talk = day.stories[0] + "comments/"
            refused = fetched(port, talk, body="The river fell.", name="Hina", email="hina@example.org")
            assert (refused.status, b"The river fell." in refused.body) == (503, True)
            time.sleep(2)
        finally:
            if how == "stopped":
                day.cluster.start()
            else:
                day.cluster.send(signal.SIGCONT)
        until(lambda: fetched(port, day.stories[unread]).status == 200, "the database is read again")
        until(lambda: everywhere(port, day.stories[0], b"data-away>", there=False), "comments are open again")
    assert readers.failed == 0, readers.answers
    assert len(readers.waited) > 100
    assert max(readers.waited) < HANGS
    assert readers.ages == {True}


def test_what_changes_after_an_absence_is_seen_again(day: Day, port: int) -> None:
    headline = f"Back {uuid4().hex[:8]}"
    day.do("publish", headline)
    until(lambda: everywhere(port, "/en/", headline.encode()), "the front page has the story")


# -- a second


def test_what_is_printed_and_taken_back_in_another_process_is_so_in_all_within_a_second(
    day: Day, port: int
) -> None:
    def printed_and_taken_back() -> float:
        headline = f"Printed {uuid4().hex[:8]}"
        word = headline.encode()
        shown = after(day, ("publish", headline), lambda: everywhere(port, "/en/", word))
        address = day.do("address", headline)
        assert everywhere(port, address, word)
        gone = after(day, ("withdraw", headline), lambda: everywhere(port, "/en/", word, there=False))
        assert {fetched(port, address).status for _each in range(12)} == {410}
        return max(shown, gone)

    assert within(A_SECOND, printed_and_taken_back)


def test_a_scheduled_story_is_on_the_kept_front_page_in_its_second_and_not_before(
    day: Day, port: int
) -> None:
    def scheduled() -> float:
        headline = f"Scheduled {uuid4().hex[:8]}"
        due = day.do("schedule", headline, 4)["due"]
        while time.time() < due:
            early = headline.encode() in fetched(port, "/en/").body and time.time() < due
            assert not early
        until(lambda: everywhere(port, "/en/", headline.encode()), "the front page has the story")
        return time.time() - float(due)

    assert within(A_SECOND, scheduled)


def after(day: Day, deed: tuple[str, str], so: Callable[[], bool]) -> float:
    """Seconds from what an editor does, in a process of its own, until it is seen everywhere."""
    with ThreadPoolExecutor(1) as elsewhere:
        doing = elsewhere.submit(day.do, *deed)
        until(so, f"{deed} is seen")
        seen = time.time()
        return seen - float(doing.result()["at"])


def within(seconds: float, deed: Callable[[], float], *, tries: int = 3) -> bool:
    """Whether it takes no longer, in one of some tries: a machine may be busy, and what waits too long waits always."""
    return any(deed() < seconds for _each in range(tries))


def test_two_processes_share_what_each_has_drawn(day: Day) -> None:
    with served(day) as port:
        path = day.stories[10]
        words = [fetched(port, path).headers["X-Cache"] for _each in range(24)]
    assert Counter(words) == {"miss": 1, "hit": 23}


# -- Redis


@contextmanager
def a_redis(port: int, folder: Path) -> Iterator[None]:
    command = [shutil.which("redis-server") or "", "--port", str(port), "--bind", HERE, "--save", ""]
    with a_process([*command, "--dir", str(folder)], port, folder / "redis.log"):
        yield


@pytest.mark.parametrize("how", ["killed", "frozen"])
def test_a_redis_that_stops_fails_nobody_and_is_used_again_when_it_is_back(
    day: Day, tmp_path: Path, how: str
) -> None:
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is needed: apt install redis-server")
    door, story = free_port(), day.stories[12]
    with ExitStack() as stack, ExitStack() as first:
        first.enter_context(a_redis(door, tmp_path))
        number = process_on(door)
        port = stack.enter_context(served(day, CACHE_URL=f"redis://{HERE}:{door}/0"))
        with Readers(port, day.known) as readers:
            time.sleep(0.5)
            if how == "killed":
                first.close()
            else:
                os.kill(number, signal.SIGSTOP)
            try:
                fetched(port, story)
                day.do("publish", f"Meanwhile {uuid4().hex[:8]}")
                time.sleep(2)
            finally:
                if how == "killed":
                    stack.enter_context(a_redis(door, tmp_path))
                else:
                    os.kill(number, signal.SIGCONT)
            time.sleep(2.2)
            new = [fetched(port, day.stories[13]).headers["X-Cache"] for _each in range(24)]
        assert readers.failed == 0, readers.answers
        assert max(readers.waited) < HANGS
        assert Counter(new) == {"miss": 1, "hit": 23}, "the two share again"


def process_on(port: int) -> int:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes()
        except OSError:
            continue
        if b"redis-server" in words and str(port).encode() in words:
            return int(path.parent.name)
    raise AssertionError("no such process")
