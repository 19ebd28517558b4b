"""The road from an empty form to print."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Byline, Status, Story, Tag
from tests.desk.typed import ADD, as_it_stands, at_the_desk, lines, page_of, seen_of, typed
from tests.factories import (
    BODY,
    a_reporter,
    a_section,
    a_story,
    a_tag,
    ahead,
    an_article,
    an_author,
    an_editor,
    an_image,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Client:
    return at_the_desk(an_editor())


def a_filled_form(**changes: object) -> dict[str, object]:
    return {
        "edition": "en",
        "section": a_section().pk,
        "genre": "report",
        "headline": "River back in its bed by noon",
        "standfirst": "It rose in the night.",
        "body": BODY,
        "tags": "",
        "based_on": "0",
        **lines([(an_author(), "author")]),
        **changes,
    }


def said(client: Client, story: Story) -> list[str]:
    return [str(message) for message in client.get(page_of(story)).context["messages"]]


def test_an_editor_writes_a_story_and_prints_it_with_one_button(editor: Client) -> None:
    first, second = an_author(name="First"), an_author(name="Second")
    given = a_filled_form(tags='"flood warnings", river', _verb="publish")
    answer = editor.post(ADD, {**given, **lines([(first, "author"), (second, "photographer")])})
    story = Story.objects.get()
    article = Article.objects.get()
    assert answer["Location"] == page_of(story)
    assert [(line["name"], line["as"]) for line in article.byline] == [
        ("First", "author"),
        ("Second", "photographer"),
    ]
    assert {topic["name"] for topic in article.topics} == {"flood warnings", "river"}
    assert set(Tag.objects.values_list("edition", flat=True)) == {"en"}
    assert said(editor, story) == ["Printed. Readers see it now."]


def test_a_reporter_writes_and_submits_and_readers_see_nothing() -> None:
    reporter = a_reporter()
    at_the_desk(reporter).post(ADD, a_filled_form(_verb="submit"))
    story = Story.objects.get()
    assert (story.status, story.created_by) == (Status.SUBMITTED, reporter)
    assert not Article.including_unpublished.exists()


def test_an_embargo_ahead_schedules_the_story(editor: Client) -> None:
    tomorrow = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    editor.post(ADD, a_filled_form(publish_at=tomorrow, _verb="publish"))
    story = Story.objects.get()
    assert story.status == Status.PRINTED
    assert not Article.objects.exists()
    assert said(editor, story)[0].startswith("Scheduled.")
    assert 'data-state="scheduled"' in editor.get(page_of(story)).content.decode()


def test_when_the_press_refuses_the_save_stays_and_every_reason_is_shown(editor: Client) -> None:
    answer = editor.post(ADD, a_filled_form(body="", _verb="publish") | lines([]))
    story = Story.objects.get()
    assert answer.status_code == 302
    assert (story.status, story.headline) == (Status.DRAFT, "River back in its bed by noon")
    assert story.revisions.count() == 1
    assert {"It has no text.", "Nobody stands in the byline."} <= set(said(editor, story))


def test_a_form_that_cannot_be_saved_keeps_what_was_typed(editor: Client) -> None:
    answer = editor.post(ADD, a_filled_form(headline="", body="<p>A long night of typing.</p>"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "A long night of typing." in page
    assert not Story.objects.exists()


def test_an_edit_of_a_printed_story_stays_on_the_desk_until_it_is_printed(editor: Client) -> None:
    article = an_article(headline="Before")
    story = article.story
    assert story
    editor.post(page_of(story), typed(story, headline="After"))
    article.refresh_from_db()
    assert article.headline == "Before"
    assert "changed since print" in editor.get("/admin/articles/story/").content.decode()
    editor.post(page_of(story), typed(story, _verb="update"))
    article.refresh_from_db()
    assert article.headline == "After"


def test_a_correction_prints_the_saved_story_with_a_note(editor: Client) -> None:
    article = an_article(headline="Mondy")
    story = article.story
    assert story
    answer = editor.post(page_of(story), typed(story, headline="Monday", _verb="correct"))
    assert answer["Location"] == f"/admin/articles/story/{story.pk}/correct/"
    assert f'name="seen" value="{seen_of(story)}"' in editor.get(answer["Location"]).content.decode()
    editor.post(
        answer["Location"], {"kind": "correction", "text": "The day was misspelt.", "seen": seen_of(story)}
    )
    article.refresh_from_db()
    assert article.headline == "Monday"
    assert article.corrections[0]["text"] == "The day was misspelt."


def test_a_correction_without_words_is_asked_for_again(editor: Client) -> None:
    story = an_article().story
    assert story
    answer = editor.post(f"/admin/articles/story/{story.pk}/correct/", {"kind": "correction", "text": " "})
    assert (answer.status_code, story.corrections.count()) == (200, 0)


def test_a_withdrawal_gives_readers_the_reason_and_the_story_may_be_printed_again(editor: Client) -> None:
    article = an_article()
    story = article.story
    assert story
    words = {"reason": "The source took it back.", "seen": seen_of(story)}
    editor.post(f"/admin/articles/story/{story.pk}/withdraw/", words)
    article.refresh_from_db()
    assert article.withdrawn_reason == "The source took it back."
    assert not Article.objects.exists()
    editor.post(page_of(story), typed(story, _verb="publish"))
    assert Article.objects.exists()


@pytest.mark.parametrize(
    ("verb", "leads_to"), [("", ""), ("update", ""), ("correct", "correct/"), ("withdraw", "withdraw/")]
)
@pytest.mark.parametrize("seen_by_readers", [True, False])
def test_every_button_of_a_printed_story_takes_the_form_as_it_is_shown(
    editor: Client, verb: str, leads_to: str, seen_by_readers: bool
) -> None:
    story = an_article(at=None if seen_by_readers else ahead(hours=1)).story
    assert story
    shown = as_it_stands(editor, story)
    assert shown["headline"] == story.headline
    pressed = {"_verb": verb} if verb else {"_save": "1"}
    answer = editor.post(page_of(story), {**shown, **pressed})
    assert answer.status_code == 302, answer.context["errors"]
    here = page_of(story)
    assert answer["Location"] == (here.replace("change/", leads_to) if leads_to else here)


def test_withdrawing_twice_tells_the_second_editor_why_not(editor: Client) -> None:
    story = an_article().story
    assert story
    address = f"/admin/articles/story/{story.pk}/withdraw/"
    words = {"reason": "A mistake.", "seen": seen_of(story)}
    editor.post(address, words)
    answer = editor.post(address, words)
    assert "This story is not in print." in answer.content.decode()


@pytest.mark.parametrize("field", ["kicker", "headline", "standfirst", "dateline"])
def test_control_characters_that_pasting_brings_along_are_not_kept(field: str, editor: Client) -> None:
    story = a_story()
    pasted = {field: "\x02 Some\x02thing\0 from\ta\r\n PDF\x85\x1f "}
    assert editor.post(page_of(story), typed(story, **pasted)).status_code == 302
    story.refresh_from_db()
    assert getattr(story, field) == "Something from a PDF"


def test_the_joiners_of_urdu_are_no_control_characters(editor: Client) -> None:
    story = a_story(edition="ur")
    editor.post(page_of(story), typed(story, headline="کتاب\u200cخانہ"))
    story.refresh_from_db()
    assert story.headline == "کتاب\u200cخانہ"


def test_a_headline_of_control_characters_is_no_headline(editor: Client) -> None:
    answer = editor.post(ADD, a_filled_form(headline="\x02\0"))
    assert answer.context["adminform"].form.errors["headline"]


def test_authors_can_change_places(editor: Client) -> None:
    one, two = an_author(name="One"), an_author(name="Two")
    story = a_story(by=[one, two])
    editor.post(page_of(story), typed(story, byline=[(two, "author"), (one, "author")]))
    assert [line.author.name for line in story.bylines.all()] == ["Two", "One"]


def test_one_author_cannot_stand_twice_in_a_byline(editor: Client) -> None:
    author = an_author()
    story = a_story(by=author)
    answer = editor.post(page_of(story), typed(story, byline=[(author, "author"), (author, "author")]))
    assert answer.status_code == 200
    assert Byline.objects.filter(story=story).count() == 1


def test_a_row_without_an_author_is_no_byline(editor: Client) -> None:
    story = a_story()
    data = typed(story) | {"bylines-TOTAL_FORMS": 2, "bylines-1-author": "", "bylines-1-position": 2}
    assert editor.post(page_of(story), data).status_code == 302
    assert story.bylines.count() == 1


def test_a_draft_need_not_say_yet_who_wrote_it(editor: Client) -> None:
    blank = {
        "bylines-TOTAL_FORMS": 1,
        "bylines-0-author": "",
        "bylines-0-role": "author",
        "bylines-0-position": 1,
    }
    assert editor.post(ADD, a_filled_form() | lines([]) | blank).status_code == 302
    assert not Story.objects.get().bylines.exists()


def test_a_removed_row_leaves_the_byline(editor: Client) -> None:
    one, two = an_author(), an_author()
    story = a_story(by=[one, two])
    editor.post(page_of(story), typed(story) | {"bylines-0-DELETE": "on"})
    assert [line.author for line in story.bylines.all()] == [two]


def test_a_reporter_chooses_tags_and_does_not_invent_them() -> None:
    a_tag("Canals")
    story = a_story()
    reporter = at_the_desk(a_reporter())
    assert reporter.post(page_of(story), typed(story, tags="canals,")).status_code == 302
    answer = reporter.post(page_of(story), typed(story, tags="canals, kites"))
    assert "There is no tag “kites”." in answer.content.decode()
    assert list(story.tags.names()) == ["Canals"]


def test_two_words_are_one_tag_and_urdu_commas_part_tags(editor: Client) -> None:
    story = a_story(edition="ur")
    editor.post(page_of(story), typed(story, tags="water crisis"))
    assert list(story.tags.names()) == ["water crisis"]
    editor.post(page_of(story), typed(story, tags="پانی کا بحران، نہریں"))
    assert set(story.tags.names()) == {"پانی کا بحران", "نہریں"}


def test_tags_are_suggested_from_one_edition(editor: Client) -> None:
    a_tag("Water")
    a_tag("Water board", edition="ur")
    names = [tag["name"] for tag in editor.get("/admin/articles/story/tags/?q=wat&edition=en").json()["tags"]]
    assert names == ["Water"]


def test_a_translation_is_suggested_from_other_editions_only(editor: Client) -> None:
    a_story(headline="River here")
    a_story(headline="River there", edition="ur")
    asked = {"app_label": "articles", "model_name": "story", "field_name": "translation_of", "term": "river"}
    found = editor.get("/admin/autocomplete/", {**asked, "edition": "en"}).json()["results"]
    assert [one["text"] for one in found] == ["River there"]


def test_a_story_does_not_translate_one_of_its_own_edition(editor: Client) -> None:
    other, story = a_story(), a_story()
    answer = editor.post(page_of(story), typed(story, translation_of=other.pk))
    assert "A translation is of a story in another edition." in answer.content.decode()


def test_a_proof_shows_what_is_typed_and_saves_nothing(editor: Client) -> None:
    image = an_image(caption="The canal at dusk.")
    story = a_story()
    body = f'<p>New words<script>alert(1)</script>.</p><figure data-image-id="{image.pk}"></figure>'
    answer = editor.post("/admin/articles/story/proof/", typed(story, headline="Typed", body=body))
    page = answer.content.decode()
    assert "Typed" in page
    assert "New words" in page
    assert "The canal at dusk." in page
    assert "alert(1)" not in page
    assert {"no-store", "private"} <= set(answer["Cache-Control"].split(", "))
    story.refresh_from_db()
    assert story.headline != "Typed"


def test_the_picture_of_a_figure_is_not_kept_in_the_body(editor: Client) -> None:
    story = a_story()
    picture, caption = '<img src="/admin/articles/image/7/face/" alt="">', "<figcaption>Dusk</figcaption>"
    body = f'<figure data-image-id="7">{picture}{caption}</figure>'
    editor.post(page_of(story), typed(story, body=body))
    story.refresh_from_db()
    assert story.body == '<figure data-image-id="7"><figcaption>Dusk</figcaption></figure>'


def test_empty_paragraphs_are_not_kept(editor: Client) -> None:
    story = a_story()
    editor.post(page_of(story), typed(story, body="<p>One.</p><p></p><p>Two.</p><p></p>"))
    story.refresh_from_db()
    assert story.body == "<p>One.</p><p>Two.</p>"
    editor.post(page_of(story), typed(story, body="<p></p>"))
    story.refresh_from_db()
    assert story.body == ""


def test_a_new_section_can_be_chosen_at_once(editor: Client) -> None:
    editor.get(ADD)
    a_section(name="Weather")
    assert "Weather</option>" in editor.get(ADD).content.decode()


def test_the_embargo_of_what_readers_can_see_cannot_be_changed(editor: Client) -> None:
    story = an_article(headline="Out").story
    assert story is not None
    assert 'name="publish_at"' not in editor.get(page_of(story)).content.decode()
    waiting = an_article(headline="To come", at=timezone.now() + timedelta(hours=1)).story
    assert waiting is not None
    assert 'name="publish_at"' in editor.get(page_of(waiting)).content.decode()


def test_a_story_that_is_translated_leads_to_its_translation(editor: Client) -> None:
    story = a_story()
    assert "Begin a translation" in editor.get(page_of(story)).content.decode()
    urdu = a_story(edition="ur", headline="ترجمہ", translation_of=story)
    page = editor.get(page_of(story)).content.decode()
    assert "Begin a translation" not in page
    assert page_of(urdu) in page
