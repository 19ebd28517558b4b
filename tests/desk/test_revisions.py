"""Every save leaves a revision, no save overwrites another unseen, and any two can be compared."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from articles.models import Article, Story
from tests.desk.typed import at_the_desk, page_of, seen_of, typed
from tests.factories import a_story, an_article, an_author, an_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    return at_the_desk(an_editor())


def test_every_save_leaves_a_revision_of_who_and_what() -> None:
    user, story = an_editor(), a_story()
    client = at_the_desk(user)
    client.post(page_of(story), typed(story, headline="One"))
    client.post(page_of(story), typed(story, tags="canals,"))
    newest, first = story.revisions.all()
    assert (first.number, first.by, first.data["headline"]) == (1, user, "One")
    assert (newest.number, newest.data["tags"]) == (2, ["canals"])


def test_a_save_of_nothing_changed_leaves_no_revision(editor: Client) -> None:
    story = a_story(body="<p>One.</p>\n<p>Two.</p>")
    editor.post(page_of(story), typed(story, headline="One"))
    as_browsers_send_it = "<p>One.</p>\r\n<p>Two.</p>"
    editor.post(page_of(story), typed(story, body=as_browsers_send_it))
    assert story.revisions.count() == 1
    told = [str(message) for message in editor.get(page_of(story)).context["messages"]]
    assert told == ["Saved.", "Nothing had changed."]


def test_a_save_of_a_byline_alone_leaves_a_revision(editor: Client) -> None:
    story = a_story()
    editor.post(page_of(story), typed(story, headline="One"))
    author = an_author(name="New")
    editor.post(page_of(story), typed(story, byline=[(author, "author")]))
    latest = story.revisions.first()
    assert latest
    assert [line["name"] for line in latest.data["byline"]] == ["New"]


@pytest.fixture
def story_of_two() -> tuple[Story, dict[str, object]]:
    """A story, and the form as the second editor opened it before the first one saved."""
    story = a_story(headline="Begun")
    opened = typed(story, headline="Mine", body="<p>What I typed.</p>")
    first = an_editor()
    first.first_name, first.last_name = "Sana", "Mir"
    first.save()
    at_the_desk(first).post(page_of(story), typed(story, headline="Theirs"))
    return story, opened


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(
    story_of_two: tuple[Story, dict[str, object]], editor: Client
) -> None:
    story, opened = story_of_two
    answer = editor.post(page_of(story), opened)
    page = answer.content.decode()
    story.refresh_from_db()
    assert story.headline == "Theirs"
    assert "Sana Mir saved this story on" in page
    assert "What I typed." in page
    assert 'name="_anyway"' in page


def test_the_second_editor_may_save_anyway_and_the_first_text_stays_in_the_history(
    story_of_two: tuple[Story, dict[str, object]], editor: Client
) -> None:
    story, opened = story_of_two
    answer = editor.post(page_of(story), opened | {"_anyway": "1"})
    story.refresh_from_db()
    assert (answer.status_code, story.headline) == (302, "Mine")
    assert [one.data["headline"] for one in story.revisions.all()] == ["Mine", "Theirs"]


def test_saving_anyway_does_not_cover_a_third_save_that_was_not_seen(
    story_of_two: tuple[Story, dict[str, object]], editor: Client
) -> None:
    story, opened = story_of_two
    at_the_desk(an_editor()).post(page_of(story), typed(story, headline="A third"))
    assert editor.post(page_of(story), opened | {"_anyway": "1"}).status_code == 200
    story.refresh_from_db()
    assert story.headline == "A third"


def test_saving_anyway_works_when_the_byline_had_other_rows(editor: Client) -> None:
    one, two = an_author(), an_author()
    story = a_story(by=[one, two])
    row = story.bylines.first()
    assert row
    opened = typed(story, headline="Mine") | {"bylines-INITIAL_FORMS": 2, "bylines-0-id": row.pk}
    at_the_desk(an_editor()).post(page_of(story), typed(story, byline=[(two, "author")]))
    assert editor.post(page_of(story), opened | {"_anyway": "1"}).status_code == 302
    assert [line.author for line in story.bylines.all()] == [one, two]


def test_a_stale_page_cannot_print_over_a_newer_save(
    story_of_two: tuple[Story, dict[str, object]], editor: Client
) -> None:
    story, opened = story_of_two
    assert editor.post(page_of(story), opened | {"_verb": "publish"}).status_code == 200
    story.refresh_from_db()
    assert story.status == "draft"


def test_the_history_shows_two_revisions_word_by_word(editor: Client) -> None:
    story = a_story(body="<p>The river rose on Monday.</p>")
    editor.post(page_of(story), typed(story, headline="One"))
    editor.post(page_of(story), typed(story, body="<p>The river rose on Tuesday.</p>", dateline="Sukkur"))
    page = editor.get(f"/admin/articles/story/{story.pk}/history/").content.decode()
    assert "<del>Monday</del><ins>Tuesday</ins>" in page
    assert "<ins>Sukkur</ins>" in page


def test_the_history_compares_the_revisions_that_are_asked_for(editor: Client) -> None:
    story = a_story()
    for headline in ("One", "Two", "Three"):
        editor.post(page_of(story), typed(story, headline=headline))
    address = f"/admin/articles/story/{story.pk}/history/"
    assert "<del>One</del><ins>Three</ins>" in editor.get(address + "?from=1&to=3").content.decode()
    assert "These two revisions are the same." in editor.get(address + "?from=2&to=2").content.decode()
    assert editor.get(address + "?from=none&to=99999").status_code == 200


def test_the_history_of_a_story_that_nobody_saved_is_empty(editor: Client) -> None:
    story = a_story()
    page = editor.get(f"/admin/articles/story/{story.pk}/history/").content.decode()
    assert "Nobody has saved this story yet." in page


@pytest.mark.django_db(transaction=True)
def test_a_stray_post_to_the_history_breaks_nothing() -> None:
    story = a_story()
    answer = at_the_desk(an_editor()).post(f"/admin/articles/story/{story.pk}/history/")
    assert answer.status_code == 200


WORDS: dict[str, dict[str, Any]] = {
    "correct": {"kind": "correction", "text": "The day was misspelt."},
    "withdraw": {"reason": "The source took it back."},
}


@pytest.fixture
def asked_about() -> Story:
    """A printed story, for whose correction or withdrawal an editor is looking for words."""
    story = an_article(headline="Mondy").story
    assert story
    return story


@pytest.mark.parametrize("verb", WORDS)
def test_words_to_readers_do_not_print_what_somebody_saved_meanwhile(
    verb: str, asked_about: Story, editor: Client
) -> None:
    address = f"/admin/articles/story/{asked_about.pk}/{verb}/"
    words = WORDS[verb] | {"seen": seen_of(asked_about)}
    other = an_editor()
    other.first_name, other.last_name = "Sana", "Mir"
    other.save()
    at_the_desk(other).post(page_of(asked_about), typed(asked_about, headline="Not seen"))
    page = editor.post(address, words).content.decode()
    article = Article.objects.get()
    assert (article.headline, article.corrections) == ("Mondy", [])
    assert "Sana Mir saved this story on" in page
    assert f'href="/admin/articles/story/{asked_about.pk}/history/"' in page
    assert words.get("text", words.get("reason")) in page
    assert f'name="seen" value="{seen_of(asked_about)}"' in page


@pytest.mark.parametrize("verb", WORDS)
def test_having_been_told_the_editor_may_go_on_with_the_story_as_it_stands(
    verb: str, asked_about: Story, editor: Client
) -> None:
    address = f"/admin/articles/story/{asked_about.pk}/{verb}/"
    at_the_desk(an_editor()).post(page_of(asked_about), typed(asked_about, headline="Monday"))
    assert editor.post(address, WORDS[verb] | {"seen": seen_of(asked_about)}).status_code == 302


def test_a_note_without_words_does_not_make_the_editor_have_seen_a_newer_save(
    asked_about: Story, editor: Client
) -> None:
    address, seen = f"/admin/articles/story/{asked_about.pk}/correct/", seen_of(asked_about)
    at_the_desk(an_editor()).post(page_of(asked_about), typed(asked_about, headline="Not seen"))
    page = editor.post(address, {"kind": "correction", "text": "", "seen": seen}).content.decode()
    assert f'name="seen" value="{seen}"' in page


def test_pressing_twice_prints_one_note(asked_about: Story, editor: Client) -> None:
    words = WORDS["correct"] | {"seen": seen_of(asked_about)}
    for _press in range(2):
        editor.post(f"/admin/articles/story/{asked_about.pk}/correct/", words)
    assert asked_about.corrections.count() == 1


def test_a_request_that_says_nothing_of_what_was_seen_prints_nothing(
    asked_about: Story, editor: Client
) -> None:
    editor.post(f"/admin/articles/story/{asked_about.pk}/correct/", WORDS["correct"])
    assert asked_about.corrections.count() == 0


def test_the_history_of_no_story_leads_back_to_the_desk(editor: Client) -> None:
    assert editor.get("/admin/articles/story/none/history/").status_code == 302
