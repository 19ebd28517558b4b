"""Word-level differences."""

from __future__ import annotations

from articles.text import diff


def test_a_changed_word_is_taken_and_added() -> None:
    assert diff.words("on Monday", "on Tuesday") == [
        ("same", "on "),
        ("taken", "Monday"),
        ("added", "Tuesday"),
    ]


def test_a_new_paragraph_between_two_old_ones_is_only_added() -> None:
    old, new = "<p>One.</p><p>Three.</p>", "<p>One.</p><p>Two.</p><p>Three.</p>"
    assert diff.blocks(old, new) == [[("same", "One.")], [("added", "Two.")], [("same", "Three.")]]


def test_paragraphs_that_resemble_each_other_are_compared_by_words() -> None:
    old = "<p>Something else entirely.</p><p>The river rose on Monday night.</p>"
    new = "<p>The river rose on Tuesday night.</p>"
    taken, changed = diff.blocks(old, new)
    assert taken == [("taken", "Something else entirely.")]
    assert ("taken", "Monday") in changed
    assert ("added", "Tuesday") in changed


def test_words_added_and_taken_are_counted() -> None:
    assert diff.count(diff.blocks("<p>a b c</p>", "<p>a b c d e</p>")) == {"added": 2, "taken": 0}


def test_markup_alone_is_no_difference_and_urdu_words_are_words() -> None:
    assert diff.blocks("<p>a <em>b</em></p>", "<p>a b</p>") == [[("same", "a b")]]
    assert diff.words("پانی آیا", "پانی گیا")[-2:] == [("taken", "آیا"), ("added", "گیا")]
