"""The paper itself behind the shipped nginx, under the server and with the words of the shipped unit."""

from __future__ import annotations

import gzip
import re
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.__main__ import free_port
from tests.deploy.front import Front, in_front
from tests.deploy.release import Release, a_release

WORDS = {"name": "Hina+Malik", "email": "hina@example.org", "body": "The+gauge+was+dry.", "parent": ""}


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    folder = tmp_path_factory.mktemp("release")
    return a_release(folder, folder / "var/newsroom.sqlite3")


@pytest.fixture(scope="session")
def served(release: Release) -> Iterator[tuple[Front, subprocess.Popen[bytes], int]]:
    port = free_port()
    with release.served(port) as process, in_front(release.folder, port) as front:
        yield front, process, port


@pytest.fixture
def front(served: tuple[Front, subprocess.Popen[bytes], int]) -> Front:
    return served[0]


def an_article_of(front: Front) -> str:
    page = front.ask("/en/").body.decode()
    return str(re.findall(r'href="(/en/\d{4}/\d\d/\d\d/[^"/]+/)"', page)[0])


def test_the_front_page_and_an_article_come_compressed_and_are_kept(front: Front) -> None:
    for path in ("/en/", an_article_of(front)):
        front.ask(path, Accept_Encoding="gzip, br;q=0")
        kept = front.ask(path, Accept_Encoding="gzip, br;q=0")
        assert (kept.status, kept.cache) == (200, "HIT")
        assert b"</html>" in gzip.decompress(kept.body)
        assert front.ask(path, If_None_Match=front.ask(path).headers["etag"]).status == 304


def test_a_page_that_is_not_there_and_the_desk_come_from_the_application(front: Front) -> None:
    assert front.ask("/en/2020/01/01/nothing/").status == 404
    desk = front.ask("/admin/login/")
    assert desk.status == 200
    assert "no-cache" in desk.headers["cache-control"]


def test_what_a_page_loads_comes_from_disk_compressed_and_for_good(front: Front) -> None:
    page = front.ask("/en/").body.decode()
    (sheet, *_) = re.findall(r'href="(/static/css/[^"]+\.css)"', page)
    given = front.ask(sheet, Accept_Encoding="gzip")
    assert "immutable" in given.headers["cache-control"]
    assert (given.headers["content-encoding"], given.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert given.headers["content-type"] == "text/css; charset=utf-8"
    assert gzip.decompress(given.body) == front.ask(sheet).body


def test_a_file_whose_name_may_name_another_tomorrow_is_kept_an_hour(front: Front) -> None:
    assert front.ask("/static/js/talk.js").headers["cache-control"] == "public, max-age=3600"
    assert front.ask("/static/js/nothing.js").status == 404


def test_a_printed_picture_comes_from_disk_for_good(front: Front, release: Release) -> None:
    picture = next((release.folder / "media/pictures").rglob("*.webp"))
    given = front.ask(f"/media/{picture.relative_to(release.folder / 'media')}")
    assert (given.status, given.headers["content-type"]) == (200, "image/webp")
    assert given.body == picture.read_bytes()
    assert "immutable" in given.headers["cache-control"]
    assert given.headers["content-security-policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    "way", ["/media/{}", "/media/pictures/../{}", "/media/pictures/%2e%2e/{}", "/media//{}", "/media/x/../{}"]
)
def test_an_original_is_not_given_away(front: Front, release: Release, way: str) -> None:
    original = next(path for path in (release.folder / "media/originals").rglob("*") if path.is_file())
    name = str(original.relative_to(release.folder / "media"))
    assert front.ask(way.format(name)).status == 404


def test_a_comment_is_posted_through_nginx(front: Front, release: Release) -> None:
    sent = front.ask(
        f"{an_article_of(front)}comments/",
        "POST",
        body="&".join(f"{name}={value}" for name, value in WORDS.items()),
        Content_Type="application/x-www-form-urlencoded",
        X_Newsroom="talk",
        Origin=f"http://127.0.0.1:{front.port}",
    )
    assert (sent.status, sent.headers["cache-control"]) == (201, "no-store")
    with closing(sqlite3.connect(release.database)) as database:
        found = database.execute("SELECT count(*) FROM articles_comment WHERE body = 'The gauge was dry.'")
        assert found.fetchone() == (1,)


# -- exchanging what serves


@contextmanager
def readers(front: Front) -> Iterator[Counter[int]]:
    """Four who ask for pages that no cache knows, until the deed is done; gives how they were answered."""
    seen: Counter[int] = Counter()
    done = Event()

    def read(number: int) -> None:
        count = 0
        while not done.is_set():
            count += 1
            seen[front.ask(f"/accounts/{number}/{count}/").status] += 1

    threads = [Thread(target=read, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        done.set()
        for thread in threads:
            thread.join()


def children(process: subprocess.Popen[bytes]) -> set[str]:
    tasks = Path(f"/proc/{process.pid}/task").glob("*/children")
    return set(" ".join(path.read_text() for path in tasks).split())


def wait_until_exchanged(process: subprocess.Popen[bytes], before: set[str]) -> None:
    end = time.monotonic() + 60
    while before & children(process):
        assert time.monotonic() < end, "the old workers do not go"
        time.sleep(0.1)


def test_no_reader_notices_that_the_workers_are_exchanged(
    served: tuple[Front, subprocess.Popen[bytes], int],
) -> None:
    """`systemctl reload`."""
    front, process, _port = served
    before = children(process)
    with readers(front) as seen:
        time.sleep(0.5)
        process.send_signal(signal.SIGHUP)
        wait_until_exchanged(process, before)
    assert set(seen) == {404}
    assert seen[404] > 20


def listeners(port: int) -> int:
    """What `ss -Hltn 'sport = :PORT' | wc -l` counts."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(line[1].endswith(f":{port:04X}") and line[3] == "0A" for line in lines)


def wait_for_listeners(number: int, port: int) -> None:
    end = time.monotonic() + 60
    while listeners(port) != number:
        assert time.monotonic() < end, f"{listeners(port)} listen on {port}, not {number}"
        time.sleep(0.1)


def test_no_reader_notices_that_one_release_follows_another(release: Release, tmp_path: Path) -> None:
    """docs/deploy.md: both listen on one port; the old one is stopped when the new one's two workers listen too."""
    port = free_port()
    with in_front(tmp_path, port) as front, release.served(port) as old:
        wait_for_listeners(2, port)
        with release.served(port) as new, readers(front) as seen:
            wait_for_listeners(4, port)
            old.send_signal(signal.SIGTERM)
            old.wait(timeout=40)
            time.sleep(1)
            assert new.poll() is None
    assert set(seen) == {404}
    assert seen[404] > 20
