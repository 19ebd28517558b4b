"""The demo of the paper itself, and how a demo of any size is loaded."""

import json
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.exchange import demo
from articles.exchange.demo_files import DemoError, DemoFiles, age_of, read_story, with_numbers
from articles.models import (
    Article,
    Author,
    Comment,
    Edition,
    Image,
    Recent,
    Section,
    Story,
    Tag,
    months_in_print,
    recent_for,
    tags_in_print,
)
from articles.press import pictures
from articles.text.render import render
from tests.factories import a_picture_file, a_story, an_article
from tests.press.turned import SITE, SITE_TAKEN_BACK, turned

FILES = DemoFiles(demo.FOLDER)
EVERY = [(code, slug) for code in ("en", "ur") for slug in FILES.slugs(code)]
NOW = datetime(2026, 1, 15, 9, 30, 42, tzinfo=UTC)

STORY = """\
headline: The well at {slug}
kicker: Water
standfirst: It is forty feet deep.
section: home
genre: report
authors: desk
tags: Wells, Salt
image: well
alt: A well
caption: The well.
age: {age}
correction: correction | 30m | It is forty feet deep, and not fourteen.

<p>The well at {slug} gave water on Monday.</p>
"""


def quiet(what, done, of):
    pass


@pytest.fixture
def small(tmp_path):
    """A demo of three stories in one folder: well and spring in English, چشمہ in Urdu."""
    folder = tmp_path / "small"
    for code in ("en", "ur"):
        (folder / code).mkdir(parents=True)
    cast = {
        "sections": [
            {"slug": "home", **{code: {"name": "Home", "description": ""} for code in ("en", "ur")}}
        ],
        "authors": [
            {
                "slug": "desk",
                "portrait": "p-desk",
                **{code: {"name": "Desk", "role": "", "bio": "A desk."} for code in ("en", "ur")},
            }
        ],
        "tags": {code: [{"name": "Wells", "description": "Water from below."}] for code in ("en", "ur")},
    }
    (folder / "cast.json").write_text(json.dumps(cast), "utf-8")
    talk = {
        "en/well": [
            {
                "name": "Zohra",
                "age": "5d",
                "body": "Before the story.",
                "featured": True,
                "replies": [{"name": "Anwar", "age": "0m", "body": "After it."}],
            },
            {"name": "Spam", "age": "1h", "body": "Buy.", "status": "spam"},
            {"name": "Late", "age": "1h", "body": "Let me in.", "status": "waiting"},
        ]
    }
    (folder / "comments.json").write_text(json.dumps(talk), "utf-8")
    (folder / "en" / "well.html").write_text(STORY.format(slug="well", age="3h"), "utf-8")
    body = '<figure data-image-id="well"><figcaption>Again.</figcaption></figure>'
    (folder / "en" / "spring.html").write_text(STORY.format(slug="spring", age="2d") + body, "utf-8")
    urdu = STORY.format(slug="چشمہ", age="1d").replace("\nage:", "\ntranslation-of: spring\nage:")
    (folder / "ur" / "چشمہ.html").write_text(urdu, "utf-8")
    (folder / "pictures").mkdir()
    for name in ("well", "p-desk"):
        (folder / "pictures" / f"{name}.webp").write_bytes(a_picture_file(kind="WEBP").read())
    return DemoFiles(folder)


def state():
    models = (Story, Author, Comment, Image, Recent, Section, Tag)
    return [list(model.objects.order_by("pk").values()) for model in models], list(
        Article.including_unpublished.order_by("pk").values()
    )


# -- the loader


@pytest.mark.django_db
def test_stories_are_printed_at_their_age_with_notes_and_pictures(small):
    loaded = demo.load(now=NOW, tell=quiet, files=small)
    assert (loaded.stories, loaded.comments, loaded.missing) == (3, 4, set())
    well = Article.objects.get(slug="well")
    assert well.published_at == datetime(2026, 1, 15, 6, 30, tzinfo=UTC)
    assert well.updated_at == datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
    assert well.corrections[0]["text"].startswith("It is forty")
    assert well.picture["alt"] == "A well"
    assert well.picture["credit"] == "Illustration: The Doab"
    assert Article.objects.get(edition="ur").picture["credit"] == "خاکہ: دوآب"
    assert [topic["name"] for topic in well.topics] == ["Wells", "Salt"]
    assert well.byline[0]["photo"]["src"].startswith("/media/pictures/")
    assert "<figure>" in Article.objects.get(slug="spring").body_html


