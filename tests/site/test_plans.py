"""How PostgreSQL answers what each public page asks, with 100,000 articles: along an index, and hardly a row too many.

A page may read three rows for each that it shows: of a list the row of the tag, the article and its section. What is
read of tables that hold a handful of rows (SMALL) does not count. Lists that are hidden in longer ones (several tags,
an author in a section) are the exception that articles/site/walks.py describes, with a bound of their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from articles.models import Article, Author, Comment, Edition, FormerAddress, Section, Tag
from articles.models.counts import AUTHORS_OFFERED, TAGS_LISTED, TAGS_OFFERED
from articles.models.shelves import SIZE
from articles.press.counts import recount
from articles.site.pages import WINDOW

FILL = (Path(__file__).parent / "an_archive.sql").read_text(encoding="utf-8")
SMALL = {"articles_section", "articles_sectioncount", "articles_monthcount", "articles_turn"}
OTHERS = {"media", "live", "ready"}  # files, and what operators ask
TAGS, AUTHORS = 3000, 2000
FEED, NEWS, DISCUSSION, FRONT = 30, 1000, 50, 30 + 5 + 6 * 12 + 5  # rows that these pages show
LIST = SIZE + 1  # one more tells whether the list goes on
FILTER = TAGS_OFFERED * 2 + AUTHORS_OFFERED
LOST = 5  # newest stories on the page for what is not there
EMBARGOED = 100  # articles, in the archive
AHEAD = EMBARGOED * 5  # rows that say under what these are filed: what is kept is less so much
FEW = 5  # rows that lead to the others: the tag, the author, what is at an address
QUERIES = 6


@dataclass(frozen=True)
class Visit:
    path: str
    shown: int = 0  # rows that the page shows
    ahead: int = 0  # rows of what is under embargo that it may read
    most: int = 0  # rows that it may read, where that is not three times as many
    status: int = 200

    @property
    def allowed(self) -> int:
        return self.most or 3 * self.shown + FEW + self.ahead


@pytest.fixture
def archive(db: None) -> None:
    for edition in Edition.all():
        code = edition.code
        Section.objects.bulk_create(Section(edition=code, slug=f"s{n}", name=f"S{n}") for n in range(6))
        slugs = [*(f"tag-{n:04}" for n in range(TAGS)), "even", "odd", "rare", "secret"]
        Tag.objects.bulk_create(Tag(edition=code, slug=slug, name=slug.capitalize()) for slug in slugs)
        Author.objects.bulk_create(
            Author(edition=code, slug=f"author-{n:04}", name=f"Author {n:04}") for n in range(AUTHORS)
        )
    with connection.cursor() as cursor:
        cursor.execute(FILL)
    recount()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def visits() -> dict[str, list[Visit]]:
    """Every public page by the name of its address, in the ways that ask the database for different things."""
    english = Article.objects.in_edition("en")
    article, hot = (
        english.filter(translation_key__gt=0).newest_first()[200],
        english.order_by("-comment_count")[0],
    )
    hot = Article.objects.get(comments__path__endswith=f"{402 * 40 + 2000:08x}")
    gone = Article.taken_back.filter(edition="en").order_by("-published_at")[30]
    moved = FormerAddress.objects.filter(edition="en", article__in=english[:1000])[0]
    old = f"/en/{moved.published_on:%Y/%m/%d}/{moved.slug}/"
    far = english.newest_first()[30_000]
    on = f"before={int(far.published_at.timestamp() * 1_000_000)}-{far.pk}"
    back = on.replace("before", "after")
    comment = Comment.objects.shown().filter(article=hot).order_by("path")[1500]
    day, tag, author = far.published_on, "tag-0000", "author-0000"
    lists = {
        "section": "/en/s2/",
        "tag": f"/en/tag/{tag}/",
        "author": f"/en/author/{author}/",
        "archive_month": f"/en/archive/{day:%Y/%m}/",
    }
    feeds = {
        "edition_feed": "/en/feed.rss",
        "section_feed": "/en/s2/feed.atom",
        "tag_feed": f"/en/tag/{tag}/feed.json",
        "author_feed": f"/en/author/{author}/feed.rss",
    }
    month = english.filter(published_at__year=day.year, published_at__month=day.month).count() + 200
    return {
        "home": [Visit("/", status=302)],
        "front": [Visit("/en/", FRONT), Visit("/ur/", FRONT)],
        **{
            name: [Visit(f"{path}{asked}", LIST) for asked in ("", f"?{on}", f"?{back}")]
            for name, path in lists.items()
        },
        **{name: [Visit(path, FEED)] for name, path in feeds.items()},
        "tags": [Visit(f"/en/tag/{after}", TAGS_LISTED + 1, AHEAD) for after in ("", "?after=Tag-1500")],
        "stories": [*filtered(tag, author, day, on, back)],
        "archive": [Visit("/en/archive/", 1, status=302)],
        "archive_year": [Visit(f"/en/archive/{day.year}/", 12 + 2, EMBARGOED)],
        "article": [
            Visit(article.get_absolute_url(), 1 + 1 + 5),
            Visit(hot.get_absolute_url(), 1 + 5 + 11),
            Visit(gone.get_absolute_url(), 1, status=410),
            Visit(old, 1, status=301),
            Visit(f"/en/{day:%Y/%m/%d}/never-was/", LOST, status=404),
        ],
        "discussion": [
            Visit(hot.discussion_url(), 1 + DISCUSSION + 1),
            Visit(f"{hot.discussion_url()}?after={comment.path}", 1 + DISCUSSION + 1),
            Visit(gone.discussion_url(), 1, status=410),
            Visit(f"{old}comments/", 1, status=301),
            Visit(f"/en/{day:%Y/%m/%d}/never-was/comments/", LOST, status=404),
        ],
        "robots": [Visit("/robots.txt")],
        "speculation_rules": [Visit("/speculation-rules.json")],
        "sitemap": [Visit("/sitemap.xml", 0, EMBARGOED)],
        "sitemap_month": [Visit(f"/sitemap-en-{day:%Y-%m}.xml", month)],
        "sitemap_day": [Visit(f"/sitemap-en-{day:%Y-%m-%d}.xml", month // 20)],
        "news_sitemap": [Visit("/news-sitemap.xml", NEWS)],
    }


def filtered(tag: str, author: str, day: Any, on: str, back: str) -> Iterator[Visit]:
    """All stories, in every combination that is walked another way."""
    exact = {
        "": LIST,
        on: LIST,
        back: LIST,
        "section=s2": LIST,
        "genre=opinion": LIST,
        "section=s2&genre=opinion": LIST,
        f"section=s2&genre=opinion&{on}": LIST,
        f"from={day:%Y-%m}&to={day:%Y-%m}": LIST,
        f"section=s2&to={day:%Y-%m}": LIST,
        f"tags={tag}": LIST,
        f"tags={tag}&to={day:%Y-%m}&{on}": LIST,
        f"author={author}&from={day:%Y-%m}": LIST,
        "tags=nothing": 0,
        "tags=secret": 0,
        f"tags={tag},nothing": 0,
        "from=2199-01": 0,
    }
    for asked, shown in exact.items():
        yield Visit(f"/en/stories/?{asked}", shown + FILTER, AHEAD)
    hidden = {
        f"tags={tag},tag-0001": 1,
        f"tags={tag},even": 1,
        "tags=even,odd": 1,
        f"tags=even,odd&{on}": 1,
        f"tags=even,odd&{back}": 1,
        "tags=rare,even": 1,
        f"tags={tag},rare&section=s2": 2,
        f"tags={tag}&section=s2": 1,
        f"tags={tag}&author={author}": 1,
        f"tags=odd&author={author}&section=s2&genre=opinion&from=2020-01": 3,
        f"section=s2&author={author}": 1,
        f"tags=even&genre=opinion&to={day:%Y-%m}": 1,
        "tags=even,odd,tag-0000,tag-0001,tag-0002,tag-0003,tag-0004,rare": 7,
    }
    for asked, others in hidden.items():
        # each row of the walk, its article, and what else is asked for of it; the end of the window is found first,
        # for which a way that is hardly longer than a window may be read and sorted
        most = (2 + others + 4) * (WINDOW + LIST) + 3 * FILTER + AHEAD
        yield Visit(f"/en/stories/?{asked}", most=most)


def pages_of(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of all addresses, the desk's left out."""
    for one in patterns:
        if isinstance(one, URLPattern):
            yield one.name or str(one.pattern)
        elif one.app_name != "admin":
            yield from pages_of(one.url_patterns)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the plans are PostgreSQL's")
