from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article, ArticleAuthor, ArticleTag, Author, Comment, Edition, Story, Tag
from articles.models.counts import (
    AuthorCount,
    MonthCount,
    SectionCount,
    TagCount,
    authors_in_print,
    first_month,
    kept_for,
    months_in_print,
    most_used_tags,
    tags_in_print,
)
from articles.press import related
from articles.press.counts import KEPT, recount, recount_comments
from articles.press.publishing import publish, update, withdraw
from tests.factories import a_comment, a_section, a_story, ago, ahead, an_article, an_author

pytestmark = pytest.mark.django_db

ENGLISH = Edition.of("en")


def test_shown_comments_are_counted_and_no_others():
    quiet, loud = an_article(), an_article()
    for status in (*["shown"] * 3, "waiting", "rejected", "spam"):
        a_comment(on=loud, status=status)
    Comment.objects.filter(article=loud, status="shown").first().delete()
    Article.objects.update(comment_count=9)
    recount_comments([quiet.pk, loud.pk])
    assert dict(Article.objects.values_list("pk", "comment_count")) == {quiet.pk: 0, loud.pk: 2}


# -- what is printed


def kept() -> dict[str, list[tuple[Any, ...]]]:
    """All kept numbers that are not nought."""
    fields = {
        TagCount: ("tag", "edition"), AuthorCount: ("author", "edition"), MonthCount: ("edition", "month"),
        SectionCount: ("section", "genre"),
    }  # fmt: skip
    return {
        model.__name__: sorted(
            model._default_manager.exclude(printed=0).values_list(*fields[model], "printed"), key=str
        )
        for model in KEPT
    }


def counted_by_hand(filed: type[ArticleTag | ArticleAuthor], name: str) -> dict[str, int]:
    """What readers would count if they read the whole English paper now."""
    rows = filed.objects.filter(article__in=Article.objects.in_edition("en"))
    return dict(Counter(rows.values_list(name, flat=True)))


def check() -> None:
    tags = counted_by_hand(ArticleTag, "tag__name")
    assert {row["name"]: row["n"] for row in tags_in_print("en")} == tags
    assert {row["name"]: row["n"] for row in most_used_tags("en")} == tags
    authors = counted_by_hand(ArticleAuthor, "author__name")
    assert [name for _slug, name in authors_in_print("en")] == sorted(authors)
    months = Counter(ENGLISH.day(one.published_at).replace(day=1) for one in Article.objects.in_edition("en"))
    assert dict(months_in_print(ENGLISH)) == months
    assert first_month(ENGLISH) == min(months, default=None)
    slugs = list(Tag.objects.filter(edition="en").values_list("slug", flat=True))
    known = kept_for("en", tags=slugs, author=Author.objects.filter(edition="en").first().slug)
    assert {one.name: one.n for one in known if one.kind == "tag"} == tags


@contextmanager
def a_clock(start: datetime) -> Iterator[list[datetime]]:
    now = [start]
    with mock.patch.object(timezone, "now", side_effect=lambda: now[0]):
        yield now


TAGS = st.lists(st.sampled_from(["Salt", "Water", "Rail"]), unique=True, max_size=3)
PLACE = st.fixed_dictionaries(
    {
        "tags": TAGS,
        "author": st.integers(0, 1),
        "section": st.integers(0, 1),
        "genre": st.sampled_from(["report", "opinion"]),
    }
)
HOURS = st.sampled_from([0, 1, 5, 24 * 8, 24 * 40])
WHICH = st.integers(0, 9)
STEP = st.one_of(
    st.tuples(st.just("print"), PLACE, HOURS),
    st.tuples(st.just("print again"), WHICH, PLACE, HOURS),
    st.tuples(st.just("withdraw"), WHICH),
    st.tuples(st.just("wait"), HOURS),
)


