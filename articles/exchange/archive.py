"""A large archive of invented articles, for measuring: straight to the printed record, past desk and press.

Nothing but dates depends on when it is made: the same numbers and seed give the same words and threads.
Every run adds another archive. Nobody else should write meanwhile: the numbers of rows are given out here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, count
from random import Random
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max, Model

from articles.exchange.demo import make_sections
from articles.exchange.invented import Language
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
from articles.text.words import excerpt, slug_of

BATCH = 500  # stories written at once
SPAN = timedelta(days=5 * 365)
HOT_COMMENTS = 2000
PARAGRAPH = 60  # words
PART = 4  # paragraphs under one sub-heading
MOST_PICTURES = 60
WITHOUT_PICTURE = 0.15
WAITING = 0.05  # share of comments that wait for a moderator; the hot article has none
REPLIES = 0.4  # share of comments that answer another
WRITTEN = (Article, ArticleTag, ArticleAuthor, Recent, Comment)

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Size:
    stories: int
    comments_per_story: int
    tags: int  # in each edition
    authors: int  # in each edition
    words: int  # in each story
    seed: int


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is settled about an article before any is written, so that related reads can point both ways."""

    number: int
    at: datetime
    tags: tuple[Tag, ...]


@transaction.atomic
def make(size: Size, *, end: datetime, tell: Tell) -> None:
    """Add an archive whose newest article is of the moment `end`."""
    archive = _Archive(size, end)
    archive.write_articles(tell)
    archive.write_recent(tell)
    _set_sequences()
    recount()


