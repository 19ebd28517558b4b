"""The WSGI layer: kept pages are answered here, before Django has heard of the request.

A request is looked up by its path and by those words of its query that pages know; nothing else of it matters,
but for the encoding. Who is signed in is never answered from here, and no page that they see is kept.
"""

from __future__ import annotations

import gzip
import io
import re
import threading
import time
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from articles.press.pagecache.keeping import MARK, SHARED, lifetime
from articles.press.pagecache.page import OLDEST, Headers, Page
from articles.press.pagecache.shelves import STATE, Memory, Shelf
from articles.press.pagecache.watch import Numbers, Watch

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

LONGEST = 300.0  # seconds that a page is current when nothing turns it: it may show today's date
OF_A_QUERY = 600.0  # seconds that a page with a query is kept at all: there is no end of them
GRACE = 0.3  # seconds after a turn in which readers get the last good copy and nobody waits for the new one
PAINTERS = 2  # threads that draw in that time
WAIT = 10.0  # seconds for a page that another thread draws
AWAY = "newsroom.away"  # in the environment of a request: the database does not answer
WORTH_PACKING = 1000  # bytes
GONE = ("404", "410")
MOVED = ("301", "302", "307", "308")
PACKED = {"": (), "br": (("Content-Encoding", "br"),), "gzip": (("Content-Encoding", "gzip"),)}
DROPPED = {"content-length", "content-encoding", "etag", "vary", "cache-control", MARK.lower()}
OF_THIS_VISITOR = {"set-cookie"}


