"""How a front page is laid out: which article stands where. Pure: lists of articles in, slots out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from articles.models import Article, Genre, Section

SECONDS = 2
VOICES = 5
ALSO = 2
SEASON = timedelta(days=60)
TRIED_FOR_LEAD = 6  # the newest story with a picture leads, unless it is older than these


@dataclass(frozen=True)
class Strip:
    """A section's row. `shape` names the layout in templates/site/parts/strips/."""

    section: Section
    shape: str
    articles: list[Article]


@dataclass
class Front:
    lead: Article | None = None
    also: list[Article] = field(default_factory=list)
    seconds: list[Article] = field(default_factory=list)
    voices: list[Article] = field(default_factory=list)
    strips: list[Strip] = field(default_factory=list)


BAND = 4  # the last strip, on tinted ground


@dataclass(frozen=True)
class Shape:
    """A layout of templates/site/parts/strips/, which needs `least` articles and has room for `most`."""

    name: str
    least: int
    most: int


ROW = Shape("row", 1, 4)
SHAPES = (ROW, Shape("wide", 3, 7), Shape("five", 5, 7))


def lay_out(articles: Sequence[Article], sections: Iterable[Section]) -> Front:
    """Every article stands at most once. `articles` are newest first."""
    articles = _fresh(articles)
    news = [article for article in articles if article.genre != Genre.OPINION]
    front = Front(voices=[article for article in articles if article.genre == Genre.OPINION][:VOICES])
    used = {article.pk for article in front.voices}
    if news:
        front.lead = _lead(news)
        used.add(front.lead.pk)
        front.also = _take(_beside(front.lead, news), ALSO, used)
    front.seconds = _take(news, SECONDS, used)
    front.strips = list(_strips(articles, list(sections), used))
    return front


def _lead(news: Sequence[Article]) -> Article:
    return next((article for article in news[:TRIED_FOR_LEAD] if article.picture), news[0])


def _beside(lead: Article, news: Iterable[Article]) -> list[Article]:
    """What else there is on the lead's subject: two tags in common at least."""
    tags = {topic["slug"] for topic in lead.topics}
    return [one for one in news if len(tags & {topic["slug"] for topic in one.topics}) > 1]


def _take(articles: Iterable[Article], number: int, used: set[int]) -> list[Article]:
    taken = [article for article in articles if article.pk not in used][:number]
    used.update(article.pk for article in taken)
    return taken


def _strips(articles: Sequence[Article], sections: list[Section], used: set[int]) -> Iterator[Strip]:
    """Each section's newest that do not stand above already, in changing shapes."""
    filled = []
    for section in sections:
        own = [article for article in articles if article.section_id == section.pk and article.pk not in used]
        if own:
            filled.append((section, own))
    for place, (section, own) in enumerate(filled):
        if 0 < place == len(filled) - 1:
            yield Strip(section, "band", own[:BAND])
            return
        wanted = SHAPES[place % len(SHAPES)]
        shape = wanted if len(own) >= wanted.least else ROW
        yield Strip(
            section,
            shape.name,
            _picture_first(own[: shape.most]) if shape.name == "wide" else own[: shape.most],
        )


def _picture_first(articles: list[Article]) -> list[Article]:
    """The newest with a picture before the others, which stay in their order."""
    first = next((article for article in articles if article.picture), articles[0])
    return [first, *(article for article in articles if article is not first)]


def _fresh(articles: Sequence[Article]) -> list[Article]:
    """Without the news of another season; backgrounders, analyses and opinions keep longer."""
    if not articles:
        return []
    oldest = articles[0].published_at - SEASON
    return [one for one in articles if one.genre != Genre.REPORT or one.published_at >= oldest]
