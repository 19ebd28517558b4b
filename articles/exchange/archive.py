"""A large archive of invented articles, for measuring: straight to the printed record, past desk and press.

Nothing but dates depends on when it is made: the same numbers and seed give the same words and threads.
Every run adds another archive. Nobody else should write meanwhile: the numbers of rows are given out here.
Articles are made and written in one walk from the oldest to the newest, so a million take no more memory than
some thousands.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, count
from random import Random
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Max, QuerySet

from articles.exchange.demo import make_sections
from articles.exchange.invented import Language
from articles.exchange.loading import Loading, Tell, set_sequences, without_indexes
from articles.models import (
    Article,
    ArticleAuthor,
    ArticleTag,
    Author,
    Byline,
    Comment,
    Edition,
    Genre,
    Image,
    Recent,
    Section,
    Tag,
)
from articles.press.counts import recount
from articles.press.pictures import as_printed
from articles.press.publishing import line_of
from articles.press.related import KEPT
from articles.press.turning import turn_site
from articles.text.words import excerpt, slug_of

BATCH = 1000  # stories written at once
LARGE = 5000  # stories from which it pays to build indexes at the end
SPAN = timedelta(days=5 * 365)
HOT_COMMENTS = 2000
PARAGRAPH = 60  # words
PART = 4  # paragraphs under one sub-heading
MOST_PICTURES = 60
WITHOUT_PICTURE = 0.15
WAITING = 0.05  # share of comments that wait for a moderator; the hot article has none
REPLIES = 0.4  # share of comments that answer another
ANSWERED = 30  # latest comments among which a reply finds the one it answers
WRITTEN = (Article, ArticleTag, ArticleAuthor, Recent, Comment)


@dataclass(frozen=True)
class Size:
    stories: int
    comments_per_story: int
    tags: int  # in each edition
    authors: int  # in each edition
    words: int  # in each story
    seed: int


class Filed(NamedTuple):
    """A tag or an author: its number, and how an article's own row says it (JSON)."""

    number: int
    said: str


class Said(NamedTuple):
    """A comment that may be answered."""

    number: int
    path: str


@transaction.atomic
def make(size: Size, *, end: datetime, tell: Tell) -> None:
    """Add an archive whose newest article is of the moment `end`."""
    first = _next(Article.including_unpublished.all())
    # a small addition to a large archive would wait longer for all indexes than it gains
    at_the_end = size.stories >= max(LARGE, first)
    with without_indexes(WRITTEN, tell) if at_the_end else nullcontext():
        _Archive(size, end, first).write(tell)
    set_sequences(WRITTEN)
    recount()
    turn_site()


def _next(rows: QuerySet[Any]) -> int:
    """The number after the highest."""
    return int(rows.aggregate(n=Max("pk"))["n"] or 0) + 1


