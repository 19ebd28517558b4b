"""The discussion as readers get it: the article's part of it, and the whole on its own page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from django.test import Client

from articles.models import Article, Comment
from articles.press.publishing import withdraw
from articles.talk import moderation
from tests.factories import a_comment, ahead, an_article

pytestmark = pytest.mark.django_db
Status = Comment.Status


def part(article: Article, **more: object) -> str:
    """What the article's own page includes."""
    shown = list(Comment.objects.filter(article=article).shown().in_thread_order())
    article.refresh_from_db()
    return render_to_string(
        "talk/parts/comments.html", {"article": article, "comments": shown, "more": None, **more}
    )


def page(client: Client, article: Article, query: str = "") -> str:
    response = client.get(article.discussion_url() + query)
    assert response.status_code == 200
    return response.content.decode()


def test_readers_read_what_moderators_have_shown_and_nothing_else(client: Client) -> None:
    article = an_article()
    for status in Status:
        a_comment(on=article, status=status, body=f"A {status} thought")
    html = page(client, article)
    assert "A shown thought" in html
    assert not [status for status in ("waiting", "rejected", "spam") if f"A {status} thought" in html]


def test_no_reader_ever_sees_an_address(client: Client) -> None:
    article = an_article()
    comment = a_comment(on=article, email="hina@example.org", featured=True)
    assert "hina@" not in page(client, article) + page(client, article, f"?reply={comment.pk}") + part(
        article
    )


def test_the_page_carries_no_cookie_and_no_token(client: Client) -> None:
    article = an_article()
    a_comment(on=article)
    response = client.get(article.discussion_url())
    assert not response.cookies
    assert "csrf" not in response.content.decode().lower()
    assert "Cookie" not in response.headers.get("Vary", "")


def test_the_form_has_the_fields_of_the_contract_and_a_trap(client: Client) -> None:
    html = page(client, an_article())
    names = set(re.findall(r'<(?:input|textarea)[^>]* name="(\w+)"', html))
    assert names >= {"body", "name", "email", "parent", "website"}
    trap = re.search(r'<p class="vh" aria-hidden="true">.*?<input[^>]*>', html)
    assert trap
    assert 'tabindex="-1"' in trap[0]
    assert 'autocomplete="off"' in trap[0]


def test_nobody_has_written_yet() -> None:
    html = part(an_article())
    assert "Write the first comment" in html
    assert "No one has written yet." in html
    assert not re.search(r"\b0\b", re.sub(r"<[^>]*>", " ", html))


@pytest.mark.parametrize("many", [1, 2])
def test_the_heading_says_how_many_have(many: int) -> None:
    article = an_article()
    for _each in range(many):
        a_comment(on=article)
    html = part(article)
    assert f'Comments <span class="num">{many}</span>' in html
    assert "Write the first comment" not in html


def test_answers_stand_under_what_they_answer(client: Client) -> None:
    article = an_article()
    first = a_comment(on=article, body="First")
    a_comment(on=article, body="Second")
    a_comment(on=article, body="Answer", parent=first)
    html = page(client, article)
    assert (
        html.index("First") < html.index('<ol class="replies">') < html.index("Answer") < html.index("Second")
    )


def test_an_editors_pick_says_so(client: Client) -> None:
    article = an_article()
    a_comment(on=article, featured=True)
    html = page(client, article)
    assert "comment--featured" in html
    assert "Editors’ pick" in html


def test_a_time_is_absolute_and_has_no_microseconds(client: Client) -> None:
    article = an_article()
    a_comment(on=article)
    [stamp] = re.findall(r'datetime="([^"]*)"', part(article))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+05:00", stamp)


def test_a_closed_discussion_can_be_read_but_not_answered(client: Client) -> None:
    article = an_article()
    a_comment(on=article, body="Said before it closed")
    Article.objects.filter(pk=article.pk).update(comments_open=False)
    html = page(client, article)
    assert "Said before it closed" in html
    assert "Comments on this article are closed." in html
    assert 'id="form"' not in html
    assert "?reply=" not in html


def test_the_article_page_links_to_the_rest_of_the_discussion() -> None:
    article = an_article()
    a_comment(on=article)
    assert 'href="/somewhere/"' in part(article, more="/somewhere/")
    assert "More comments" not in part(article)


# -- whom one answers


def test_without_a_script_reply_leads_to_a_form_that_knows_whom_one_answers(client: Client) -> None:
    article = an_article()
    comment = a_comment(on=article, name="Nasreen B.", body="Eight per cent of what?")
    link = f"{article.discussion_url()}?reply={comment.pk}#form"
    assert f'href="{link}"' in page(client, article)
    html = page(client, article, f"?reply={comment.pk}")
    assert f'name="parent" value="{comment.pk}"' in html
    form = html[html.index('id="form"') :]
    assert "Nasreen B." in form
    assert "Eight per cent of what?" in form


@pytest.mark.parametrize("word", ["", "x", "-1", "1e3", "99999999", "9" * 40, "٣", "1%00"])
def test_a_reply_to_nothing_is_a_comment_on_the_article(client: Client, word: str) -> None:
    article = an_article()
    a_comment(on=article)
    assert 'name="parent" value=""' in page(client, article, f"?reply={word}")


def test_nobody_answers_a_comment_that_is_not_shown_or_is_elsewhere(client: Client) -> None:
    article = an_article()
    for other in (a_comment(on=article, status=Status.WAITING), a_comment(on=an_article())):
        assert 'name="parent" value=""' in page(client, article, f"?reply={other.pk}")


# -- long discussions


def bodies(html: str) -> list[str]:
    return re.findall(r"Thought no (\d+)\.", html)


