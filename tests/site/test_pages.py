"""Every page answers, in both editions, in as many queries for thirty of everything as for three."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, Edition, Story
from articles.press.publishing import update, withdraw
from articles.site.errors import server_error
from tests.factories import a_comment, a_section, ago, an_article, an_author, an_image

pytestmark = pytest.mark.django_db

MOST, MOST_OF_AN_ARTICLE = 6, 5


def a_paper(number: int, edition: str = "en") -> Article:
    """`number` of everything that can be many; all on the pages of one tag, author and section. The last article."""
    sections = [a_section(edition=edition, slug="world" if n == 0 else f"s{n}") for n in range(number)]
    author = an_author(edition=edition, slug="sadia")
    picture = an_image()
    for n in range(number):
        article = an_article(
            edition=edition,
            section=sections[0],
            by=[author, *[an_author(edition=edition) for _ in range(n % 3)]],
            tags=["Water", f"Tag {n}"],
            lead_image=picture if n % 2 else None,
            body="".join(f"<h2>Part {part}</h2><p>Words.</p>" for part in range(number)),
            genre="opinion" if n % 4 == 1 else "report",
            at=ago(hours=number - n),
        )
        an_article(edition=edition, section=sections[n], by=author, at=ago(days=2, hours=n))
    for _ in range(number):
        a_comment(on=article, parent=a_comment(on=article))
    return article


def addresses(article: Article) -> dict[str, str]:
    edition = article.edition
    year, month = article.published_on.year, f"{article.published_on:%m}"
    return {
        "front": reverse("front", args=[edition]),
        "section": reverse("section", args=[edition, "world"]),
        "tag": reverse("tag", args=[edition, "water"]),
        "tags": reverse("tags", args=[edition]),
        "author": reverse("author", args=[edition, "sadia"]),
        "stories": reverse("stories", args=[edition]),
        "filtered": reverse("stories", args=[edition])
        + "?tags=water&section=world&author=sadia&genre=report&from=2020-01",
        "year": reverse("archive_year", args=[edition, year]),
        "month": reverse("archive_month", args=[edition, year, month]),
        "article": article.get_absolute_url(),
        "discussion": article.discussion_url(),
        **{f"feed.{form}": reverse("edition_feed", args=[edition, form]) for form in ("rss", "atom", "json")},
        "section feed": reverse("section_feed", args=[edition, "world", "rss"]),
        "tag feed": reverse("tag_feed", args=[edition, "water", "atom"]),
        "author feed": reverse("author_feed", args=[edition, "sadia", "json"]),
        "sitemap": reverse("sitemap"),
        "sitemap of a month": reverse("sitemap_month", args=[edition, year, month]),
        "news sitemap": reverse("news_sitemap"),
        "not found": reverse("section", args=[edition, "nothing-here"]),
    }


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as counted:
        response = client.get(address)
    assert response.status_code in (200, 404), address
    return len(counted)


@pytest.mark.parametrize("edition", ["en", "ur"])
def test_a_page_of_thirty_costs_as_many_queries_as_a_page_of_three(client, edition):
    counted = {}
    for number in (3, 30):
        with transaction.atomic():
            pages = addresses(a_paper(number, edition))
            counted[number] = {name: queries(client, address) for name, address in pages.items()}
            transaction.set_rollback(True)
    assert counted[30] == counted[3]
    assert max(counted[30].values()) <= MOST, counted
    assert counted[30]["article"] <= MOST_OF_AN_ARTICLE


def test_the_root_leads_to_the_edition_of_the_readers_language(client):
    assert client.get("/", headers={"accept-language": "ur-PK,ur;q=0.9,en;q=0.5"}).url == "/ur/"
    assert client.get("/", headers={"accept-language": "fr"}).url == "/en/"
    assert "Accept-Language" in client.get("/")["Vary"]


def test_pages_for_readers_set_no_cookie_and_carry_no_token(client):
    for address in addresses(a_paper(3)).values():
        response = client.get(address)
        assert not response.cookies, address
        assert b"csrf" not in response.content.lower()


def test_an_article_shows_what_was_printed(client):
    picture = an_image(alt="A dry canal", caption="The canal in May.", credit="A. Desk")
    author = an_author(name="Sadia Mehrani", role="Water", bio="Writes on water.")
    article = an_article(
        headline="Rain & wind", kicker="Weather", standfirst="It came at night.", dateline="Hyderabad", by=author,
        lead_image=picture, tags=["Sindh"], body="<h2>One</h2><p>a</p><h2>Two</h2><p>b</p><h2>Three</h2><p>c</p>",
    )  # fmt: skip
    page = client.get(article.get_absolute_url()).content.decode()
    for words in (
        "<h1>Rain &amp; wind</h1>", "Weather", "It came at night.", "Hyderabad", "Sadia Mehrani", "Writes on water.",
        'alt="A dry canal"', "The canal in May.", "A. Desk", "In this story", 'href="#s-two"', ">Sindh</a>",
        "Write the first comment", 'property="og:title"',
    ):  # fmt: skip
        assert words in page, words
    assert "0 comment" not in page


def test_a_short_article_has_no_table_of_contents(client):
    article = an_article(body="<h2>One</h2><p>a</p><h2>Two</h2><p>b</p>")
    assert "In this story" not in client.get(article.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("number", "english", "urdu"), [(1, "1 comment<", "1 تبصرہ"), (3, "3 comments", "3 تبصرے")]
)
def test_comments_are_counted_in_the_readers_grammar(client, number, english, urdu):
    for edition, words in (("en", english), ("ur", urdu)):
        article = an_article(edition=edition)
        for _ in range(number):
            a_comment(on=article)
        assert words in client.get(article.get_absolute_url()).content.decode()


def test_recent_shows_five_with_headlines_in_their_links(client):
    article = an_article(tags=["Ports"], at=ago(minutes=1))
    for n in range(7):
        an_article(tags=["Ports"], headline=f"Port number {n}")
    page = client.get(article.get_absolute_url()).content.decode()
    assert page.count('Read more<span class="vh">: Port number') == 5


def test_translations_name_each_other(client):
    english = an_article(headline="One river")
    urdu = an_article(edition="ur", headline="ایک دریا", translation_of=english.story)
    for page, other, language in ((english, urdu, "ur"), (urdu, english, "en")):
        html = client.get(page.get_absolute_url()).content.decode()
        assert f'hreflang="{language}" href="http://127.0.0.1:8000{other.get_absolute_url()}"' in html


def test_the_urdu_edition_is_right_to_left_and_in_urdu(client):
    a_paper(3, "ur")
    page = client.get("/ur/").content.decode()
    assert '<html lang="ur" dir="rtl">' in page
    assert "اصل متن پر جائیں" in page or "Skip to" not in page


def test_an_empty_edition_says_that_nothing_is_printed_yet(client):
    page = client.get("/en/")
    assert page.status_code == 200
    assert "Nothing is printed yet." in page.content.decode()


def test_a_withdrawn_article_is_gone_and_says_why(client):
    article = an_article(headline="The false report", body="<p>Secret words</p>")
    withdraw(article.story, by=None, reason="We were misled.")
    answer = client.get(article.get_absolute_url())
    assert answer.status_code == 410
    assert "We were misled." in answer.content.decode()
    assert "Secret words" not in answer.content.decode()


def test_an_old_slug_redirects_for_good(client):
    article = an_article(headline="Old name")
    old = article.get_absolute_url()
    Story.objects.filter(pk=article.story_id).update(slug="new-name")
    new = update(article.story, by=None).get_absolute_url()
    answer = client.get(old)
    assert (answer.status_code, answer.url) == (301, new)


def test_addresses_that_cannot_be_are_not_found(client):
    an_article()
    for address in (
        "/en/2026/02/31/rain/", "/en/2026/13/01/rain/", "/en/0000/01/01/rain/", "/en/nowhere/", "/xx/", "/en/tag/none/",
        "/en/author/none/", "/en/archive/1999/", "/en/archive/1999/01/", "/en/archive/2026/13/", "/en/feed.exe", "/en/archive/2200/12/",
        "/sitemap-en-1999-01.xml", "/media/originals/x.jpg",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address


def test_readers_pages_only_read(client):
    article = an_article()
    for address in ("/en/", article.get_absolute_url(), "/en/feed.rss", "/sitemap.xml"):
        assert client.post(address).status_code in (403, 405)


def test_the_error_page_asks_nothing_of_the_database(rf, django_assert_num_queries):
    request = rf.get("/en/")
    request.edition = Edition.of("en")
    with django_assert_num_queries(0):
        answer = server_error(request)
    assert answer.status_code == 500
    assert "The press has jammed" in answer.content.decode()
