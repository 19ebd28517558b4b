"""Who comes to the two machines: an editor and a reader with their cookies, and a crowd that only reads."""

from __future__ import annotations

import http.client
import re
import threading
import urllib.request
from collections import Counter
from collections.abc import Iterator
from http.cookiejar import CookieJar
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

from tests.__main__ import HERE
from tests.deploy.machines import until


class Visitor:
    """A browser without scripts. Its cookies hold on every port of this machine, as behind one name."""

    def __init__(self) -> None:
        self.cookies = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, port: int, path: str) -> str:
        return self._open(port, path, None)

    def post(self, port: int, path: str, typed: dict[str, Any]) -> str:
        """The page that the answer leads to."""
        return self._open(port, path, urlencode(typed).encode())

    def _open(self, port: int, path: str, sent: bytes | None) -> str:
        with self._opener.open(f"http://{HERE}:{port}{path}", sent, timeout=20) as answer:
            text: str = answer.read().decode()
            return text

    def sign_in(self, port: int, name: str, password: str) -> None:
        form = {"username": name, "password": password, "next": "/admin/"}
        self.post(port, "/admin/login/", {**form, **token(self.get(port, "/admin/login/"))})


def token(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(csrfmiddlewaretoken)" value="([^"]*)">', page))


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


def read(port: int, path: str) -> tuple[int, str]:
    """As somebody who has never been here."""
    connection = http.client.HTTPConnection(HERE, port, timeout=20)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


class Crowd:
    """Readers who go on reading, each the next page, while something happens to the servers."""

    def __init__(self, port: int, addresses: Iterator[str], *, readers: int = 4) -> None:
        self.port = port
        self.answers: Counter[int | str] = Counter()
        self._addresses, self._turn = addresses, threading.Lock()
        self._leave = threading.Event()
        self._read_by = [0] * readers  # pages, by each of them
        self._readers = [threading.Thread(target=self._read, args=[one]) for one in range(readers)]

    def __enter__(self) -> Crowd:
        for reader in self._readers:
            reader.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave.set()
        for reader in self._readers:
            reader.join()

    def go_on(self) -> None:
        """Wait until every one of them has read some more."""
        before = list(self._read_by)

        def all_have() -> bool:
            return all(now > then + 5 for now, then in zip(self._read_by, before, strict=True))

        until(all_have, "every reader goes on reading")

    def _read(self, number: int) -> None:
        while not self._leave.is_set():
            with self._turn:
                address = next(self._addresses)
            try:
                said: int | str = read(self.port, address)[0]
            except OSError as fault:
                said = repr(fault)
            self.answers[said] += 1
            self._read_by[number] += 1