class _Archive:
    def __init__(self, size: Size, end: datetime, first: int) -> None:
        self.size, self.end, self.first = size, end, first
        self.random = Random(size.seed)  # noqa: S311  (the same archive for the same seed is the point)
        self.numbers = {model: count(_next(model.objects.all())) for model in WRITTEN[1:]}
        pictures = _pictures()
        self.presses = {
            edition.code: _Edition(edition, size, self.random, pictures) for edition in Edition.all()
        }
        self.rows = Loading()
        self.stored = connection.ops.adapt_datetimefield_value

    def edition_of(self, place: int) -> _Edition:
        """Every fifth article is in Urdu; the newest, which is the hot one, in English."""
        return self.presses["ur" if (self.size.stories - 1 - place) % 5 == 4 else "en"]

    def moment_of(self, place: int) -> datetime:
        """Oldest first, evenly over the years with a little unrest."""
        share = (self.size.stories - 1 - place) / self.size.stories
        unrest = timedelta(minutes=self.random.randrange(1, 60)) if share else timedelta(0)
        return (self.end - SPAN * share - unrest).replace(second=0, microsecond=0)

    # -- rows

    def write(self, tell: Tell) -> None:
        total = self.size.stories
        for place in range(total):
            self.add(place)
            if (place + 1) % BATCH == 0:
                self.rows.write()
                tell("stories", place + 1, total)
        for press in self.presses.values():
            self.add_recent(press.related_of_the_first())
        self.rows.write()
        if total % BATCH:
            tell("stories", total, total)

    def add(self, place: int) -> None:
        press, number, at = self.edition_of(place), self.first + place, self.moment_of(place)
        tags, authors = press.draw_tags(), press.draw_authors()
        hot = place == self.size.stories - 1
        many = HOT_COMMENTS if hot else self.size.comments_per_story
        shown = self.add_comments(press, number, at, many, hot=hot)
        article = press.article(number, at, tags, authors)
        stored = self.stored(at)
        self.rows.add(Article, **article, published_at=stored, comment_count=shown)
        for model, column, filed in ((ArticleTag, "tag_id", tags), (ArticleAuthor, "author_id", authors)):
            for one in filed:
                given = {"id": next(self.numbers[model]), column: one.number}
                self.rows.add(model, **given, article_id=number, published_at=stored)
        self.add_recent([(number, press.related(number, tags[0].number))])

    def add_recent(self, related: Iterable[tuple[int, Sequence[int]]]) -> None:
        for number, others in related:
            for position, other in enumerate(others):
                self.rows.add(
                    Recent,
                    id=next(self.numbers[Recent]),
                    article_id=number,
                    to_id=other,
                    position=position,
                    reason="tags",
                )

    def add_comments(self, press: _Edition, article: int, at: datetime, many: int, *, hot: bool) -> int:
        """Threads at most three deep; answers only to what is shown. How many are shown."""
        last = max(1, int((self.end - at) / timedelta(minutes=1)))
        apart = max(1, min(last, 4 * 24 * 60) // max(1, many))  # minutes
        open_to_answers: deque[Said] = deque(maxlen=ANSWERED)
        shown = 0
        for place in range(1, many + 1):
            answers = open_to_answers and self.random.random() < REPLIES
            parent = self.random.choice(open_to_answers) if answers else None
            waits = not hot and self.random.random() < WAITING
            number = next(self.numbers[Comment])
            path = f"{parent.path}/{number:08x}" if parent else f"{number:08x}"
            if not waits and path.count("/") < 2:
                open_to_answers.append(Said(number, path))
            shown += not waits
            self.rows.add(
                Comment,
                id=number,
                article_id=article,
                parent_id=parent and parent.number,
                path=path,
                name=press.language.title(1),
                email="reader@example.org",
                body=press.language.prose(self.random.randint(8, 50)),
                status=(Comment.Status.WAITING if waits else Comment.Status.SHOWN).value,
                written_at=self.stored(at + timedelta(minutes=min(last, place * apart))),
            )
        return shown


class _Edition:
    """The cast of one edition, and its articles."""

    def __init__(self, edition: Edition, size: Size, random: Random, pictures: list[str]) -> None:
        self.edition, self.size, self.random, self.pictures = edition, size, random, pictures
        self.language = Language(edition.code, random)
        make_sections(edition.code)
        self.sections = list(Section.objects.filter(edition=edition.code).values_list("pk", flat=True))
        self.tags = self._tags()
        self.tag_weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.tags))))
        self.authors = self._authors()
        self.first: list[int] = []  # the first articles, which have too few before them
        self.latest: deque[int] = deque(maxlen=KEPT)
        self.latest_about: defaultdict[int, deque[int]] = defaultdict(
            lambda: deque(maxlen=KEPT)
        )  # by first tag

    def _tags(self) -> list[Filed]:
        names = [f"{self.language.title(1)} {number}" for number in range(1, self.size.tags + 1)]
        made = [Tag(edition=self.edition.code, name=name, slug=slug_of(name)) for name in names]
        Tag.objects.bulk_create(made, ignore_conflicts=True)
        tags = Tag.objects.filter(edition=self.edition.code, name__in=names).order_by("pk")
        return [Filed(tag.pk, json.dumps({"slug": tag.slug, "name": tag.name})) for tag in tags]

    def _authors(self) -> list[Filed]:
        names = [f"{self.language.name()} {number}" for number in range(1, self.size.authors + 1)]
        made = [Author(edition=self.edition.code, name=name, slug=slug_of(name)) for name in names]
        Author.objects.bulk_create(made, ignore_conflicts=True)
        slugs = [author.slug for author in made]
        authors = Author.objects.filter(edition=self.edition.code, slug__in=slugs).order_by("pk")
        return [Filed(author.pk, json.dumps(line_of(Byline(author=author)))) for author in authors]

    def draw_tags(self) -> list[Filed]:
        drawn = self.random.choices(self.tags, cum_weights=self.tag_weights, k=self.random.randint(2, 5))
        return list(dict.fromkeys(drawn))

    def draw_authors(self) -> list[Filed]:
        many = min(len(self.authors), self.random.choice((1, 1, 1, 2)))
        return self.random.sample(self.authors, k=many)

    def article(
        self, number: int, at: datetime, tags: Sequence[Filed], authors: Sequence[Filed]
    ) -> dict[str, Any]:
        """Its row, all but what hangs on the whole archive; a column not named here takes the model's default."""
        headline, standfirst = self.language.title(self.random.randint(5, 9)), self.language.prose(18)
        html, text, contents = self.body()
        pictured = self.pictures and self.random.random() > WITHOUT_PICTURE
        return {
            "id": number,
            "edition": self.edition.code,
            "section_id": self.random.choice(self.sections),
            "genre": self.random.choice(Genre.values),
            "slug": f"{slug_of(headline, limit=70)}-{number}",
            "published_on": str(self.edition.day(at)),
            "headline": headline,
            "standfirst": standfirst,
            "excerpt": excerpt(standfirst),
            "body_html": html,
            "body_text": text,
            "words": self.size.words,
            "contents": contents,
            "picture": self.pictures[number % len(self.pictures)] if pictured else None,
            "byline": _json_list(authors),
            "topics": _json_list(tags),
        }

    def body(self) -> tuple[str, str, str]:
        """HTML as the press writes it, its text, and the list of its sub-headings (JSON)."""
        html, text, contents = [], [], []
        for place, begin in enumerate(range(0, self.size.words, PARAGRAPH)):
            if place and place % PART == 0:
                heading, anchor = self.language.title(4), f"s-{place}"
                contents.append({"id": anchor, "text": heading, "level": 2})
                html.append(f'<h2 id="{anchor}">{heading}</h2>')
                text.append(heading)
            prose = self.language.prose(min(PARAGRAPH, self.size.words - begin))
            html.append(f"<p>{prose}</p>")
            text.append(prose)
        return "".join(html), "\n".join(text), json.dumps(contents)

    # -- related reads

    def related(self, number: int, tag: int) -> list[int]:
        """Those printed before it under its first tag, the nearest first; where they are few, those of the edition.

        None yet for the first of an edition: they wait for those that come after.
        """
        about, found = self.latest_about[tag], []
        if len(self.first) <= KEPT:
            self.first.append(number)
        if len(self.latest) == KEPT:
            found = list(dict.fromkeys([*about, *self.latest]))[:KEPT] if len(about) < KEPT else list(about)
        about.appendleft(number)
        self.latest.appendleft(number)
        return found

    def related_of_the_first(self) -> Iterator[tuple[int, list[int]]]:
        for place, number in enumerate(self.first[:KEPT]):
            yield number, neighbours(self.first, place, KEPT)


def neighbours(numbers: Sequence[int], place: int, many: int) -> list[int]:
    """Up to so many others around a place, those before it first, the nearest first."""
    before = numbers[max(0, place - many) : place][::-1]
    after = numbers[place + 1 : place + 1 + many - len(before)]
    return [*before, *after]


def _json_list(filed: Iterable[Filed]) -> str:
    return f"[{', '.join(one.said for one in filed)}]"


def _pictures() -> list[str]:
    printed = (
        as_printed(image) for image in Image.objects.exclude(renditions={}).order_by("pk")[:MOST_PICTURES]
    )
    return [json.dumps(picture.as_dict()) for picture in printed if picture]
