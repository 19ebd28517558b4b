"""A page cache for tests: the layer round an application, with a watch that knows what it is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articles.press.pagecache.answers import Application, Environ, Start
from articles.press.pagecache.keeping import MARK
from articles.press.pagecache.layer import PageCache
from articles.press.pagecache.shelves import Folder, Memory, Shelf
from articles.press.pagecache.watch import Count, Numbers, Watch

BODY = (
    b"<!doctype html><p>The river rose.</p><p data-away hidden>Comments are paused.</p>"
    + b"<p>More.</p>" * 200
)
PATHS = re.compile(r"/(?:(?:en|ur)/|sitemap[^/]*\.xml$|robots\.txt$)")


class AtOnce(Executor):
    """Draws in the thread that asks for it: the test's, whose database it is."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


class Told(Watch):
    """A watch that knows what it was told and asks nobody."""

    def __init__(self, numbers: Numbers | None = None) -> None:
        super().__init__()
        self.numbers = numbers or Numbers(Count(10))
        self.is_away = False

    @property
    def away(self) -> bool:
        return self.is_away

    def start(self) -> None:
        pass

    def tell(self, numbers: Numbers) -> None:
        self.numbers = numbers
        for listener in self.listeners:
            listener(numbers)


@dataclass
class Said:
    """What came back: status, headers (each once) and body."""

    status: str
    headers: dict[str, str]
    body: bytes

    @classmethod
    def by(cls, application: Application, environ: Environ) -> Said:
        heard: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], fault: Any = None) -> Callable[[bytes], None]:
            names = [name.lower() for name, _value in headers]
            assert len(names) == len(set(names)), f"a header is said twice: {headers}"
            assert all(isinstance(part, str) for pair in headers for part in pair)
            heard[:] = [status, dict(zip(names, (value for _name, value in headers), strict=True))]
            return heard.append

        parts = application(environ, start)
        body = b"".join(parts)
        if close := getattr(parts, "close", None):
            close()
        return cls(heard[0], heard[1], body)


def asked(path: str = "/en/", *, query: str = "", method: str = "GET", **headers: str) -> Environ:
    given = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "wsgi.url_scheme": "http",
        "HTTP_HOST": "127.0.0.1",
        **given,
    }


class Paper:
    """A stub application: what it is asked, and what it answers."""

    def __init__(self) -> None:
        self.asked: list[Environ] = []
        self.status, self.body = "200 OK", BODY
        self.headers = {"Content-Type": "text/html", MARK: "0", "Cache-Control": "public, max-age=0"}
        self.meanwhile: Callable[[], object] = lambda: None

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        self.asked.append(environ)
        body = self.body
        self.meanwhile()
        start(self.status, list(self.headers.items()))
        return [body]


def a_cache(application: Application, watch: Watch, shared: Shelf | Path, **given: Any) -> PageCache:
    return PageCache(
        application,
        watch=watch,
        memory=Memory(10_000_000),
        shared=Folder(shared, "paper") if isinstance(shared, Path) else shared,
        **{
            "paths": PATHS,
            "query_words": {"tags", "section", "before"},
            "session_cookie": "sessionid",
            "painters": AtOnce(),
            **given,
        },
    )
