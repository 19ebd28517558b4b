"""The canary again, read through the page cache: what was kept before its second, or before it was taken back, tells nothing."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import DEFAULT_DB_ALIAS, close_old_connections
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from articles.models import Story
from articles.press.pagecache import watch as watching
from articles.press.pagecache.layer import GRACE
from articles.press.pagecache.shelves import Folder, Memory
from articles.press.pagecache.watch import Watch
from articles.press.publishing import publish, update, withdraw
from articles.talk.moderation import reject
from newsroom import pages
from tests.factories import a_comment, a_story, an_article, an_author
from tests.press.kept import AtOnce, Said
from tests.site.test_embargo import CANARY, a_paper, crawl, leaks, lists_of, the_canary

pytestmark = pytest.mark.django_db


class Looking(Watch):
    """Looks whenever a reader comes, instead of four times a second."""

    is_away = False

    @property
    def away(self) -> bool:
        return self.is_away

    def start(self) -> None:
        pass


class Reader:
    """Reads through the page cache as django.test.Client reads without it, and counts how it was answered."""

    def __init__(self, folder: Path) -> None:
        self.watch = Looking()
        self.cache = pages.with_page_cache(WSGIHandler())
        self.cache.watch, self.cache._painters = self.watch, AtOnce()
        self.cache.memory, self.cache.shared = Memory(10**8), Folder(folder, "paper")
        self.watch.listeners.append(self.cache._keep_state)
        self.answered: Counter[str] = Counter()
        self.etags: dict[str, str] = {}

    def ask(self, method: str, address: str, **headers: str) -> HttpResponse:
        if not self.watch.away:
            self.watch._try_to_look()
        asked: Any = {"HTTP_HOST": "127.0.0.1", **headers}
        environ = RequestFactory().generic(method, address, **asked).environ
        said = Said.by(self.cache, environ)
        self.answered[said.headers.get("x-cache", "application")] += 1
        if "etag" in said.headers:
            self.etags[address] = said.headers["etag"]
        body = b"" if said.headers.get("content-type", "").startswith("image/") else said.body
        return HttpResponse(body, status=int(said.status[:3]), headers=said.headers)

    def get(self, address: str, *, follow: bool = False, **headers: str) -> HttpResponse:
        answer = self.ask("GET", address, **headers)
        while follow and 300 <= answer.status_code < 400 and answer.status_code != 304:
            address = urljoin(address, answer["Location"])
            answer = self.ask("GET", address, **headers)
        return answer


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    """One request may not end the test's transaction for the next: django.test.Client sees to that, too."""
    monkeypatch.setattr(watching, "DATABASE", DEFAULT_DB_ALIAS)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Reader(tmp_path / "pages")
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)
    monkeypatch.setattr(time, "time", lambda: moment.timestamp())


def warmed(reader: Reader) -> dict[str, str]:
    """What a crawl sees when it comes for the second time: pages that were kept."""
    crawl(reader)
    reader.answered.clear()
    seen: dict[str, str] = crawl(reader)
    assert reader.answered["hit"] > 25
    assert reader.answered["miss"] == 0
    return seen


