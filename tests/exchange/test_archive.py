from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, DateField, DateTimeField, F

from articles.exchange import archive
from articles.exchange.archive import WRITTEN, Size, neighbours
from articles.exchange.loading import Loading, without_indexes
from articles.management.progress import bar
from articles.models import (
    SITE,
    Article,
    ArticleAuthor,
    ArticleTag,
    Author,
    Comment,
    Edition,
    Recent,
    Tag,
    Turn,
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


def everything(*, dates=True):
    """Every value of every row, as often as dates are asked for."""
    return {
        model.__name__: list(
            model._base_manager.order_by("pk").values_list(
                *[
                    field.attname
                    for field in model._meta.concrete_fields
                    if dates or not isinstance(field, DateField | DateTimeField)
                ]
            )
        )
        for model in (*WRITTEN, Tag, Author)
    }


def begin_again():
    Article.including_unpublished.all().delete()


def built():
    """Every index and constraint of the tables that are written, by name."""
    with connection.cursor() as cursor:
        return {
            model.__name__: connection.introspection.get_constraints(cursor, model._meta.db_table)
            for model in WRITTEN
        }


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
def test_the_same_seed_gives_the_same_archive_to_the_last_sign_and_another_another():
    make()
    first = everything()
    begin_again()
    make()
    assert everything() == first
    begin_again()
    make(Size(**{**vars(SMALL), "seed": 8}))
    assert everything()["Article"] != first["Article"]


@pytest.mark.django_db
def test_made_on_another_day_an_archive_differs_in_its_dates_alone():
    make()
    first, dated = everything(dates=False), everything()
    begin_again()
    make(end=END + timedelta(days=100, hours=5))
    assert everything(dates=False) == first
    assert everything()["Article"] != dated["Article"]


@pytest.mark.django_db
def test_related_reads_are_the_articles_printed_before_under_the_first_tag_and_then_those_of_the_edition():
    make(Size(**{**vars(SMALL), "stories": 120, "tags": 3}))
    for code in ("en", "ur"):
        printed = list(Article.objects.filter(edition=code).order_by("pk"))
        for place, article in enumerate(printed):
            others = list(article.recent_rows.order_by("position").values_list("to", flat=True))
            before = printed[:place][::-1]
            sharing = [other.pk for other in before if other.topics[0] == article.topics[0]]
            if place < 10:
                assert others == neighbours([one.pk for one in printed[:11]], place, 10)
            else:
                assert others == list(dict.fromkeys([*sharing[:10], *(one.pk for one in before)]))[:10]


@pytest.mark.django_db
def test_an_archive_waits_for_its_writing_a_batch_at_a_time(monkeypatch):
    waiting: list[int] = []
    write = Loading.write

    def looked_at(loading):
        waiting.extend(len(rows) for (model, _), rows in loading.waiting.items() if model is Article)
        write(loading)

    monkeypatch.setattr(archive, "BATCH", 10)
    monkeypatch.setattr(Loading, "write", looked_at)
    make(Size(**{**vars(SMALL), "stories": 64}))
    assert waiting == [10, 10, 10, 10, 10, 10, 4]


@pytest.mark.django_db
def test_a_large_archive_is_the_same_and_leaves_every_index_and_constraint_as_it_was(monkeypatch):
    before = built()
    make()
    small = everything()
    begin_again()
    monkeypatch.setattr(archive, "LARGE", 1)
    make()
    assert everything() == small
    assert built() == before


@pytest.mark.django_db
def test_an_archive_that_breaks_half_way_leaves_nothing_but_the_indexes(monkeypatch):
    def breaks(what, done, of):
        raise ZeroDivisionError

    before = built()
    monkeypatch.setattr(archive, "LARGE", 1)
    with pytest.raises(ZeroDivisionError):
        archive.make(SMALL, end=END, tell=breaks)
    assert not Article.including_unpublished.exists()
    assert built() == before


@pytest.mark.django_db(transaction=True)
def test_rows_that_point_nowhere_are_refused_although_they_are_looked_at_late():
    def a_lost_row():
        with transaction.atomic(), without_indexes([Recent], lambda what, done, of: None):
            rows = Loading()
            rows.add(Recent, id=1, article_id=98, to_id=99, position=0, reason="tags")
            rows.write()

    with pytest.raises(IntegrityError):
        a_lost_row()
    assert not Recent.objects.exists()


@pytest.mark.django_db
def test_an_archive_turns_the_page():
    make()
    before = Turn.objects.get(name=SITE).number
    make()
    assert Turn.objects.get(name=SITE).number > before


@pytest.mark.django_db
def test_what_an_archive_does_not_name_takes_the_default_of_the_model():
    make()
    article = Article.objects.first()
    assert (article.comments_open, article.kicker, article.corrections) == (True, "", [])
    assert (article.updated_at, article.withdrawn_at) == (None, None)


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


def test_on_a_terminal_a_bar_says_how_far_it_is_and_how_long_it_takes():
    assert bar("stories", 0, 20_000, 0.0).endswith("]   0%, 0 of 20,000")
    half = bar("stories", 10_000, 20_000, 12.0)
    assert half.count("█") == half.count("░") == 15
    assert half.endswith("]  50%, 10,000 of 20,000, 12 s left")
    assert bar("stories", 20_000, 20_000, 24.0).endswith("] 100%, 20,000 of 20,000")
