"""Every verb that changes what readers see turns the right page; what is taken back is not shown again."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from articles.models import Author, Correction, Section, Tag, Turn
from articles.press.publishing import PressError, correct, publish, update, withdraw
from articles.press.turning import turn_site, turn_talks
from articles.talk import moderation
from articles.talk.posting import post
from tests.factories import (
    a_comment,
    a_section,
    a_story,
    a_tag,
    ahead,
    an_article,
    an_author,
    an_editor,
    an_image,
)
from tests.press.test_publishing import at_once
from tests.press.turned import SITE, SITE_TAKEN_BACK, turned

pytestmark = pytest.mark.django_db


def test_printing_turns_the_site() -> None:
    story = a_story()
    assert turned(lambda: publish(story, by=None)) == SITE
    assert turned(lambda: update(story, by=None)) == SITE
    kind = Correction.Kind.CORRECTION
    assert turned(lambda: correct(story, by=None, kind=kind, text="It was the Ravi.")) == SITE


def test_an_embargo_turns_the_site_so_that_its_moment_is_known() -> None:
    assert turned(lambda: publish(a_story(publish_at=ahead(hours=1)), by=None)) == SITE


def test_what_is_withdrawn_is_taken_back() -> None:
    article = an_article()
    assert turned(lambda: withdraw(article.story, by=None, reason="It was invented.")) == SITE_TAKEN_BACK


def test_a_refused_printing_turns_nothing() -> None:
    story = a_story(body="")

    def refused() -> None:
        with pytest.raises(PressError):
            publish(story, by=None)

    assert turned(refused) == {}


def test_what_fails_after_the_turn_turns_nothing() -> None:
    story = a_story()

    @transaction.atomic
    def fails() -> None:
        publish(story, by=None)
        turn_talks([1], taken_back=True)
        raise ZeroDivisionError

    def tried() -> None:
        with pytest.raises(ZeroDivisionError):
            fails()

    assert turned(tried) == {}


# -- the talk


def test_a_posted_comment_turns_nothing_before_it_is_shown() -> None:
    article = an_article()
    assert turned(lambda: post(article, name="Hina", email="hina@example.org", body="Yes.")) == {}


@pytest.mark.parametrize(
    ("verb", "status", "taken_back"),
    [
        (moderation.show, "waiting", False),
        (moderation.feature, "waiting", False),
        (moderation.feature, "shown", False),
        (moderation.reject, "shown", True),
        (moderation.mark_spam, "shown", True),
    ],
    ids=lambda given: getattr(given, "__name__", str(given)),
)
def test_a_decision_turns_the_talk_under_its_article_only(
    verb: Callable[..., int], status: str, taken_back: bool
) -> None:
    article, _other = an_article(), an_article()
    comment = a_comment(on=article, status=status)
    assert turned(lambda: verb([comment], by=None)) == {f"talk-{article.pk}": taken_back}
    assert turned(lambda: verb([comment], by=None)) == {}, "twice is like once"


def test_an_editors_pick_less_takes_nothing_back() -> None:
    article = an_article()
    comment = a_comment(on=article, featured=True)
    assert turned(lambda: moderation.unfeature([comment], by=None)) == {f"talk-{article.pk}": False}


def test_removed_comments_are_taken_back_under_every_article() -> None:
    articles = [an_article(), an_article()]
    comments = [a_comment(on=article) for article in articles]
    found = turned(lambda: moderation.remove(comments))
    assert found == {f"talk-{article.pk}": True for article in articles}


# -- the desk


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(an_editor())
    return client


def save(desk: Client, row: Section | Tag | Author, **given: str) -> None:
    name = row._meta.model_name
    fields = ("edition", "name", "slug", "position", "role")
    typed = {field: getattr(row, field) for field in fields if hasattr(row, field)} | given
    answer = desk.post(reverse(f"admin:articles_{name}_change", args=[row.pk]), typed)
    assert answer.status_code == 302, answer.context["errors"]


def delete(desk: Client, row: Section | Tag | Author) -> None:
    name = row._meta.model_name
    assert (
        desk.post(reverse(f"admin:articles_{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 302
    )


def delete_among_others(desk: Client, row: Section | Tag | Author) -> None:
    typed = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    assert desk.post(reverse(f"admin:articles_{row._meta.model_name}_changelist"), typed).status_code == 302


@pytest.mark.parametrize("make", [a_section, a_tag, an_author])
@pytest.mark.parametrize(
    "deed",
    [partial(save, name="New name"), delete, delete_among_others],
    ids=["saved", "deleted", "deleted among others"],
)
def test_what_the_desk_does_to_sections_tags_and_authors_turns_the_site(
    desk: Client, make: Callable[[], Section | Tag | Author], deed: Callable[[Client, object], None]
) -> None:
    row = make()
    assert turned(lambda: deed(desk, row)) == SITE


def test_an_author_whose_name_changes_is_reprinted_and_the_site_turns(desk: Client) -> None:
    author = an_author()
    article = an_article(by=author)
    assert turned(lambda: save(desk, author, name="Sadia Khan")) == SITE
    article.refresh_from_db()
    assert article.byline[0]["name"] == "Sadia Khan"


def test_a_portrait_that_changes_in_the_library_turns_the_site(
    desk: Client, django_capture_on_commit_callbacks: Any
) -> None:
    image = an_image()
    an_author(photo=image)
    typed = {"title": "New", "alt": "New", "focal_x": "0.5", "focal_y": "0.5"}

    def change() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            answer = desk.post(reverse("admin:articles_image_change", args=[image.pk]), typed)
        assert answer.status_code == 302

    assert turned(change) == SITE
    Author.objects.update(photo=None)
    assert turned(change) == {}


# -- the numbers themselves


def test_a_number_is_at_least_the_time_and_never_given_twice() -> None:
    given = []
    for _each in range(20):
        turn_site()
        given.append(Turn.objects.get(name="site").number)
    assert given == sorted(set(given))
    assert given[0] >= int(time.time() * 1000) - 60_000
    ahead_of_time = given[-1] + 10**9
    Turn.objects.filter(name="site").update(number=ahead_of_time)
    turn_site()
    assert Turn.objects.get(name="site").number == ahead_of_time + 1, (
        "a clock that was set back gives none again"
    )


def test_many_talks_turn_in_as_few_queries_as_one(django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(4):
        turn_talks(range(300))
    assert Turn.objects.filter(name__startswith="talk-").count() == 300


def test_the_database_refuses_a_floor_above_its_number() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Turn.objects.create(name="talk-1", number=1, floor=2)


side_by_side = pytest.mark.skipif(
    "postgresql" not in settings.DATABASES["default"]["ENGINE"], reason="SQLite in memory has one connection"
)


@side_by_side
@pytest.mark.django_db(transaction=True)
def test_the_same_talks_turned_in_other_orders_at_the_same_moment_do_not_stop_each_other() -> None:
    def turn(order: list[int]) -> None:
        for _each in range(15):
            with transaction.atomic():
                turn_talks(order)

    orders = [[1, 2, 3, 4], [4, 3, 2, 1], [2, 4, 1, 3], [3, 1, 4, 2]]
    assert at_once(*[partial(turn, order) for order in orders]) == []
    assert Turn.objects.filter(name__startswith="talk-").count() == 4


@side_by_side
@pytest.mark.django_db(transaction=True)
def test_numbers_turned_at_the_same_moment_are_all_different() -> None:
    given: list[int] = []

    def turn() -> None:
        for _each in range(15):
            with transaction.atomic():
                turn_site()
                given.append(Turn.objects.get(name="site").number)
        connection.close()

    assert at_once(*[turn] * 4) == []
    assert len(set(given)) == 60


@side_by_side
@pytest.mark.django_db(transaction=True)
def test_an_author_is_saved_while_stories_are_printed_and_neither_stops_the_other() -> None:
    """The number and the press are taken in one order, whoever comes first."""
    author = an_author()
    articles = [an_article(by=author) for _each in range(2)]
    desks = [Client(), Client()]
    for desk in desks:
        desk.force_login(an_editor())

    def rename(desk: Client) -> None:
        for n in range(8):
            save(desk, author, name=f"Sadia {n}")

    def print_again(story) -> None:
        for _each in range(8):
            update(story, by=None)

    deeds = [partial(rename, desk) for desk in desks] + [partial(print_again, one.story) for one in articles]
    assert at_once(*deeds) == []
