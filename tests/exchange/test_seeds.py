"""The two captures that the paper was given, when they lie beside the repository. Nothing of them is quoted here."""

import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from articles.exchange.captures import read_text
from articles.models import Article, Author, Status, Story
from tests.factories import a_section

SEEDS = Path(settings.BASE_DIR).parent / "shared" / "seeds"

pytestmark = pytest.mark.skipif(
    not list(SEEDS.glob("*.txt")),
    reason="the captures are not here: no ../shared/seeds/*.txt beside the repository",
)


def capture(number: str):
    return read_text(next(SEEDS.glob(f"{number}_*.txt")).read_bytes())


def test_the_first_capture_is_read_whole():
    manuscript = capture("000")
    assert manuscript.headline.startswith("Turkish ministers")
    assert manuscript.standfirst.startswith("Erdogan said")
    assert manuscript.authors == ("Web Desk",)
    assert manuscript.date == datetime.date(2025, 11, 10)
    assert manuscript.time is None
    assert [block.kind for block in manuscript.body] == ["paragraph"] * 9
    assert manuscript.related == ()
    assert {line.number: line.dropped for line in manuscript.receipt.dropped} == {
        3: "how long ago, seen from the day of the capture",
        5: "headline printed again",
        8: "headline printed again",
        12: "a separator",
        34: "heading of the comments",
        36: "an address by itself",
        38: "number of comments",
        40: "invitation to comment",
    }


def test_the_second_capture_is_read_whole():
    manuscript = capture("003")
    assert manuscript.headline.startswith("Pakistan and Turkey")
    assert manuscript.date is None
    assert [block.kind[0] for block in manuscript.body] == list("phpppphpppp")
    assert [heading.split()[0] for heading in manuscript.headings] == ["Turkey", "Pakistan’s"]
    assert manuscript.authors == ("News Desk",)
    assert manuscript.author_box.name == "News Desk"
    assert manuscript.author_box.bio.startswith("Your trusted")
    assert [read.title.split()[0] for read in manuscript.related] == [
        "What",
        "Can",
        "Shifting",
        "Afghan",
        "The",
    ]
    assert all(len(read.excerpt) > 150 for read in manuscript.related)


def test_what_the_second_capture_broke_is_mended_and_reported():
    manuscript = capture("003")
    words = " ".join(block.text for block in manuscript.body)
    assert "\\" not in words
    assert "  " not in words
    assert words.count("’s") >= 5
    repairs = {line.number: line.repairs for line in manuscript.receipt.repaired}
    assert set(repairs) == {11, 15, 17}
    assert all("backslash before a quotation mark" in done for done in repairs.values())
    dropped = [line.dropped for line in manuscript.receipt.dropped]
    assert dropped.count("link to read on") == 5
    assert dropped.count("title printed again") == 5


@pytest.mark.django_db
def test_both_captures_become_drafts_and_a_second_run_changes_nothing():
    a_section(slug="news")
    paths = [str(path) for path in sorted(SEEDS.glob("*.txt"))]
    for _ in range(2):
        call_command("import_stories", "text", *paths, "--draft", verbosity=0)
        assert list(Story.objects.values_list("status", flat=True)) == [Status.DRAFT] * 2
        assert set(Author.objects.values_list("slug", flat=True)) == {"web-desk", "news-desk"}
        assert not Article.including_unpublished.exists()
    assert Author.objects.get(slug="news-desk").bio.startswith("Your trusted")
