"""Whether readers' pages may be drawn from the replica of the database.

A process looks at both servers four times a second: where the primary stands in its log of changes, and whether
the replica has come as far. The replica is read only while it was seen there less than a second ago, and not
before it was seen again after something turned (`doubt`), so no page drawn from it is older than its number says.
Whatever happens to the replica, the primary answers.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable
from enum import Enum
from time import monotonic, sleep
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections

from articles.press.lines import PRIMARY_PLACE, REPLICA_PLACE, Line

REPLICA = "replica"  # its name among the settings' databases
EVERY = 0.25  # seconds between two looks
LASTS = 1.0  # seconds for which a look is believed
TRIES, PAUSE = 10, 0.01  # how often one look asks a replica that is a little behind, and the seconds between
PROBATION = 4  # good looks in a row that a replica owes after it was gone, or behind for as many

logger = logging.getLogger(__name__)


class State(Enum):
    FRESH = "has all that the primary has"
    BEHIND = "is behind the primary"
    GONE = "does not answer"


class Replica:
    """What a process knows of the replica. `primary` and `replica` ask where each stands; they raise psycopg.Error."""

    def __init__(
        self,
        primary: Callable[[], int],
        replica: Callable[[], int],
        *,
        clock: Callable[[], float] = monotonic,
        rest: Callable[[float], object] = sleep,
        back: Callable[[], object] = lambda: None,
    ) -> None:
        self._primary, self._replica, self._clock, self._rest, self._back = (
            primary,
            replica,
            clock,
            rest,
            back,
        )
        self.state = State.GONE
        self._owed = 1
        self._seen_at = float("-inf")
        self._doubts = self._cleared = 0
        self._asking: set[psycopg.Connection[Any]] = set()
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    # -- for those who read

    def may_be_read(self) -> bool:
        """Whether it was seen fresh in the last second, and after the last thing that turned."""
        fresh = self.state is State.FRESH and self._cleared == self._doubts
        return fresh and self._clock() - self._seen_at < LASTS

    def doubt(self) -> None:
        """Something turned: leave it alone until it was seen to have that too. To be called before the news is used."""
        with self._lock:
            self._doubts += 1
        self._wake.set()

    def lost(self, fault: Exception) -> None:
        """A question to it failed: leave it alone until it has answered for a while."""
        self._become(State.GONE, fault)

    def through(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        """A wrapper for Django's execute: it keeps in mind who waits, so that a silent replica keeps nobody."""
        connection = context["connection"].connection
        with self._lock:
            self._asking.add(connection)
        try:
            return execute(sql, params, many, context)
        finally:
            with self._lock:
                self._asking.discard(connection)

    # -- for those who watch

    def watch(self) -> None:
        """Have a thread look from now on."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._watch, name="replica", daemon=True)
            self._thread.start()

    def _watch(self) -> None:
        while True:
            self._wake.clear()
            self.look()
            self._wake.wait(EVERY)

    def look(self) -> None:
        """Ask both where they stand, compare, and judge."""
        began, doubts = self._clock(), self._doubts
        try:
            wanted = self._primary()
        except psycopg.Error:
            return  # nothing to compare with: what was seen before lasts its second
        try:
            reached = self._reaches(wanted)
        except psycopg.Error as fault:
            self._become(State.GONE, fault)
            self._let_go()
            return
        if not reached:
            self._become(State.BEHIND)
        elif self._owed > 1:
            self._owed -= 1
        else:
            self._seen_at, self._cleared = began, doubts
            self._become(State.FRESH)

    def _reaches(self, wanted: int) -> bool:
        for _ in range(TRIES):
            if self._replica() >= wanted:
                return True
            self._rest(PAUSE)
        return False

    def _become(self, state: State, fault: Exception | None = None) -> None:
        owed = {State.FRESH: 0, State.BEHIND: min(self._owed + 1, PROBATION), State.GONE: PROBATION}
        self._owed = owed[state]
        if state is self.state:
            return
        if self.state is State.GONE:
            self._back()  # before anybody reads it
        self.state = state
        level = logging.INFO if state is State.FRESH else logging.WARNING
        logger.log(level, "The replica %s%s", state.value, f" ({fault})" if fault else "")

    def _let_go(self) -> None:
        """End the questions that wait for it. Who asked them asks the primary."""
        with self._lock:
            for connection in self._asking:
                if not connection.closed:
                    with socket.socket(fileno=os.dup(connection.fileno())) as line:
                        line.shutdown(socket.SHUT_RDWR)


def renew_pool() -> None:
    """Drop the connections from before it was gone, so that no reader meets a dead one."""
    connections[REPLICA].close_pool()  # type: ignore[attr-defined]


replica = Replica(Line(DEFAULT_DB_ALIAS, PRIMARY_PLACE), Line(REPLICA, REPLICA_PLACE), back=renew_pool)
