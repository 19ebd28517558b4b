"""Lists by position: complete, in order, whatever is printed meanwhile; and the reader's filter."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Tag
from articles.models.shelves import Place
from articles.press.publishing import withdraw
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
    narrowed = client.get("/en/stories/?genre=report").content.decode()
    assert re.search(r'value="water">Water <span class="num">1</span>', narrowed)


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
