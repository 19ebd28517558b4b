"""The newsroom on more than one machine: nobody notices which server answered, or that a database stopped.

A primary and a streaming replica, two application servers of two processes each, and nginx that sends every request
to the next of them.
"""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.error
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from articles.talk import flood
from tests.__main__ import HERE, free_port, postgresql_programs, program_at
from tests.deploy.machines import (
    HOUSE,
    Cluster,
    a_redis,
    an_application,
    an_nginx,
    until,
)
from tests.deploy.visitors import Crowd, Visitor, hidden, read, token
from tests.factories import BODY

NAME = "newsroom_two_machines"
PLACES = count()  # in lists
SCANS = (
    "SELECT sum(coalesce(idx_scan, 0) + seq_scan) FROM pg_stat_user_tables WHERE relname = 'articles_article'"
)

pytestmark = pytest.mark.machines


@dataclass
class Newspaper:
    primary: Cluster
    replica: Cluster
    servers: list[int]
    door: int  # nginx's port
    cast: dict[str, Any]
    folder: Path

    def editor(self) -> Visitor:
        one = Visitor()
        one.sign_in(self.servers[0], self.cast["editor"], self.cast["password"])
        return one

    def publish(self, headline: str, editor: Visitor | None = None) -> str:
        """Through the desk of the first server; gives the story's address."""
        self.sent(headline, editor or self.editor(), self.servers[0])
        address = "SELECT to_char(published_on, 'YYYY/MM/DD/') || slug FROM articles_article WHERE headline ="
        found = self.primary.ask(f"{address} '{headline}'", NAME)
        return f"/en/{found}/"

    def sent(self, headline: str, editor: Visitor, port: int) -> str:
        """The page that an editor gets when a new story was filled in and its button “publish” pressed."""
        add = "/admin/articles/story/add/"
        form = {
            "edition": "en", "section": self.cast["section"], "genre": "report", "headline": headline,
            "standfirst": "It rose in the night.", "body": BODY, "tags": "", "based_on": "0",
            "bylines-TOTAL_FORMS": 1, "bylines-INITIAL_FORMS": 0, "bylines-MIN_NUM_FORMS": 0,
            "bylines-MAX_NUM_FORMS": 1000, "bylines-0-author": self.cast["author"], "bylines-0-role": "author",
            "bylines-0-position": 1, "bylines-0-id": "", "_verb": "publish",
        }  # fmt: skip
        return editor.post(port, add, {**form, **token(editor.get(port, add))})

    def comment(self, talk: str, body: str, first: int, second: int) -> tuple[Visitor, str]:
        """A reader who writes: the form goes to one server, “is this what you mean?” to the other."""
        reader = Visitor()
        words = {"name": "Hina Malik", "email": "hina@example.org", "body": body, "parent": "", "website": ""}
        return reader, reader.post(second, talk, hidden(reader.post(first, talk, words)))

    def everywhere(self, path: str, words: str, *, times: int = 6) -> bool:
        """Whether every server's pages show these words, whichever of its processes answers."""
        return all(words in read(port, path)[1] for port in self.servers for _ in range(times))

    def unread(self) -> Iterator[str]:
        """Pages that no cache can have, in turns with stories that every cache soon has."""
        for number, story in enumerate(cycle(self.cast["stories"])):
            yield f"{self.cast['list']}?before={9 * 10**15 - next(PLACES)}-1" if number % 2 else story

    def replica_is_read(self) -> None:
        """Wait until readers' pages are drawn from it (again)."""
        before, pages = self.replica.ask(SCANS, NAME), self.unread()

        def read_more() -> bool:
            for _ in range(20):
                read(self.door, next(pages))
            return bool(self.replica.ask(SCANS, NAME) > before + 20)

        until(read_more, "the replica is read")

    def has(self, cluster: Cluster, headline: str) -> bool:
        return bool(cluster.ask(f"SELECT count(*) FROM articles_article WHERE headline = '{headline}'", NAME))


@pytest.fixture(scope="module")
def paper() -> Iterator[Newspaper]:
    programs, nginx = postgresql_programs(), program_at("nginx")
    if programs is None or nginx is None or shutil.which("redis-server") is None:
        pytest.skip("Programs are needed: apt install postgresql nginx-light redis-server")
    with tempfile.TemporaryDirectory(prefix="newsroom-machines-") as name, ExitStack() as stack:
        folder = Path(name)
        primary, replica = Cluster(programs, folder, "primary"), Cluster(programs, folder, "replica")
        if primary.user:
            os.chown(folder, *owner(primary.user))
        for cluster in (primary, replica):
            cluster.make() if cluster is primary else cluster.follow(primary)
            stack.callback(cluster.stop)
            cluster.start()
        primary.ask(f"CREATE DATABASE {NAME}")
        shelf = free_port()
        stack.enter_context(a_redis(shelf, folder))
        surroundings = {
            "DATABASE_URL": primary.address(NAME),
            "DATABASE_REPLICA_URL": replica.address(NAME),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "SECRET_KEY": "the-same-on-both-machines",
            "MEDIA_ROOT": name,
            "CACHE_URL": f"redis://{HERE}:{shelf}/0",
        }
        cast = made(surroundings)
        servers = [free_port(), free_port()]
        for number, port in enumerate(servers):
            stack.enter_context(an_application(port, folder / f"server-{number}.log", surroundings))
        door = free_port()
        stack.enter_context(an_nginx(nginx, door, folder, servers))
        yield Newspaper(primary, replica, servers, door, cast, folder)


