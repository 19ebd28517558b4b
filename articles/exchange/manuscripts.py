"""What a reader of any format hands over: a manuscript, and a receipt for every line it was read from."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from html import escape
from typing import Any, Literal


class Unreadable(ValueError):
    """Nothing can be made of this file. Says what is wrong and what to do, in one line."""


@dataclass(frozen=True)
class Block:
    kind: Literal["heading", "paragraph"]
    text: str

    def as_html(self) -> str:
        tag = "h2" if self.kind == "heading" else "p"
        return f"<{tag}>{escape(self.text, quote=False)}</{tag}>"


@dataclass(frozen=True)
class AuthorBox:
    name: str
    bio: str


@dataclass(frozen=True)
class RelatedRead:
    title: str
    excerpt: str = ""


@dataclass
class Line:
    """A line of the source that is not blank, and what became of it: exactly one of `kept` and `dropped`."""

    number: int
    text: str  # as repaired
    repairs: tuple[str, ...] = ()
    level: int = 0  # of the heading that it is, where the source marks headings
    kept: str = ""  # as which part of the manuscript
    dropped: str = ""  # for which reason

    @property
    def settled(self) -> bool:
        return bool(self.kept or self.dropped)


@dataclass(frozen=True)
class Receipt:
    lines: tuple[Line, ...]

    @property
    def dropped(self) -> list[Line]:
        return [line for line in self.lines if line.dropped]

    @property
    def repaired(self) -> list[Line]:
        return [line for line in self.lines if line.repairs]

    def as_dict(self) -> dict[str, Any]:
        dropped = [{"line": line.number, "text": line.text, "reason": line.dropped} for line in self.dropped]
        repaired = [{"line": line.number, "repairs": list(line.repairs)} for line in self.repaired]
        kept = {str(line.number): line.kept for line in self.lines if line.kept}
        return {"dropped": dropped, "repaired": repaired, "kept": kept}


@dataclass(frozen=True)
class Manuscript:
    headline: str
    body: tuple[Block, ...]
    receipt: Receipt
    standfirst: str = ""
    authors: tuple[str, ...] = ()
    date: datetime.date | None = None
    time: datetime.time | None = None  # on the edition's clock, where the source tells
    author_box: AuthorBox | None = None
    related: tuple[RelatedRead, ...] = ()

    @property
    def headings(self) -> list[str]:
        return [block.text for block in self.body if block.kind == "heading"]

    def body_html(self) -> str:
        """What an editor would have typed. The press sanitises it like everything else."""
        return "\n".join(block.as_html() for block in self.body)

    def as_dict(self) -> dict[str, Any]:
        return {
            "headline": self.headline,
            "standfirst": self.standfirst,
            "authors": list(self.authors),
            "date": self.date.isoformat() if self.date else None,
            "time": self.time.isoformat() if self.time else None,
            "paragraphs": len(self.body) - len(self.headings),
            "headings": self.headings,
            "author_box": asdict(self.author_box) if self.author_box else None,
            "related": [asdict(read) for read in self.related],
        }


def joined(lines: Iterable[Line]) -> str:
    return " ".join(line.text for line in lines)
