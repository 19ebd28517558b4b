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
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any
from urllib.parse import parse_qsl, urlencode

from articles.press.pagecache.keeping import MARK, SHARED, lifetime
from articles.press.pagecache.page import OLDEST, Headers, Page
from articles.press.pagecache.shelves import STATE, Memory, Shelf
from articles.press.pagecache.watch import PAUSE, Numbers, Watch

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

LONGEST = 300.0  # seconds that a page is current when nothing turns it: it may show today's date
OF_A_QUERY = 600.0  # seconds that a page with a query is kept at all: there is no end of them
GRACE = 0.3  # seconds after a turn in which readers get the last good copy and nobody waits for the new one
PAINTERS = 4  # threads that draw
PATIENCE = 0.3  # seconds that a reader waits for the new page when there is a last good copy
WAIT = 10.0  # seconds that a reader waits for the new page when there is none
MOST_ASKED = 50  # words of a query, and
LONGEST_QUERY = 1000  # letters; what asks for more is drawn by itself and not kept
STATE_KEPT = 60.0  # seconds after which the numbers are kept anew, lest the shelf throws them away as old
AWAY = "newsroom.away"  # in the environment of a request: the database does not answer
WORTH_PACKING = 1000  # bytes
GONE = ("404", "410")
MOVED = ("301", "302", "307", "308")
PACKED = {"": (), "br": (("Content-Encoding", "br"),), "gzip": (("Content-Encoding", "gzip"),)}
DROPPED = {"content-length", "content-encoding", "etag", "vary", "cache-control", MARK.lower()}
OF_THE_BODY = ("content-length", "etag")
OF_THIS_VISITOR = {"set-cookie"}
NOT_FOR_ALL = ("private", "no-store", "no-cache")
WEIGHTLESS = re.compile(r"q=0(\.0*)?")


