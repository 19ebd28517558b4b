"""Who is given a page that was drawn from the replica, and what happens to those whom it fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.db import OperationalError, connections
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from articles.press.reading import from_replica
from articles.site import middleware
from articles.site.middleware import POSTED, ReplicaMiddleware, for_any_reader
from tests.factories import a_comment, an_article


class Seen:
    """A replica that is well, until it is told otherwise."""

    well = True

    def watch(self) -> None: ...

    def may_be_read(self) -> bool:
        return self.well

    def lost(self, fault: Exception) -> None:
        self.well = False


@pytest.fixture
def second_line() -> Iterator[None]:
    """Another connection to the same database, by the replica's name."""
    line = connections.create_connection("default")
    options = {name: value for name, value in line.settings_dict["OPTIONS"].items() if name != "pool"}
    line.alias, line.settings_dict = "replica", {**line.settings_dict, "OPTIONS": options}
    connections["replica"] = line
    yield
    line.close()
    del connections["replica"]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Seen:
    monkeypatch.setitem(settings.DATABASES, "replica", {})
    found = Seen()
    line = SimpleNamespace(connection=None)
    monkeypatch.setattr(middleware, "replica", found)
    monkeypatch.setattr(middleware, "connections", {"replica": line})
    monkeypatch.setattr(middleware, "from_replica", reading)
    return found


@contextmanager
def reading() -> Iterator[None]:
    yield


def asked(path: str = "/en/", method: str = "GET", **cookies: str) -> HttpRequest:
    request = RequestFactory().generic(method, path)
    request.COOKIES.update(cookies)
    return request


def drawn(view: Any, request: HttpRequest | None = None) -> Any:
    """What the replica gave; None when the primary is asked."""
    middle = ReplicaMiddleware(lambda request: HttpResponse())
    return middle.process_view(request or asked(), view, (), {})


def a_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("from the replica")


@pytest.mark.parametrize("path", ["/en/", "/ur/tag/river/", "/en/feed.rss", "/sitemap.xml"])
def test_pages_of_the_paper_are_for_any_reader(path: str) -> None:
    assert for_any_reader(asked(path))
    assert for_any_reader(asked(path, "HEAD"))


@pytest.mark.parametrize("path", ["/admin/", "/accounts/login/", "/healthz/ready", "/metrics", "/"])
def test_what_is_no_page_of_the_paper_is_asked_of_the_primary(path: str) -> None:
    assert not for_any_reader(asked(path))


@pytest.mark.parametrize("cookie", ["sessionid", POSTED])
def test_who_signed_in_or_has_just_sent_something_reads_where_it_was_written(cookie: str) -> None:
    assert not for_any_reader(asked(**{cookie: "1"}))
    assert for_any_reader(asked(csrftoken="1"))


def test_what_is_sent_goes_to_the_primary_and_its_sender_reads_there_for_a_while(seen: Seen) -> None:
    sent = asked(method="POST")
    assert not for_any_reader(sent)
    answer = ReplicaMiddleware(lambda request: HttpResponse())(sent)
    assert answer.cookies[POSTED]["max-age"] == middleware.CATCHES_UP
    assert POSTED not in ReplicaMiddleware(lambda request: HttpResponse())(asked()).cookies
    assert POSTED not in ReplicaMiddleware(lambda request: HttpResponse(status=400))(sent).cookies


def test_a_readers_page_is_drawn_from_a_replica_that_is_well(seen: Seen) -> None:
    assert drawn(a_page).content == b"from the replica"
    seen.well = False
    assert drawn(a_page) is None


def test_what_the_replica_does_not_know_the_primary_is_asked(seen: Seen) -> None:
    def not_there(request: HttpRequest) -> HttpResponse:
        raise Http404

    assert drawn(not_there) is None
    assert seen.well


def test_a_replica_that_breaks_off_is_left_alone_and_the_primary_asked(seen: Seen) -> None:
    assert drawn(breaks) is None
    assert not seen.well


def test_a_replica_that_could_not_answer_one_question_is_not_given_up(
    seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stops a question that stands in the way of what it has to replay."""
    alive = SimpleNamespace(connection=SimpleNamespace(closed=False))
    monkeypatch.setattr(middleware, "connections", {"replica": alive})
    assert drawn(breaks) is None
    assert seen.well


def breaks(request: HttpRequest) -> HttpResponse:
    raise OperationalError("terminating connection")


def test_without_a_replica_no_page_pays_for_one() -> None:
    with pytest.raises(MiddlewareNotUsed):
        ReplicaMiddleware(lambda request: HttpResponse())


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("second_line")
def test_a_page_that_is_drawn_from_the_replica_asks_the_primary_nothing(client: Client) -> None:
    """Prepared questions and the lists of the front page too, which are no ordinary querysets."""
    article = an_article(tags=["river"])
    a_comment(on=article)
    paths = ["/en/", article.get_absolute_url(), article.discussion_url(), article.section.get_absolute_url()]
    paths += ["/en/tag/river/", article.authors.get().get_absolute_url(), "/en/stories/", "/en/archive/"]
    paths += ["/en/feed.rss", "/sitemap.xml"]
    for path in paths:
        with CaptureQueriesContext(connections["default"]) as asked, from_replica():
            assert client.get(path).status_code in {200, 302}, path
        assert not asked.captured_queries, path
