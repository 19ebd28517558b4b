"""The WSGI layer: kept pages are answered here, before Django has heard of the request.

A request is looked up by its path and by those words of its query that pages know; nothing else of it matters,
but for the encoding. Who is signed in is never answered from here, and no page that they see is kept.
"""

from __future__ import annotations

import io
import re
import threading
import time
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import suppress
from operator import itemgetter
from typing import Any
from urllib.parse import parse_qsl, urlencode

from articles.press.pagecache.answers import Answer, Application, Environ, Start, ask, pass_on, send
from articles.press.pagecache.keeping import MARK
from articles.press.pagecache.page import OLDEST, Headers, Page
from articles.press.pagecache.shelves import STATE, Memory, Shelf
from articles.press.pagecache.watch import PAUSE, Numbers, Watch

LONGEST = 300.0  # seconds that a page is current when nothing turns it: it may show today's date
OF_A_QUERY = 600.0  # seconds that a page with a query is kept at all: there is no end of them
GRACE = 0.5  # seconds after a turn in which readers get the last good copy and nobody waits for the new one
PAINTERS = 4  # threads that draw
PATIENCE = 0.3  # seconds that a reader waits for the new page when there is a last good copy
WAIT = 10.0  # seconds that a reader waits for the new page when there is none
MOST_ASKED = 50  # words of a query, and
LONGEST_QUERY = 1000  # letters; what asks for more is drawn by itself and not kept
STATE_KEPT = 60.0  # seconds after which the numbers are kept anew, lest the shelf throws them away as old
AWAY = "newsroom.away"  # in the environment of a request: the database does not answer
DROPPED = {"content-length", "content-encoding", "etag", "vary", "cache-control", MARK.lower()}


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
            return pass_on(drawn, environ, start)
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
