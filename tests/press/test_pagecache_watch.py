"""What a process knows of the numbers, and how soon."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, Story, Turn
from articles.press.pagecache import watch as watching
from articles.press.pagecache.watch import Count, Numbers, Watch
from articles.press.publishing import publish, update, withdraw
from articles.press.turning import turn_site, turn_talks
from tests.factories import a_story, ago, ahead, an_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Looks through the test's own connection, which alone sees what the test has written."""
    monkeypatch.setattr(watching, "DATABASE", DEFAULT_DB_ALIAS)
    return Watch()


def test_the_first_look_knows_the_numbers_and_that_nothing_has_just_changed(watch: Watch) -> None:
    turn_talks([7], taken_back=True)
    turn_site()
    numbers = watch.look()
    assert numbers.site.number == Turn.objects.get(name="site").number
    assert numbers.talk(7).number == numbers.talk(7).floor > 0
    assert numbers.talk(8) == Count()
    assert (numbers.site.since, numbers.talk(7).since) == (0.0, 0.0)
    assert not watch.away


def test_a_turn_is_known_at_the_next_look_with_what_was_before(watch: Watch) -> None:
    before = watch.look().site.number
    turn_site()
    site = watch.look().site
    assert site.number > before
    assert site.before == before
    assert site.since == pytest.approx(time.time(), abs=5)
    assert watch.look().site is site, "a look that finds nothing new changes nothing"


def test_a_talk_that_turned_long_before_the_last_look_is_found_when_its_transaction_ends_late(
    watch: Watch,
) -> None:
    turn_talks([1])
    watch.look()
    turn_talks([2])
    Turn.objects.filter(name="talk-2").update(turned_at=ago(seconds=20))
    assert watch.look().talk(2).number > 0


def test_a_database_whose_clock_was_ahead_hides_no_turn(watch: Watch) -> None:
    turn_talks([1])
    Turn.objects.filter(name="talk-1").update(turned_at=ahead(hours=5))
    watch.look()
    turn_talks([2])
    assert watch.look().talk(2).number > 0


def test_talks_that_no_page_can_show_any_more_are_forgotten(watch: Watch) -> None:
    turn_talks(range(50))
    watch.look()
    yesterday = (timezone.now() - timedelta(hours=26)).timestamp() * 1000
    aged = {n: Count(int(yesterday), int(yesterday)) for n in range(50)}
    watch.numbers = Numbers(watch.numbers.site, aged)
    Turn.objects.exclude(name="site").update(turned_at=ago(hours=26))
    turn_talks([99])
    assert list(watch.look().talks) == [99]


def test_numbers_that_another_release_counts_do_not_disturb(watch: Watch) -> None:
    Turn.objects.create(name="edition-en", number=5)
    assert watch.look().talks == {}


# -- the next scheduled publication


def moment(watch: Watch) -> float | None:
    return watch.look().next_moment


def test_the_next_moment_is_that_of_the_next_embargo_in_any_edition(watch: Watch) -> None:
    assert moment(watch) is None
    later = publish(a_story(publish_at=ahead(hours=2)), by=None)
    assert moment(watch) == later.published_at.timestamp()
    sooner = publish(a_story(edition="ur", publish_at=ahead(hours=1)), by=None)
    assert moment(watch) == sooner.published_at.timestamp()


def test_an_embargo_that_is_moved_or_withdrawn_moves_the_moment(watch: Watch) -> None:
    article = publish(a_story(publish_at=ahead(hours=2)), by=None)
    assert moment(watch) == article.published_at.timestamp()
    Story.objects.filter(pk=article.story_id).update(publish_at=ahead(hours=5))
    moved = update(article.story, by=None)
    assert moved.published_at > ahead(hours=4)
    assert moment(watch) == moved.published_at.timestamp()
    withdraw(article.story, by=None, reason="It was invented.")
    assert moment(watch) is None


def test_when_the_moment_has_come_the_one_after_it_is_next(watch: Watch) -> None:
    first, second = (publish(a_story(publish_at=ahead(hours=n)), by=None) for n in (1, 2))
    numbers = watch.look()
    assert numbers.next_moment == first.published_at.timestamp()
    Article.including_unpublished.filter(pk=first.pk).update(published_at=ago(seconds=1))
    watch.numbers = Numbers(numbers.site, numbers.talks, time.time() - 0.1)
    assert moment(watch) == second.published_at.timestamp()