@dataclass
class Answer:
    """What Django said, whole."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for known, value in self.headers if known.lower() == name), "")

    @property
    def keepable(self) -> bool:
        names = {name.lower() for name, _value in self.headers}
        said = self.header("vary").lower()
        return (
            self.status.startswith("200")
            and MARK.lower() in names
            and not names & OF_THIS_VISITOR
            and "cookie" not in said
            and "*" not in said
        )


class PageCache:
    """`paths` are those of readers' pages; `query_words` what they understand of a query."""

    def __init__(
        self,
        application: Application,
        *,
        watch: Watch,
        memory: Memory,
        shared: Shelf,
        paths: re.Pattern[str],
        query_words: Collection[str],
        session_cookie: str,
        admits: Callable[[Environ], bool] = lambda environ: True,
    ) -> None:
        self.application = application
        self.watch, self.memory, self.shared = watch, memory, shared
        self.paths, self.query_words = paths, frozenset(query_words)
        self.session_cookie = f"{session_cookie}="
        self.admits = admits
        self._painters = ThreadPoolExecutor(PAINTERS, thread_name_prefix="painter")
        self._drawing: dict[str, threading.Event] = {}
        self._lock = threading.Lock()
        self._started = False
        self._kept_state = b""
        watch.listeners.append(self._keep_state)

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        if not self._started:
            self._begin()
        away = self.watch.away
        if away:
            environ[AWAY] = True
        key = self._key(environ, away=away)
        if key is None:
            return self.application(environ, start)
        numbers, now = self.watch.numbers, time.time()
        page = self.memory.get(key)
        if page is not None and not away and numbers is not None and page.current(numbers, now):
            return send(page, environ, start, now)
        return self._look_further(key, page, environ, start)

    # -- what is asked for

    def _key(self, environ: Environ, *, away: bool) -> str | None:
        """The name under which the page is kept; None for what is never kept. Signed in: only in an emergency."""
        path: str = environ["PATH_INFO"]
        if (
            environ["REQUEST_METHOD"] not in ("GET", "HEAD")
            or not self.paths.match(path)
            or "HTTP_AUTHORIZATION" in environ
            or not self.admits(environ)
        ):
            return None
        if not away and self.session_cookie in environ.get("HTTP_COOKIE", ""):
            return None
        query = environ.get("QUERY_STRING", "")
        return f"{path}?{self._known_words(query)}" if query else path

    def _known_words(self, query: str) -> str:
        try:
            given = parse_qsl(query, keep_blank_values=False, max_num_fields=50)
        except ValueError:
            return query  # more than anybody asks; Django says so
        return urlencode(sorted(pair for pair in given if pair[0] in self.query_words))

    # -- when it is not at hand

    def _look_further(self, key: str, page: Page | None, environ: Environ, start: Start) -> Iterable[bytes]:
        numbers, away, now = self.watch.numbers, self.watch.away, time.time()
        page = self._newer(key, page)
        if page is not None and not away and numbers is not None and page.current(numbers, now):
            return send(page, environ, start, now)
        if page is not None and not page.presentable(numbers, now):
            page = None
        if away or numbers is None or not numbers.site.number:
            return self._emergency(page, environ, start) if away else self.application(environ, start)
        return self._draw_once(key, page, numbers, environ, start)

    def _newer(self, key: str, page: Page | None) -> Page | None:
        """The page as another process has kept it, when that is newer than what we have."""
        kept = self.shared.get(key)
        if kept is None:
            return page
        try:
            other = Page.from_bytes(kept)
        except ValueError:
            return page
        if page is not None and page.drawn_at >= other.drawn_at:
            return page
        self.memory.put(key, other)
        return other

    def _emergency(self, page: Page | None, environ: Environ, start: Start) -> Iterable[bytes]:
        """The database is away: the last good copy, or Django's page that says so."""
        if page is None:
            return self.application(environ, start)
        return send(page, environ, start, time.time(), word="stale", away=True)

    def _draw_once(
        self, key: str, old: Page | None, numbers: Numbers, environ: Environ, start: Start
    ) -> Iterable[bytes]:
        """One request draws the page. The others get the last good copy, or wait for the new one.

        In the first moments after a turn nobody waits: the new page is drawn beside the readers' requests.
        """
        with self._lock:
            drawing = self._drawing.get(key)
            if drawing is None:
                self._drawing[key] = threading.Event()
        if drawing is not None:
            return self._meanwhile(key, old, drawing, environ, start)
        asked = _for_everybody(environ, key)
        if old is not None and time.time() - old.old_since(numbers) < GRACE:
            self._painters.submit(self._draw_and_tell, key, old, numbers, asked)
            return send(old, environ, start, time.time(), word="stale")
        answer = self._draw_and_tell(key, old, numbers, asked)
        return self._show(answer, old, environ, start)

    def _draw_and_tell(
        self, key: str, old: Page | None, numbers: Numbers, asked: Environ
    ) -> Page | Answer | None:
        """What was drawn, kept if it may be; None when another process is drawing it."""
        try:
            if old is None:
                return self._draw(key, numbers, asked)
            if not self.shared.claim(key):
                return None
            try:
                return self._draw(key, numbers, asked)
            finally:
                self.shared.release(key)
        finally:
            self._drawing.pop(key).set()

    def _draw(self, key: str, numbers: Numbers, asked: Environ) -> Page | Answer:
        now = time.time()
        answer = ask(self.application, asked)
        if answer.keepable:
            page = _page(answer, numbers, now)
            self.memory.put(key, page)
            self.shared.put(key, page.to_bytes(), OF_A_QUERY if "?" in key else OLDEST)
            return page
        if not answer.status.startswith("5"):
            self.memory.forget(key)
            self.shared.forget(key)
        return answer

    def _show(
        self, drawn: Page | Answer | None, old: Page | None, environ: Environ, start: Start
    ) -> Iterable[bytes]:
        now = time.time()
        if isinstance(drawn, Page):
            return send(drawn, environ, start, now, word="miss")
        if old is not None and (drawn is None or drawn.status.startswith("5")):
            return send(old, environ, start, now, word="stale", away=drawn is not None)
        if drawn is None or drawn.status.startswith(MOVED):
            return self.application(environ, start)  # once more, with the query as it was typed
        return _pass(drawn, environ, start)

    def _meanwhile(
        self, key: str, old: Page | None, drawing: threading.Event, environ: Environ, start: Start
    ) -> Iterable[bytes]:
        if old is not None:
            return send(old, environ, start, time.time(), word="stale")
        drawing.wait(WAIT)
        page, numbers, now = self.memory.get(key), self.watch.numbers, time.time()
        if page is not None and numbers is not None and page.presentable(numbers, now):
            return send(page, environ, start, now)
        return self.application(environ, start)

    # -- the numbers, for a process that starts while the database is away

    def _begin(self) -> None:
        with self._lock:
            if self._started:
                return
            self.watch.start()
            if self.watch.numbers is None and (kept := self.shared.get(STATE)):
                self.watch.numbers = Numbers.from_bytes(kept)
            self._started = True

    def _keep_state(self, numbers: Numbers) -> None:
        said = numbers.to_bytes()
        if said != self._kept_state:
            self._kept_state = said
            self.shared.put(STATE, said, OLDEST)