class _Archive:
    def __init__(self, size: Size, end: datetime) -> None:
        self.size, self.end = size, end
        self.random = Random(size.seed)  # noqa: S311  (the same archive for the same seed is the point)
        self.numbers = {
            model: count((model.objects.aggregate(n=Max("pk"))["n"] or 0) + 1) for model in WRITTEN[1:]
        }
        first = (Article.including_unpublished.aggregate(n=Max("pk"))["n"] or 0) + 1
        self.pictures = _pictures()
        self.presses = {
            edition.code: _Edition(edition, size, self.random, self.pictures) for edition in Edition.all()
        }
        self.sketches = [self.sketch(first, place) for place in range(size.stories)]

    def edition_of(self, place: int) -> _Edition:
        """Every fifth article is in Urdu; the newest, which is the hot one, in English."""
        return self.presses["ur" if (self.size.stories - 1 - place) % 5 == 4 else "en"]

    def sketch(self, first: int, place: int) -> Sketch:
        """Oldest first, evenly over the years with a little unrest."""
        share = (self.size.stories - 1 - place) / self.size.stories
        unrest = timedelta(minutes=self.random.randrange(1, 60)) if share else timedelta(0)
        at = (self.end - SPAN * share - unrest).replace(second=0, microsecond=0)
        return Sketch(first + place, at, self.edition_of(place).draw_tags())

    # -- rows

    def write_articles(self, tell: Tell) -> None:
        total = self.size.stories
        for begin in range(0, total, BATCH):
            rows: dict[type[Model], list[Any]] = {model: [] for model in WRITTEN}
            for place in range(begin, min(begin + BATCH, total)):
                self.add(rows, place)
            for model, given in rows.items():
                write(model, given)
            tell("stories", min(begin + BATCH, total), total)

    def add(self, rows: dict[type[Model], list[Any]], place: int) -> None:
        press, sketch = self.edition_of(place), self.sketches[place]
        authors = press.draw_authors()
        article = press.article(sketch, authors)
        hot = place == self.size.stories - 1
        talk = list(
            self.comments(article, press, HOT_COMMENTS if hot else self.size.comments_per_story, hot=hot)
        )
        article.comment_count = sum(comment.status == Comment.Status.SHOWN for comment in talk)
        rows[Article].append(article)
        rows[Comment] += talk
        for tag in sketch.tags:
            number = next(self.numbers[ArticleTag])
            rows[ArticleTag].append(ArticleTag(pk=number, article=article, tag=tag, published_at=sketch.at))
        for author in authors:
            number = next(self.numbers[ArticleAuthor])
            rows[ArticleAuthor].append(
                ArticleAuthor(pk=number, article=article, author=author, published_at=sketch.at)
            )

    def comments(self, article: Article, press: _Edition, many: int, *, hot: bool) -> Iterator[Comment]:
        """Threads at most three deep; answers only to what is shown."""
        open_to_answers: list[Comment] = []
        last = max(1, int((self.end - article.published_at) / timedelta(minutes=1)))
        for place in range(many):
            answers = open_to_answers and self.random.random() < REPLIES
            parent = self.random.choice(open_to_answers[-30:]) if answers else None
            comment = press.comment(article, next(self.numbers[Comment]), parent)
            if not hot and self.random.random() < WAITING:
                comment.status = Comment.Status.WAITING
            elif comment.depth < 3:
                open_to_answers.append(comment)
            minutes = min(last, (place + 1) * max(1, min(last, 4 * 24 * 60) // many))
            comment.written_at = article.published_at + timedelta(minutes=minutes)
            yield comment

    def write_recent(self, tell: Tell) -> None:
        """Related reads: the articles printed next to each one under its first tag, the nearest first."""
        sharing: defaultdict[int, list[int]] = defaultdict(list)
        printed: defaultdict[str, list[int]] = defaultdict(
            list
        )  # by edition, for tags that have few articles
        where: dict[int, tuple[list[int], int]] = {}
        for sketch in self.sketches:
            sharing[sketch.tags[0].pk].append(sketch.number)
            edition = printed[sketch.tags[0].edition]
            where[sketch.number] = (edition, len(edition))
            edition.append(sketch.number)
        rows: list[Recent] = []
        for done, numbers in enumerate(sharing.values(), start=1):
            for place, number in enumerate(numbers):
                close = neighbours(numbers, place, KEPT) + neighbours(*where[number], KEPT)
                rows += self.recent(number, list(dict.fromkeys(close))[:KEPT])
            if len(rows) > 20 * BATCH or done == len(sharing):
                write(Recent, rows)
                rows = []
            tell("related reads of tags", done, len(sharing))

    def recent(self, number: int, others: Sequence[int]) -> Iterator[Recent]:
        for position, other in enumerate(others):
            yield Recent(
                pk=next(self.numbers[Recent]),
                article_id=number,
                to_id=other,
                position=position,
                reason="tags",
            )


class _Edition:
    """The cast of one edition, and its articles."""

    def __init__(self, edition: Edition, size: Size, random: Random, pictures: list[dict[str, Any]]) -> None:
        self.edition, self.size, self.random, self.pictures = edition, size, random, pictures
        self.language = Language(edition.code, random)
        make_sections(edition.code)
        self.sections = list(Section.objects.filter(edition=edition.code))
        self.tags = self._tags()
        self.tag_weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.tags))))
        self.authors = self._authors()

    def _tags(self) -> list[Tag]:
        names = [f"{self.language.title(1)} {number}" for number in range(1, self.size.tags + 1)]
        made = [Tag(edition=self.edition.code, name=name, slug=slug_of(name)) for name in names]
        Tag.objects.bulk_create(made, ignore_conflicts=True)
        return list(Tag.objects.filter(edition=self.edition.code, name__in=names).order_by("pk"))

    def _authors(self) -> list[Author]:
        names = [f"{self.language.name()} {number}" for number in range(1, self.size.authors + 1)]
        made = [Author(edition=self.edition.code, name=name, slug=slug_of(name)) for name in names]
        Author.objects.bulk_create(made, ignore_conflicts=True)
        slugs = [author.slug for author in made]
        return list(Author.objects.filter(edition=self.edition.code, slug__in=slugs).order_by("pk"))

    def draw_tags(self) -> tuple[Tag, ...]:
        drawn = self.random.choices(self.tags, cum_weights=self.tag_weights, k=self.random.randint(2, 5))
        return tuple(dict.fromkeys(drawn))

    def draw_authors(self) -> tuple[Author, ...]:
        return tuple(
            self.random.sample(self.authors, k=min(len(self.authors), self.random.choice((1, 1, 1, 2))))
        )

    def article(self, sketch: Sketch, authors: Sequence[Author]) -> Article:
        headline, standfirst = self.language.title(self.random.randint(5, 9)), self.language.prose(18)
        html, text, contents = self.body()
        pictured = self.random.random() > WITHOUT_PICTURE and self.pictures
        return Article(
            pk=sketch.number,
            edition=self.edition.code,
            section=self.random.choice(self.sections),
            genre=self.random.choice(Genre.values),
            slug=f"{slug_of(headline, limit=70)}-{sketch.number}",
            published_on=self.edition.day(sketch.at),
            published_at=sketch.at,
            headline=headline,
            standfirst=standfirst,
            excerpt=excerpt(standfirst),
            body_html=html,
            body_text=text,
            words=self.size.words,
            contents=contents,
            picture=pictured[sketch.number % len(pictured)] if pictured else None,
            byline=[line_of(Byline(author=author)) for author in authors],
            topics=[{"slug": tag.slug, "name": tag.name} for tag in sketch.tags],
        )

    def body(self) -> tuple[str, str, list[dict[str, Any]]]:
        """HTML as the press writes it, its text, and the list of its sub-headings."""
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
        return "".join(html), "\n".join(text), contents

    def comment(self, article: Article, number: int, parent: Comment | None) -> Comment:
        place = f"{number:08x}"
        return Comment(
            pk=number,
            article=article,
            parent=parent,
            path=f"{parent.path}/{place}" if parent else place,
            name=self.language.title(1),
            email="reader@example.org",
            body=self.language.prose(self.random.randint(8, 50)),
            status=Comment.Status.SHOWN,
        )


def neighbours(numbers: Sequence[int], place: int, many: int) -> list[int]:
    """Up to so many others around a place, those before it first, the nearest first."""
    before = numbers[max(0, place - many) : place][::-1]
    after = numbers[place + 1 : place + 1 + many - len(before)]
    return [*before, *after]


def _pictures() -> list[dict[str, Any]]:
    printed = (
        as_printed(image) for image in Image.objects.exclude(renditions={}).order_by("pk")[:MOST_PICTURES]
    )
    return [picture.as_dict() for picture in printed if picture]


def write(model: type[Model], rows: Sequence[Model]) -> None:
    """Insert rows that have their numbers already: by COPY where the database has it."""
    if connection.vendor == "postgresql":
        _copy(model, rows)
    else:
        model._default_manager.bulk_create(rows)


def _copy(model: type[Model], rows: Sequence[Model]) -> None:
    fields = model._meta.concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields if field.column)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN") as copying,
    ):
        for row in rows:
            copying.write_row(
                [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
            )


def _set_sequences() -> None:
    """The database goes on counting where we stopped."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(WRITTEN)):
            cursor.execute(statement)
