"""One kept page: its headers and its body, ready to be sent, and whether it is current."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass, field

import brotli

from articles.press.pagecache.watch import Numbers

Headers = tuple[tuple[str, str], ...]
# as a page is sent: its ETag, its headers, those of them that speak of the body, and the body
Sent = tuple[str, list[tuple[str, str]], list[tuple[str, str]], bytes]

OLDEST = 24 * 3600  # seconds: nothing older is shown, whatever has failed
QUALITY = 5  # of Brotli: beyond it, time grows faster than pages shrink
SAID = b" data-away hidden>"  # on a page's notice that comments are paused; no text holds a bare ">"
SAID_ALOUD = b" data-away>"
FORM = 2  # of what to_bytes writes
SEAL = 16  # bytes of a digest before it: a file may be torn


@dataclass(slots=True, eq=False)
class Page:
    """Moments are seconds of the epoch; `talk` is the article whose talk the page shows, or 0."""

    headers: Headers  # without those that depend on the encoding or on the moment of sending
    packed: bytes  # the body, in Brotli
    site: int
    talk: int
    talk_number: int
    drawn_at: float
    until: float
    tag: str
    length: int  # of the body, unpacked
    sent: dict[tuple[object, ...], Sent] = field(default_factory=dict)  # made by who sends them
    ready: dict[str, bytes] = field(default_factory=dict)  # bodies by encoding, made when first asked for

    @classmethod
    def drawn(
        cls, headers: Headers, body: bytes, *, numbers: Numbers, talk: int, now: float, longest: float
    ) -> Page:
        return cls(
            headers=headers,
            packed=brotli.compress(body, quality=QUALITY),
            site=numbers.site.number,
            talk=talk,
            talk_number=numbers.talk(talk).number,
            drawn_at=now,
            until=numbers.until(now, longest),
            tag=hashlib.blake2b(body, digest_size=12).hexdigest(),
            length=len(body),
        )

    def current(self, numbers: Numbers, now: float) -> bool:
        """Nothing that it shows has changed since."""
        return (
            self.site == numbers.site.number
            and now < self.until
            and (not self.talk or self.talk_number >= numbers.talk(self.talk).number)
        )

    def old_since(self, numbers: Numbers) -> float:
        """When a page that is no longer current ceased to be so, as far as this process knows; 0 for long ago."""
        talk = numbers.talk(self.talk)
        turned = [(self.site, numbers.site)] if self.site != numbers.site.number else []
        turned += [(self.talk_number, talk)] if self.talk_number < talk.number else []
        return min([*(count.since if drawn == count.before else 0.0 for drawn, count in turned), self.until])

    def presentable(self, numbers: Numbers | None, now: float) -> bool:
        """It may be old, but holds nothing that was taken back. Without numbers nobody knows that."""
        if numbers is None or now - self.drawn_at > OLDEST:
            return False
        return self.site >= numbers.site.floor and self.talk_number >= numbers.talk(self.talk).floor

    def body(self, encoding: str, *, away: bool = False) -> bytes:
        """As it travels. `away`: with the notice that comments are paused."""
        form = f"{encoding}{' away' if away else ''}"
        made = self.ready.get(form)
        if made is None:
            made = self.ready[form] = self._make(encoding, away=away)
        return made

    def _make(self, encoding: str, *, away: bool) -> bytes:
        if encoding == "br" and not away:
            return self.packed
        plain: bytes = brotli.decompress(self.packed)
        if away:
            plain = plain.replace(SAID, SAID_ALOUD)
        if encoding == "gzip":
            return gzip.compress(plain, 6, mtime=0)
        return brotli.compress(plain, quality=QUALITY) if encoding == "br" else plain

    @property
    def weight(self) -> int:
        """Bytes it takes in memory, roughly; gzip and the plain body may come beside the packed one."""
        return 3 * len(self.packed) + self.length + 4000

    def to_bytes(self) -> bytes:
        whole = [self.site, self.talk, self.talk_number]
        head = [FORM, whole, [self.drawn_at, self.until], self.tag, self.length, self.headers]
        said = json.dumps(head).encode() + b"\n" + self.packed
        return _seal(said) + said

    @classmethod
    def from_bytes(cls, kept: bytes) -> Page:
        """ValueError for anything that to_bytes of this version has not written, and written to its end."""
        said = kept[SEAL:]
        if _seal(said) != kept[:SEAL]:
            raise ValueError("This is no kept page, or a part of one.")
        head, _line, packed = said.partition(b"\n")
        form, *rest = json.loads(head)
        if form != FORM:
            raise ValueError(f"This page was kept in form {form!r}.")
        (site, talk, talk_number), (drawn_at, until), tag, length, headers = rest
        known = tuple((name, value) for name, value in headers)
        return cls(known, packed, site, talk, talk_number, drawn_at, until, tag, length)


def _seal(said: bytes) -> bytes:
    return hashlib.blake2b(said, digest_size=SEAL).digest()
