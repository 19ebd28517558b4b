"""Moderators at work: the list, its buttons, one comment's page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from articles.models import Comment
from tests.factories import a_comment, a_moderator, a_reporter, ago, an_article, an_editor

pytestmark = pytest.mark.django_db
Status = Comment.Status
LIST = reverse("admin:articles_comment_changelist")


@pytest.fixture
def moderator() -> User:
    return a_moderator()


@pytest.fixture
def desk(moderator: User, client: Client) -> Client:
    client.force_login(moderator)
    return client


def one(comment: Comment) -> str:
    return reverse("admin:articles_comment_change", args=[comment.pk])


def decide(client: Client, comment: Comment, verdict: str) -> Any:
    return client.post(reverse("admin:articles_comment_decide", args=[comment.pk]), {"verdict": verdict})


def in_bulk(client: Client, action: str, *comments: Comment) -> Any:
    form = {"action": action, "_selected_action": [comment.pk for comment in comments]}
    return client.post(LIST, form, follow=True)


def listed(html: str) -> list[str]:
    return re.findall(r"Thought (\w+)\.</a>", html)


def test_waiting_comments_come_first_then_the_newest(desk: Client) -> None:
    article = an_article()
    given = [("old", "waiting", 9), ("shown", "shown", 1), ("new", "waiting", 3), ("spam", "spam", 2)]
    for body, status, hours in given:
        a_comment(on=article, body=f"Thought {body}.", status=status, written_at=ago(hours=hours))
    assert listed(desk.get(LIST).content.decode()) == ["new", "old", "shown", "spam"]


def test_the_list_shows_what_a_moderator_needs(desk: Client) -> None:
    article = an_article(headline="The gauges of the Indus")
    a_comment(on=article, name="Hina", email="hina@example.org", body="A thought.", status=Status.WAITING)
    html = desk.get(LIST).content.decode()
    for words in (
        "A thought.",
        "Hina",
        "hina@example.org",
        "The gauges of the Indus",
        'data-state="waiting"',
    ):
        assert words in html
    assert article.get_absolute_url() in html


def test_the_chips_carry_numbers_and_filter(desk: Client) -> None:
    article = an_article()
    a_comment(on=article, body="Thought one.", status=Status.WAITING)
    for body in ("two", "three"):
        a_comment(on=article, body=f"Thought {body}.", status=Status.SPAM)
    html = desk.get(LIST + "?status__exact=spam").content.decode()
    assert sorted(listed(html)) == ["three", "two"]
    chips = re.search(r'<ul class="chips".*?</ul>', html, re.DOTALL)
    assert chips
    assert re.findall(r'class="number">(\d+)', chips[0]) == ["3", "1", "0", "0", "2"]


@pytest.mark.parametrize("words", ["Hina", "hina@example.org", "gauge", "The Indus"])
def test_a_comment_is_found_by_name_address_words_and_headline(desk: Client, words: str) -> None:
    article = an_article(headline="The Indus")
    a_comment(on=article, name="Hina", email="hina@example.org", body="Thought gauge.")
    a_comment(on=an_article(), body="Thought other.")
    assert listed(desk.get(LIST, {"q": words}).content.decode()) == ["gauge"]


def test_the_queries_of_the_list_do_not_grow_with_the_comments(
    desk: Client, django_assert_max_num_queries
) -> None:
    counts = []
    for many in (3, 27):
        for _each in range(many):
            a_comment(on=an_article(), parent=None, status=Status.WAITING)
        with django_assert_max_num_queries(12) as asked:
            desk.get(LIST + "?all=")
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("action", "status", "featured", "said"),
    [
        ("show", Status.SHOWN, False, "2 comments are shown now."),
        ("reject", Status.REJECTED, False, "2 comments are rejected."),
        ("spam", Status.SPAM, False, "2 comments are marked as spam."),
        ("feature", Status.SHOWN, True, "2 comments are editors’ picks."),
    ],
)
def test_many_are_decided_at_once(
    desk: Client, moderator: User, action: str, status: str, featured: bool, said: str
) -> None:
    article = an_article()
    chosen = [a_comment(on=article, status=Status.WAITING) for _each in range(2)]
    left = a_comment(on=article, status=Status.WAITING)
    html = in_bulk(desk, action, *chosen).content.decode()
    assert said in html
    for comment in chosen:
        comment.refresh_from_db()
        assert (comment.status, comment.featured, comment.decided_by) == (status, featured, moderator)
    left.refresh_from_db()
    assert left.status == Status.WAITING
    article.refresh_from_db()
    assert article.comment_count == (2 if status == Status.SHOWN else 0)


def test_one_is_one_comment_and_none_is_said_plainly(desk: Client) -> None:
    comment = a_comment(on=an_article(), status=Status.WAITING)
    assert "1 comment is shown now." in in_bulk(desk, "show", comment).content.decode()
    assert "Nothing changed" in in_bulk(desk, "show", comment).content.decode()


def test_deleted_comments_are_not_counted(desk: Client) -> None:
    article = an_article()
    gone, also_gone, kept = [a_comment(on=article) for _each in range(3)]
    form = {"action": "delete_selected", "_selected_action": [gone.pk], "post": "yes"}
    desk.post(LIST, form)
    desk.post(reverse("admin:articles_comment_delete", args=[also_gone.pk]), {"post": "yes"})
    assert list(Comment.objects.all()) == [kept]
    article.refresh_from_db()
    assert article.comment_count == 1


# -- one comment's page


def test_a_comment_can_be_read_and_decided_but_not_rewritten(desk: Client) -> None:
    article = an_article()
    parent = a_comment(on=article, name="Rukhsana")
    comment = a_comment(on=article, parent=parent, body="As it was <b>said</b>.", status=Status.WAITING)
    html = desk.get(one(comment)).content.decode()
    assert "As it was &lt;b&gt;said&lt;/b&gt;." in html
    assert comment.email in html
    assert "Rukhsana" in html
    assert not re.search(r'name="(body|name|email|status|featured)"', html)
    desk.post(one(comment), {"body": "Put into the reader’s mouth", "name": "X", "status": "shown"})
    comment.refresh_from_db()
    assert (comment.body, comment.status) == ("As it was <b>said</b>.", Status.WAITING)


@pytest.mark.parametrize(
    ("verdict", "label", "status", "featured"),
    [
        ("show", "Show", Status.SHOWN, False),
        ("reject", "Reject", Status.REJECTED, False),
        ("spam", "Mark as spam", Status.SPAM, False),
        ("feature", "Show as editors’ pick", Status.SHOWN, True),
    ],
)
def test_the_buttons_decide(desk: Client, verdict: str, label: str, status: str, featured: bool) -> None:
    comment = a_comment(on=an_article(), status=Status.WAITING)
    html = desk.get(one(comment)).content.decode()
    assert re.search(rf'<button[^>]* name="verdict" value="{verdict}"[^>]*>{label}</button>', html)
    assert decide(desk, comment, verdict).status_code == 302
    comment.refresh_from_db()
    assert (comment.status, comment.featured) == (status, featured)
    assert f'name="verdict" value="{verdict}"' not in desk.get(one(comment)).content.decode()


def test_an_unknown_verdict_or_a_mere_look_decides_nothing(desk: Client) -> None:
    comment = a_comment(on=an_article(), status=Status.WAITING)
    for verdict in ("", "delete_model", "get_urls", "show; reject"):
        decide(desk, comment, verdict)
    address = reverse("admin:articles_comment_decide", args=[comment.pk])
    assert desk.get(address, {"verdict": "show"}).status_code == 405
    comment.refresh_from_db()
    assert comment.status == Status.WAITING


def test_a_comment_that_is_gone_is_not_found(desk: Client) -> None:
    assert (
        desk.post(reverse("admin:articles_comment_decide", args=[99999]), {"verdict": "show"}).status_code
        == 404
    )


# -- who may


def onlooker() -> User:
    """May look at comments, not decide."""
    user = User.objects.create_user("onlooker", password="a long secret", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_comment"))
    return user


def test_an_editor_may_decide(client: Client) -> None:
    client.force_login(an_editor())
    comment = a_comment(on=an_article(), status=Status.WAITING)
    decide(client, comment, "show")
    comment.refresh_from_db()
    assert comment.status == Status.SHOWN


def test_a_reporter_and_an_onlooker_cannot_decide_even_by_a_forged_posting(client: Client) -> None:
    comment = a_comment(on=an_article(), status=Status.WAITING)
    for user in (a_reporter(), onlooker()):
        client.force_login(user)
        assert decide(client, comment, "show").status_code == 403
        in_bulk(client, "show", comment)
        in_bulk(client, "delete_selected", comment)
        comment.refresh_from_db()
        assert comment.status == Status.WAITING
    assert "verdict" not in client.get(one(comment)).content.decode()


def test_a_stranger_is_sent_to_the_door(client: Client) -> None:
    comment = a_comment(on=an_article(), status=Status.WAITING)
    assert decide(client, comment, "show").status_code == 302
    comment.refresh_from_db()
    assert comment.status == Status.WAITING


def test_a_decision_needs_the_token(moderator: User) -> None:
    comment = a_comment(on=an_article(), status=Status.WAITING)
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)
    assert decide(client, comment, "show").status_code == 403


def test_nobody_writes_comments_on_the_desk(desk: Client) -> None:
    assert desk.get(LIST + "add/").status_code == 403


def test_a_hostile_comment_is_only_words_on_the_desk_too(desk: Client) -> None:
    words = "<script>alert(1)</script>"
    comment = a_comment(on=an_article(headline=f"A {words}"), name=words, body=words, status=Status.WAITING)
    for address in (LIST, one(comment)):
        assert words not in desk.get(address).content.decode()