@pytest.mark.django_db
def test_a_translation_shares_the_key_of_its_original(small):
    demo.load(now=NOW, tell=quiet, files=small)
    spring, urdu = Article.objects.get(slug="spring"), Article.objects.get(edition="ur")
    assert spring.translation_key == urdu.translation_key == spring.story_id


@pytest.mark.django_db
def test_nobody_comments_before_the_story_or_answers_before_the_comment(small):
    demo.load(now=NOW, tell=quiet, files=small)
    well = Article.objects.get(slug="well")
    first, answer, *_others = Comment.objects.filter(article=well).in_thread_order()
    assert well.published_at < first.written_at < answer.written_at <= NOW
    assert answer.parent == first
    assert first.featured
    assert well.comment_count == 2
    assert set(Comment.objects.values_list("status", flat=True)) == {"shown", "spam", "waiting"}


@pytest.mark.django_db
def test_a_second_run_changes_nothing_in_few_queries(small):
    demo.load(now=NOW, tell=quiet, files=small)
    before = state()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        loaded = demo.load(now=NOW + timedelta(days=3), tell=quiet, files=small)
    assert loaded.stories == loaded.comments == 0
    assert state() == before
    assert len(queries) < 20


@pytest.mark.django_db
def test_a_picture_is_developed_once_however_often_it_is_used(small, monkeypatch):
    developed: list[Image] = []
    monkeypatch.setattr(pictures, "develop", developed.append)
    demo.load(now=NOW, tell=quiet, files=small)
    assert len(developed) == 2
    assert Image.objects.count() == 5


@pytest.mark.django_db
def test_a_picture_that_nobody_has_drawn_yet_is_missed_and_named(small):
    small.picture("well").unlink()
    loaded = demo.load(now=NOW, tell=quiet, files=small)
    assert loaded.missing == {"well"}
    assert Article.objects.get(slug="well").picture is None
    assert "<figure" not in Article.objects.get(slug="spring").body_html


@pytest.mark.django_db
def test_an_interrupted_load_keeps_whole_stories_only_and_goes_on_from_there(small, monkeypatch):
    told = []

    def pull_the_plug(self, article, threads, *, after, parent=None):
        told.append(article.slug)
        if article.slug == "well":
            raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(demo._Loading, "talk", pull_the_plug)
        with pytest.raises(KeyboardInterrupt):
            demo.load(now=NOW, tell=quiet, files=small)
    assert told == ["spring", "well"]
    assert list(Story.objects.values_list("slug", flat=True)) == ["spring"]
    assert list(Article.objects.values_list("slug", flat=True)) == ["spring"]
    assert demo.load(now=NOW, tell=quiet, files=small).stories == 2
    assert Article.objects.get(slug="well").comment_count == 2


@pytest.mark.django_db
def test_flush_removes_the_demos_own_and_nothing_else(small, django_capture_on_commit_callbacks):
    demo.load(now=NOW, tell=quiet, files=small)
    mine = an_article(headline="The well at well", slug="well", at=NOW - timedelta(hours=3))
    draft = a_story(headline="The well", slug="well")
    originals = list(Image.objects.values_list("file", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        assert demo.flush(small) == 3
    assert list(Article.including_unpublished.all()) == [mine]
    assert set(Story.objects.all()) == {mine.story, draft}
    assert [row["n"] for row in tags_in_print("en")] == [1] * mine.article_tags.count()
    assert sum(month.n for month in months_in_print(Edition.of("en"))) == 1
    assert not Image.objects.exists()
    assert not Comment.objects.exists()
    storage = Image._meta.get_field("file").storage
    assert originals
    assert not any(storage.exists(name) for name in originals)
    assert demo.load(now=NOW, tell=quiet, files=small).stories == 3
    assert Author.objects.filter(photo=None).count() == 0


@pytest.mark.django_db
def test_a_picture_that_an_editor_uses_too_survives_the_flush(small):
    demo.load(now=NOW, tell=quiet, files=small)
    image = Story.objects.get(slug="well").lead_image
    a_story(lead_image=image)
    demo.flush(small)
    assert list(Image.objects.all()) == [image]


@pytest.mark.django_db
def test_the_command_says_what_it_did(monkeypatch, small, capsys):
    monkeypatch.setattr(demo, "FOLDER", small.folder)
    call_command("demo")
    call_command("demo", flush=True)
    said = capsys.readouterr().out
    assert said.count("stories: 3\n") == 2
    assert "Removed 3 stories of the demo." in said
    assert said.count("Demo: 3 new stories and 4 new comments.") == 2


# -- reading its files


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("headline: The well at well", ""), "not a header line"),
        (("standfirst: It is forty feet deep.\n", ""), "no standfirst"),
        (("age: 3h", "age: yesterday"), "not an age"),
        (("age: 3h\n", ""), "either an age or a published date"),
        (("age: 3h", "published: 2025-01-01T10:00\nage: 3h"), "either an age or a published date"),
        (("kicker:", "colour:"), "not a header line"),
        (("| 30m |", "half an hour ago"), "kind | age | words"),
        (("<p>The well at well gave water on Monday.</p>\n", ""), "no body"),
    ],
)
def test_a_badly_written_file_is_refused_with_the_reason(change, said):
    text = STORY.format(slug="well", age="3h").replace(*change)
    with pytest.raises(DemoError, match=re.escape(said)):
        read_story(text, edition="en", slug="well").printed_at(NOW, ZoneInfo("UTC"))


