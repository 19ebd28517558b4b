"""Taking stories in: files → manuscripts → stories on the desk, printed if asked. Twice is like once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from articles.exchange.captures import read_text
from articles.exchange.manuscripts import Manuscript, Unreadable
from articles.exchange.saved_pages import read_html
from articles.exchange.sources import arrived, as_it_arrived, keep_arrived
from articles.models import Author, Byline, Edition, Section, Status, Story
from articles.press import related
from articles.press.publishing import PressError, publish
from articles.text.words import slug_of

READERS: dict[str, Callable[[bytes], Manuscript]] = {"text": read_text, "html": read_html}
MOST_BYTES = 10 * 2**20
DEFAULT_SECTION = "news"
DIFFERS = (
    "A story of this headline came in earlier with other words. It was left as it is; compare at the desk."
)

State = Literal["draft", "printed", "unchanged", "differs"]


class IntakeError(Exception):
    """Nothing was taken in. `problems` says why, one line each."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Arrival:
    """A manuscript and the file it came from."""

    file: str
    format: str
    manuscript: Manuscript

    @property
    def key(self) -> str:
        """What tells this story from others of its edition: the words of its headline."""
        return slug_of(self.manuscript.headline) or "story"


@dataclass
class Outcome:
    arrival: Arrival
    state: State
    story_id: int
    problems: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return {
            "file": self.arrival.file,
            "outcome": self.state,
            "problems": self.problems,
            **self.arrival.manuscript.as_dict(),
            "receipt": self.arrival.manuscript.receipt.as_dict(),
        }


# -- reading


def read_files(format: str, paths: Sequence[Path]) -> list[Arrival]:
    """Read every file, or raise IntakeError with a line for each that cannot be read."""
    arrivals, problems = [], []
    for path in paths:
        try:
            arrivals.append(Arrival(str(path), format, READERS[format](_content(path))))
        except Unreadable as error:
            problems.append(f"{path} {error}")
    if problems:
        raise IntakeError(*problems)
    return arrivals


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise Unreadable(f"is a folder. Name the files in it, such as {path}/*.")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Unreadable(
                f"is larger than {MOST_BYTES // 2**20} MB, which no story is. Name the story’s own file."
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable("is not there. Look for a slip in its name.") from error
    except OSError as error:
        raise Unreadable(f"cannot be opened ({error.strerror}). Look at its permissions.") from error


# -- storing


def section_for(edition: Edition, slug: str = "") -> Section:
    """The section named, else “news”, else the first of the edition; an edition without any gets its “news”."""
    sections = list(Section.objects.filter(edition=edition.code))
    wanted = [section for section in sections if section.slug == (slug or DEFAULT_SECTION)]
    if not wanted and slug:
        there = ", ".join(section.slug for section in sections) or "none yet; make one at the desk first"
        raise IntakeError(f"The edition {edition} has no section “{slug}”. There are: {there}.")
    if not sections:
        with translation.override(edition.language):
            return Section.objects.create(edition=edition.code, slug=DEFAULT_SECTION, name=gettext("News"))
    return [*wanted, *sections][0]


@transaction.atomic
def take_in(
    arrivals: Sequence[Arrival], *, edition: Edition, section: Section, to_print: bool, dry_run: bool = False
) -> list[Outcome]:
    """Store all arrivals that are not here yet, or (dry run) find out what would happen and store nothing."""
    here = arrived(edition.code, *READERS)
    outcomes = []
    with related.put_off():
        for arrival in arrivals:
            outcome = _take_one(arrival, here.get(arrival.key), edition, section)
            here[arrival.key] = outcome.story_id
            if to_print and outcome.state in {"draft", "unchanged"}:
                _print(outcome, edition)
            outcomes.append(outcome)
    transaction.set_rollback(dry_run)
    return outcomes


def _take_one(arrival: Arrival, story_id: int | None, edition: Edition, section: Section) -> Outcome:
    if story_id is None:
        return Outcome(arrival, "draft", _store(arrival, edition, section).pk)
    if _is_same(arrival.manuscript, as_it_arrived(story_id)):
        return Outcome(arrival, "unchanged", story_id)
    return Outcome(arrival, "differs", story_id, [DIFFERS])


def _is_same(manuscript: Manuscript, then: dict[str, Any]) -> bool:
    now = (
        manuscript.headline,
        manuscript.standfirst,
        manuscript.body_html(),
        list(map(_slug, manuscript.authors)),
    )
    return now == (
        then["headline"],
        then["standfirst"],
        then["body"],
        [line["author"] for line in then["byline"]],
    )


def _store(arrival: Arrival, edition: Edition, section: Section) -> Story:
    manuscript = arrival.manuscript
    at = _moment(manuscript, edition)
    story = Story.objects.create(
        edition=edition.code,
        section=section,
        headline=manuscript.headline,
        standfirst=manuscript.standfirst,
        slug=arrival.key,
        body=manuscript.body_html(),
        publish_at=at if at and at > timezone.now() else None,  # a wire under embargo stays under it
    )
    for place, name in enumerate(manuscript.authors):
        Byline.objects.create(story=story, author=_author(name, manuscript, edition), position=place)
    keep_arrived(story, format=arrival.format, key=arrival.key)
    return story


def _author(name: str, manuscript: Manuscript, edition: Edition) -> Author:
    box = manuscript.author_box
    bio = box.bio if box and _slug(box.name) == _slug(name) else ""
    given = {"name": name, "bio": bio}
    return Author.objects.get_or_create(edition=edition.code, slug=_slug(name), defaults=given)[0]


def _slug(name: str) -> str:
    return slug_of(name) or "author"


def _moment(manuscript: Manuscript, edition: Edition) -> datetime | None:
    """When its source printed it. A day without an hour means its midnight, so that no story has to wait."""
    if manuscript.date is None:
        return None
    return datetime.combine(manuscript.date, manuscript.time or time(), edition.zone)


def _print(outcome: Outcome, edition: Edition) -> None:
    """Print a draft with the date of its source. What the press refuses stays a draft, and is reported."""
    story = Story.objects.get(pk=outcome.story_id)
    if story.status != Status.DRAFT:
        return
    try:
        publish(story, by=None, at=_moment(outcome.arrival.manuscript, edition))
        outcome.state = "printed"
    except PressError as refused:
        outcome.problems += [f"Not printed: {problem}" for problem in refused.problems]
