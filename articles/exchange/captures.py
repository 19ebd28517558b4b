"""Reader of a web page's text, as somebody saved or copied it: bytes → Manuscript. Pure.

Nothing marks the parts of such a text, so they are told by where they stand and how they look: the headline
is printed first (and often again), names and dates stand under it, a short line without a full stop before a
longer one is a sub-heading, and a heading such as “Comments” or “Recent” ends the story.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from articles.exchange.dates import Dated
from articles.exchange.lines import (
    ABOUT_AUTHOR,
    AGO,
    COMMENTS,
    READ_ON,
    RELATED,
    SEPARATOR,
    folded,
    furniture,
    is_finished,
    is_long,
    is_name,
    is_short,
    meta,
    signed,
)
from articles.exchange.manuscripts import (
    AuthorBox,
    Block,
    Line,
    Manuscript,
    Receipt,
    RelatedRead,
    Unreadable,
    joined,
)
from articles.text.repair import repaired
from articles.text.words import count_words

LONGEST_HEADLINE = 200  # characters, as Story.headline
LONGEST_STANDFIRST = 300
LONGEST_NAME = 80
ALIKE = 0.8  # share of signs that two printings of one title have in common
OTHER_DATE = "another date than that of publication"
NOBODY = re.compile(r"\W*")


def read_text(data: bytes) -> Manuscript:
    """The story that a captured page's text tells. Raises Unreadable."""
    return told(lines_of(text_of(data)))


def told(lines: list[Line]) -> Manuscript:
    """The story that these lines tell. Raises Unreadable."""
    if all(line.dropped for line in lines):
        raise Unreadable("is empty. Save the page again and try again.")
    return _Capture(lines).manuscript()


def text_of(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"is not UTF-8 text (byte {error.start}). Save it as text in UTF-8 and try again."
        ) from error
    if "\0" in text:
        raise Unreadable("is not text: it has zero bytes in it. Save the page as plain text and try again.")
    return text


def lines_of(text: str) -> list[Line]:
    """Its lines that are not blank, repaired."""
    numbered = enumerate(re.split(r"\r\n|\n|\r", text), start=1)
    return [a_line(number, line) for number, line in numbered if line.strip()]


def a_line(number: int, text: str, *, level: int = 0) -> Line:
    mended = repaired(text)
    dropped = "" if mended.text else "nothing to be seen in it"
    return Line(number, mended.text or text.strip(), mended.repairs, level=level, dropped=dropped)


