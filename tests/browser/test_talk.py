"""Readers answer each other in a real browser, with the script and without it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article, Comment
from tests.factories import a_comment, an_article

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article() -> Article:
    article = an_article()
    first = a_comment(on=article, name="Rukhsana", body="Who buys the torch batteries?")
    a_comment(on=article, name="Tahir", body="Item nine.", parent=first)
    return article


@pytest.fixture
def talk(page: Page, live_server: LiveServer, article: Article) -> Page:
    page.goto(live_server.url + article.discussion_url())
    return page


def fill(page: Page, name: str = "Hina", email: str = "hina@example.org", body: str = "Thank you.") -> None:
    for field, words in (("name", name), ("email", email), ("body", body)):
        page.locator(f"#f-{field}").fill(words)


def send(page: Page) -> None:
    page.get_by_role("button", name="Send for moderation").click()


def test_an_answer_is_sent_without_leaving_the_page(talk: Page) -> None:
    address = talk.url
    talk.get_by_role("link", name="Reply: Tahir").click()
    expect(talk.locator("#f-body")).to_be_focused()
    expect(talk.locator(".answering")).to_contain_text("Tahir")
    fill(talk)
    send(talk)
    pending = talk.locator(".replies .replies .comment--pending")
    expect(pending).to_contain_text("You")
    expect(pending).to_contain_text("Thank you.")
    expect(pending).to_be_focused()
    expect(talk.locator(".form [role=status]")).to_contain_text("A moderator reads it")
    expect(talk.locator("#f-body")).to_have_value("")
    expect(talk.locator(".answering")).to_be_hidden()
    assert talk.url == address
    comment = Comment.objects.get(name="Hina")
    assert comment.parent is not None
    assert (comment.parent.name, comment.status) == ("Tahir", Comment.Status.WAITING)


def test_an_answer_can_be_given_up(talk: Page) -> None:
    reply = talk.get_by_role("link", name="Reply: Rukhsana")
    reply.click()
    talk.get_by_role("link", name="Cancel the answer").click()
    expect(talk.locator(".answering")).to_be_hidden()
    expect(talk.locator("[name=parent]")).to_have_value("")
    expect(reply).to_be_focused()


def test_faults_are_shown_beside_their_fields(talk: Page) -> None:
    talk.get_by_role("link", name="Reply: Tahir").click()
    fill(talk, email="hina@", body="")
    send(talk)
    expect(talk.locator(".errors")).to_be_focused()
    expect(talk.locator(".errors li")).to_have_count(2)
    expect(talk.locator("#f-email")).to_have_accessible_description(re.compile("Write the whole address"))
    expect(talk.locator("#f-name")).to_have_value("Hina")
    expect(talk.locator(".answering")).to_contain_text("Tahir")
    fill(talk)
    send(talk)
    expect(talk.locator(".comment--pending")).to_be_visible()
    expect(talk.locator(".errors")).to_have_count(0)


def test_a_lost_connection_loses_no_word(talk: Page) -> None:
    fill(talk, body="Half an hour’s work.")
    talk.context.set_offline(True)
    send(talk)
    expect(talk.get_by_role("alert")).to_contain_text("The connection failed")
    expect(talk.locator("#f-body")).to_have_value("Half an hour’s work.")
    talk.context.set_offline(False)
    talk.reload()
    talk.get_by_role("button", name="Bring it back").click()
    expect(talk.locator("#f-body")).to_have_value("Half an hour’s work.")
    fill(talk, body="Half an hour’s work.")
    send(talk)
    expect(talk.locator(".comment--pending")).to_be_visible()
    talk.reload()
    expect(talk.get_by_role("button", name="Bring it back")).to_have_count(0)


def test_an_unwanted_draft_is_thrown_away(talk: Page) -> None:
    talk.locator("#f-body").fill("Never mind.")
    talk.reload()
    talk.get_by_role("button", name="Throw it away").click()
    talk.reload()
    expect(talk.get_by_role("button", name="Throw it away")).to_have_count(0)


def test_the_first_comment_takes_the_place_of_the_empty_page(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url + an_article().get_absolute_url())
    expect(page.locator(".empty")).to_be_visible()
    fill(page)
    send(page)
    expect(page.locator(".thread .comment--pending")).to_be_visible()
    expect(page.locator(".empty")).to_have_count(0)


def test_a_closed_discussion_breaks_no_script(page: Page, live_server: LiveServer) -> None:
    article = an_article()
    Article.objects.filter(pk=article.pk).update(comments_open=False)
    faults: list[object] = []
    page.on("pageerror", lambda fault: faults.append(fault))
    page.goto(live_server.url + article.get_absolute_url())
    expect(page.get_by_text("Comments on this article are closed.")).to_be_visible()
    assert not faults


def test_without_the_script_there_are_two_steps(
    browser: Browser, live_server: LiveServer, article: Article
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + article.get_absolute_url())
    page.get_by_role("link", name="Reply: Tahir").click()
    expect(page.locator(".answering")).to_contain_text("Item nine.")
    fill(page)
    send(page)
    expect(page.get_by_role("heading", name="Is this what you mean?")).to_be_visible()
    page.get_by_role("button", name="Change it").click()
    expect(page.locator("#f-body")).to_have_value("Thank you.")
    page.locator("#f-body").fill("Thank you both.")
    send(page)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Thank you.")
    comment = Comment.objects.get(name="Hina")
    assert comment.parent is not None
    assert (comment.body, comment.parent.name) == ("Thank you both.", "Tahir")
