"""Lists by position: complete, in order, whatever is printed meanwhile; and the reader's filter."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Tag
from articles.models.shelves import Place
from articles.press.publishing import withdraw
from articles.site import pages, walks
from tests.factories import a_section, ago, an_article, an_author

pytestmark = pytest.mark.django_db

HEADLINE = re.compile(r'story__title"><a href="[^"]+">([^<]+)<')
KARACHI = ZoneInfo("Asia/Karachi")


def headlines(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return HEADLINE.findall(answer.content.decode())


def walk(client, address, word="next"):
    """All headlines from this screen on, following rel=next (or rel=prev)."""
    found: list[str] = []
    here = address
    while here:
        page = client.get(here).content.decode()
        screen = HEADLINE.findall(page)
        found = found + screen if word == "next" else screen + found
        link = re.search(rf'<link rel="{word}" href="([^"]+)"', page)
        here = address.partition("?")[0] + link[1].replace("&amp;", "&") if link else ""
    return found


def a_long_list(number=45, **given):
    """Printed one a minute, some in the same second; newest first."""
    at = ago(days=1)
    given["section"] = given.get("section") or a_section(slug="world")
    made = [an_article(headline=f"Story {n}", at=at.replace(second=n // 7), **given) for n in range(number)]
    return [article.headline for article in reversed(made)]


def test_a_section_is_walked_without_gap_or_repeat(client):
    expected = a_long_list()
    assert walk(client, "/en/world/") == expected
    last = client.get("/en/world/").content.decode()
    assert len(HEADLINE.findall(last)) == 20


def test_a_tags_and_an_authors_pages_are_walked_the_same_way(client):
    both = [an_author(slug="sadia"), an_author(slug="bilal")]
    expected = a_long_list(by=both, tags=["Sindh", "Water", "Canals"])
    assert walk(client, "/en/tag/water/") == expected
    assert walk(client, "/en/author/sadia/") == expected
    assert walk(client, "/en/stories/?tags=water") == expected


def test_the_way_back_shows_the_same_screens(client):
    expected = a_long_list()
    here, pages = "/en/world/", ["/en/world/"]
    while link := re.search(r'<link rel="next" href="([^"]+)"', client.get(here).content.decode()):
        here = "/en/world/" + link[1]
        pages.append(here)
    assert walk(client, pages[-1], "prev") == expected


def test_what_is_printed_meanwhile_moves_nothing_on_the_next_screen(client):
    section = a_section(slug="world")
    a_long_list(section=section)
    older = re.search(r'<link rel="next" href="([^"]+)"', client.get("/en/world/").content.decode())[1]
    before = headlines(client, "/en/world/" + older)
    an_article(headline="Breaking", section=section, at=ago(minutes=1))
    assert headlines(client, "/en/world/" + older) == before


def test_a_place_reads_what_it_writes():
    place = Place(datetime(2026, 11, 22, 6, 10, 0, 123456, tzinfo=KARACHI), 42)
    assert Place.read(str(place)) == place


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(
    st.text(max_size=40),
    st.sampled_from(["before", "after", "from", "to", "tags", "section", "author", "genre"]),
)
def test_whatever_an_address_asks_for_gets_a_page(client, word, name):
    assert client.get("/en/stories/", {name: word}).status_code == 200


@pytest.mark.parametrize(
    "word",
    ["9999999999999999999-1", "99999999999999999-1", "1-99999999999999999999", "x", "-", "1-", "٣-٣", "\x00"],
)
def test_a_place_that_is_none_shows_the_first_screen(client, word):
    a_long_list(3)
    assert len(headlines(client, f"/en/stories/?before={word}")) == 3


def test_a_place_before_all_stories_shows_that_there_is_nothing(client):
    a_long_list(3)
    assert headlines(client, "/en/stories/?before=1-1") == []


@pytest.mark.parametrize(
    "asked",
    ["tags=%00", "tags=a%00b", "from=0001-01", "to=9999-12", "author=%00", "section=%00", "before=%00"],
)
def test_what_no_database_would_take_is_left_out(client, asked):
    a_long_list(3)
    assert len(headlines(client, f"/en/stories/?{asked}")) == 3


# -- the filter


@pytest.fixture
def paper():
    world, economy = a_section(slug="world"), a_section(slug="economy")
    sadia, bilal = an_author(slug="sadia", name="Sadia"), an_author(slug="bilal", name="Bilal")
    made = [
        ("Both", world, sadia, ["Water", "Sindh"], "report", datetime(2026, 3, 31, 23, 30, tzinfo=KARACHI)),
        ("Water only", world, bilal, ["Water"], "analysis", datetime(2026, 4, 1, 0, 30, tzinfo=KARACHI)),
        ("Sindh only", economy, bilal, ["Sindh"], "report", datetime(2026, 4, 20, 12, 0, tzinfo=KARACHI)),
        ("Neither", economy, sadia, ["Trade"], "opinion", datetime(2026, 5, 2, 12, 0, tzinfo=KARACHI)),
    ]
    for headline, section, author, tags, genre, at in made:
        an_article(headline=headline, section=section, by=author, tags=tags, genre=genre, at=at)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", {"Both", "Water only", "Sindh only", "Neither"}),
        ("tags=water", {"Both", "Water only"}),
        ("tags=water,sindh", {"Both"}),
        ("tags=water&tags=sindh", {"Both"}),
        ("tags=water,nothing", set()),
        ("section=economy", {"Sindh only", "Neither"}),
        ("author=sadia", {"Both", "Neither"}),
        ("genre=report", {"Both", "Sindh only"}),
        ("from=2026-04", {"Water only", "Sindh only", "Neither"}),
        ("to=2026-03", {"Both"}),
        ("from=2026-04&to=2026-04", {"Water only", "Sindh only"}),
        ("from=2026-04-01&to=2026-04-01", {"Water only"}),
        ("section=economy&author=bilal&tags=sindh", {"Sindh only"}),
        ("section=nowhere", {"Both", "Water only", "Sindh only", "Neither"}),
    ],
)
def test_the_filter_finds(client, paper, asked, found):
    assert set(headlines(client, f"/en/stories/?{asked}")) == found


def test_a_filter_that_cannot_be_says_so_and_is_left_out(client, paper):
    page = client.get("/en/stories/?from=yesterday&section=nowhere").content.decode()
    assert "could not be understood" in page
    assert "Write a month such as 2026-11" in page


def test_each_tag_says_how_many_stories_it_has(client, paper):
    page = client.get("/en/stories/").content.decode()
    assert re.search(r'value="water">Water <span class="num">2</span>', page)


def test_a_narrowed_list_offers_what_else_its_stories_are_about_without_numbers(client, paper):
    narrowed = client.get("/en/stories/?tags=water").content.decode()
    assert re.search(r'value="sindh">Sindh</label>', narrowed)
    assert 'value="trade"' not in narrowed
    assert headlines(client, "/en/stories/?tags=water,sindh") == ["Both"]


# -- a list that is hidden in longer ones


@pytest.fixture
def _short_windows(monkeypatch):
    """A screen looks at four rows instead of hundreds."""
    monkeypatch.setattr(pages, "WINDOW", 4)
    monkeypatch.setattr(walks, "WINDOW", 4)


def a_hidden_list(number=30, **given):
    """Every fifth of these is about Salt as well as Water; some are of the same second. Newest first."""
    at = ago(days=1)
    made = [
        an_article(
            headline=f"Story {n}",
            tags=["Water", "Rail" if n % 5 else "Salt"],
            at=at.replace(second=n // 4),
            **given,
        )
        for n in range(number)
    ]
    for n in range(8):
        an_article(headline=f"Salt only {n}", tags=["Salt"], at=ago(days=2, hours=n), **given)
    return [article.headline for article in reversed(made[::5])]


@pytest.mark.usefixtures("_short_windows")
@pytest.mark.parametrize(
    "asked", ["tags=water,salt", "tags=water,salt&author=sadia", "tags=salt,water&section=world"]
)
def test_a_list_hidden_in_longer_ones_is_complete_over_its_screens(client, asked):
    section, author = a_section(slug="world"), an_author(slug="sadia")
    expected = a_hidden_list(section=section, by=author)
    assert walk(client, f"/en/stories/?{asked}") == expected


@pytest.mark.usefixtures("_short_windows")
def test_the_way_back_through_short_screens_misses_nothing(client):
    expected = a_hidden_list()
    screens = ["/en/stories/?tags=water,salt"]
    while link := re.search(r'<link rel="next" href="([^"]+)"', client.get(screens[-1]).content.decode()):
        screens.append("/en/stories/" + link[1].replace("&amp;", "&"))
    assert len(screens) > 3
    assert set(expected) <= set(walk(client, screens[-1], "prev"))


@pytest.mark.usefixtures("_short_windows")
def test_a_screen_that_could_not_look_through_all_says_how_far_it_looked(client):
    a_hidden_list()
    page = client.get("/en/stories/?tags=rail,salt").content.decode()
    assert "Looked through as far as" in page
    assert "No stories here" not in page
    end = walk(client, "/en/stories/?tags=rail,salt")
    assert end == []


@pytest.mark.usefixtures("_short_windows")
def test_the_last_screen_of_a_hidden_list_that_is_empty_says_so(client):
    a_hidden_list()
    here = "/en/stories/?tags=rail,salt"
    while link := re.search(r'<link rel="next" href="([^"]+)"', client.get(here).content.decode()):
        here = "/en/stories/" + link[1].replace("&amp;", "&")
    assert "No stories here" in client.get(here).content.decode()


@pytest.mark.usefixtures("_short_windows")
def test_more_of_one_second_than_a_screen_looks_at_does_not_stop_the_list(client):
    at = ago(days=1)
    for n in range(12):
        an_article(tags=["Water", "Rail"], at=at)
        an_article(headline=f"Story {n}", tags=["Water", "Salt"], at=at - timedelta(hours=1))
    assert set(walk(client, "/en/stories/?tags=water,salt&genre=report")) == {f"Story {n}" for n in range(12)}


# -- all tags


def test_all_tags_are_listed_over_several_screens_by_name(client):
    names = [f"Tag {n:03}" for n in range(230)]
    for begin in range(0, 230, 23):
        an_article(tags=names[begin : begin + 23])
    found, here = [], "/en/tag/"
    while here:
        page = client.get(here).content.decode()
        found += re.findall(r'/tag/[^"/]+/">([^<]+) <span class="num">', page)
        link = re.search(r'href="([^"]+)" rel="next"', page)
        here = f"/en/tag/{link[1]}" if link else ""
    assert found == names


def test_a_chip_removes_its_filter_and_no_other(client, paper):
    page = client.get("/en/stories/?tags=water,sindh&genre=report").content.decode()
    chips = dict(re.findall(r'href="(\?[^"]*)" aria-label="Remove the filter ([^"]+)"', page))
    assert {name: href.replace("&amp;", "&") for href, name in chips.items()} == {
        "Water": "?genre=report&tags=sindh",
        "Sindh": "?genre=report&tags=water",
        "Report": "?tags=water,sindh",
    }


def test_nothing_found_says_what_to_do(client, paper):
    assert "Remove a filter" in client.get("/en/stories/?tags=water,trade").content.decode()


def test_a_withdrawn_story_is_in_no_count(client, paper):
    article = an_article(headline="Gone", tags=["Water"])
    withdraw(article.story, by=None, reason="False.")
    assert '>Water <span class="num">2<' in client.get("/en/stories/").content.decode()
    assert Tag.objects.filter(name="Water").count() == 1
