"""A newsroom with a large archive. Its commands run in processes of their own, because settings are read once."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.databases import Database

HOUSE = Path(__file__).resolve().parent.parent
FULL, SHORT = 600, 60  # words of a story
MANY = 50_000  # stories from which they are short ones


@dataclass(frozen=True)
class Newsroom:
    database: Database
    stories: int
    environment: dict[str, str]
    seconds: float  # that making the archive took

    @property
    def words(self) -> int:
        return words_of(self.stories)

    def pages(self) -> list[tuple[str, str]]:
        """Those to measure: name and path."""
        lines = said(self.environment, "-m", "bench.pages").splitlines()
        return [(name, path) for name, path in map(str.split, lines)]


def words_of(stories: int) -> int:
    return SHORT if stories > MANY else FULL


def a_newsroom(database: Database, stories: int, folder: str, cache: str) -> Newsroom:
    kept = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    environment = {
        **kept,
        "DATABASE_URL": database.url,
        "MEDIA_ROOT": folder,
        "DEBUG": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        **({"CACHE_URL": cache} if cache else {}),
    }
    said(environment, "manage.py", "migrate", "--verbosity", "0")
    said(environment, "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
    begun = time.monotonic()
    size = ["--stories", str(stories), "--words", str(words_of(stories))]
    said(environment, "manage.py", "make_archive", *size)
    return Newsroom(database, stories, environment, time.monotonic() - begun)


def said(environment: dict[str, str], *words: str) -> str:
    """What a program of ours printed."""
    given = [sys.executable, *words]
    return subprocess.run(
        given, env=environment, cwd=HOUSE, check=True, text=True, stdout=subprocess.PIPE
    ).stdout
