"""A reader writes without a script: the form, the question “is this what you mean?”, the thanks."""

from __future__ import annotations

import re
import threading
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core import signing
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.test import Client

from articles.models import Article, Comment
from articles.press.publishing import withdraw
from articles.talk.posting import TalkClosed, post
from tests.factories import a_comment, ago, ahead, an_article

pytestmark = pytest.mark.django_db
Status = Comment.Status
WORDS = {
    "name": "Hina Malik",
    "email": "hina@example.org",
    "body": "The gauge was dry in June.",
    "parent": "",
}


@pytest.fixture
def reader() -> Client:
    """A browser that is asked for tokens, as every reader's is."""
    return Client(enforce_csrf_checks=True)


def first(reader: Client, article: Article, **typed: Any) -> Any:
    return reader.post(article.discussion_url(), {**WORDS, "website": "", **typed})


def hidden(response: Any) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', response.content.decode()))


def write(reader: Client, article: Article, **typed: Any) -> Any:
    """Both steps."""
    return reader.post(article.discussion_url(), hidden(first(reader, article, **typed)))


def test_a_comment_waits_for_a_moderator(reader: Client) -> None:
    article = an_article()
    response = write(reader, article)
    assert response.status_code == 303
    assert response["Location"] == f"{article.discussion_url()}?sent=1#comments"
    comment = Comment.objects.get()
    assert (comment.article, comment.status, comment.parent) == (article, Status.WAITING, None)
    assert (comment.name, comment.email, comment.body) == (WORDS["name"], WORDS["email"], WORDS["body"])
    thanks = reader.get(response["Location"]).content.decode()
    assert 'role="status">Thank you. A moderator reads it before it appears.' in thanks
    assert WORDS["body"] not in thanks


def test_the_first_step_asks_and_stores_nothing(reader: Client) -> None:
    response = first(reader, an_article())
    html = response.content.decode()
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert "Is this what you mean?" in html
    assert WORDS["body"] in html
    assert ">Send</button>" in html
    assert ">Change it</button>" in html
    assert hidden(response)["confirm"] == "1"
    assert not Comment.objects.exists()


def test_what_was_confirmed_can_still_be_changed(reader: Client) -> None:
    article = an_article()
    asked = hidden(first(reader, article))
    response = reader.post(article.discussion_url(), {**asked, "change": "1"})
    html = response.content.decode()
    assert response.status_code == 200
    assert f">&#10;{WORDS['body']}</textarea>" in html
    assert f'value="{WORDS["name"]}"' in html
    assert not Comment.objects.exists()


def test_nothing_is_stored_without_the_token(reader: Client) -> None:
    """Another site can make a browser send all words, but it does not know the token."""
    article = an_article()
    asked = hidden(first(reader, article))
    for token in ({}, {"csrfmiddlewaretoken": "x" * 64}, {"csrfmiddlewaretoken": signing.b62_encode(10**80)}):
        response = reader.post(article.discussion_url(), {**WORDS, "confirm": "1", **token})
        assert response.status_code == 403
        assert WORDS["body"] in response.content.decode()
    assert not Comment.objects.exists()
    stranger = Client(enforce_csrf_checks=True)
    response = stranger.post(article.discussion_url(), asked)
    assert response.status_code == 403
    assert not Comment.objects.exists()
    again = stranger.post(article.discussion_url(), hidden(response))
    assert again.status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "https://testserver"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://testserver"},
    ],
)
def test_a_posting_from_another_site_is_refused(headers: dict[str, str]) -> None:
    article, client = an_article(), Client()
    for more in ({}, {"confirm": "1"}):
        assert client.post(article.discussion_url(), {**WORDS, **more}, headers=headers).status_code == 403
    assert not Comment.objects.exists()


# -- answers


def test_an_answer_hangs_under_what_it_answers(reader: Client) -> None:
    article = an_article()
    parent = a_comment(on=article)
    asked = first(reader, article, parent=str(parent.pk))
    assert parent.name in asked.content.decode()
    reader.post(article.discussion_url(), hidden(asked))
    assert Comment.objects.get(name=WORDS["name"]).parent == parent


def test_a_discussion_is_at_most_three_deep(reader: Client) -> None:
    article = an_article()
    first_one = a_comment(on=article)
    second = a_comment(on=article, parent=first_one)
    third = a_comment(on=article, parent=second)
    write(reader, article, parent=str(third.pk))
    answer = Comment.objects.get(name=WORDS["name"])
    assert (answer.parent, answer.depth) == (second, 3)


def test_an_answer_to_what_is_not_there_may_still_stand_on_its_own(reader: Client) -> None:
    article = an_article()
    elsewhere, unseen = a_comment(on=an_article()), a_comment(on=article, status=Status.WAITING)
    for parent in (str(elsewhere.pk), str(unseen.pk), "0", "-1", "x", "9" * 30, "1; drop"):
        response = first(reader, article, parent=parent)
        html = response.content.decode()
        assert response.status_code == 422
        assert "The comment you answer is not here any more" in html
        assert WORDS["body"] in html
        assert 'name="parent" value=""' in html
    assert write(reader, article).status_code == 303


