"""Our own script posts in one step and gets JSON; nobody else may."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from django.db.models import QuerySet
from django.test import Client

from articles.models import Article, Comment
from articles.press.publishing import withdraw
from tests.factories import a_comment, an_article

pytestmark = pytest.mark.django_db
WORDS = {"name": "Hina Malik", "email": "hina@example.org", "body": "The <b>gauge</b> was dry.", "parent": ""}
OURS = {"x-newsroom": "talk", "accept": "application/json", "origin": "http://testserver"}


def send(article: Article, headers: dict[str, str] = OURS, **typed: Any) -> Any:
    reader = Client(enforce_csrf_checks=True)
    return reader.post(article.discussion_url(), {**WORDS, **typed}, headers=headers)


@pytest.mark.parametrize("proof", [{"origin": "http://testserver"}, {"sec-fetch-site": "same-origin"}])
def test_our_script_needs_one_step(proof: dict[str, str]) -> None:
    response = send(an_article(), {"x-newsroom": "talk", **proof})
    answer = response.json()
    assert response.status_code == 201
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert answer["status"] == "waiting"
    assert answer["notice"] == "Thank you. A moderator reads it before it appears."
    assert "comment--pending" in answer["html"]
    assert "<b>You</b>" in answer["html"]
    assert "The &lt;b&gt;gauge&lt;/b&gt; was dry." in answer["html"]
    assert "hina@" not in response.content.decode()
    assert Comment.objects.get().status == Comment.Status.WAITING


@pytest.mark.parametrize(
    "headers",
    [
        {"x-newsroom": "talk"},
        {"x-newsroom": "talk", "origin": "https://evil.example"},
        {"x-newsroom": "talk", "origin": "null"},
        {"x-newsroom": "talk", "sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"x-newsroom": "talk", "sec-fetch-site": "same-origin", "origin": "https://evil.example"},
        {"x-newsroom": "talk", "sec-fetch-site": "none"},
    ],
)
def test_a_script_of_another_site_is_refused(headers: dict[str, str]) -> None:
    assert send(an_article(), headers).status_code == 403
    assert not Comment.objects.exists()


@pytest.mark.parametrize("header", [{}, {"x-newsroom": "x"}, {"accept": "application/json"}])
def test_without_the_header_there_are_two_steps(header: dict[str, str]) -> None:
    response = send(an_article(), {"origin": "http://testserver", **header})
    assert response.status_code == 200
    assert "Is this what you mean?" in response.content.decode()
    assert not Comment.objects.exists()


def test_faults_come_back_by_field_and_as_the_same_form() -> None:
    article = an_article()
    response = send(article, name="", email="hina@")
    answer = response.json()
    assert response.status_code == 422
    assert answer["errors"] == {
        "name": ["Write the name that readers will see."],
        "email": ["Write the whole address, such as name@example.org."],
    }
    page = Client().post(article.discussion_url(), {**WORDS, "name": "", "email": "hina@"}).content.decode()
    assert answer["form"].strip() in page


def test_the_answer_says_where_in_the_thread_the_comment_hangs() -> None:
    article = an_article()
    first = a_comment(on=article)
    second = a_comment(on=article, parent=first)
    third = a_comment(on=article, parent=second)
    assert send(article, parent=str(third.pk)).json()["parent"] == second.pk
    assert send(article, body="On its own.").json()["parent"] is None


def test_impatience_and_machines_get_the_same_answer() -> None:
    article = an_article()
    answers = [send(article), send(article), send(article, body="Buy!", website="x")]
    assert [answer.status_code for answer in answers] == [201] * 3
    assert [answer.json()["status"] for answer in answers] == ["waiting"] * 3
    assert Comment.objects.count() == 2


def test_a_closed_discussion_says_so() -> None:
    article = an_article()
    Article.objects.filter(pk=article.pk).update(comments_open=False)
    response = send(article)
    assert response.status_code == 403
    assert response.json() == {"status": "closed", "notice": "Comments on this article are closed."}


def test_a_story_taken_back_says_so() -> None:
    article = an_article()
    withdraw(article.story, by=None, reason="The source has lied.")
    response = send(article)
    assert response.status_code == 410
    assert response.json()["status"] == "withdrawn"
    assert "taken this story back" in response.json()["notice"]


def test_too_much_is_said_and_the_form_keeps_it() -> None:
    response = send(an_article(), body="x" * 205_000)
    assert response.status_code == 413
    assert response.json()["status"] == "too much"
    assert len(response.content) < 200


def test_a_broken_database_is_said_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    article = an_article()

    def broken(*_given: object, **_more: object) -> int:
        raise OperationalError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(QuerySet, "update", broken)
        response = send(article)
    assert response.status_code == 503
    assert "could not be taken" in response.json()["notice"]
    assert not Comment.objects.exists()
