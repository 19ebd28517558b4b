"""How the front page is laid out: pure, no database."""

from datetime import UTC, datetime, timedelta

from articles.models import Article, Section
from articles.site.fronts import lay_out

NOW = datetime(2026, 11, 22, tzinfo=UTC)
WORLD, ECONOMY, SOCIETY = (
    Section(pk=n, slug=slug, name=slug) for n, slug in enumerate(("world", "economy", "society"), 1)
)


def article(number, section=WORLD, *, picture=True, genre="report", tags=(), at=NOW):
    return Article(
        pk=number, section=section, headline=f"H{number}", genre=genre, published_at=at, picture={"src": "x"} if picture else None,
        topics=[{"slug": tag, "name": tag} for tag in tags],
    )  # fmt: skip


def numbers(articles):
    return [one.pk for one in articles]


def everything(front):
    rows = [front.lead, *front.also, *front.seconds, *front.voices]
    return [one.pk for one in rows if one] + [one.pk for strip in front.strips for one in strip.articles]


def test_the_newest_story_with_a_picture_leads():
    front = lay_out([article(9, picture=False), article(8), article(7)], [WORLD])
    assert front.lead.pk == 8
    assert numbers(front.seconds) == [9, 7]


def test_without_pictures_the_newest_leads():
    assert lay_out([article(n, picture=False) for n in (9, 8, 7)], [WORLD]).lead.pk == 9


def test_no_article_stands_twice():
    made = [article(n, (WORLD, ECONOMY, SOCIETY)[n % 3], tags=("a", "b")) for n in range(40, 0, -1)]
    standing = everything(lay_out(made, [WORLD, ECONOMY, SOCIETY]))
    assert len(standing) == len(set(standing))


def test_opinion_stands_in_its_own_column():
    front = lay_out([article(9, genre="opinion"), article(8), article(7)], [WORLD])
    assert numbers(front.voices) == [9]
    assert front.lead.pk == 8


def test_a_section_with_few_stories_gets_a_row_that_fits():
    made = [article(n) for n in range(20, 10, -1)] + [article(5, ECONOMY), article(4, SOCIETY)]
    shapes = {strip.section.slug: strip.shape for strip in lay_out(made, [WORLD, ECONOMY, SOCIETY]).strips}
    assert shapes == {"world": "row", "economy": "row", "society": "band"}


def test_an_empty_paper_has_no_lead_and_no_strip():
    front = lay_out([], [WORLD])
    assert front.lead is None
    assert front.strips == []


def test_the_news_of_another_season_has_no_place_but_a_backgrounder_keeps():
    old = NOW - timedelta(days=400)
    made = [article(9), article(8), article(7, at=old), article(6, genre="backgrounder", at=old)]
    assert 7 not in everything(lay_out(made, [WORLD]))
    assert 6 in everything(lay_out(made, [WORLD]))


def test_a_row_stands_in_the_order_of_time():
    made = [article(n, picture=n % 2 == 0) for n in range(20, 10, -1)]
    (strip,) = lay_out(made, [WORLD]).strips
    assert numbers(strip.articles) == sorted(numbers(strip.articles), reverse=True)