# -- what is asked for again


@pytest.mark.parametrize(
    ("field", "typed", "summary"),
    [
        ("name", "", "Your name is missing"),
        ("name", " \u200b\u200c\x07 ", "Your name is missing"),
        ("name", "H", "The name is too short"),
        ("name", "x" * 61, "The name is too long"),
        ("name", "12345", "The name has no letters"),
        ("name", "...!?", "The name has no letters"),
        ("email", "", "Your e-mail address is missing"),
        ("email", "hina@", "The e-mail address is not complete"),
        ("email", "hina", "The e-mail address is not complete"),
        ("email", "hina@example.org, b@example.org", "The e-mail address is not complete"),
        (
            "email",
            f"{'x' * 60}@{'y' * 60}.{'z' * 60}.{'w' * 60}.{'v' * 60}.org",
            "The e-mail address is too long",
        ),
        ("body", "", "The comment is empty"),
        ("body", " \n\t \r\n ", "The comment is empty"),
        ("body", "\u200b\u200d\u2063", "The comment is empty"),
        ("body", "x", "The comment is too short"),
        ("body", "x" * 5001, "The comment is too long"),
    ],
)
def test_a_fault_is_named_and_nothing_typed_is_lost(
    reader: Client, field: str, typed: str, summary: str
) -> None:
    response = first(reader, an_article(), **{field: typed})
    html = response.content.decode()
    assert response.status_code == 422
    assert response["Cache-Control"] == "no-store"
    assert "Your comment was not sent. Please correct one thing." in html
    assert f'<a href="#f-{field}">{summary}</a>' in html
    control = re.search(rf'<(?:input|textarea) id="f-{field}"[^>]*>', html)
    assert control
    assert 'aria-invalid="true"' in control[0]
    assert re.search(rf'aria-describedby="[^"]*f-{field}-e', control[0])
    assert f'<p class="error" id="f-{field}-e">' in html
    for name in {"name", "email", "body"} - {field}:
        assert WORDS[name] in html
    if typed.isprintable():
        assert typed in html
    assert not Comment.objects.exists()


def test_of_a_comment_without_end_the_beginning_comes_back(reader: Client) -> None:
    html = first(reader, an_article(), body="x" * 20_000 + "y" * 100).content.decode()
    assert "Please correct one thing." in html
    assert '<a href="#f-body">The comment is much too long</a>' in html
    assert "only the first 20,000 are kept here" in html
    assert f">&#10;{'x' * 20_000}</textarea>" in html


def test_a_comment_is_not_taken_when_its_end_was_never_looked_at(reader: Client) -> None:
    response = first(reader, an_article(), body="Two words." + " " * 20_000 + "And their contrary.")
    assert response.status_code == 422
    assert "The comment is much too long" in response.content.decode()


def test_what_no_comment_can_be_is_refused_unread(reader: Client) -> None:
    response = first(reader, an_article(), body="x" * 205_000)
    html = response.content.decode()
    assert response.status_code == 413
    assert response["Cache-Control"] == "no-store"
    assert "This is far more than a comment can hold." in html
    assert "Your browser’s back button leads to your text." in html
    assert "xxx" not in html
    assert "<textarea" not in html


