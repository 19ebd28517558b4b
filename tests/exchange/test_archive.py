from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F

from articles.exchange import archive
from articles.exchange.archive import Size, neighbours
from articles.models import (
    Article,
    ArticleAuthor,
    ArticleTag,
    Comment,
    Edition,
    Recent,
    Tag,
    months_in_print,
    recent_for,
    tags_in_print,
)
from tests.factories import a_comment, an_article, an_image

END = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
SMALL = Size(stories=60, comments_per_story=2, tags=8, authors=3, words=130, seed=7)


def make(size=SMALL, end=END):
    archive.make(size, end=end, tell=lambda what, done, of: None)


@pytest.fixture(autouse=True)
def _few_hot_comments(monkeypatch):
    monkeypatch.setattr(archive, "HOT_COMMENTS", 40)


def words_of_it():
    articles = Article.objects.order_by("published_at", "pk")
    return list(
        articles.values_list("edition", "headline", "body_html", "published_at", "comment_count", "topics")
    )


@pytest.mark.django_db
def test_an_archive_has_what_was_asked_for():
    make()
    articles = Article.objects.all()
    assert articles.count() == 60
    assert articles.in_edition("ur").count() == 12
    assert set(articles.values_list("words", flat=True)) == {130}
    assert Tag.objects.filter(edition="en").count() == 8
    oldest, newest = articles.last(), articles.first()
    assert newest.published_at == END
    assert timedelta(days=4 * 365) < newest.published_at - oldest.published_at <= timedelta(days=5 * 365)
    assert not articles.exclude(story=None).exists()
    assert 58 * 2 + 40 <= Comment.objects.count() == 59 * 2 + 40


@pytest.mark.django_db
def test_every_article_can_be_opened_and_found_under_tag_and_author():
    make()
    for article in Article.objects.annotate(tagged=Count("article_tags", distinct=True)):
        assert article.tagged == len(article.topics) >= 1
        assert article.article_authors.count() == len(article.byline)
        assert article.recent_rows.count() == 10
        assert all(other.edition == article.edition for other in recent_for(article))
    for rows in (ArticleTag, ArticleAuthor):
        assert not rows.objects.exclude(published_at=F("article__published_at")).exists()
    assert not ArticleTag.objects.exclude(tag__edition=F("article__edition")).exists()


@pytest.mark.django_db
def test_the_newest_article_is_hot_and_its_threads_hang_together():
    make()
    hot = Article.objects.first()
    talk = list(hot.comments.shown().in_thread_order().select_related("parent"))
    assert hot.comment_count == len(talk) == 40
    assert {comment.depth for comment in talk} == {1, 2, 3}
    assert all(
        comment.path == f"{comment.parent.path}/{comment.pk:08x}" for comment in talk if comment.parent
    )
    assert all(comment.written_at >= hot.published_at for comment in talk)


@pytest.mark.django_db
def test_counts_of_comments_are_right_and_some_wait():
    make()
    for article in Article.objects.all():
        assert article.comment_count == article.comments.shown().count()
    assert Comment.objects.waiting().exists()
    assert not Comment.objects.exclude(parent=None).exclude(parent__status="shown").exists()
    assert not Comment.objects.exclude(parent=None).exclude(parent__article=F("article")).exists()


@pytest.mark.django_db
def test_what_is_printed_is_counted_at_the_end():
    make()
    for edition in Edition.all():
        filed = ArticleTag.objects.filter(tag__edition=edition.code)
        assert sum(row["n"] for row in tags_in_print(edition.code)) == filed.count()
        printed = Article.objects.in_edition(edition.code)
        assert sum(month.n for month in months_in_print(edition)) == printed.count()


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_archive_and_another_another():
    make()
    first = words_of_it()
    Article.including_unpublished.all().delete()
    make()
    assert words_of_it() == first
    Article.including_unpublished.all().delete()
    make(Size(**{**vars(SMALL), "seed": 8}))
    assert words_of_it() != first


@pytest.mark.django_db
def test_the_paper_goes_on_after_an_archive_was_added_and_a_second_one_is_added_to_it():
    before = an_article()
    make()
    article = an_article()
    assert article.pk > before.pk
    a_comment(on=article)
    make()
    assert Article.objects.count() == 122
    assert Recent.objects.filter(article=article).exists()


@pytest.mark.django_db
def test_pictures_of_the_library_stand_over_most_articles():
    image = an_image()
    make()
    pictured = [article.picture for article in Article.objects.all() if article.picture]
    assert 35 <= len(pictured) < 60
    assert {picture["alt"] for picture in pictured} == {image.alt}


@pytest.mark.django_db
def test_the_command_takes_all_its_numbers(capsys):
    call_command(
        "make_archive",
        "--stories=5",
        "--comments-per-story=0",
        "--tags=2",
        "--authors=1",
        "--words=20",
        "--seed=3",
    )
    assert Article.objects.count() == 5
    assert "Archive: 5 articles added." in capsys.readouterr().out
    with pytest.raises(CommandError, match="--stories is too small"):
        call_command("make_archive", "--stories=0")


def test_neighbours_are_those_before_and_then_those_after():
    assert neighbours([1, 2, 3, 4, 5], 3, 3) == [3, 2, 1]
    assert neighbours([1, 2, 3, 4, 5], 0, 3) == [2, 3, 4]
    assert neighbours([1], 0, 3) == []
