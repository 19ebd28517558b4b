"""What a process makes of the replica: fresh, behind, gone, and back again. Two servers are two numbers here."""

from __future__ import annotations

import socket
from contextlib import AbstractContextManager, nullcontext
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.db import DEFAULT_DB_ALIAS, transaction

from articles.models import Article
from articles.press.pagecache import watch
from articles.press.reading import Router, from_replica
from articles.press.replica import LASTS, PROBATION, TRIES, Replica, State
from articles.press.turning import turn_site


class Servers:
    """A primary and a replica that stand where a test puts them, and a clock that it winds."""

    def __init__(self) -> None:
        self.primary: int | None = 100
        self.replica: int | None = 100
        self.now = 0.0
        self.asked = self.came_back = 0
        self.seen = Replica(
            lambda: self.answer(self.primary),
            self.replica_answers,
            clock=lambda: self.now,
            rest=self.rest,
            back=self.back,
        )

    def answer(self, place: int | None) -> int:
        if place is None:
            raise psycopg.OperationalError("the server is away")
        return place

    def replica_answers(self) -> int:
        self.asked += 1
        return self.answer(self.replica)

    def rest(self, seconds: float) -> None:
        self.now += seconds

    def back(self) -> None:
        assert not self.seen.may_be_read()  # nobody meets a connection from before
        self.came_back += 1

    def look(self, times: int = 1) -> bool:
        for _ in range(times):
            self.seen.look()
        return self.seen.may_be_read()


@pytest.fixture
def servers() -> Servers:
    """At ease: the replica has everything."""
    found = Servers()
    assert found.look()
    return found


def test_nobody_reads_a_replica_that_was_not_looked_at() -> None:
    assert not Servers().seen.may_be_read()


def test_a_replica_that_has_everything_is_read(servers: Servers) -> None:
    assert servers.seen.state is State.FRESH


def test_a_replica_that_is_behind_is_left_alone_and_read_when_it_has_caught_up(servers: Servers) -> None:
    servers.primary = 200
    assert not servers.look()
    assert servers.seen.state is State.BEHIND
    servers.replica = 200
    assert servers.look()


def test_one_look_waits_a_moment_for_a_replica_that_is_just_catching_up(servers: Servers) -> None:
    servers.primary, servers.replica = 105, 100

    def catches_up(seconds: float) -> None:
        servers.replica += 1

    servers.seen._rest = catches_up
    servers.asked = 0
    assert servers.look()
    assert servers.asked == 6 <= TRIES


def test_a_replica_that_was_long_behind_is_read_after_some_good_looks_only(servers: Servers) -> None:
    servers.primary = 200
    servers.look(times=10)
    servers.replica = 200
    assert not servers.look(times=PROBATION - 1)
    assert servers.look()


def test_a_replica_that_is_gone_is_read_after_some_good_looks_with_new_connections(servers: Servers) -> None:
    servers.replica = None
    assert not servers.look()
    assert servers.seen.state is State.GONE
    servers.replica = 100
    before = servers.came_back
    assert not servers.look(times=PROBATION - 1)
    assert servers.came_back == before
    assert servers.look()
    assert servers.came_back == before + 1


def test_a_question_that_failed_says_as_much_as_a_look(servers: Servers) -> None:
    servers.seen.lost(psycopg.OperationalError("server closed the connection"))
    assert not servers.seen.may_be_read()
    assert not servers.look(times=PROBATION - 1)
    assert servers.look()


def test_what_was_seen_is_believed_for_a_second(servers: Servers) -> None:
    servers.now += LASTS * 0.9
    assert servers.seen.may_be_read()
    servers.now += LASTS * 0.2
    assert not servers.seen.may_be_read()
    assert servers.look()


def test_without_the_primary_nobody_knows_what_the_replica_lacks(servers: Servers) -> None:
    servers.primary = None
    assert servers.look()  # what was seen lasts its second
    servers.now += LASTS
    assert not servers.look()


def test_after_a_turn_the_replica_is_read_only_when_it_was_seen_since(servers: Servers) -> None:
    servers.seen.doubt()
    assert not servers.seen.may_be_read()
    assert servers.look()


def test_a_look_that_began_before_a_turn_does_not_clear_it(servers: Servers) -> None:
    primary = servers.seen._primary

    def turns_meanwhile() -> int:
        place = primary()
        servers.seen.doubt()
        return place

    servers.seen._primary = turns_meanwhile
    assert not servers.look()
    servers.seen._primary = primary
    assert servers.look()


def test_a_new_primary_that_stands_lower_is_believed(servers: Servers) -> None:
    """After a failover the numbers may begin again."""
    servers.primary = servers.replica = 3
    assert servers.look()


class Waiting:
    """As much of a connection as is needed to end what waits for it."""

    closed = False

    def __init__(self) -> None:
        self.ours, self.theirs = socket.socketpair()

    def fileno(self) -> int:
        return self.ours.fileno()


def test_who_waits_for_a_replica_that_went_silent_is_let_go(servers: Servers) -> None:
    waiting = Waiting()

    def asks(*words: Any) -> bytes:
        waiting.ours.settimeout(5)
        servers.replica = None
        servers.look()  # as the watching thread does meanwhile
        return waiting.ours.recv(1)  # would wait for ever

    context = {"connection": type("Wrapper", (), {"connection": waiting})}
    assert servers.seen.through(asks, "SELECT 1", (), False, context) == b""
    assert not servers.seen._asking
    waiting.ours.close()
    waiting.theirs.close()


@pytest.mark.django_db
def test_the_replica_is_doubted_before_a_page_can_be_drawn_under_new_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else a page of before the turn could be kept as one of after it."""
    looking, known = watch.Watch(), []
    doubting = SimpleNamespace(doubt=lambda: known.append(looking.numbers))
    monkeypatch.setattr(watch, "replica", doubting)
    monkeypatch.setattr(watch, "DATABASE", DEFAULT_DB_ALIAS)  # sees what the test has not committed
    first = looking.look()
    turn_site()
    looking.look()
    looking.look()  # nothing new
    assert known == [None, first]


# -- the router


class Anywhere:
    """As much of a connection to a replica as the router needs."""

    def execute_wrapper(self, wrapper: object) -> AbstractContextManager[None]:
        return nullcontext()


@pytest.mark.django_db(transaction=True)
def test_readers_pages_are_read_from_the_replica_and_all_else_from_the_primary(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("articles.press.reading.connections", {"replica": Anywhere()})
    router = Router()
    assert router.db_for_read(Article) == DEFAULT_DB_ALIAS
    with from_replica():
        assert router.db_for_read(Article) == "replica"
        assert router.db_for_write(Article) == DEFAULT_DB_ALIAS
        with transaction.atomic():
            assert router.db_for_read(Article) == DEFAULT_DB_ALIAS
        assert router.db_for_read(Article) == "replica"
    assert router.db_for_read(Article) == DEFAULT_DB_ALIAS


def test_tables_are_made_on_the_primary_only() -> None:
    assert Router().allow_migrate(DEFAULT_DB_ALIAS, "articles")
    assert not Router().allow_migrate("replica", "articles")
