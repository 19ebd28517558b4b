"""One address writes so many comments in a while and no more; when nothing can count them, everybody writes."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache
from django.test import Client

from articles.models import Article, Comment
from articles.talk import flood
from tests.factories import an_article

pytestmark = pytest.mark.django_db
OURS = {"x-newsroom": "talk", "origin": "http://testserver"}


def send(article: Article, n: int, *, since: str = "203.0.113.9", **headers: str) -> Any:
    typed = {"name": "Hina", "email": "hina@example.org", "body": f"Thought {n}."}
    return Client().post(article.discussion_url(), typed, headers=headers or OURS, REMOTE_ADDR=since)


def test_the_eleventh_comment_from_one_address_has_to_wait() -> None:
    article = an_article()
    assert {send(article, n).status_code for n in range(10)} == {201}
    refused = send(article, 10)
    assert refused.status_code == 429
    assert refused["Retry-After"] == "600"
    assert refused.json()["status"] == "flood"
    assert "Wait ten minutes" in refused.json()["notice"]
    assert send(article, 10, since="203.0.113.10").status_code == 201
    assert Comment.objects.count() == 11


def test_without_a_script_the_text_comes_back_and_can_be_sent_again() -> None:
    article = an_article()
    for n in range(10):
        send(article, n)
    asked = send(article, 10, origin="http://testserver")
    assert asked.status_code == 200
    typed = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', asked.content.decode()))
    refused = Client().post(article.discussion_url(), typed, REMOTE_ADDR="203.0.113.9")
    html = refused.content.decode()
    assert refused.status_code == 429
    assert "Many comments came from your connection in a short time." in html
    assert ">&#10;Thought 10.</textarea>" in html
    assert ">Send again</button>" in html
    assert Comment.objects.count() == 10


def test_what_is_asked_for_again_is_not_counted() -> None:
    article = an_article()
    typed = {"name": "", "email": "hina@example.org", "body": "Thought."}
    for _each in range(12):
        assert Client().post(article.discussion_url(), typed, headers=OURS).status_code == 422
    assert send(article, 1, since="127.0.0.1").status_code == 201


def test_the_wait_begins_with_the_first_comment_and_no_other_prolongs_it() -> None:
    article = an_article()
    send(article, 0)
    [until] = cache._expire_info.values()  # type: ignore[attr-defined]
    assert until - time.time() == pytest.approx(flood.SPELL, abs=60)
    assert {send(article, n).status_code for n in range(1, 12)} == {201, 429}
    assert list(cache._expire_info.values()) == [until]  # type: ignore[attr-defined]


def test_the_cache_does_not_learn_the_address() -> None:
    send(an_article(), 1)
    assert not [key for key in cache._cache if "203.0.113" in key]  # type: ignore[attr-defined]
    assert len(cache._cache) == 1  # type: ignore[attr-defined]


def test_a_dead_cache_keeps_nobody_from_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    article, nobody_listens = an_article(), RedisCache("redis://127.0.0.1:1/0", {})
    monkeypatch.setattr(flood, "cache", nobody_listens)
    assert {send(article, n).status_code for n in range(12)} == {201}


def test_whoever_has_no_address_is_not_counted_with_all_the_others() -> None:
    """Such as behind a proxy that speaks through a socket file."""
    article = an_article()
    assert {send(article, n, since="").status_code for n in range(12)} == {201}