# -- the database is away


class Broken:
    """A Watch whose database answers or does not, as the test wants."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.fault: Exception | None = None
        self.watch = Watch()
        monkeypatch.setattr(Watch, "look", self.look)

    def look(self) -> Numbers:
        if self.fault:
            raise self.fault
        self.watch._answered = time.monotonic()
        self.watch.numbers = Numbers(Count(5))
        return self.watch.numbers


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[Broken]:
    monkeypatch.setattr(watching, "PAUSE", 0.02)
    monkeypatch.setattr(watching, "PATIENCE", 0.2)
    one = Broken(monkeypatch)
    monkeypatch.setattr(Watch, "look", lambda self: one.look())
    yield one
    one.watch.stop()


def until(reached) -> None:
    end = time.monotonic() + 5
    while not reached():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_database_that_does_not_answer_for_a_while_is_away_until_it_answers(
    broken: Broken, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    begun: list[bool] = []
    monkeypatch.setattr(watching, "begin_pools_anew", lambda: begun.append(True))
    broken.watch.start()
    assert not broken.watch.away
    broken.fault = OperationalError("server closed the connection")
    time.sleep(0.05)
    assert not broken.watch.away, "one fault is no absence"
    until(lambda: broken.watch.away)
    assert broken.watch.numbers.site.number == 5
    broken.fault = None
    until(lambda: not broken.watch.away)
    until(lambda: begun)
    assert begun == [True]
    assert len(caplog.records) == 2, "said once that it is away, once that it is back"


def test_a_process_may_start_while_the_database_is_away(broken: Broken) -> None:
    broken.fault = OperationalError("refused")
    broken.watch.start()
    assert broken.watch.away
    assert broken.watch.numbers is None
    broken.fault = None
    until(lambda: not broken.watch.away)


def test_no_fault_ends_the_looking(broken: Broken, caplog: pytest.LogCaptureFixture) -> None:
    broken.watch.start()
    broken.fault = ZeroDivisionError()
    until(lambda: "could not look" in caplog.text)
    broken.fault = None
    time.sleep(0.05)
    assert broken.watch._thread.is_alive()
    assert not broken.watch.away


def test_a_process_looks_in_one_thread_however_often_it_is_started(broken: Broken) -> None:
    before = threading.active_count()
    for _each in range(3):
        broken.watch.start()
    assert threading.active_count() == before + 1


def test_who_has_turned_a_page_looks_at_once(broken: Broken, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "PAUSE", 30)
    broken.watch.start()
    looked = threading.Event()
    broken.watch.listeners.append(lambda numbers: looked.set())
    broken.watch.soon()
    assert looked.wait(2)


@pytest.mark.django_db(transaction=True, databases=["default", "watch"])
def test_the_watch_sees_what_is_committed_and_nothing_else() -> None:
    watch = Watch()
    article = an_article()
    watch.start()
    try:
        first = watch.numbers.site.number
        assert first == Turn.objects.get(name="site").number > 0
        update(article.story, by=None)
        until(lambda: watch.numbers.site.number > first)
        assert watch.numbers.site.number == Turn.objects.get(name="site").number
    finally:
        watch.stop()


# -- the numbers on the shelf


def test_numbers_come_back_with_their_floors_from_the_shelf() -> None:
    numbers = Numbers(Count(9, 4, 1.0, 8), {7: Count(6, 5, 2.0), 8: Count(6)})
    again = Numbers.from_bytes(numbers.to_bytes())
    assert again == Numbers(Count(9, 4), {7: Count(6, 5)})


@given(
    st.binary(max_size=80)
    | st.recursive(st.integers() | st.text() | st.floats() | st.none(), st.lists).map(repr)
)
def test_whatever_else_stands_there_is_no_numbers(said: bytes | str) -> None:
    try:
        numbers = Numbers.from_bytes(said.encode(errors="ignore") if isinstance(said, str) else said)
    except ValueError:
        return
    assert isinstance(numbers.site.number, int)
