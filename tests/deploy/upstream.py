"""A stand-in for the application: it answers what a test laid out and remembers who asked."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

HERE = "127.0.0.1"
# what the page cache says of a page that every reader may share (articles/press)
SHARED = {
    "Cache-Control": "public, max-age=0, s-maxage=10, stale-while-revalidate=20, stale-if-error=86400",
    "Content-Type": "text/html; charset=utf-8",
    "Surrogate-Key": "site",
    "Vary": "Accept-Encoding",
    "X-Accel-Expires": "1",
}


@dataclass(frozen=True)
class Page:
    text: str = "words"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    seconds: float = 0  # that the application thinks before it answers

    def but(self, **changes: Any) -> Page:
        return replace(self, **changes)


@dataclass(frozen=True)
class Asked:
    method: str
    address: str
    headers: dict[str, str]  # names in small letters
    answered: int


class Upstream(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, port: int) -> None:
        super().__init__((HERE, port), _Answering)
        self.pages: dict[str, Page] = {}
        self.asked: list[Asked] = []
        self.doors: set[socket.socket] = set()
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def get_request(self) -> tuple[socket.socket, Any]:
        door, address = super().get_request()
        self.doors.add(door)
        return door, address

    def go(self) -> None:
        """As a machine goes that is switched off: nobody listens, and open connections end."""
        self.shutdown()
        self.server_close()
        for door in self.doors:
            try:
                door.shutdown(socket.SHUT_RDWR)
            except OSError:  # had ended already
                continue

    def asked_for(self, path: str) -> list[Asked]:
        return [asked for asked in self.asked if urlsplit(asked.address).path == path]


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Upstream

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except ConnectionError:
            self.close_connection = True

    def do_GET(self) -> None:
        page = self.server.pages.get(self.path, Page("nothing here", 404))
        known = bool(page.etag) and self.headers.get("If-None-Match") == page.etag
        status = 304 if known else page.status
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.rfile.read(int(headers.get("content-length", 0)))
        self.server.asked.append(Asked(self.command, self.path, headers, status))
        time.sleep(page.seconds)
        self._send(page, status)

    do_HEAD = do_POST = do_GET

    def _send(self, page: Page, status: int) -> None:
        encoding = self.headers.get("Accept-Encoding", "")
        # not compressed in earnest: what matters is who gets which
        body = b"" if status == 304 else f"{encoding}|{page.text}".encode()
        self.send_response(status)
        for name, value in page.headers.items():
            self.send_header(name, value)
        if page.etag:
            self.send_header("ETag", page.etag)
        if encoding:
            self.send_header("Content-Encoding", encoding)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *words: Any) -> None:
        """Silent."""
