"""Where pages are kept: in this process, and in one place for all processes of the paper.

The shared place is Redis, else a folder. It may be away, slow or full at any time: then it has nothing and keeps
nothing, and a reader waits a few milliseconds at the most.
"""

from __future__ import annotations

import hashlib
import itertools
import logging
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, TypeVar

import redis

from articles.press.pagecache.page import OLDEST, Page

logger = logging.getLogger(__name__)

T = TypeVar("T")
CLAIMED = 5.0  # seconds after which a page that somebody draws may be drawn by another
SWEPT = 16  # of so many writes, one sweeps the folder it writes to: a reader does not wait for it
STATE = "numbers"


class Shelf(Protocol):
    """What all processes share. `get` and `put` are of bytes; nothing here ever raises for a fault of the place."""

    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, kept: bytes, seconds: float) -> None: ...

    def forget(self, key: str) -> None: ...

    def claim(self, key: str) -> bool:
        """Whether nobody else is drawing this page: then we do, until `release` or CLAIMED seconds have passed."""
        ...

    def release(self, key: str) -> None: ...


class Memory:
    """The pages of this process, the least read of them thrown away when they weigh too much."""

    def __init__(self, most: int) -> None:
        self.most = most  # bytes
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._weight = 0
        self._lock = threading.Lock()

    def get(self, key: str) -> Page | None:
        page = self._pages.get(key)
        if page is not None:
            with suppress(KeyError):  # thrown away by another thread in between
                self._pages.move_to_end(key)
        return page

    def put(self, key: str, page: Page) -> None:
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self._weight += page.weight
            while self._weight > self.most and len(self._pages) > 1:
                self._drop(next(iter(self._pages)))

    def forget(self, key: str) -> None:
        with self._lock:
            self._drop(key)

    def _drop(self, key: str) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self._weight -= page.weight

    def __len__(self) -> int:
        return len(self._pages)


class Folder:
    """A file a page, for the processes of one machine; they outlive a restart.

    A file's date is such that it is too old, OLDEST seconds later, when its page is to be thrown away.
    """

    MOST = 80  # files in each of 256 folders; a few more may gather until they are swept

    def __init__(self, path: Path, paper: str) -> None:
        """`paper` tells its pages from those of another paper that has the same folder."""
        self.path, self.paper = path, paper
        self._writes = itertools.count(1)
        self._told = False

    def get(self, key: str) -> bytes | None:
        try:
            return self._file(key).read_bytes()
        except OSError:
            return None

    def put(self, key: str, kept: bytes, seconds: float) -> None:
        file = self._file(key)
        draft = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft.write_bytes(kept)
            dated = time.time() + seconds - OLDEST
            os.utime(draft, (dated, dated))
            draft.replace(file)
        except OSError as fault:  # full, or not ours to write
            self._tell(fault)
            with suppress(OSError):
                draft.unlink(missing_ok=True)
        if next(self._writes) % SWEPT == 0:
            self.sweep(file.parent)

    def forget(self, key: str) -> None:
        with suppress(OSError):
            self._file(key).unlink(missing_ok=True)

    def claim(self, key: str) -> bool:
        mark = self._file(key).with_suffix(".claim")
        try:
            mark.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(mark, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            return self._overdue(mark)
        except OSError as fault:
            self._tell(fault)
        return True

    def release(self, key: str) -> None:
        with suppress(OSError):
            self._file(key).with_suffix(".claim").unlink(missing_ok=True)

    def sweep(self, folder: Path) -> None:
        """Throw away what is too old to be shown, and the oldest of what is too much."""
        files = []
        for file in folder.glob("*"):
            with suppress(OSError):
                files.append((file.stat().st_mtime, file))
        files.sort()
        too_many = len(files) - self.MOST
        for place, (dated, file) in enumerate(files):
            if place < too_many or time.time() - dated > OLDEST:
                with suppress(OSError):
                    file.unlink(missing_ok=True)

    def _overdue(self, mark: Path) -> bool:
        """Whether who claimed it has been at it for too long. Then it is ours, as if we had just claimed it."""
        try:
            if time.time() - mark.stat().st_mtime < CLAIMED:
                return False
            os.utime(mark)
        except OSError:
            pass  # released in this moment
        return True

    def _file(self, key: str) -> Path:
        name = hashlib.blake2b(f"{self.paper} {key}".encode(), digest_size=16).hexdigest()
        return self.path / name[:2] / f"{name[2:]}.page"

    def _tell(self, fault: OSError) -> None:
        if not self._told:
            self._told = True
            logger.warning("The page cache keeps nothing in %s: %s", self.path, fault)


class Redis:
    """For the processes of many machines. While it is away it is asked once in a while, by one reader."""

    REST = 2.0  # seconds between two attempts while it is away
    LONGEST = 0.03  # seconds for an answer: it stands beside us, and drawing a page takes less

    def __init__(self, url: str, paper: str) -> None:
        """`paper` tells its pages from those of another paper that has the same Redis."""
        self._page, self._claim = f"page:{paper}:", f"claim:{paper}:"
        self._client = redis.Redis.from_url(
            url, socket_timeout=self.LONGEST, socket_connect_timeout=self.LONGEST, retry=None
        )
        self._away_until = 0.0
        self._told = float("-inf")

    def get(self, key: str) -> bytes | None:
        return self._asked(lambda: self._client.get(self._page + key), None)

    def put(self, key: str, kept: bytes, seconds: float) -> None:
        self._asked(lambda: self._client.set(self._page + key, kept, px=max(1, int(seconds * 1000))), None)

    def forget(self, key: str) -> None:
        self._asked(lambda: self._client.delete(self._page + key), None)

    def claim(self, key: str) -> bool:
        return bool(
            self._asked(
                lambda: self._client.set(self._claim + key, b"1", nx=True, px=int(CLAIMED * 1000)), True
            )
        )

    def release(self, key: str) -> None:
        self._asked(lambda: self._client.delete(self._claim + key), None)

    def _asked(self, ask: Callable[[], Any], otherwise: T) -> Any | T:
        now = time.monotonic()
        if now < self._away_until:
            return otherwise
        if self._away_until:  # one asks whether it is back; those who come meanwhile do not wait for that
            self._away_until = now + self.LONGEST
        answer: Any = otherwise
        try:
            answer = ask()
        except redis.ResponseError as refused:  # it is there, but full, or keeps nothing for another reason
            self._tell(now, refused)
        except (redis.RedisError, OSError) as fault:
            self._tell(now, fault)
            self._away_until = time.monotonic() + self.REST
            return otherwise
        self._away_until = 0.0
        return answer

    def _tell(self, now: float, fault: Exception) -> None:
        """Once a minute at the most."""
        if now > self._told + 60:
            self._told = now
            logger.warning("The shared page cache does not keep pages: %s", fault)