class Newsroom:
    """Two sections, two authors, and whatever happens to their stories."""

    def __init__(self, clock: list[datetime]) -> None:
        self.clock = clock
        self.sections = [a_section(), a_section()]
        self.authors = [an_author(), an_author()]
        self.stories: list[Story] = []

    def written(self, place: dict[str, Any], hours: int) -> dict[str, Any]:
        return {
            "section": self.sections[place["section"]],
            "genre": place["genre"],
            "publish_at": self.clock[0] + timedelta(hours=hours) if hours else None,
        }

    def do(self, deed: str, *given) -> None:
        if deed == "wait":
            self.clock[0] += timedelta(hours=given[0])
        elif deed == "print":
            place, hours = given
            by = self.authors[place["author"]]
            story = a_story(by=by, tags=place["tags"], **self.written(place, hours))
            publish(story, by=None)
            self.stories.append(story)
        elif self.stories:
            story = Story.objects.get(pk=self.stories[given[0] % len(self.stories)].pk)
            self.change(story, *given[1:])

    def change(self, story: Story, place: dict[str, Any] | None = None, hours: int = 0) -> None:
        if place is None:
            if story.status == "printed":
                withdraw(story, by=None, reason="False.")
            return
        Story.objects.filter(pk=story.pk).update(**self.written(place, hours))
        story.tags.set(place["tags"])
        story.bylines.update(author=self.authors[place["author"]])
        (update if story.status == "printed" else publish)(story, by=None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(st.lists(STEP, min_size=3, max_size=7))
def test_whatever_is_printed_moved_and_taken_back_the_kept_numbers_are_what_readers_would_count(steps):
    with transaction.atomic(), a_clock(datetime(2026, 11, 28, 20, 0, tzinfo=UTC)) as clock:
        newsroom = Newsroom(clock)
        for step in steps:
            newsroom.do(*step)
            check()
        before = kept()
        recount()
        assert kept() == before
        transaction.set_rollback(True)


def test_an_embargo_ends_in_all_numbers_at_its_second():
    moment = datetime(2026, 11, 30, 19, 0, tzinfo=UTC)  # the first second of December in Karachi
    with a_clock(moment - timedelta(days=3)) as clock:
        an_article(tags=["Salt"], by=an_author(name="Sadia"), at=clock[0])
        publish(a_story(tags=["Salt", "Secret"], by=an_author(name="Zubair"), publish_at=moment), by=None)
        clock[0] = moment - timedelta(microseconds=1)
        assert [(row["name"], row["n"]) for row in tags_in_print("en")] == [("Salt", 1)]
        assert [name for _slug, name in authors_in_print("en")] == ["Sadia"]
        assert months_in_print(ENGLISH) == [(date(2026, 11, 1), 1)]
        assert [one.name for one in kept_for("en", tags=["secret"], author="") if one.kind == "tag"] == []
        clock[0] = moment
        assert [(row["name"], row["n"]) for row in tags_in_print("en")] == [("Salt", 2), ("Secret", 1)]
        assert [name for _slug, name in authors_in_print("en")] == ["Sadia", "Zubair"]
        assert months_in_print(ENGLISH) == [(date(2026, 11, 1), 1), (date(2026, 12, 1), 1)]


def test_a_paper_with_nothing_but_embargoes_has_no_first_month():
    publish(a_story(publish_at=ahead(minutes=1)), by=None)
    assert first_month(ENGLISH) is None
    assert months_in_print(ENGLISH) == []


def test_a_load_that_puts_related_reads_off_is_counted_as_it_goes():
    with related.put_off():
        for n in range(3):
            an_article(tags=["Salt"], at=ago(days=40 * n))
        check()
    before = kept()
    recount()
    assert kept() == before


def test_numbers_that_went_wrong_are_put_right_by_the_command(capsys):
    an_article(tags=["Salt"])
    before = kept()
    TagCount.objects.update(printed=7)
    MonthCount.objects.all().delete()
    call_command("recount")
    assert "Counted anew." in capsys.readouterr().out
    assert kept() == before
