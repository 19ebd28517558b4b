"""What goes through the layer: the application's answers, and kept pages as they are sent to one reader."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from articles.press.pagecache.keeping import MARK, SHARED, lifetime
from articles.press.pagecache.page import Page, Sent

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

WORTH_PACKING = 1000  # bytes
GONE = ("404", "410")
MOVED = ("301", "302", "307", "308")
PACKED = {"": (), "br": (("Content-Encoding", "br"),), "gzip": (("Content-Encoding", "gzip"),)}
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
        sent = _made_out(page, encoding, word, away, int(left))
    else:
        case = (encoding, word, away)
        sent = page.sent.get(case) or page.sent.setdefault(case, _made_out(page, *case, None))
    etag, head, about_body, body = sent
    if word == "stale":
        head = [*head, ("Age", str(max(0, int(now - page.drawn_at))))]
    if (known := environ.get("HTTP_IF_NONE_MATCH")) and _has(known, etag):
        start("304 Not Modified", head.copy())
        return []
    start("200 OK", head + about_body)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _made_out(page: Page, encoding: str, word: str, away: bool, left: int | None) -> Sent:
    """The page as it is sent; `left` seconds until it is no longer current, None for long."""
    etag = f'"{page.tag}{"-away" if away else ""}-{encoding or "plain"}"'
    head = [
        *page.headers,
        ("Cache-Control", lifetime(SHARED if left is None else left)),
        ("X-Accel-Expires", "0" if left == 0 else "1"),
        ("ETag", etag),
        ("Vary", "Accept-Encoding"),
        ("X-Cache", word),
    ]
    body = page.body(encoding, away=away)
    return etag, head, [("Content-Length", str(len(body))), *PACKED[encoding]], body


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


def pass_on(answer: Answer, environ: Environ, start: Start) -> list[bytes]:
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
