"""The page cache in the processes of a server: put together as the settings say, looking in each of them for itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from articles.press.pagecache.shelves import Folder, Redis
from newsroom import pages

pytestmark = pytest.mark.once

BEGIN = """
import os, threading
from django.test import RequestFactory
from newsroom.wsgi import application

def watched():
    return [one.name for one in threading.enumerate() if one.name == "watch" and one.is_alive()]

def read(path):
    heard = []
    environ = RequestFactory().get(path, HTTP_HOST="127.0.0.1").environ
    body = b"".join(application(environ, lambda status, headers, fault=None: heard.append(status)))
    return heard[0][:3]
"""


def said_by(code: str, folder: Path, **environment: str) -> list[str]:
    """What a process prints that has just loaded the production server's door; its database has no tables."""
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + code],
        env={
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder}/empty.sqlite3",
            "CACHE_URL": "",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "PAGE_CACHE": "on",
            **environment,
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")[:-1]


def test_a_process_begins_to_look_with_its_first_request_and_not_when_it_is_loaded(tmp_path: Path) -> None:
    assert said_by("print(watched(), read('/en/'), watched())", tmp_path) == ["[] 503 ['watch']"]


def test_each_process_that_a_server_forks_looks_for_itself(tmp_path: Path) -> None:
    forked = """
for _each in range(2):
    child = os.fork()
    if not child:
        print(watched(), read('/en/'), watched(), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
print(watched())
"""
    assert said_by(forked, tmp_path) == ["[] 503 ['watch']"] * 2 + ["[]"]


def test_with_the_page_cache_off_nobody_looks(tmp_path: Path) -> None:
    said = said_by("print(watched(), read('/robots.txt'), watched())", tmp_path, PAGE_CACHE="off")
    assert said == ["[] 200 []"]


def test_what_needs_no_database_is_read_without_one(tmp_path: Path) -> None:
    assert said_by("print(read('/robots.txt'), read('/'), read('/healthz/live'))", tmp_path) == [
        "200 302 200"
    ]


def told(monkeypatch: pytest.MonkeyPatch, folder: Path, *, cache: dict[str, str], address: str = "") -> None:
    """Settings for newsroom/pages.py only: the tests' own cache stays where it is."""
    databases = {"default": {"NAME": "newsroom"}}
    places = {"PAGE_FOLDER": folder, "BASE_DIR": folder, "STATIC_ROOT": folder}
    given = {"CACHES": {"default": cache}, "SITE_URL": address, "DATABASES": databases, **places}
    monkeypatch.setattr(pages, "settings", SimpleNamespace(**given))


def test_pages_are_kept_beside_the_cache_if_that_is_redis_else_in_a_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told(monkeypatch, tmp_path, cache={"BACKEND": "django.core.cache.backends.locmem.LocMemCache"})
    assert isinstance(pages.shelf(), Folder)
    two = "redis://127.0.0.1:1/0,redis://127.0.0.1:2/0"
    cache = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": two}
    told(monkeypatch, tmp_path, cache=cache)
    shelf = pages.shelf()
    assert isinstance(shelf, Redis)
    assert shelf.get("/en/") is None


def test_papers_are_told_from_each_other_by_their_address_and_their_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told(monkeypatch, tmp_path, cache={}, address="https://one.example")
    ours = pages.paper()
    told(monkeypatch, tmp_path, cache={}, address="https://other.example")
    assert pages.paper() != ours


def test_pages_of_another_release_do_not_pass_for_ours(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told(monkeypatch, tmp_path, cache={})
    page = tmp_path / "templates" / "site" / "front.html"
    page.parent.mkdir(parents=True)
    seen = []
    for words in ("<p>old</p>", "<p>new</p>", "<p>old</p>"):
        page.write_text(words)
        seen.append(pages.paper())
    assert seen[0] == seen[2] != seen[1]


def test_pages_of_two_papers_in_one_folder_do_not_meet(tmp_path: Path) -> None:
    ours, theirs = Folder(tmp_path, "ours"), Folder(tmp_path, "theirs")
    ours.put("/en/", b"ours", 60)
    assert (ours.get("/en/"), theirs.get("/en/")) == (b"ours", None)