def ask(application: Application, environ: Environ) -> Answer:
    """Let the application answer, and wait until it has said everything."""
    said: list[Any] = []
    written: list[bytes] = []

    def start(status: str, headers: list[tuple[str, str]], fault: Any = None) -> Callable[[bytes], None]:
        said[:] = [status, headers]
        return written.append

    parts = application(environ, start)
    try:
        body = b"".join([*written, *parts])
    finally:
        if close := getattr(parts, "close", None):
            close()
    return Answer(said[0], said[1], body)


def send(
    page: Page, environ: Environ, start: Start, now: float, *, word: str = "hit", away: bool = False
) -> list[bytes]:
    """Send a kept page, or 304 when the reader has it already."""
    encoding = wanted_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    left = page.until - now if word != "stale" else 1
    case = (encoding, word, away, None if left >= SHARED else int(left))
    etag, headers = page.heads.get(case) or page.heads.setdefault(case, _head(page, *case))
    if word == "stale":
        headers = (*headers, ("Age", str(max(0, int(now - page.drawn_at)))))
    if etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start("304 Not Modified", list(headers))
        return []
    body = page.body(encoding, away=away)
    start("200 OK", [*headers, ("Content-Length", str(len(body))), *PACKED[encoding]])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _head(page: Page, encoding: str, word: str, away: bool, left: int | None) -> tuple[str, Headers]:
    """The ETag and the headers; `left` seconds until it is no longer current, None for long."""
    etag = f'"{page.tag}{"-away" if away else ""}-{encoding or "plain"}"'
    return etag, (
        *page.headers,
        ("Cache-Control", lifetime(SHARED if left is None else left)),
        ("X-Accel-Expires", "0" if left == 0 else "1"),
        ("ETag", etag),
        ("Vary", "Accept-Encoding"),
        ("X-Cache", word),
    )


@lru_cache(maxsize=256)
def wanted_encoding(accepted: str) -> str:
    """ "br", "gzip" or "": the smallest that the browser takes. `q=0` means that it does not."""
    taken = {}
    for part in accepted.lower().split(","):
        name, _semicolon, weight = part.partition(";")
        taken[name.strip()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("br", "gzip") if taken.get(name)), "")


def _for_everybody(environ: Environ, key: str) -> Environ:
    """The same request without what is one visitor's own."""
    asked = {
        name: value
        for name, value in environ.items()
        if name not in ("HTTP_ACCEPT_ENCODING", "HTTP_COOKIE") and not name.startswith("HTTP_IF_")
    }
    own = {"REQUEST_METHOD": "GET", "QUERY_STRING": key.partition("?")[2], "wsgi.input": io.BytesIO()}
    return {**asked, **own}


def _page(answer: Answer, numbers: Numbers, now: float) -> Page:
    kept: Headers = tuple(pair for pair in answer.headers if pair[0].lower() not in DROPPED)
    talk = answer.header(MARK.lower())
    return Page.drawn(
        kept,
        answer.body,
        numbers=numbers,
        talk=int(talk) if talk.isdecimal() else 0,
        now=now,
        longest=LONGEST,
    )


def _pass(answer: Answer, environ: Environ, start: Start) -> list[bytes]:
    """Send on what is not kept. Where nothing is (any more), a cache in front may know it for a second."""
    headers = [pair for pair in answer.headers if pair[0].lower() != MARK.lower()]
    if answer.status.startswith(GONE):
        headers = [pair for pair in headers if pair[0].lower() != "cache-control"]
        headers += [("Cache-Control", "public, max-age=0, s-maxage=1"), ("X-Accel-Expires", "1")]
    body = answer.body
    if wanted_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")) and len(body) > WORTH_PACKING:
        body = gzip.compress(body, 5, mtime=0)
        headers = [pair for pair in headers if pair[0].lower() != "content-length"]
        headers += [
            ("Content-Encoding", "gzip"),
            ("Content-Length", str(len(body))),
            ("Vary", "Accept-Encoding"),
        ]
    start(answer.status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
