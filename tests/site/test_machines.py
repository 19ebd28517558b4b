"""What programs read: feeds and sitemaps, judged by other people's readers."""

import json
import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import feedparser
import pytest

from articles.site import machines
from tests.factories import a_section, ago, an_article, an_author, an_image

pytestmark = pytest.mark.django_db
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.mark.parametrize("form", ["rss", "atom"])
@pytest.mark.parametrize("of", ["", "world/", "tag/water/", "author/sadia/"])
def test_a_feed_is_well_formed_and_complete(client, form, of):
    an_article(
        headline="Rain & <wind>",
        section=a_section(slug="world"),
        by=an_author(slug="sadia", name="Sadia"),
        tags=["Water"],
    )
    feed = feedparser.parse(client.get(f"/en/{of}feed.{form}").content)
    assert not feed.bozo
    (entry,) = feed.entries
    assert entry.title in ("Rain & <wind>", "Rain &amp; &lt;wind&gt;")
    assert entry.author == "Sadia"
    assert entry.link.startswith("http://127.0.0.1:8000/en/20")
    assert feed.feed.language == "en"


def test_a_json_feed_has_what_its_format_asks_for(client):
    an_article(edition="ur", headline="بارش", tags=["موسم"], lead_image=an_image())
    answer = client.get("/ur/feed.json")
    assert answer["Content-Type"] == "application/feed+json"
    feed = json.loads(answer.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["language"] == "ur"
    (item,) = feed["items"]
    assert item["title"] == "بارش"
    assert item["tags"] == ["موسم"]
    assert item["image"].startswith("http://127.0.0.1:8000/media/pictures/")
    assert item["image"].endswith(".jpeg")  # not every program that reads feeds knows AVIF
    assert "." not in item["date_published"]


def test_the_sitemap_names_every_article_once(client):
    made = [an_article(at=ago(days=20 * n)) for n in range(5)] + [an_article(edition="ur")]
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    named = []
    for place in index.findall("s:sitemap/s:loc", SITEMAP):
        month = ElementTree.fromstring(client.get(place.text.removeprefix("http://127.0.0.1:8000")).content)
        named += [loc.text for loc in month.findall("s:url/s:loc", SITEMAP)]
    assert sorted(named) == sorted("http://127.0.0.1:8000" + one.get_absolute_url() for one in made)


def test_a_month_with_more_than_a_file_may_hold_has_a_file_for_each_of_its_days(client, monkeypatch):
    monkeypatch.setattr(machines, "MOST_ADDRESSES", 3)
    days = [datetime(2026, 3, day, 12, tzinfo=UTC) for day in (1, 1, 31, 17)]
    made = [an_article(at=at) for at in [*days, datetime(2026, 4, 1, 12, tzinfo=UTC)]]
    index = client.get("/sitemap.xml").content.decode()
    files = re.findall("<loc>http://127.0.0.1:8000([^<]+)</loc>", index)
    assert files == [
        "/sitemap-en-2026-03-01.xml",
        "/sitemap-en-2026-03-17.xml",
        "/sitemap-en-2026-03-31.xml",
        "/sitemap-en-2026-04.xml",
    ]
    named = [
        path for file in files for path in re.findall("8000(/en[^<]+)", client.get(file).content.decode())
    ]
    assert sorted(named) == sorted(one.get_absolute_url() for one in made)
    assert client.get("/sitemap-en-2026-03-02.xml").status_code == 404
    assert client.get("/sitemap-en-2026-02-30.xml").status_code == 404


def test_a_sitemap_names_articles_in_urdu_as_their_own_pages_do(client):
    article = an_article(edition="ur", headline="بارش کا دن")
    file = client.get(f"/sitemap-ur-{article.published_on:%Y-%m}.xml").content.decode()
    assert f"<loc>http://127.0.0.1:8000{article.get_absolute_url()}</loc>" in file


def test_the_news_sitemap_holds_two_days_of_both_editions(client):
    (
        an_article(headline="New"),
        an_article(edition="ur", headline="نیا"),
        an_article(headline="Old", at=ago(hours=49)),
    )
    page = client.get("/news-sitemap.xml").content.decode()
    assert "New" in page
    assert "نیا" in page
    assert "Old" not in page


def test_robots_are_told_where_the_sitemaps_are(client):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text
    assert "Disallow: /admin/" in text
