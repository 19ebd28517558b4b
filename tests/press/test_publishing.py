import threading

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from articles.models import (
    Article,
    Comment,
    Correction,
    FormerAddress,
    Recent,
    Revision,
    Section,
    Status,
    Story,
    recent_for,
    translations_of,
)
from articles.press.manuscripts import manuscript
from articles.press.publishing import PressError, correct, publish, update, withdraw
from tests.factories import a_comment, a_section, a_story, ago, ahead, an_article, an_author, an_image

pytestmark = pytest.mark.django_db


def test_a_published_story_is_an_article_that_readers_can_find():
    story = a_story(headline="Rain at last", tags=["Weather", "Sindh"])
    article = publish(story, by=None)
    assert list(Article.objects.all()) == [article]
    assert article.get_absolute_url().endswith("/rain-at-last/")
    assert [topic["name"] for topic in article.topics] == ["Weather", "Sindh"]
    assert article.words == 17
    story.refresh_from_db()
    assert story.status == Status.PRINTED
    assert story.printed_revision == story.latest_revision == 1
    assert story.revisions.get().kind == Revision.Kind.PRINT


def test_an_edit_of_a_printed_story_is_not_seen_before_it_is_printed_again():
    story = a_story(headline="First words")
    publish(story, by=None)
    Story.objects.filter(pk=story.pk).update(headline="Second words")
    assert Article.objects.get().headline == "First words"
    update(story, by=None)
    article = Article.objects.get()
    assert article.headline == "Second words"
    assert article.updated_at is not None


def test_an_embargoed_story_is_hidden_until_its_second():
    moment = ahead(hours=2)
    article = publish(a_story(publish_at=moment), by=None)
    assert not Article.objects.exists()
    seen = Article.including_unpublished.visible(moment)
    assert list(seen) == [article]


def test_a_past_embargo_does_not_back_date():
    article = publish(a_story(publish_at=ago(days=3)), by=None)
    assert article.published_at > ago(minutes=1)


def test_only_the_first_of_two_editors_prints():
    story = a_story()
    publish(story, by=None)
    with pytest.raises(PressError, match="printed already"):
        publish(story, by=None)  # the second editor's page still says "draft"
    assert Article.including_unpublished.count() == 1


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda story: story.bylines.all().delete(), "byline"),
        (lambda story: Story.objects.filter(pk=story.pk).update(body="<p> </p>"), "no text"),
        (lambda story: Story.objects.filter(pk=story.pk).update(section=a_section(edition="ur")), "section"),
        (lambda story: story.bylines.update(author=an_author(edition="ur")), "author"),
    ],
)
def test_an_unfit_story_is_refused_and_nothing_is_stored(spoil, problem):
    story = a_story()
    spoil(story)
    with pytest.raises(PressError, match=problem):
        publish(story, by=None)
    story.refresh_from_db()
    assert story.status == Status.DRAFT
    assert not Article.including_unpublished.exists()
    assert not Revision.objects.exists()


def test_printing_that_fails_half_way_leaves_the_last_printed_version(monkeypatch):
    story = a_story(headline="As printed")
    publish(story, by=None)
    Story.objects.filter(pk=story.pk).update(headline="Half done")

    def power_cut(*args, **kwargs):
        raise RuntimeError("power cut")

    monkeypatch.setattr("articles.press.publishing.keep", power_cut)
    with pytest.raises(RuntimeError, match="power cut"):
        update(story, by=None)
    assert Article.objects.get().headline == "As printed"
    assert Article.objects.get().updated_at is None


def test_a_withdrawn_article_is_gone_from_what_readers_see_and_keeps_its_reason():
    article = an_article()
    withdraw(article.story, by=None, reason="The report was false.")
    assert not Article.objects.exists()
    article.refresh_from_db()
    assert article.withdrawn
    assert article.withdrawn_reason == "The report was false."


def test_withdrawing_needs_a_reason_and_a_printed_story():
    with pytest.raises(PressError, match="reason"):
        withdraw(an_article().story, by=None, reason="  ")
    with pytest.raises(PressError, match="not in print"):
        withdraw(a_story(), by=None, reason="Wrong")


def test_a_withdrawn_story_can_be_printed_again_at_the_same_address():
    article = an_article(at=ago(days=9))
    address = article.get_absolute_url()
    withdraw(article.story, by=None, reason="Being checked.")
    again = publish(article.story, by=None)
    assert again.get_absolute_url() == address
    assert Article.objects.get().withdrawn_reason == ""


def test_a_correction_is_printed_with_its_story():
    article = an_article()
    correct(article.story, by=None, kind=Correction.Kind.CLARIFICATION, text="The bridge is older.")
    assert Article.objects.get().corrections[0]["text"] == "The bridge is older."