def test_a_kept_page_knows_an_embargoed_story_from_its_second_on_and_not_before(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = a_paper()
    crawl(reader)
    moment = timezone.now() + timedelta(hours=3)
    names = {"by": [shared["by"], an_author(slug=CANARY.lower(), name=f"{CANARY} Khan", bio=CANARY)]}
    article = publish(a_story(**the_canary(publish_at=moment), **(shared | names)), by=None)
    assert leaks(warmed(reader)) == []
    assert reader.get(article.get_absolute_url()).status_code == 404

    at(moment - timedelta(seconds=100), monkeypatch)
    assert "s-maxage=10," in reader.get("/en/")["Cache-Control"]
    at(moment - timedelta(seconds=0.5), monkeypatch)
    assert leaks(crawl(reader)) == []
    assert "s-maxage=0," in reader.get("/en/")["Cache-Control"], "no cache in front keeps it past that second"

    at(moment + timedelta(seconds=GRACE), monkeypatch)
    reader.answered.clear()
    after = crawl(reader)
    assert [name for name, text in lists_of(after).items() if CANARY not in text] == []
    assert CANARY in reader.get(article.get_absolute_url()).content.decode()
    assert reader.answered["hit"] < reader.answered["miss"]


def test_a_kept_page_of_a_withdrawn_story_is_shown_to_nobody_whatever_happens_then(reader: Reader) -> None:
    shared = a_paper()
    article = an_article(**the_canary(), **shared)
    told = leaks(warmed(reader))
    assert len(told) > 10
    etags = dict(reader.etags)
    withdraw(article.story, by=None, reason="It was invented.")
    gone = reader.get(article.get_absolute_url())
    assert (gone.status_code, CANARY in gone.content.decode()) == (410, False)
    reader.watch.is_away = True  # before anything else was drawn anew
    assert leaks(crawl(reader)) == []
    reader.watch.is_away = False
    for address in told:
        assert reader.get(address, HTTP_IF_NONE_MATCH=etags.get(address, "")).status_code != 304, address
        head = reader.ask("HEAD", address)
        assert head.content == b""
        assert head.status_code == reader.get(address).status_code
    assert leaks(crawl(reader)) == []
    assert leaks({address: reader.get(address).content.decode() for address in told}) == []
    reader.watch.is_away = True
    assert leaks(crawl(reader)) == []


def test_a_process_that_starts_when_the_database_is_away_does_not_show_it_either(
    reader: Reader, tmp_path: Path
) -> None:
    article = an_article(**the_canary(), **a_paper())
    warmed(reader)
    withdraw(article.story, by=None, reason="It was invented.")
    reader.watch._try_to_look()
    late = Reader(tmp_path / "pages")
    late.watch.is_away = True
    assert leaks(crawl(late)) == []
    assert late.get("/en/").status_code == 503


def test_what_was_read_before_is_read_when_the_database_is_away(reader: Reader, tmp_path: Path) -> None:
    a_paper()
    seen = warmed(reader)
    for leads_on in ("/en/archive/", "/ur/archive/"):  # to the newest year, and is asked anew each time
        del seen[leads_on]
    for one in (reader, Reader(tmp_path / "pages")):
        one.watch.is_away = True
        for address in seen:
            if (
                address.startswith(("/en/", "/ur/", "/sitemap"))
                and seen[address]
                and "nothing" not in address
            ):
                answer = one.get(address, follow=True)
                assert answer.status_code == 200, address
                assert answer["X-Cache"] == "stale"
    said = reader.get(next(one for one in seen if one.endswith("/comments/"))).content.decode()
    assert "You are reading a saved copy" in said
    assert "data-away hidden" not in said


@pytest.mark.parametrize(
    "address", ["/en/unread/", "/en/archive/", "/news-sitemap.xml", "/sitemap-en-2020-01.xml"]
)
def test_then_what_nobody_has_read_is_said_to_be_not_at_hand_without_asking(
    reader: Reader, address: str, django_assert_num_queries: Any
) -> None:
    reader.watch.is_away = True
    with django_assert_num_queries(0):
        for cookie in ("", "sessionid=abc"):
            answer = reader.get(address, HTTP_COOKIE=cookie)
            assert answer.status_code == 503
            assert answer["Retry-After"] == "30"
            assert "no-store" in answer["Cache-Control"]


def test_then_a_comment_is_not_taken_and_its_text_is_given_back(
    reader: Reader, django_assert_num_queries: Any
) -> None:
    article = an_article()
    reader.watch.is_away = True
    typed = {"name": "Hina", "email": "hina@example.org", "body": "The river fell."}
    environ = RequestFactory().post(article.discussion_url(), typed, HTTP_HOST="127.0.0.1").environ
    with django_assert_num_queries(0):
        said = Said.by(reader.cache, environ)
    assert said.status.startswith("503")
    assert "The river fell." in said.body.decode()


def test_who_has_a_page_as_it_was_gets_the_changed_one(reader: Reader) -> None:
    article = an_article(headline="First words")
    address = article.get_absolute_url()
    etag = reader.get(address)["ETag"]
    assert reader.get(address, HTTP_IF_NONE_MATCH=etag).status_code == 304
    Story.objects.filter(pk=article.story_id).update(headline="Second words")
    update(article.story, by=None)
    time.sleep(GRACE)
    answer = reader.get(address, HTTP_IF_NONE_MATCH=etag)
    assert (answer.status_code, "Second words" in answer.content.decode()) == (200, True)


def test_a_rejected_comment_is_gone_from_the_kept_pages_at_once(reader: Reader) -> None:
    article, other = an_article(), an_article()
    comment = a_comment(on=article, body=CANARY)
    addresses = [article.get_absolute_url(), article.discussion_url()]
    for address in [*addresses, other.get_absolute_url()]:
        reader.get(address)
    assert CANARY in reader.get(addresses[0]).content.decode()
    reject([comment], by=None)
    for address in addresses:
        assert CANARY not in reader.get(address).content.decode()
    assert reader.get(other.get_absolute_url())["X-Cache"] == "hit"


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": ""},
        {"HTTP_HOST": "127.0.0.1:x"},
    ],
    ids=str,
)
def test_a_host_that_is_not_ours_is_refused_by_django(reader: Reader, headers: dict[str, Any]) -> None:
    an_article()
    reader.get("/en/")
    assert reader.get("/en/", **headers).status_code == 400
    assert reader.get("/en/")["X-Cache"] == "hit"


def test_who_comes_without_encryption_where_it_is_demanded_is_sent_there(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_article()
    reader.get("/en/")
    monkeypatch.setattr(settings, "SECURE", True)
    safe: dict[str, Any] = {"wsgi.url_scheme": "http", "HTTP_X_FORWARDED_PROTO": "https"}
    assert reader.get("/en/", **safe)["X-Cache"] == "hit"
    unsafes: list[dict[str, Any]] = [
        {},
        {"HTTP_X_FORWARDED_PROTO": "http"},
        {"HTTP_X_FORWARDED_PROTO": "http, https"},
    ]
    for unsafe in unsafes:
        assert "X-Cache" not in reader.get("/en/", **unsafe)
