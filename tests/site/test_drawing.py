"""How pages are drawn: what the speed of drawing and asking may not cost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import models
from django.urls import reverse
from django.utils.translation import override

from articles.models import IN_SECTION, Article, Section
from articles.models.addresses import dated_address
from articles.models.prepared import Prepared, Slot
from newsroom.templates import environment
from tests.factories import a_comment, a_section, an_article, an_author

pytestmark = pytest.mark.django_db

MARKUP = "<i>Rain</i> & “wind”"
HOSTILE = "<script>alert(1)</script>"


def pages_of(article: Article) -> list[str]:
    return [
        "/en/",
        article.section.get_absolute_url(),
        "/en/tag/water/",
        "/en/author/sadia/",
        "/en/stories/",
        article.get_absolute_url(),
        article.discussion_url(),
        f"{article.discussion_url()}?reply={article.comments.first().pk}",
    ]


def test_whatever_is_written_in_a_field_is_printed_as_words(client):
    section = a_section(name=HOSTILE, description=HOSTILE)
    author = an_author(slug="sadia", name=HOSTILE, bio=HOSTILE, role=HOSTILE)
    words: dict[str, Any] = {
        "headline": f"{HOSTILE} {MARKUP}",
        "kicker": "",
        "standfirst": HOSTILE,
        "dateline": HOSTILE,
    }
    article = an_article(section=section, by=author, tags=["Water", HOSTILE], **words)
    a_comment(on=article, name=HOSTILE, body=HOSTILE)
    for address in pages_of(article):
        page = client.get(address).content.decode()
        assert HOSTILE not in page, address
        assert "<i>Rain" not in page, address
        assert "&lt;script&gt;alert(1)" in page, address


def test_a_bio_has_its_paragraphs(client):
    article = an_article(by=an_author(bio="Writes about water.\n\nLives in Sukkur."))
    page = client.get(article.get_absolute_url()).content.decode()
    assert "<p>Writes about water.</p>" in page


def test_a_renamed_section_shows_on_cards_at_once(client):
    section = a_section(slug="world", name="World")
    an_article(section=section, kicker="", tags=["Water"], by=an_author(slug="sadia"))
    addresses = ["/en/", "/en/world/", "/en/tag/water/", "/en/author/sadia/"]
    for address in addresses:
        assert '<p class="kicker">World</p>' in client.get(address).content.decode(), address
    Section.objects.filter(pk=section.pk).update(name="The wide world")
    for address in addresses:
        assert '<p class="kicker">The wide world</p>' in client.get(address).content.decode(), address


def test_a_prepared_question_brings_what_was_joined_to_it(django_assert_num_queries):
    article = an_article()
    with django_assert_num_queries(1):
        (found,) = IN_SECTION.newest(section=article.section_id)
        assert (found, found.section) == (article, article.section)
        assert found.section.name == article.section.name
    assert (found.topics, found.byline, found.published_at) == (
        article.topics,
        article.byline,
        article.published_at,
    )
    assert "body_html" in found.get_deferred_fields()


def test_a_prepared_question_takes_other_values_each_time():
    by_slug: Prepared[Section] = Prepared(
        lambda: Section.objects.filter(slug=Slot("slug", models.CharField()))
    )
    first, second = a_section(slug="first"), a_section(slug="second")
    assert by_slug(slug="first") == [first]
    assert by_slug(slug="second") == [second]
    assert by_slug(slug="third") == []


def test_a_page_speaks_the_language_of_its_edition():
    page = environment(autoescape=True).from_string('{{ _("Menu") }} {{ one|comments }} {{ three|comments }}')
    assert page.render(one=1, three=3) == "Menu 1 comment 3 comments"
    with override("ur"):
        assert page.render(one=1, three=3) == "فہرست 1 تبصرہ 3 تبصرے"


@pytest.mark.parametrize("slug", ["rain-in-sindh", "کراچی-میں-بارش", "snake_case-2"])
@pytest.mark.parametrize("name", ["article", "discussion"])
def test_an_articles_address_is_the_one_that_its_page_has(name, slug):
    day = date(2026, 3, 9)
    written = reverse(name, args=["ur", day.year, day.month, day.day, slug])
    assert dated_address(name, "ur", day, slug) == written
