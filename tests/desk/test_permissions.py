"""Who may do what: every verb for every role, by button and by a request that nobody's page has sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.models import Article, Status, Story
from articles.press import publishing
from tests.desk.typed import at_the_desk, page_of, seen_of, typed
from tests.factories import a_moderator, a_reporter, a_story, an_article, an_editor

pytestmark = pytest.mark.django_db

ROLES = {"reporter": a_reporter, "editor": an_editor, "moderator": a_moderator}
STANDS = {"submit": "draft", "return": "submitted", "publish": "submitted", "update": "printed"}
BECOMES = {"submit": "submitted", "return": "draft", "publish": "printed", "update": "printed"}
MAY = {
    "submit": {"reporter", "editor"},
    "return": {"editor"},
    "publish": {"editor"},
    "update": {"editor"},
    "correct": {"editor"},
    "withdraw": {"editor"},
}
WORDS: dict[str, dict[str, Any]] = {
    "correct": {"kind": "correction", "text": "It was Tuesday."},
    "withdraw": {"reason": "The source took it back."},
}


def a_story_that_stands(status: str) -> Story:
    if status == "printed":
        story = an_article().story
        assert story
        return story
    story = a_story()
    Story.objects.filter(pk=story.pk).update(status=status)
    return story


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", STANDS)
def test_a_button_works_for_those_who_may_and_nobody_else(verb: str, role: str) -> None:
    story = a_story_that_stands(STANDS[verb])
    answer = at_the_desk(ROLES[role]()).post(page_of(story), typed(story, headline="Typed anew", _verb=verb))
    story.refresh_from_db()
    if role in MAY[verb]:
        assert answer.status_code == 302
        assert story.status == BECOMES[verb]
        assert story.headline == "Typed anew"
    else:
        assert answer.status_code == 403
        assert story.status == STANDS[verb]
        assert story.headline != "Typed anew"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", WORDS)
def test_words_to_readers_are_written_by_those_who_may_and_nobody_else(verb: str, role: str) -> None:
    story = a_story_that_stands("printed")
    article = Article.including_unpublished.get(story=story)
    client = at_the_desk(ROLES[role]())
    seen = client.get(f"/admin/articles/story/{story.pk}/{verb}/")
    words = {**WORDS[verb], "seen": seen_of(story)}
    answer = client.post(f"/admin/articles/story/{story.pk}/{verb}/", words)
    article.refresh_from_db()
    allowed = role in MAY[verb]
    assert (seen.status_code, answer.status_code) == ((200, 302) if allowed else (403, 403))
    assert bool(article.corrections or article.withdrawn_at) is allowed


def test_a_forged_withdrawal_is_refused_before_anything_is_saved() -> None:
    story = a_story_that_stands("printed")
    forged = typed(story, headline="Mine now", _verb="withdraw")
    answer = at_the_desk(a_reporter()).post(page_of(story), forged)
    story.refresh_from_db()
    assert answer.status_code == 403
    assert (story.status, story.headline) != (Status.WITHDRAWN, "Mine now")
    assert story.revisions.filter(data__headline="Mine now").count() == 0


def test_a_verb_that_does_not_exist_is_refused() -> None:
    story = a_story()
    assert at_the_desk(an_editor()).post(page_of(story), typed(story, _verb="pulp")).status_code == 403


def test_a_reporter_cannot_set_the_status_by_a_forged_field() -> None:
    story = a_story()
    at_the_desk(a_reporter()).post(page_of(story), typed(story, status="printed", printed_revision="1"))
    story.refresh_from_db()
    assert (story.status, story.printed_revision) == (Status.DRAFT, None)


def buttons(user: User, story: Story) -> str:
    return at_the_desk(user).get(page_of(story)).content.decode()


def test_a_reporter_sees_submit_and_no_button_of_the_press() -> None:
    page = buttons(a_reporter(), a_story())
    assert 'value="submit"' in page
    for verb in ("publish", "update", "correct", "withdraw"):
        assert f'name="_verb" value="{verb}"' not in page


def test_an_editor_sees_the_verbs_that_fit_the_story() -> None:
    editor, printed = an_editor(), a_story_that_stands("printed")
    assert 'name="_verb" value="publish"' in buttons(editor, a_story())
    page = buttons(editor, printed)
    assert all(f'name="_verb" value="{verb}"' in page for verb in ("update", "correct", "withdraw"))
    assert 'name="_verb" value="publish"' not in page


@pytest.mark.parametrize("role", ROLES)
def test_a_story_that_was_printed_is_never_deleted(role: str) -> None:
    story = a_story_that_stands("printed")
    publishing.withdraw(story, by=None, reason="A mistake.")
    client = at_the_desk(ROLES[role]())
    assert client.post(f"/admin/articles/story/{story.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Story.objects.filter(pk=story.pk).exists()


def test_an_editor_deletes_a_draft_and_a_reporter_does_not() -> None:
    story = a_story()
    gone = f"/admin/articles/story/{story.pk}/delete/"
    assert at_the_desk(a_reporter()).post(gone, {"post": "yes"}).status_code == 403
    assert at_the_desk(an_editor()).post(gone, {"post": "yes"}).status_code == 302
    assert not Story.objects.filter(pk=story.pk).exists()


def test_the_edition_of_a_printed_story_cannot_be_changed() -> None:
    story = a_story_that_stands("printed")
    client = at_the_desk(an_editor())
    assert 'name="edition"' not in client.get(page_of(story)).content.decode()
    client.post(page_of(story), typed(story, edition="ur"))
    story.refresh_from_db()
    assert story.edition == "en"


def test_nobody_writes_into_what_is_in_print() -> None:
    article = an_article()
    client = at_the_desk(User.objects.create_superuser("chief", "chief@example.org", "a long secret"))
    assert client.get("/admin/articles/article/").status_code == 200
    assert article.get_absolute_url() in client.get("/admin/articles/article/").content.decode()
    assert (
        client.post(f"/admin/articles/article/{article.pk}/change/", {"headline": "Other"}).status_code == 403
    )
    assert client.post(f"/admin/articles/article/{article.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get("/admin/articles/article/add/").status_code == 403


def test_readers_are_sent_to_the_login_from_every_page_of_the_desk() -> None:
    story = a_story()
    visitor = at_the_desk(User.objects.create_user("reader", "reader@example.org", "a long secret"))
    for address in ("", "articles/story/", f"articles/story/{story.pk}/proof/", "articles/image/pick/"):
        answer = visitor.get(f"/admin/{address}")
        assert (answer.status_code, "/admin/login/" in answer["Location"]) == (302, True)