def test_the_longest_comment_is_short_enough_in_every_script(reader: Client) -> None:
    typed = urlencode({**WORDS, "body": "\N{SMILING FACE WITH SUNGLASSES}" * 5000})
    response = reader.post(
        an_article().discussion_url(), typed, content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 200


def test_two_faults_are_two_things(reader: Client) -> None:
    html = first(reader, an_article(), email="hina@", body="").content.decode()
    assert "Please correct 2 things." in html
    assert html.count('class="error"') == 2


@pytest.mark.parametrize("length", [2, 5000])
def test_short_and_long_comments_are_taken(reader: Client, length: int) -> None:
    assert write(reader, an_article(), body="x" * length).status_code == 303


def test_a_line_ending_counts_once_however_the_browser_sends_it(reader: Client) -> None:
    body = "a\r\nb\r" * 1250
    assert write(reader, an_article(), body=body).status_code == 303
    assert Comment.objects.get().body == ("a\nb\n" * 1250).strip()


def test_control_characters_are_taken_out_silently(reader: Client) -> None:
    write(
        reader,
        an_article(),
        name="Hi\x00na\n Malik",
        body="One\x00\x08 two\x1b[31m\n\tthree",
        email="hina\x00@example.org",
    )
    comment = Comment.objects.get()
    assert comment.name == "Hina Malik"
    assert comment.body == "One two[31m\n\tthree"
    assert comment.email == "hina@example.org"


def test_a_name_cannot_turn_around_what_stands_beside_it(reader: Client) -> None:
    write(reader, an_article(), name="\u202eaniH\u202c \u2067Malik\u2069")
    assert Comment.objects.get().name == "aniH Malik"


def test_a_name_in_urdu_is_a_name(reader: Client) -> None:
    write(reader, an_article(edition="ur"), name="حنا ملک", body="بہت\u200cمفید")
    assert Comment.objects.get().body == "بہت\u200cمفید"


# -- machines, impatience, closed doors, broken pipes


def test_a_machine_is_thanked_and_not_read(reader: Client) -> None:
    article = an_article()
    response = write(reader, article, website="https://casino.example")
    assert (response.status_code, response["Location"]) == (
        303,
        f"{article.discussion_url()}?sent=1#comments",
    )
    assert Comment.objects.get().status == Status.SPAM


def test_the_same_words_sent_twice_are_one_comment(reader: Client) -> None:
    article = an_article()
    answers = [write(reader, article), write(reader, article, email="HINA@example.org", name="Hina")]
    assert [(a.status_code, a["Location"]) for a in answers] == [
        (303, f"{article.discussion_url()}?sent=1#comments")
    ] * 2
    assert Comment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_comment() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time, so there is no such moment")
    article = an_article()
    ready = threading.Barrier(4)

    def click() -> None:
        try:
            ready.wait(timeout=10)
            post(article, name="Hina", email="hina@example.org", body="Twice?")
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _each in range(4)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join(timeout=30)
    assert Comment.objects.count() == 1


def test_the_same_words_are_new_elsewhere_by_others_and_later(reader: Client) -> None:
    article, elsewhere = an_article(), an_article()
    write(reader, article)
    write(reader, elsewhere)
    write(reader, article, email="other@example.org")
    Comment.objects.update(written_at=ago(minutes=61))
    write(reader, article)
    assert Comment.objects.count() == 4


def test_a_closed_discussion_takes_nothing_and_gives_the_text_back(reader: Client) -> None:
    article = an_article()
    Article.objects.filter(pk=article.pk).update(comments_open=False)
    response = first(reader, article)
    html = response.content.decode()
    assert response.status_code == 403
    assert "Comments on this article are closed." in html
    assert f">&#10;{WORDS['body']}</textarea>" in html
    assert WORDS["email"] not in html


def test_a_discussion_that_closes_between_the_steps_is_closed(reader: Client) -> None:
    article = an_article()
    Article.objects.filter(pk=article.pk).update(comments_open=False)
    with pytest.raises(TalkClosed):
        post(article, name="Hina", email="hina@example.org", body="Too late")
    Article.objects.filter(pk=article.pk).update(withdrawn_at=ago(minutes=1), withdrawn_reason="Wrong")
    with pytest.raises(Article.DoesNotExist):
        post(article, name="Hina", email="hina@example.org", body="Too late")


def test_a_comment_on_a_story_taken_back_meanwhile_can_be_copied(reader: Client) -> None:
    article = an_article()
    asked = hidden(first(reader, article))
    withdraw(article.story, by=None, reason="The source has lied.")
    for typed in (WORDS, asked):
        response = reader.post(article.discussion_url(), typed)
        html = response.content.decode()
        assert response.status_code == 410
        assert response["Cache-Control"] == "no-store"
        assert "We have taken this story back, and it takes no comments any more." in html
        assert f">&#10;{WORDS['body']}</textarea>" in html
        assert ">Send again</button>" not in html
    assert not Comment.objects.exists()


def test_a_story_taken_back_between_looking_and_storing_says_so_too(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = an_article()
    asked = hidden(first(reader, article))

    def too_late(*_given: object, **_more: object) -> None:
        raise Article.DoesNotExist

    monkeypatch.setattr("articles.talk.views.post", too_late)
    response = reader.post(article.discussion_url(), asked)
    assert response.status_code == 410
    assert WORDS["body"] in response.content.decode()


def test_a_comment_on_what_was_never_printed_finds_nothing(reader: Client) -> None:
    assert first(reader, an_article(at=ahead(hours=1))).status_code == 404


def test_a_comment_is_stored_wholly_or_not_at_all(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database goes away after the row and before its place in the thread."""
    article = an_article()
    asked = hidden(first(reader, article))

    def broken(*_given: object, **_more: object) -> int:
        raise OperationalError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(QuerySet, "update", broken)
        response = reader.post(article.discussion_url(), asked)
    html = response.content.decode()
    assert response.status_code == 503
    assert response["Cache-Control"] == "no-store"
    assert int(response["Retry-After"]) > 0
    assert "could not be taken" in html
    assert f">&#10;{WORDS['body']}</textarea>" in html
    assert not Comment.objects.exists()
    again = re.search(r'<form class="form" id="form" method="post" action="([^"#]*)', html)
    assert again
    assert again[1] == article.discussion_url()
    assert reader.post(article.discussion_url(), asked).status_code == 303


def test_the_text_comes_back_even_when_the_database_is_away_from_the_start(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = an_article()

    def away(*_given: object, **_more: object) -> object:
        raise OperationalError("no route to host")

    with monkeypatch.context() as patched:
        patched.setattr("django.db.models.sql.compiler.SQLCompiler.execute_sql", away)
        response = first(reader, article)
    assert response.status_code == 503
    assert WORDS["body"] in response.content.decode()