def test_a_changed_slug_redirects_from_the_old_one():
    article = an_article(headline="Old name")
    Story.objects.filter(pk=article.story_id).update(slug="new-name")
    update(article.story, by=None)
    former = FormerAddress.objects.get()
    assert (former.slug, former.article) == ("old-name", article)
    assert Article.objects.get().slug == "new-name"


def test_two_stories_of_one_headline_on_one_day_have_two_addresses():
    at = ago(hours=1)
    first, second = an_article(headline="Budget", at=at), an_article(headline="Budget", at=at)
    assert [first.slug, second.slug] == ["budget", "budget-2"]


def test_an_urdu_headline_makes_an_urdu_address():
    article = an_article(edition="ur", headline="کراچی میں بارش")
    assert article.slug == "کراچی-میں-بارش"


def test_tags_of_one_name_in_two_editions_are_two_tags():
    english, urdu = an_article(tags=["PIA"]), an_article(edition="ur", tags=["PIA"])
    assert english.article_tags.get().tag.edition == "en"
    assert urdu.article_tags.get().tag.edition == "ur"


def test_a_figure_is_printed_from_the_library_and_an_unknown_one_is_left_out():
    image = an_image(alt="A dry bed")
    forged = f'<figure data-image-id="{image.pk}"><img src="https://evil.example/x.gif"></figure>'
    article = an_article(body=f'<p>Text.</p>{forged}<figure data-image-id="999999"><img src="/x"></figure>')
    assert "evil.example" not in article.body_html
    assert article.body_html.count("<figure") == 1
    assert 'alt="A dry bed"' in article.body_html


def test_a_translation_and_its_original_share_a_key():
    english = an_article()
    urdu = an_article(edition="ur", translation_of=english.story)
    assert translations_of(urdu) == [Article.objects.get(pk=english.pk)]
    english.refresh_from_db()
    assert translations_of(english) == [urdu]


def test_recent_prefers_rare_shared_tags_then_the_section_then_the_newest():
    elsewhere = a_section()
    here = a_section()
    for n in range(8):
        an_article(tags=["News"], section=elsewhere, at=ago(days=5, hours=n))
    rare = an_article(tags=["Durand Line", "News"], section=elsewhere, at=ago(days=40))
    near = an_article(section=here, at=ago(days=30))
    article = an_article(tags=["Durand Line", "News"], section=here, at=ago(hours=2))
    recent = recent_for(article)
    assert recent[0] == rare
    assert len(recent) == 5
    assert near not in recent[:3]
    assert {row.reason for row in Recent.objects.filter(article=article, to=rare)} == {"tags"}


def test_recent_names_the_new_article_on_its_neighbours_too():
    old = an_article(tags=["Ports"])
    new = an_article(tags=["Ports"], at=ago(minutes=1))
    assert recent_for(old) == [new]


def test_recent_never_shows_a_withdrawn_or_embargoed_article():
    article = an_article(tags=["Ports"])
    gone = an_article(tags=["Ports"])
    an_article(tags=["Ports"], at=ahead(hours=1))
    withdraw(gone.story, by=None, reason="False.")
    assert not recent_for(article)


def test_an_embargo_set_after_a_withdrawal_holds():
    story = a_story(publish_at=ahead(hours=1))
    article = publish(story, by=None)
    withdraw(story, by=None, reason="Not ready.")
    later = ahead(days=7)
    Story.objects.filter(pk=story.pk).update(publish_at=later)
    article = publish(story, by=None)
    assert article.published_at == later
    assert article.updated_at is None
    assert not Article.objects.exists()


def test_what_was_withdrawn_before_its_hour_leaves_no_notice_at_it():
    article = publish(a_story(publish_at=ahead(hours=1)), by=None)
    withdraw(article.story, by=None, reason="It names the wrong man.")
    assert not Article.taken_back.exists()
    public = an_article()
    withdraw(public.story, by=None, reason="False.")
    assert [one.pk for one in Article.taken_back.all()] == [public.pk]


def test_an_unseen_address_leaves_no_redirect():
    article = publish(a_story(headline="First idea", publish_at=ahead(hours=1)), by=None)
    Story.objects.filter(pk=article.story_id).update(slug="second-idea")
    update(article.story, by=None)
    assert not FormerAddress.objects.exists()


def test_printing_does_not_touch_the_number_of_comments():
    article = an_article()
    stale = Article.including_unpublished.get(pk=article.pk)
    a_comment(on=article)
    assert stale.comment_count == 0
    update(article.story, by=None)
    article.refresh_from_db()
    assert article.comment_count == 1


