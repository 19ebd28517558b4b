"""Reader of the demo's own files: header lines, an empty line, the body as simple HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

AGE = re.compile(r"([0-9]+)([mhdw])")
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
FIELDS = {
    "headline", "kicker", "standfirst", "dateline", "section", "genre", "authors", "tags", "image", "alt",
    "caption", "age", "published", "translation-of", "correction", "figure",
}  # fmt: skip
REPEATED = {"correction", "figure"}
REQUIRED = ("headline", "standfirst", "section", "genre", "authors", "tags")


class DemoError(ValueError):
    """A demo file is not written as it should be; says which, and what is wrong."""


@dataclass(frozen=True)
class DemoNote:
    """A note to readers: kind of Correction, its age, its words."""

    kind: str
    age: timedelta
    text: str


@dataclass(frozen=True)
class DemoStory:
    edition: str
    slug: str
    words: Mapping[str, str]  # the header lines that stand once
    authors: tuple[str, ...]  # slugs
    tags: tuple[str, ...]  # names
    notes: tuple[DemoNote, ...]
    figures: Mapping[str, str]  # pictures in the body: name → alt text
    body: str

    def __getitem__(self, field: str) -> str:
        return self.words.get(field, "")

    def printed_at(self, now: datetime, zone: ZoneInfo) -> datetime:
        if self["published"]:
            return datetime.fromisoformat(self["published"]).replace(tzinfo=zone)
        return ago(now, age_of(self["age"]))


def ago(now: datetime, age: timedelta) -> datetime:
    return (now - age).replace(second=0, microsecond=0)


def age_of(text: str) -> timedelta:
    """“40m”, “3h”, “2d”, “5w”."""
    found = AGE.fullmatch(text.strip())
    if not found:
        raise DemoError(
            f"{text!r} is not an age. Write minutes, hours, days or weeks, such as 40m, 3h, 2d, 5w."
        )
    return timedelta(**{UNITS[found[2]]: int(found[1])})


def read_story(text: str, *, edition: str, slug: str) -> DemoStory:
    head, parted, body = text.partition("\n\n")
    once, many = _header(head)
    missing = [field for field in REQUIRED if not once.get(field)]
    if missing or not parted or not body.strip():
        raise DemoError(f"{edition}/{slug}: there is no {' and no '.join(missing) or 'body'}.")
    if ("age" in once) == ("published" in once):
        raise DemoError(f"{edition}/{slug}: give either an age or a published date.")
    return DemoStory(
        edition=edition,
        slug=slug,
        words=once,
        authors=_listed(once["authors"]),
        tags=_listed(once["tags"]),
        notes=tuple(_note(line) for line in many["correction"]),
        figures=dict(_pair(line) for line in many["figure"]),
        body=body.strip(),
    )


def _header(head: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    """What stands once, and what may stand several times."""
    once: dict[str, str] = {}
    many: dict[str, list[str]] = {field: [] for field in REPEATED}
    for line in head.splitlines():
        key, colon, value = line.partition(":")
        if not colon or key not in FIELDS or key in once:
            raise DemoError(f"{line!r} is not a header line that a story may have here.")
        if key in REPEATED:
            many[key].append(value.strip())
        else:
            once[key] = value.strip()
    return once, many


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _pair(line: str) -> tuple[str, str]:
    name, _bar, words = (part.strip() for part in line.partition("|"))
    return name, words


def _note(line: str) -> DemoNote:
    try:
        kind, age, text = (part.strip() for part in line.split("|", 2))
    except ValueError as error:
        raise DemoError(f"{line!r} is not written as “kind | age | words of the note”.") from error
    return DemoNote(kind, age_of(age), text)


@dataclass(frozen=True)
class DemoFiles:
    """The folder of the demo."""

    folder: Path

    def cast(self) -> dict[str, Any]:
        return dict(json.loads((self.folder / "cast.json").read_text("utf-8")))

    def comments(self) -> dict[str, list[dict[str, Any]]]:
        """“edition/slug” → its threads."""
        return dict(json.loads((self.folder / "comments.json").read_text("utf-8")))

    def slugs(self, edition: str) -> list[str]:
        return sorted(path.stem for path in (self.folder / edition).glob("*.html"))

    def story(self, edition: str, slug: str) -> DemoStory:
        path = self.folder / edition / f"{slug}.html"
        try:
            return read_story(path.read_text("utf-8"), edition=edition, slug=slug)
        except DemoError as error:
            raise DemoError(f"{path.name}: {error}") from error

    def picture(self, name: str) -> Path:
        return self.folder / "pictures" / f"{name}.webp"


def with_numbers(body: str, number_of: Callable[[str], int | None]) -> str:
    """The body with the library's numbers in place of picture names; a figure without a picture goes."""

    def numbered(found: re.Match[str]) -> str:
        number = number_of(found[1])
        return found[0].replace(f'"{found[1]}"', f'"{number}"', 1) if number else ""

    return re.sub(r'<figure data-image-id="([\w-]+)">.*?</figure>\n?', numbered, body, flags=re.DOTALL)