def test_every_page_walks_an_index_and_reads_hardly_more_than_it_shows(archive: None, client: Client) -> None:
    public = visits()
    assert public.keys() | OTHERS == set(pages_of(get_resolver().url_patterns)), (
        "a page without a plan, or gone"
    )
    faults = [fault for name, these in public.items() for one in these for fault in faults_of(client, one)]
    assert not faults, "\n".join(faults)


def faults_of(client: Client, visit: Visit) -> Iterator[str]:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(visit.path)
    here = f"{visit.path}: "
    if answer.status_code != visit.status:
        yield f"{here}answered {answer.status_code}"
    if len(captured) > QUERIES:
        yield f"{here}{len(captured)} queries"
    reads = [read for query in captured for read in scans(plan_of(query["sql"]))]
    yield from (f"{here}reads all of {read.table}" for read in reads if read.whole)
    yield from (f"{here}skips rows: {query['sql']}" for query in captured if " OFFSET " in query["sql"])
    if (rows := sum(read.rows for read in reads)) > visit.allowed:
        yield f"{here}reads {rows:.0f} rows, not {visit.allowed}: {[(r.table, r.rows) for r in reads if r.rows > 5]}"


@dataclass(frozen=True)
class Read:
    table: str
    rows: float
    whole: bool  # not by an index


def plan_of(sql: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}")
        (found,) = cursor.fetchone()
    plan: dict[str, Any] = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    return plan


def scans(node: dict[str, Any]) -> Iterator[Read]:
    """What a plan reads of each large table."""
    table = node.get("Relation Name")
    if table and table not in SMALL:
        removed = sum(node.get(f"Rows Removed by {why}", 0) for why in ("Filter", "Index Recheck"))
        yield Read(
            table, (node["Actual Rows"] + removed) * node["Actual Loops"], node["Node Type"] == "Seq Scan"
        )
    for below in node.get("Plans", ()):
        yield from scans(below)
