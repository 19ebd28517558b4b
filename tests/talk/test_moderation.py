"""What moderators decide, and the number that readers see."""

from __future__ import annotations

import threading

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import QuerySet

from articles.models import Article, Comment
from articles.talk import moderation
from tests.factories import a_comment, a_moderator, ago, an_article

pytestmark = pytest.mark.django_db
Status = Comment.Status


def waiting(on: Article, many: int = 1) -> list[Comment]:
    return [a_comment(on=on, status=Status.WAITING) for _each in range(many)]


def count(article: Article) -> int:
    article.refresh_from_db(fields=["comment_count"], from_queryset=Article.including_unpublished.all())
    return article.comment_count


def test_a_shown_comment_is_counted_and_a_rejected_one_is_not() -> None:
    article, moderator = an_article(), a_moderator()
    comments = waiting(article, 3)
    assert moderation.show(comments, by=moderator) == 3
    assert count(article) == 3
    assert moderation.reject(comments[:2], by=moderator) == 2
    assert count(article) == 1
    assert moderation.show(comments[:1], by=moderator) == 1
    assert count(article) == 2
    assert moderation.mark_spam(comments, by=moderator) == 3
    assert count(article) == 0


def test_a_decision_says_who_made_it_and_when() -> None:
    moderator = a_moderator()
    [comment] = waiting(an_article())
    moderation.show([comment], by=moderator)
    comment.refresh_from_db()
    assert comment.status == Status.SHOWN
    assert comment.decided_by == moderator
    assert comment.decided_at is not None
    assert comment.decided_at > ago(minutes=1)


def test_deciding_twice_is_deciding_once() -> None:
    article, first, second = an_article(), a_moderator(), a_moderator()
    comments = waiting(article, 2)
    assert moderation.show(comments, by=first) == 2
    assert moderation.show(comments, by=second) == 0
    assert count(article) == 2
    assert set(Comment.objects.values_list("decided_by", flat=True)) == {first.pk}


def test_two_moderators_who_differ_leave_the_last_word_and_a_right_count() -> None:
    article = an_article()
    comments = waiting(article)
    stale = list(Comment.objects.all())
    moderation.show(comments, by=a_moderator())
    moderation.reject(stale, by=a_moderator())
    assert count(article) == 0
    assert Comment.objects.get().status == Status.REJECTED


def test_a_picked_comment_is_shown_and_a_rejected_one_is_no_pick() -> None:
    article, moderator = an_article(), a_moderator()
    [comment] = waiting(article)
    moderation.feature([comment], by=moderator)
    comment.refresh_from_db()
    assert (comment.status, comment.featured, count(article)) == (Status.SHOWN, True, 1)
    moderation.unfeature([comment], by=moderator)
    comment.refresh_from_db()
    assert (comment.status, comment.featured, count(article)) == (Status.SHOWN, False, 1)
    moderation.feature([comment], by=moderator)
    moderation.reject([comment], by=moderator)
    comment.refresh_from_db()
    assert (comment.status, comment.featured, count(article)) == (Status.REJECTED, False, 0)


def test_only_the_articles_that_were_talked_about_are_counted_anew() -> None:
    here, there = an_article(), an_article()
    Article.objects.filter(pk=there.pk).update(comment_count=7)
    moderation.show(waiting(here), by=None)
    assert (count(here), count(there)) == (1, 7)


def test_comments_under_an_embargoed_article_are_counted_too() -> None:
    article = an_article(at=ago(hours=-5))
    moderation.show(waiting(article), by=None)
    assert count(article) == 1


def test_a_deleted_comment_takes_its_answers_along_and_the_count_knows() -> None:
    article = an_article()
    parent = a_comment(on=article)
    a_comment(on=article, parent=parent)
    kept = a_comment(on=article)
    moderation.remove([parent])
    assert list(Comment.objects.all()) == [kept]
    assert count(article) == 1


def test_a_decision_is_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    article = an_article()
    comments = waiting(article, 2)

    def broken(_articles: list[int]) -> None:
        raise OperationalError("the disk is full")

    monkeypatch.setattr(moderation, "recount_comments", broken)
    with pytest.raises(OperationalError), transaction.atomic():
        moderation.show(comments, by=None)
    assert set(Comment.objects.values_list("status", flat=True)) == {Status.WAITING}


def test_the_queries_of_a_decision_do_not_grow_with_the_comments(django_assert_num_queries) -> None:
    article, moderator = an_article(), a_moderator()
    few, many = waiting(article, 3), waiting(article, 30)
    queries = 9  # two savepoints or BEGIN and COMMIT, articles, comments, decision, count, three for the turn
    with django_assert_num_queries(queries):
        moderation.show(few, by=moderator)
    with django_assert_num_queries(queries):
        moderation.show(many, by=moderator)


def test_the_database_refuses_an_answer_under_another_article() -> None:
    parent, elsewhere = a_comment(on=an_article()), an_article()
    with pytest.raises(IntegrityError), transaction.atomic():  # noqa: PT012
        Comment.objects.create(
            article=elsewhere, parent=parent, name="R", email="r@example.org", body="Here?"
        )
        connection.check_constraints()
    assert elsewhere.comments.count() == 0


def test_the_database_refuses_to_move_a_comment_away_from_what_it_answers() -> None:
    article, elsewhere = an_article(), an_article()
    answer = a_comment(on=article, parent=a_comment(on=article))
    with pytest.raises(IntegrityError), transaction.atomic():  # noqa: PT012
        Comment.objects.filter(pk=answer.pk).update(article=elsewhere)
        connection.check_constraints()


@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_the_same_moment_miscount_nothing() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time, so there is no such moment")
    article = an_article()
    comments = waiting(article, 12)
    ready = threading.Barrier(4)

    def moderator(share: list[Comment]) -> None:
        try:
            ready.wait(timeout=10)
            for comment in share:
                moderation.show([comment], by=None)
        finally:
            connection.close()

    moderators = [threading.Thread(target=moderator, args=(comments[n::4],)) for n in range(4)]
    for thread in moderators:
        thread.start()
    for thread in moderators:
        thread.join(timeout=30)
    assert count(article) == 12


def test_the_admin_may_hand_over_a_queryset() -> None:
    article = an_article()
    waiting(article, 2)
    everything: QuerySet[Comment] = Comment.objects.select_related("article", "parent")
    assert moderation.show(everything, by=None) == 2