def owner(name: str) -> tuple[int, int]:
    entry = pwd.getpwnam(name)
    return entry.pw_uid, entry.pw_gid


def made(surroundings: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.deploy.cast"],
        cwd=HOUSE,
        env={**os.environ, **surroundings, "DATABASE_REPLICA_URL": ""},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    cast: dict[str, Any] = json.loads(done.stdout)
    return cast


def a_headline() -> str:
    return f"River back in its bed {uuid4().hex[:12]}"


def test_readers_pages_are_drawn_from_the_replica(paper: Newspaper) -> None:
    paper.replica_is_read()


def test_what_is_printed_on_one_server_is_read_on_both(paper: Newspaper) -> None:
    headline = a_headline()
    story = paper.publish(headline)
    until(lambda: paper.everywhere("/en/", headline), "both front pages have the story")
    assert paper.everywhere(story, headline)


def test_who_signed_in_on_one_server_is_known_to_the_other(paper: Newspaper) -> None:
    editor = paper.editor()
    for port in paper.servers:
        assert paper.cast["editor"] in editor.get(port, "/admin/")


def test_an_editor_is_told_on_one_server_what_the_other_has_done(paper: Newspaper) -> None:
    """nginx sends the form to one and the page after it to the other; the message waits in neither's memory."""
    page = paper.sent(a_headline(), paper.editor(), paper.door)
    assert 'class="messagelist"' in page
    assert 'class="success"' in page


def test_a_reader_writes_a_comment_in_two_steps_on_two_servers(paper: Newspaper) -> None:
    reader, thanks = paper.comment(paper.cast["stories"][7] + "comments/", "Dry in June", *paper.servers)
    assert "A moderator reads it before it appears." in thanks
    assert paper.primary.ask("SELECT count(*) FROM articles_comment WHERE body = 'Dry in June'", NAME) == 1
    assert "posted" in {cookie.name for cookie in reader.cookies}


def test_a_flood_is_counted_on_all_servers_together(paper: Newspaper) -> None:
    # the test before has written one, or did not run; four processes that count alone would take four times as many
    taken, status = until_refused(paper, paper.cast["stories"][8] + "comments/")
    assert status == 429
    assert taken in {flood.MOST - 1, flood.MOST}


def until_refused(paper: Newspaper, talk: str) -> tuple[int, int]:
    """How many comments were taken in turns by both servers, at most one too many, and how the next was refused."""
    for number in range(flood.MOST + 1):
        try:
            paper.comment(talk, f"Thought {number}", *paper.servers[:: 1 if number % 2 else -1])
        except urllib.error.HTTPError as refused:
            refused.close()
            return number, refused.code
    return flood.MOST + 1, 0


def test_pages_stay_fresh_while_the_replica_stands_still(paper: Newspaper) -> None:
    headline, editor = a_headline(), paper.editor()
    paper.replica.ask("SELECT pg_wal_replay_pause()::text")
    try:
        paper.publish(headline, editor)
        until(lambda: paper.everywhere("/en/", headline), "both front pages have the story")
        assert paper.everywhere("/en/", headline, times=20)
        assert not paper.has(paper.replica, headline)
    finally:
        paper.replica.ask("SELECT pg_wal_replay_resume()::text")
    until(lambda: paper.has(paper.replica, headline), "the replica has the story")
    paper.replica_is_read()


def test_a_frozen_replica_keeps_no_reader(paper: Newspaper) -> None:
    paper.replica_is_read()
    headline, editor = a_headline(), paper.editor()
    with Crowd(paper.door, paper.unread()) as crowd:
        crowd.go_on()
        paper.replica.send(signal.SIGSTOP)
        try:
            crowd.go_on()
            paper.publish(headline, editor)
            until(lambda: paper.everywhere("/en/", headline), "both front pages have the story")
        finally:
            paper.replica.send(signal.SIGCONT)
    assert set(crowd.answers) == {200}, crowd.answers
    paper.replica_is_read()


def test_a_replica_that_dies_fails_no_reader_and_is_read_when_it_is_back(paper: Newspaper) -> None:
    paper.replica_is_read()
    headline, editor = a_headline(), paper.editor()
    with Crowd(paper.door, paper.unread()) as crowd:
        crowd.go_on()
        paper.replica.stop()
        paper.publish(headline, editor)
        until(lambda: paper.everywhere("/en/", headline), "both front pages have the story")
        crowd.go_on()
        paper.replica.start()
        paper.replica_is_read()
    assert set(crowd.answers) == {200}, crowd.answers