class _Capture:
    """One capture being read. Every method settles the lines that it understands."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.names: list[str] = []
        self.dated: Dated | None = None
        self.date_line: Line | None = None
        self.box: AuthorBox | None = None
        self.related: list[tuple[Line, list[Line]]] = []

    def manuscript(self) -> Manuscript:
        end = self.end_of_story()
        story, rest = self.lines[:end], self.lines[end:]
        headline = self.headline(story)
        standfirst = self.head(story[story.index(headline) + 1 :])
        self.drop_furniture(story)
        self.late_meta(story)
        self.author_box(story)
        body = self.body([line for line in story if not line.settled], standfirst)
        if not body:
            said = f"has a headline (“{headline.text[:60]}”) and no text under it"
            raise Unreadable(f"{said}. Save the whole page and try again.")
        self.tail(rest)
        return Manuscript(
            headline=headline.text,
            standfirst=joined(standfirst),
            authors=tuple(dict.fromkeys(self.names or ([self.box.name] if self.box else []))),
            date=self.dated.date if self.dated else None,
            time=self.dated.time if self.dated else None,
            body=tuple(body),
            author_box=self.box,
            related=tuple(RelatedRead(title.text, joined(excerpt)) for title, excerpt in self.related),
            receipt=Receipt(tuple(self.lines)),
        )

    # -- where the story ends

    def end_of_story(self) -> int:
        """The place of the first heading of comments or related reads that stands under some text."""
        text_seen = False
        for place, line in enumerate(self.lines):
            if text_seen and (COMMENTS.fullmatch(line.text) or RELATED.fullmatch(line.text)):
                return place
            text_seen = text_seen or (is_long(line.text) and not furniture(line.text) and not meta(line.text))
        return len(self.lines)

    # -- headline and what stands under it

    def headline(self, story: Sequence[Line]) -> Line:
        """What the page marks so, else the first line that is printed twice, else the first line."""
        texts = [line for line in story if self.is_text(line)]
        if not texts or NOBODY.fullmatch(texts[0].text):
            raise Unreadable(
                "has no headline and no text, only furniture of a page. Save the page again and try again."
            )
        marked = [line for line in texts if line.level == 1]
        again = [line for line in texts if self._printed_again(line, texts)]
        chosen = [*marked, *again, *texts][0]
        if len(chosen.text) > LONGEST_HEADLINE:
            raise Unreadable(
                f"has no headline: line {chosen.number} has {len(chosen.text)} characters, a headline at most"
                f" {LONGEST_HEADLINE}. Write the headline on a line of its own above the text and try again."
            )
        chosen.kept = "headline"
        for line in story:
            if not line.settled and folded(line.text) == folded(chosen.text):
                line.dropped = "headline printed again"
            elif not line.settled and line.number < chosen.number:
                self.above_headline(line)
        return chosen

    def _printed_again(self, line: Line, texts: Sequence[Line]) -> bool:
        twins = [other for other in texts if folded(other.text) == folded(line.text)]
        return len(twins) > 1 and count_words(line.text) >= 3 and len(line.text) <= LONGEST_HEADLINE

    def above_headline(self, line: Line) -> None:
        if not self.take_meta(line):
            line.dropped = furniture(line.text) or "stands above the headline"

    def head(self, below: Sequence[Line]) -> list[Line]:
        """Settle names and dates under the headline; what stands before them is the standfirst."""
        pending: list[Line] = []
        standfirst: list[Line] = []
        for place, line in enumerate(below):
            if self.is_meta(line, below[place + 1 : place + 2], below[max(0, place - 1) : place]):
                standfirst, pending = [*standfirst, *pending], []
            elif not line.settled and not furniture(line.text):
                pending.append(line)
            if len(joined([*standfirst, *pending])) > LONGEST_STANDFIRST or len(pending) > 2:
                break
        if not any(self.is_text(line) for line in below if line not in standfirst):
            return []  # a story of two lines, signed below
        for line in standfirst:
            line.kept = "standfirst"
        return standfirst

    def is_text(self, line: Line) -> bool:
        return not line.settled and not furniture(line.text) and not meta(line.text)

    def is_meta(self, line: Line, after: Sequence[Line], before: Sequence[Line]) -> bool:
        """It names an author or a date, says how long ago, or prints the headline again."""
        if line.dropped == "headline printed again" or AGO.fullmatch(line.text):
            return True
        if line.settled:
            return False
        beside = any(SEPARATOR.fullmatch(other.text) or meta(other.text) for other in [*after, *before])
        if not self.take_meta(line) and beside and not self.names and is_name(line.text):
            self.name([line.text], line)
        return line.settled

    def take_meta(self, line: Line) -> bool:
        """Take names and dates from a line of such; True when it is one."""
        about = None if line.settled else meta(line.text)
        if about:
            self.name(about.names, line)
            for dated in about.dates:
                self.date(dated, line)
        return line.settled

    def name(self, names: Sequence[str], line: Line) -> None:
        if names and all(len(name) <= LONGEST_NAME for name in names):
            self.names += names
            line.kept = "byline"

    def date(self, dated: Dated, line: Line) -> None:
        """The day of publication is the first that is not the day of a change; it is never guessed."""
        if self.dated is None or (self.dated.label == "updated" and dated.label != "updated"):
            if self.date_line and self.date_line.kept == "date":
                self.date_line.kept, self.date_line.dropped = "", OTHER_DATE
            self.dated, self.date_line = dated, line
            line.kept = "byline and date" if line.kept == "byline" else "date"
        elif not line.kept:
            line.dropped = OTHER_DATE

    # -- body

    def drop_furniture(self, story: Sequence[Line]) -> None:
        for line in story:
            if not line.settled:
                line.dropped = furniture(line.text)

    def late_meta(self, story: Sequence[Line]) -> None:
        """A labelled date further down, or a byline at the very end."""
        open_lines = [line for line in story if not line.settled]
        for line in open_lines:
            about = meta(line.text)
            if about and about.dates and all(dated.label for dated in about.dates):
                self.take_meta(line)
        if len(open_lines) > 1 and not open_lines[-1].settled and signed(open_lines[-1].text):
            self.name(signed(open_lines[-1].text), open_lines[-1])

    def author_box(self, story: Sequence[Line]) -> None:
        """A name and a few words about it at the end of the story."""
        lines = [line for line in story if not line.settled]
        for bio_lines in (1, 2):
            place = len(lines) - bio_lines - 1
            if place >= 1 and self._is_box(lines[place].text, joined(lines[place + 1 :])):
                self._take_box(lines[place:])
                return

    def _is_box(self, name: str, bio: str) -> bool:
        if ABOUT_AUTHOR.fullmatch(name):
            return True
        if len(name) > LONGEST_NAME or not is_long(bio):
            return False
        known = folded(name) in {folded(other) for other in self.names}
        speaks_of = any(len(word) > 2 and word in folded(bio).split() for word in folded(name).split())
        return known or bool(signed(name)) or (is_name(name) and speaks_of)

    def _take_box(self, box: Sequence[Line]) -> None:
        heading, *bio = box
        name = (signed(heading.text) or (heading.text,))[0]
        if ABOUT_AUTHOR.fullmatch(heading.text):
            heading.dropped = "heading of the author box"
            has_name = len(bio) > 1 and is_name(bio[0].text)
            heading, bio = (bio[0], bio[1:]) if has_name else (heading, bio)
            name = heading.text if has_name else (self.names or [""])[0]
        if not heading.dropped:
            heading.kept = "author box"
        for line in bio:
            line.kept, line.dropped = (
                ("author box", "") if name else ("", "about an author whose name is not given")
            )
        if name:
            self.box = AuthorBox(name, joined(bio))

    def body(self, lines: Sequence[Line], standfirst: list[Line]) -> list[Block]:
        blocks: list[Block] = []
        for line, following in zip_longest(lines, lines[1:]):
            heading = following is not None and (line.level > 1 or is_heading(line.text, following.text))
            if heading and not blocks and not standfirst and not line.level:
                line.kept = "standfirst"
                standfirst.append(line)
                continue
            line.kept = "heading" if heading else "paragraph"
            blocks.append(Block("heading" if heading else "paragraph", line.text))
        return blocks

    # -- below the story

    def tail(self, rest: Sequence[Line]) -> None:
        """Related reads are kept with their excerpts; what readers said elsewhere is not ours to print."""
        zone, begin_new = "", True
        for line in rest:
            if line.settled:
                continue
            if COMMENTS.fullmatch(line.text):
                zone, line.dropped = "comments", "heading of the comments"
            elif RELATED.fullmatch(line.text):
                zone, line.dropped, begin_new = "related", "heading of the related reads", True
            elif reason := furniture(line.text):
                line.dropped, begin_new = reason, begin_new or bool(READ_ON.fullmatch(line.text))
            elif zone == "comments":
                line.dropped = "below the heading of the comments"
            else:
                begin_new = self.related_line(line, begin_new)

    def related_line(self, line: Line, begin_new: bool) -> bool:
        """File a line as a title or an excerpt; True when the next title may follow."""
        title, excerpt = self.related[-1] if self.related else (None, [])
        if title and not begin_new and not excerpt and alike(line.text, title.text):
            line.dropped = "title printed again"
        elif title and not begin_new and (is_finished(line.text) or is_long(line.text)):
            line.kept = "excerpt of a related read"
            excerpt.append(line)
        else:
            line.kept = "title of a related read"
            self.related.append((line, []))
        return False


def is_heading(text: str, following: str) -> bool:
    """Short, without a full stop, before a longer line that is a paragraph."""
    return is_short(text) and len(following) > len(text) and is_long(following) and bool(folded(text))


def alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, folded(one), folded(other), autojunk=False).ratio() >= ALIKE