def test_ages_are_minutes_hours_days_and_weeks():
    assert [age_of(age) for age in ("40m", "3h", "2d", "5w")] == [
        timedelta(minutes=40), timedelta(hours=3), timedelta(days=2), timedelta(weeks=5)
    ]  # fmt: skip


def test_picture_names_become_numbers_and_a_missing_one_takes_its_figure_along():
    body = '<p>a</p>\n<figure data-image-id="one"><figcaption>x</figcaption></figure>\n<figure data-image-id="two"></figure>'
    assert (
        with_numbers(body, {"one": 7}.get)
        == '<p>a</p>\n<figure data-image-id="7"><figcaption>x</figcaption></figure>\n'
    )


# -- the demo's own content


def test_there_are_stories_enough_in_both_editions():
    assert len(FILES.slugs("en")) >= 24
    assert len(FILES.slugs("ur")) >= 10


@pytest.mark.parametrize(("code", "slug"), EVERY)
def test_every_file_of_the_demo_is_fit_to_print(code, slug):
    story, cast = FILES.story(code, slug), FILES.cast()
    assert story["section"] in {section["slug"] for section in cast["sections"]}
    assert set(story.authors) <= {author["slug"] for author in cast["authors"]}
    assert set(story.tags) <= {tag["name"] for tag in cast["tags"][code]}
    assert 3 <= len(story.tags) <= 6
    assert story["genre"] in {"report", "backgrounder", "analysis", "opinion"}
    assert len(story["headline"]) <= 95
    assert bool(story["image"]) == bool(story["alt"])
    assert set(re.findall(r'data-image-id="([^"]+)"', story.body)) == set(story.figures)
    assert 180 <= render(story.body, pictures={}).words <= 1000
    if story["translation-of"]:
        assert story["translation-of"] in FILES.slugs("en")
    if code == "en":
        assert slug.isascii()


@pytest.mark.skipif(
    not any(FILES.folder.glob("pictures/*.webp")), reason="the demo’s pictures are not drawn yet"
)
def test_every_picture_that_the_demo_names_is_drawn():
    stories = [FILES.story(code, slug) for code, slug in EVERY]
    named = {name for story in stories for name in (story["image"], *story.figures) if name}
    named |= {author["portrait"] for author in FILES.cast()["authors"] if author["portrait"]}
    assert sorted(name for name in named if not FILES.picture(name).is_file()) == []


def test_every_thread_belongs_to_a_story_of_the_demo():
    assert {tuple(name.split("/")) for name in FILES.comments()} <= set(EVERY)


def test_the_cast_is_large_enough():
    cast = FILES.cast()
    assert len(cast["sections"]) >= 6
    assert len(cast["authors"]) >= 8
    assert len(cast["tags"]["en"]) >= 30
    assert all(author[code]["bio"] for author in cast["authors"] for code in ("en", "ur"))


@pytest.mark.django_db
def test_the_whole_demo_loads_and_every_article_has_five_recents(monkeypatch):
    monkeypatch.setattr(pictures, "develop", lambda image: None)  # tested above; it is what takes time
    demo.load(now=NOW, tell=quiet)
    articles = list(Article.objects.filter(published_at__lte=NOW))
    assert len(articles) == len(EVERY)
    for article in articles:
        recent = recent_for(article)
        assert len(recent) == 5
        assert all(other.edition == article.edition for other in recent)
        shown = Comment.objects.filter(article=article).shown().count()
        assert article.comment_count == shown
    assert {article.story.slug for article in articles} == {article.slug for article in articles}
    before = state()
    demo.load(now=NOW, tell=quiet)
    assert state() == before


@pytest.mark.django_db
def test_the_demo_turns_the_site_when_it_comes_and_is_taken_back_when_it_goes(small):
    def load():
        demo.load(now=NOW, tell=quiet, files=small)

    assert turned(load) == SITE
    assert turned(load) == {}
    assert turned(lambda: demo.flush(small)) == SITE_TAKEN_BACK
