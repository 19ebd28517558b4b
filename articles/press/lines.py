"""Lines to the database's servers that ask one thing, and hang up when no answer comes."""

from __future__ import annotations

from select import select
from time import monotonic
from typing import Any

import psycopg
from django.db import connections

PATIENCE = 0.5  # seconds for an answer
DIALLING = 2  # seconds for a connection; no server of PostgreSQL's makes do with less

# A place in the log of changes, in bytes. Where commits do not wait for the log, readers may see a change before
# it is written there.
PRIMARY_PLACE = b"""SELECT (CASE WHEN current_setting('synchronous_commit') = 'off'
    THEN pg_current_wal_insert_lsn() ELSE pg_current_wal_flush_lsn() END - '0/0')::bigint"""
REPLICA_PLACE = b"SELECT (pg_last_wal_replay_lsn() - '0/0')::bigint"  # null where nothing is replayed


class Line:
    """A connection of its own to one of the settings' databases, made again after every fault."""

    def __init__(self, alias: str, question: bytes) -> None:
        self.alias, self.question = alias, question
        self._connection: psycopg.Connection[Any] | None = None

    def __call__(self) -> int:
        """The answer, a number. Raises psycopg.Error."""
        try:
            if self._connection is None:
                self._connection = self._dial()
            return self._answer(self._connection.pgconn)
        except psycopg.Error:
            self._hang_up()
            raise

    def _dial(self) -> psycopg.Connection[Any]:
        given = connections[self.alias].get_connection_params()
        address = {name: given[name] for name in given if isinstance(given[name], str | int)}
        address.pop("prepare_threshold", None)
        return psycopg.connect(**{**address, "connect_timeout": DIALLING}, autocommit=True)

    def _answer(self, line: psycopg.pq.abc.PGconn) -> int:
        """Below psycopg's cursors, which would wait for ever."""
        line.send_query(self.question)
        end = monotonic() + PATIENCE
        while line.is_busy():
            if not select([line.socket], [], [], max(0.0, end - monotonic()))[0]:
                raise psycopg.OperationalError(f"no answer within {PATIENCE} seconds")
            line.consume_input()
        result = line.get_result()
        while line.get_result():
            pass
        number = result.get_value(0, 0) if result and result.ntuples else None
        if number is None:
            raise psycopg.OperationalError("it cannot say how far it has come: is it a standby?")
        return int(number)

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
