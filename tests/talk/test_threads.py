"""From the flat list to the conversation."""

from __future__ import annotations

from articles.models import Comment
from articles.talk.threads import Branch, nest


def comment(*ancestry: int) -> Comment:
    return Comment(pk=ancestry[-1], path="/".join(f"{number:08x}" for number in ancestry))


def shape(branches: list[Branch]) -> list[object]:
    return [
        [branch.comment.pk, shape(branch.replies)] if branch.replies else branch.comment.pk
        for branch in branches
    ]


def test_answers_hang_under_what_they_answer() -> None:
    flat = [comment(1), comment(1, 2), comment(1, 2, 5), comment(1, 3), comment(4)]
    assert shape(nest(flat)) == [[1, [[2, [5]], 3]], 4]


def test_nobody_spoke_so_there_is_no_thread() -> None:
    assert nest([]) == []


def test_an_answer_to_a_rejected_answer_hangs_under_the_comment_above_it() -> None:
    assert shape(nest([comment(1), comment(1, 2, 5)])) == [[1, [5]]]


def test_an_answer_to_a_rejected_comment_stands_on_its_own() -> None:
    assert shape(nest([comment(1), comment(2, 3), comment(2, 4), comment(5)])) == [1, 3, 4, 5]


def test_a_number_that_begins_like_another_is_not_its_ancestor() -> None:
    assert shape(nest([Comment(pk=1, path="00000001"), Comment(pk=2, path="000000012")])) == [1, 2]