def test_the_revision_of_a_print_is_what_the_story_now_is():
    story = a_story()
    publish(story, by=None)
    story.refresh_from_db()
    assert story.revisions.get().data == manuscript(story)


def test_recent_has_five_public_reads_however_many_are_scheduled():
    section = a_section()
    for n in range(12):
        an_article(section=section, tags=["Ports"], at=ahead(hours=n + 1))
    for n in range(8):
        an_article(section=section, at=ago(days=n + 1))
    assert len(recent_for(an_article(section=section, tags=["Ports"], at=ago(minutes=1)))) == 5


def test_control_characters_of_a_paste_are_not_printed():
    article = an_article(
        headline="Rain\x02 falls",
        standfirst="At\x0b night.",
        body="<p>It\x03 fell.</p>",
        tags=["Wea\x02ther"],
    )
    assert (article.headline, article.standfirst) == ("Rain falls", "At night.")
    assert article.topics[0]["name"] == "Weather"
    assert article.body_html == "<p>It fell.</p>"


def test_a_caption_is_not_the_storys_text():
    image = an_image()
    body = f'<figure data-image-id="{image.pk}"><figcaption>A dry bed</figcaption></figure>'
    article = an_article(body=f"{body}<p>The river is low.</p>", standfirst="")
    assert article.body_text == "The river is low."
    assert article.excerpt == "The river is low."
    with pytest.raises(PressError, match="no text"):
        publish(a_story(body=body), by=None)


# -- several presses at once: on PostgreSQL transactions truly run side by side


def at_once(*deeds):
    """Run each deed in a thread with a connection of its own; the errors they ended with."""
    gate, errors = threading.Barrier(len(deeds)), []

    def run(deed):
        try:
            gate.wait(timeout=10)
            deed()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return errors


side_by_side = pytest.mark.skipif(
    "postgresql" not in settings.DATABASES["default"]["ENGINE"], reason="SQLite in memory has one connection"
)


@side_by_side
@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_the_same_moment_one_prints_and_the_other_is_told():
    story = a_story()
    errors = at_once(*[lambda: publish(story, by=None)] * 4)
    assert Article.including_unpublished.count() == 1
    assert [type(error) for error in errors] == [PressError] * 3


@side_by_side
@pytest.mark.django_db(transaction=True)
def test_neighbours_printed_at_the_same_moment_do_not_stop_each_other():
    section = a_section()
    printed = [an_article(section=section, tags=["Ports"], at=ago(hours=n + 1)) for n in range(4)]
    new = [a_story(section=section, tags=["Ports"], headline="The same words") for _ in range(4)]
    deeds = [lambda one=one: update(one.story, by=None) for one in printed]
    deeds += [lambda one=one: publish(one, by=None) for one in new]
    assert at_once(*deeds) == []
    assert Article.objects.count() == 8
    slugs = Article.objects.filter(headline="The same words").values_list("slug", flat=True)
    assert set(slugs) == {"the-same-words", "the-same-words-2", "the-same-words-3", "the-same-words-4"}
    assert all(len(recent_for(one)) == 5 for one in Article.objects.all())


# -- what the database itself refuses


def refused():
    return pytest.raises(IntegrityError)


def test_the_database_refuses_a_section_named_like_a_page():
    for slug in ("tag", "stories", "archive", "2026"):
        with refused(), transaction.atomic():
            Section.objects.create(edition="en", slug=slug, name="Clash")


def test_the_database_refuses_two_articles_at_one_address():
    first = an_article(headline="One")
    second = an_article(headline="Two")
    with refused(), transaction.atomic():
        Article.including_unpublished.filter(pk=second.pk).update(
            slug=first.slug, published_on=first.published_on
        )


def test_the_database_refuses_an_article_without_a_date_and_a_withdrawal_without_a_reason():
    article = an_article()
    with refused(), transaction.atomic():
        Article.including_unpublished.filter(pk=article.pk).update(published_at=None)
    with refused(), transaction.atomic():
        Article.including_unpublished.filter(pk=article.pk).update(withdrawn_at=ago(hours=1))


@pytest.mark.django_db(transaction=True)
def test_the_database_refuses_a_reply_under_another_article():
    one, other = an_article(), an_article()
    comment = a_comment(on=one)
    with refused():
        Comment.objects.create(article=other, parent=comment, name="N", email="n@example.org", body="No.")
    reply = Comment.objects.create(article=one, parent=comment, name="N", email="n@example.org", body="Yes.")
    with refused():
        Comment.objects.filter(pk=reply.pk).update(article=other)
