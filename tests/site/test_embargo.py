"""A canary word in an embargoed story appears nowhere before its second and everywhere after, with no worker running."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import unquote, urljoin

import pytest
from django.utils import timezone

from articles.models import Story
from articles.press.publishing import publish, update, withdraw
from tests.factories import a_comment, a_section, a_story, ago, an_article, an_author, an_image

pytestmark = pytest.mark.django_db

CANARY = "Zumurrud"
LINK = re.compile(
    r"""(?:href|src)="([^"#]+)|<loc>([^<]+)</loc>|<link>([^<]+)</link>|"(?:url|feed_url)": ?"([^"]+)\""""
)
STARTS = [
    "/",
    "/en/",
    "/ur/",
    "/sitemap.xml",
    "/news-sitemap.xml",
    "/robots.txt",
    "/en/stories/?q=Zumurrud",
    "/en/nothing/",
]
HOST = "http://127.0.0.1:8000"
MOST_PAGES = 400


def crawl(client):
    """Every page of the site that a link, a feed or a sitemap leads to: {address: text}."""
    seen: dict[str, str] = {}
    waiting = list(STARTS)
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop()
        if address in seen:
            continue
        answer = client.get(address, follow=True)
        text = (
            b"".join(answer.streaming_content).decode(errors="ignore")
            if answer.streaming
            else answer.content.decode()
        )
        seen[address] = unescape(text) + unquote(text)
        if "text/plain" not in answer.get("Content-Type", ""):
            waiting += [found for found in links(address, text) if found not in seen]
    assert len(seen) < MOST_PAGES, "the crawl did not end"
    return seen


def links(address, text):
    for groups in LINK.findall(text):
        whole = urljoin(HOST + address, unescape(next(filter(None, groups))))
        if whole.startswith(HOST) and "/static/" not in whole and "/admin/" not in whole:
            yield whole.removeprefix(HOST).partition("#")[0]


def a_paper():
    """Old articles on the same subject, so that every list, count and Recent block has room for the canary."""
    section, author = a_section(slug="world"), an_author(slug="sadia")
    shared = {"section": section, "by": author, "tags": ["Water", "Sindh"]}
    for n in range(6):
        a_comment(on=an_article(**shared, at=ago(days=2, hours=n)))
    an_article(edition="ur")
    return shared


def the_canary(**given):
    return {
        "headline": f"{CANARY} found", "standfirst": f"A {CANARY} in the canal.", "kicker": CANARY, "dateline": CANARY,
        "slug": CANARY.lower(), "body": f"<h2>{CANARY}</h2><p>{CANARY}.</p>", "lead_image": an_image(alt=CANARY, caption=CANARY, credit=CANARY),
    } | given  # fmt: skip


def leaks(seen):
    """The addresses that tell of the canary; a page may repeat the reader's own question."""
    return [
        address for address, text in seen.items() if CANARY.lower() in text.lower() and "q=" not in address
    ]


def lists_of(seen):
    """The kinds of pages on which a newly printed article must be."""
    return {
        "front": seen["/en/"],
        "section": seen["/en/world/"],
        "tag": seen["/en/tag/water/"],
        "author": seen["/en/author/sadia/"],
        "stories": seen["/en/stories/"],
        "rss": seen["/en/feed.rss"],
        "atom": seen["/en/feed.atom"],
        "json": seen["/en/feed.json"],
        "section feed": seen["/en/world/feed.rss"],
        "news sitemap": seen["/news-sitemap.xml"],
    }


def test_an_embargoed_story_appears_nowhere_before_its_second_and_everywhere_after(client, monkeypatch):
    shared = a_paper()
    moment = timezone.now() + timedelta(hours=3)
    shared["by"] = [shared["by"], an_author(slug=CANARY.lower(), name=f"{CANARY} Khan", bio=CANARY)]
    story = a_story(
        **the_canary(publish_at=moment), **(shared | {"tags": ["Water", "Sindh", f"{CANARY} tag"]})
    )
    article = publish(story, by=None)
    before = crawl(client)
    assert len(before) > 25
    assert leaks(before) == []
    assert client.get(article.get_absolute_url()).status_code == 404
    assert client.get(article.discussion_url()).status_code == 404
    named = (f"tag/{CANARY.lower()}-tag/", f"author/{CANARY.lower()}/")
    for address in [f"/en/{name}{feed}" for name in named for feed in ("", "feed.rss", "feed.json")]:
        assert client.get(address).status_code == 404

    monkeypatch.setattr(timezone, "now", lambda: moment)
    after = crawl(client)
    missing = [name for name, text in lists_of(after).items() if CANARY not in text]
    assert missing == []
    assert any(article.slug in text for address, text in after.items() if address.startswith("/sitemap-en"))
    other = next(
        address for address in after if address.startswith("/en/20") and CANARY.lower() not in address
    )
    assert f": {CANARY} found</span></a>" in after[other]


def test_an_embargoed_story_is_in_no_count(client, monkeypatch):
    shared = a_paper()
    moment = timezone.now() + timedelta(hours=3)
    publish(a_story(publish_at=moment, **shared), by=None)
    assert 'Water <span class="num">6</span>' in client.get("/en/tag/").content.decode()
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert 'Water <span class="num">7</span>' in client.get("/en/tag/").content.decode()


def test_a_withdrawn_story_appears_nowhere_again(client):
    shared = a_paper()
    article = an_article(**the_canary(), **shared)
    withdraw(article.story, by=None, reason="It was invented.")
    assert leaks(crawl(client)) == []
    assert CANARY not in client.get(article.get_absolute_url()).content.decode()


def test_an_unprinted_edit_appears_nowhere(client):
    shared = a_paper()
    article = an_article(headline="Plain", **shared)
    Story.objects.filter(pk=article.story_id).update(headline=f"{CANARY} pending", body=f"<p>{CANARY}</p>")
    assert leaks(crawl(client)) == []
    update(article.story, by=None)
    assert CANARY in client.get("/en/").content.decode()


def test_an_embargoed_translation_is_not_named_by_its_original(client):
    english = an_article(headline="One river")
    publish(
        a_story(
            edition="ur",
            headline=CANARY,
            translation_of=english.story,
            publish_at=timezone.now() + timedelta(hours=1),
        ),
        by=None,
    )
    assert CANARY.lower() not in client.get(english.get_absolute_url()).content.decode()


def test_an_old_address_of_an_embargoed_story_tells_nothing(client):
    article = publish(a_story(headline=CANARY, publish_at=timezone.now() + timedelta(hours=1)), by=None)
    Story.objects.filter(pk=article.story_id).update(slug="other")
    update(article.story, by=None)
    assert client.get(article.get_absolute_url()).status_code == 404