@dataclass
class Answer:
    """What Django said, whole."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    asked: str  # the query

    def header(self, name: str) -> str:
        return next((value for known, value in self.headers if known.lower() == name), "")

    def leads_elsewhere(self, typed: str) -> bool:
        """Whether the reader is to go somewhere, and is to take along what they typed."""
        return self.status.startswith(MOVED) and typed != self.asked

    @property
    def of_this_visitor(self) -> bool:
        varies = self.header("vary").lower()
        sets = any(name.lower() in OF_THIS_VISITOR for name, _value in self.headers)
        return sets or "cookie" in varies or "*" in varies

    @property
    def keepable(self) -> bool:
        return (
            self.status.startswith("200")
            and bool(self.header(MARK.lower()))
            and not self.of_this_visitor
            and not any(word in self.header("cache-control") for word in NOT_FOR_ALL)
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
        painters: Executor | None = None,
    ) -> None:
        self.application = application
        self.watch, self.memory, self.shared = watch, memory, shared
        self.paths, self.query_words = paths, frozenset(query_words)
        self.session_cookie = f"{session_cookie}="
        self.admits = admits
        self._painters = painters or ThreadPoolExecutor(PAINTERS, thread_name_prefix="painter")
        self._drawing: dict[str, Future[Page | Answer | None]] = {}
        self._lock = threading.Lock()
        self._started = False
        self._kept_state: tuple[object, ...] = ()
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
        path: str = environ.get("PATH_INFO", "")
        if (
            environ["REQUEST_METHOD"] not in ("GET", "HEAD")
            or not self.paths.match(path)
            or "?" in path  # typed as %3F; it would pass for a query
            or "HTTP_AUTHORIZATION" in environ
            or not self.admits(environ)
        ):
            return None
        if not away and self.session_cookie in environ.get("HTTP_COOKIE", ""):
            return None
        query: str = environ.get("QUERY_STRING", "")
        if not query:
            return path
        if len(query) > LONGEST_QUERY or query.count("&") >= MOST_ASKED:
            return None
        words = self._known_words(query)
        return f"{path}?{words}" if words else path

    def _known_words(self, query: str) -> str:
        """In the order of their names; of one name, in the order in which they were typed: the last one counts."""
        typed = query.encode("latin-1", "replace").decode(errors="replace")  # WSGI hands bytes as Latin-1
        known = [pair for pair in parse_qsl(typed) if pair[0] in self.query_words]
        return urlencode(sorted(known, key=itemgetter(0)))

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
        """One request has the page drawn, beside the readers' threads, which a database that hangs may not hold.

        The others get the last good copy, or wait for the new one; in the first moments after a turn nobody waits.
        """
        with self._lock:
            drawing = self._drawing.get(key)
            ours = drawing is None
            if drawing is None:
                asked = _for_everybody(environ, key)
                drawing = self._drawing[key] = Future()
        if ours:
            self._painters.submit(self._draw_and_tell, key, old, asked, drawing)
        if old is None:
            self._wait_long(drawing)
        elif ours and time.time() - old.old_since(numbers) >= GRACE:
            wait_for([drawing], PATIENCE)
        return self._show(drawing, old, environ, start)

    def _wait_long(self, drawing: Future[Any]) -> None:
        until = time.monotonic() + WAIT
        while not drawing.done() and not self.watch.away and time.monotonic() < until:
            wait_for([drawing], PAUSE)

    def _draw_and_tell(
        self, key: str, old: Page | None, asked: Environ, drawing: Future[Page | Answer | None]
    ) -> None:
        """What was drawn, kept if it may be; None when another process is drawing it."""
        try:
            drawn = self._draw_unless_claimed(key, old, asked)
        except BaseException as fault:
            drawing.set_exception(fault)
        else:
            drawing.set_result(drawn)
        finally:
            with self._lock:
                del self._drawing[key]

    def _draw_unless_claimed(self, key: str, old: Page | None, asked: Environ) -> Page | Answer | None:
        numbers, now, page = self.watch.numbers or Numbers(), time.time(), self.memory.get(key)
        if page is not None and page.current(numbers, now):
            return page  # drawn since our reader looked for it
        if old is None:
            return self._draw(key, numbers, asked)
        if not self.shared.claim(key):
            return None
        try:
            return self._draw(key, numbers, asked)
        finally:
            self.shared.release(key)

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
        self, drawing: Future[Page | Answer | None], old: Page | None, environ: Environ, start: Start
    ) -> Iterable[bytes]:
        now, numbers, done = time.time(), self.watch.numbers, drawing.done()
        drawn = drawing.result() if done else None
        # something may have been taken back meanwhile: then neither the old copy nor what was begun before is shown
        if isinstance(drawn, Page) and drawn.presentable(numbers, now):
            return send(drawn, environ, start, now, word="miss")
        failed = isinstance(drawn, Answer) and drawn.status.startswith("5")
        if old is not None and old.presentable(numbers, now) and (failed or not isinstance(drawn, Answer)):
            return send(old, environ, start, now, word="stale", away=failed)
        if not done:  # nobody knows how long it takes, and no reader's thread shall find out
            return self.application({**environ, AWAY: True}, start)
        if isinstance(drawn, Answer) and not drawn.leads_elsewhere(environ.get("QUERY_STRING", "")):
            return _pass(drawn, environ, start)
        return self.application(environ, start)  # once more, now; a redirect with the query as it was typed

    # -- the numbers, for a process that starts while the database is away

    def _begin(self) -> None:
        with self._lock:
            if self._started:
                return
            self.watch.start()
            if self.watch.numbers is None and (kept := self.shared.get(STATE)):
                with suppress(ValueError):
                    self.watch.numbers = Numbers.from_bytes(kept)
            self._started = True

    def _keep_state(self, numbers: Numbers) -> None:
        state = (numbers.site, numbers.talks, int(time.monotonic() / STATE_KEPT))
        if state != self._kept_state:
            self._kept_state = state
            self.shared.put(STATE, numbers.to_bytes(), OLDEST)


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
    return Answer(said[0], said[1], body, environ.get("QUERY_STRING", ""))


def send(
    page: Page, environ: Environ, start: Start, now: float, *, word: str = "hit", away: bool = False
) -> list[bytes]:
    """Send a kept page, or 304 when the reader has it already."""
    encoding = wanted_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    left = page.until - now if word != "stale" else 1
    if left < SHARED:  # for moments only; not worth remembering
        etag, headers = _head(page, encoding, word, away, int(left))
    else:
        case = (encoding, word, away)
        etag, headers = page.heads.get(case) or page.heads.setdefault(case, _head(page, *case, None))
    if word == "stale":
        headers = (*headers, ("Age", str(max(0, int(now - page.drawn_at)))))
    if _has(environ.get("HTTP_IF_NONE_MATCH", ""), etag):
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


def _has(known: str, etag: str) -> bool:
    """Whether If-None-Match names it: alone, in a list, or as W/"…", which caches that pack pages make of it."""
    return etag in known or known.strip() == "*"


@lru_cache(maxsize=256)
def wanted_encoding(accepted: str, offered: tuple[str, ...] = ("br", "gzip")) -> str:
    """ "br", "gzip" or "": the first of these that the browser takes. `q=0` means that it does not."""
    taken = {}
    for part in accepted.lower().split(","):
        name, _semicolon, weight = part.partition(";")
        taken[name.strip()] = not WEIGHTLESS.fullmatch(weight.replace(" ", ""))
    return next((name for name in offered if taken.get(name)), "")


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
    gone = answer.status.startswith(GONE) and not answer.of_this_visitor
    accepted = wanted_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""), offered=("gzip",))
    packs = bool(accepted) and len(answer.body) > WORTH_PACKING
    dropped = {MARK.lower(), *(["cache-control"] if gone else []), *(OF_THE_BODY if packs else [])}
    headers = [pair for pair in answer.headers if pair[0].lower() not in dropped]
    body = answer.body
    if gone:
        headers += [("Cache-Control", "public, max-age=0, s-maxage=1"), ("X-Accel-Expires", "1")]
    if packs:
        body = gzip.compress(body, 5, mtime=0)
        headers += [("Content-Encoding", "gzip"), ("Content-Length", str(len(body)))]
        if "accept-encoding" not in answer.header("vary").lower():
            headers.append(("Vary", "Accept-Encoding"))
    start(answer.status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
