"""Where pages are kept. The shared place may be away, slow, full or broken: that costs pages, and no reader."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis as redis_py

from articles.press.pagecache import shelves
from articles.press.pagecache.page import OLDEST, Page
from articles.press.pagecache.shelves import CLAIMED, Folder, Memory, Redis, Shelf
from articles.press.pagecache.watch import Count, Numbers

pytestmark = pytest.mark.once


def a_page(words: int = 1000) -> Page:
    body = secrets.token_hex(words).encode()
    return Page.drawn((), body, numbers=Numbers(Count(1)), talk=0, now=time.time(), longest=300)


# -- the memory of a process


def test_memory_holds_so_many_bytes_and_throws_away_what_was_read_least_lately() -> None:
    page = a_page()
    memory = Memory(page.weight * 3 + 500)
    for name in ("/a", "/b", "/c"):
        memory.put(name, a_page())
    assert memory.get("/a")
    memory.put("/d", a_page())
    assert [name for name in ("/a", "/b", "/c", "/d") if memory.get(name)] == ["/a", "/c", "/d"]


def test_a_page_that_is_kept_anew_weighs_once() -> None:
    page = a_page()
    memory = Memory(page.weight * 2 + 500)
    memory.put("/other", a_page())
    for _each in range(20):
        memory.put("/same", a_page())
    assert memory.get("/other")
    memory.forget("/same")
    memory.forget("/same")
    assert len(memory) == 1


def test_one_page_is_kept_however_heavy() -> None:
    memory = Memory(10)
    memory.put("/a", a_page())
    memory.put("/b", a_page())
    assert (memory.get("/a"), len(memory)) == (None, 1)


def test_many_threads_read_and_write_one_memory() -> None:
    page, faults = a_page(), []
    memory = Memory(page.weight * 10)

    def use(n: int) -> None:
        try:
            for turn in range(400):
                memory.put(f"/{(n + turn) % 25}", page)
                memory.get(f"/{turn % 25}")
                memory.forget(f"/{turn % 7}")
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=use, args=[n]) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert 0 < len(memory) <= 10
    assert memory._weight == page.weight * len(memory)


# -- what both shared places do


@pytest.fixture(params=["folder", "redis"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shelf]:
    if request.param == "folder":
        yield Folder(tmp_path / "pages", "paper")
        return
    address = os.environ.get("TEST_REDIS_URL")
    if not address:
        pytest.skip("needs a Redis: TEST_REDIS_URL")
    paper = f"test-{secrets.token_hex(4)}"
    yield Redis(address, paper)
    client = redis_py.Redis.from_url(address)
    for key in client.scan_iter(f"*:{paper}:*"):
        client.delete(key)


def test_what_is_put_there_is_found_until_it_is_forgotten(shelf: Shelf) -> None:
    assert shelf.get("/en/") is None
    shelf.put("/en/", b"front", 60)
    shelf.put("/ur/", b"other", 60)
    assert (shelf.get("/en/"), shelf.get("/ur/")) == (b"front", b"other")
    shelf.forget("/en/")
    shelf.forget("/en/")
    assert (shelf.get("/en/"), shelf.get("/ur/")) == (None, b"other")


def test_one_draws_a_page_and_the_others_hear_that_it_is_drawn(shelf: Shelf) -> None:
    assert [shelf.claim("/en/"), shelf.claim("/en/"), shelf.claim("/ur/")] == [True, False, True]
    shelf.release("/en/")
    assert shelf.claim("/en/")


def test_who_takes_too_long_has_lost_the_page(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "CLAIMED", 0.2)
    assert shelf.claim("/en/")
    assert not shelf.claim("/en/")
    time.sleep(0.25)
    assert [shelf.claim("/en/"), shelf.claim("/en/")] == [True, False]


def test_of_many_at_once_one_draws(shelf: Shelf) -> None:
    said: list[bool] = []
    gate = threading.Barrier(8)

    def ask() -> None:
        gate.wait()
        said.append(shelf.claim("/en/"))

    threads = [threading.Thread(target=ask) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == [False] * 7 + [True]


# -- the folder


def test_another_process_finds_the_page_and_hears_of_the_claim(tmp_path: Path) -> None:
    folder = Folder(tmp_path, "paper")
    folder.put("/en/", b"front", 60)
    folder.claim("/en/")
    code = (
        "import sys; from pathlib import Path; from articles.press.pagecache.shelves import Folder;"
        "f = Folder(Path(sys.argv[1]), 'paper'); print(f.get('/en/'), f.claim('/en/'), f.claim('/ur/'))"
    )
    said = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {code}", tmp_path],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split() == ["b'front'", "False", "True"]
    assert not folder.claim("/ur/")


def files(folder: Path) -> list[Path]:
    return [file for file in folder.glob("*/*") if file.is_file()]


def test_the_folder_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Folder, "MOST", 5)
    monkeypatch.setattr(shelves, "SWEPT", 1)
    folder = Folder(tmp_path, "paper")
    for n in range(3000):
        folder.put(f"/en/{n}/", b"page", OLDEST)
    assert len(files(tmp_path)) <= 5 * 256
    assert folder.get("/en/2999/") == b"page", "the newest stay"


def test_what_is_asked_by_a_query_is_thrown_away_first(tmp_path: Path) -> None:
    folder = Folder(tmp_path, "paper")
    folder.put("/en/", b"front", OLDEST)
    folder.put("/en/stories/?tags=a", b"list", 600)
    front, listed = folder._file("/en/"), folder._file("/en/stories/?tags=a")
    assert listed.stat().st_mtime == pytest.approx(front.stat().st_mtime + 600 - OLDEST, abs=5)


def test_what_is_too_old_is_swept_with_what_a_dead_process_left_behind(tmp_path: Path) -> None:
    folder = Folder(tmp_path, "paper")
    for n in range(3):
        folder.put(f"/{n}", b"page", OLDEST)
    old, *_new = files(tmp_path)
    draft = old.with_suffix(".4711-1")
    draft.write_bytes(b"half a pa")
    for file in (old, draft):
        os.utime(file, (time.time() - OLDEST - 5,) * 2)
    folder.sweep(old.parent)
    assert not old.exists()
    assert not draft.exists()
    assert len(files(tmp_path)) == 2


def test_a_place_that_cannot_be_written_keeps_nothing_and_breaks_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder")
    folder = Folder(tmp_path / "file" / "pages", "paper")
    for _each in range(3):
        folder.put("/en/", b"front", 60)
        assert folder.get("/en/") is None
        assert folder.claim("/en/"), "then each process draws for itself"
        folder.release("/en/")
        folder.forget("/en/")
    assert len(caplog.records) == 1


def test_a_full_disk_leaves_no_half_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Folder(tmp_path, "paper")
    folder.put("/en/", b"whole", 60)

    def full(self: Path, kept: bytes) -> int:
        with self.open("wb") as file:
            file.write(kept[:3])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    folder.put("/en/", b"newer", 60)
    assert folder.get("/en/") == b"whole"
    assert len(files(tmp_path)) == 1


# -- Redis


@contextmanager
def a_server(*, listens: bool) -> Iterator[tuple[int, list[float]]]:
    """A port where nobody listens, or one that takes connections and never says a word; when it was asked."""
    door, asked = socket.socket(), []
    door.bind(("127.0.0.1", 0))
    if listens:
        door.listen(50)
    held: list[socket.socket] = []

    def take() -> None:
        while True:
            try:
                visitor, _from = door.accept()
            except OSError:
                return
            asked.append(time.monotonic())
            held.append(visitor)

    thread = threading.Thread(target=take, daemon=True)
    if listens:
        thread.start()
    yield door.getsockname()[1], asked
    if listens:
        door.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=5)
    for visitor in held:
        visitor.close()
    door.close()


@pytest.mark.parametrize("listens", [False, True], ids=["refuses", "says nothing"])
def test_a_redis_that_is_away_costs_one_reader_a_moment_and_the_others_nothing(
    listens: bool, caplog: pytest.LogCaptureFixture
) -> None:
    with a_server(listens=listens) as (port, asked):
        shelf = Redis(f"redis://127.0.0.1:{port}/0", "paper")
        began = time.monotonic()
        for _each in range(200):
            assert shelf.get("/en/") is None
            shelf.put("/en/", b"front", 60)
            assert shelf.claim("/en/")
            shelf.release("/en/")
        assert time.monotonic() - began < 10 * shelf.LONGEST
        assert len(asked) == (1 if listens else 0)
        assert len(caplog.records) == 1


def test_a_redis_that_is_away_is_asked_again_after_a_rest_by_one_of_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Redis, "REST", 0.3)
    with a_server(listens=True) as (port, asked):
        shelf = Redis(f"redis://127.0.0.1:{port}/0", "paper")
        shelf.get("/en/")
        time.sleep(0.35)
        readers = [threading.Thread(target=shelf.get, args=["/en/"]) for _each in range(12)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        assert len(asked) == 2


class Answering:
    """What a Redis client says, one thing after another."""

    def __init__(self, *said: object) -> None:
        self.said = list(said)

    def get(self, key: str) -> object:
        said = self.said.pop(0)
        if isinstance(said, Exception):
            raise said
        return said


def test_a_redis_that_is_full_is_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Redis("redis://127.0.0.1:1/0", "paper")
    full = redis_py.exceptions.OutOfMemoryError("command not allowed when used memory > 'maxmemory'")
    monkeypatch.setattr(shelf, "_client", Answering(full, b"page"))
    assert [shelf.get("/en/"), shelf.get("/en/")] == [None, b"page"]


def test_a_redis_that_is_back_is_used_by_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Redis, "REST", 0.05)
    shelf = Redis("redis://127.0.0.1:1/0", "paper")
    monkeypatch.setattr(
        shelf, "_client", Answering(redis_py.exceptions.ConnectionError("refused"), b"one", b"two")
    )
    assert [shelf.get("/en/"), shelf.get("/en/")] == [None, None]
    time.sleep(0.06)
    assert [shelf.get("/en/"), shelf.get("/en/")] == [b"one", b"two"]


def test_two_papers_on_one_redis_do_not_meet() -> None:
    address = os.environ.get("TEST_REDIS_URL")
    if not address:
        pytest.skip("needs a Redis: TEST_REDIS_URL")
    ours, theirs = (Redis(address, f"test-{secrets.token_hex(4)}") for _each in range(2))
    ours.put("/en/", b"ours", 1)
    assert theirs.get("/en/") is None
    assert theirs.claim("/en/")
    assert ours.claim("/en/")
    theirs.release("/en/")
    ours.release("/en/")
    ours.forget("/en/")


def test_a_page_of_redis_goes_when_its_time_has_come() -> None:
    address = os.environ.get("TEST_REDIS_URL")
    if not address:
        pytest.skip("needs a Redis: TEST_REDIS_URL")
    shelf = Redis(address, f"test-{secrets.token_hex(4)}")
    shelf.put("/en/", b"front", 0.1)
    time.sleep(0.15)
    assert shelf.get("/en/") is None
    assert CLAIMED > shelf.LONGEST