def test_a_long_discussion_is_read_page_by_page_and_whole(client: Client) -> None:
    article = an_article()
    for number in range(107):
        a_comment(on=article, body=f"Thought no {number}.")
    query, read = "", []
    for expected in (50, 50, 7):
        html = page(client, article, query)
        assert len(bodies(html)) == expected
        read += bodies(html)
        following = re.search(r'<link rel="next" href="[^"?]*(\?after=[^"]*)">', html)
        query = following[1] if following else "done"
        assert html.count("More comments") == (1 if following else 0)
    assert query == "done"
    assert read == [str(number) for number in range(107)]


def test_a_page_that_begins_with_an_answer_shows_once_more_what_it_answers(client: Client) -> None:
    article = an_article()
    first = a_comment(on=article, body="The question")
    for number in range(60):
        a_comment(on=article, parent=first, body=f"Thought no {number}.")
    following = re.search(r'<link rel="next" href="[^"?]*(\?after=[^"]*)">', page(client, article))
    assert following
    html = page(client, article, following[1])
    assert html.index("The question") < html.index("Thought no 49.")
    assert len(bodies(html)) == 11


@pytest.mark.parametrize("word", ["x", "0000000g", "zz/../", "9" * 60, "ffffffff", "%00", "00000001/", "'--"])
def test_a_wrong_place_is_the_beginning(client: Client, word: str) -> None:
    article = an_article()
    a_comment(on=article, body="Thought no 1.")
    assert bodies(page(client, article, f"?after={word}")) == ["1"]


@pytest.mark.parametrize("query", ["", "?reply={reply}", "?after={after}", "?sent=1"])
def test_the_queries_do_not_grow_with_the_discussion(
    client: Client, django_assert_max_num_queries, query: str
) -> None:
    article = an_article()
    counts = []
    for many in (3, 27, 270):
        comments: list[Comment] = []
        for _each in range(many):
            comments.append(
                a_comment(on=article, parent=comments[-1].answerable_parent if comments else None)
            )
        given = query.format(reply=comments[0].pk, after=comments[0].path)
        with django_assert_max_num_queries(5) as asked:
            page(client, article, given)
        counts.append(len(asked))
    assert len(set(counts)) == 1


# -- what is not there


def test_there_is_no_discussion_of_what_readers_may_not_see(client: Client) -> None:
    embargoed, never_printed = an_article(at=ahead(hours=2)), an_article(at=ahead(hours=2))
    a_comment(on=embargoed, body="canary")
    withdraw(never_printed.story, by=None, reason="It was wrong.")
    addresses = [embargoed.discussion_url(), never_printed.discussion_url(), "/en/2026/02/30/no/comments/"]
    for address in addresses:
        for response in (client.get(address), client.post(address, {"body": "Hm"}), client.head(address)):
            assert response.status_code == 404
            assert "canary" not in response.content.decode()


def test_the_discussion_of_a_story_that_was_taken_back_is_gone_and_says_why(client: Client) -> None:
    article = an_article(headline="Slander")
    article.former_addresses.create(edition="en", published_on=article.published_on, slug="as-it-was")
    a_comment(on=article, body="canary")
    withdraw(article.story, by=None, reason="It was wrong.")
    for address in (
        article.discussion_url(),
        article.discussion_url().replace(article.slug, "as-it-was"),
    ):
        response = client.get(address)
        html = response.content.decode()
        assert response.status_code == 410
        assert "We have taken this story back" in html
        assert "It was wrong." in html
        assert "canary" not in html
        assert "Slander" not in html


def test_an_old_address_leads_to_the_new_one(client: Client) -> None:
    article = an_article()
    article.former_addresses.create(edition="en", published_on=article.published_on, slug="as-it-was")
    old = article.discussion_url().replace(article.slug, "as-it-was")
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, article.discussion_url())


def test_other_verbs_are_refused(client: Client) -> None:
    assert client.put(an_article().discussion_url()).status_code == 405


# -- what hostile readers write


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1) https://example.org/\"onmouseover='alert(1)'",
    "{{ settings.SECRET_KEY }}{% load x %}",
    "</textarea></form><form action=https://evil.example>",
    "<!--", "&lt;b&gt;", "<a href='javascript:1'>x</a>",
]  # fmt: skip


class Skeleton(HTMLParser):
    """A page's elements and the names of their attributes, without links that lend no weight."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.bones: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if ("rel", "nofollow ugc noopener") not in attrs:
            self.bones.append(" ".join([tag, *(name for name, _value in attrs)]))


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_comment_is_only_words(client: Client, words: str) -> None:
    article = an_article()
    comment = a_comment(on=article, name="Hina", body="A civil word.")
    civil = page(client, article, f"?reply={comment.pk}")
    Comment.objects.update(name=words[:60], body=words)
    hostile = page(client, article, f"?reply={comment.pk}")
    assert Skeleton(hostile).bones == Skeleton(civil).bones
    assert "Hina" not in hostile


def test_links_in_comments_lend_no_weight() -> None:
    article = an_article()
    a_comment(on=article, body="See https://example.org/a?b=1&c=2, it says more.")
    link = '<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow ugc noopener" dir="ltr">'
    assert link in part(article)


def test_a_rejected_comment_leaves_its_answers_in_place(client: Client) -> None:
    article = an_article()
    parent = a_comment(on=article, body="Something unkind")
    a_comment(on=article, parent=parent, body="A calm answer")
    moderation.reject([parent], by=None)
    html = page(client, article)
    assert "A calm answer" in html
    assert "unkind" not in html


def test_the_urdu_edition_reads_from_the_right(client: Client) -> None:
    article = an_article(edition="ur")
    a_comment(on=article, body="بہت مفید")
    html = page(client, article)
    assert '<html lang="ur" dir="rtl">' in html
    assert '<p dir="auto">بہت مفید</p>' in html
