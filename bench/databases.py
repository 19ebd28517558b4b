"""Databases for a while."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql

POSTGRESQL = "postgres://postgres@127.0.0.1:5432/"


@dataclass(frozen=True)
class Database:
    name: str
    url: str
    version: str

    def processes(self) -> list[int]:
        """Those of the database's own server that work for us; none for SQLite, which works in ours."""
        if not self.url.startswith("postgres"):
            return []
        with psycopg.connect(self.url) as connection:
            rows = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            return [row[0] for row in rows]


def postgresql_is_there() -> bool:
    try:
        psycopg.connect(f"{POSTGRESQL}postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def a_file() -> Iterator[Database]:
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        yield Database("SQLite", f"sqlite:///{folder}/bench.sqlite3", sqlite3.sqlite_version)


@contextmanager
def a_database() -> Iterator[Database]:
    name = f"newsroom_bench_{os.getpid()}"
    with psycopg.connect(f"{POSTGRESQL}postgres", autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            version = server.info.server_version
            yield Database("PostgreSQL", POSTGRESQL + name, f"{version // 10000}.{version % 10000}")
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


KINDS = {"sqlite": a_file, "postgresql": a_database}
