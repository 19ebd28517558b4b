"""The whole road in a real browser: a story is written and printed, read, commented on, and the comment shown."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article, Comment, Story
from tests.factories import a_group, a_section, an_article, an_author, an_editor

pytestmark = pytest.mark.django_db(transaction=True)

HEADLINE = "Night train returns to the branch line"


@pytest.fixture
def desk(page: Page, live_server: LiveServer) -> Page:
    a_section(slug="society", name="Society")
    an_author(name="Rashid Unar")
    for n in range(5):
        an_article(headline=f"Earlier story {n}", tags=["Railways"])
    editor = an_editor()
    editor.groups.add(a_group("Moderator"))
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill(editor.username)
    page.get_by_label("Password").fill("a long secret")
    page.get_by_role("button", name="Log in").click()
    return page


def write(desk: Page, live_server: LiveServer) -> None:
    desk.goto(f"{live_server.url}/admin/articles/story/add/")
    desk.get_by_label("Headline").fill(HEADLINE)
    desk.get_by_label("Standfirst").fill("After eleven years a sleeper stops at Jhudo again.")
    desk.get_by_role("textbox", name="Story").click()
    desk.keyboard.type("The first passengers brought their own tea.")
    desk.get_by_label("Section").select_option(label="Society")
    desk.locator("[name=bylines-0-author] + .select2").click()
    desk.locator(".select2-search__field").fill("Rashid")
    desk.get_by_role("option", name="Rashid Unar").click()
    tags = desk.locator(".tag-box input[type=text], #id_tags").last
    tags.fill("Railways")
    tags.press("Enter")


def test_from_the_manuscript_to_a_readers_comment(desk: Page, live_server: LiveServer) -> None:
    write(desk, live_server)
    desk.get_by_role("button", name="Publish").click()
    expect(desk.locator(".messagelist")).to_contain_text("print", ignore_case=True)

    desk.goto(f"{live_server.url}/en/")
    desk.get_by_role("link", name=HEADLINE).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(desk.locator(".body")).to_contain_text("brought their own tea")
    expect(desk.get_by_role("link", name="Railways")).to_be_visible()
    expect(desk.locator(".strip--recent .story")).to_have_count(5)

    desk.locator("#f-name").fill("Hina")
    desk.locator("#f-email").fill("hina@example.org")
    desk.locator("#f-body").fill("My grandfather drove that engine.")
    desk.get_by_role("button", name="Send for moderation").click()
    expect(desk.locator(".comment--pending")).to_contain_text("My grandfather drove that engine.")
    address = desk.url
    desk.reload()
    expect(desk.locator(".comment")).to_have_count(0)

    comment = Comment.objects.get(name="Hina")
    desk.goto(f"{live_server.url}/admin/articles/comment/{comment.pk}/change/")
    desk.get_by_role("button", name="Show", exact=True).click()
    desk.goto(address)
    expect(desk.locator(".comment__body")).to_have_text("My grandfather drove that engine.")
    expect(desk.locator("#ch")).to_contain_text("1")

    article = Article.objects.get(headline=HEADLINE)
    assert (article.comment_count, article.story.status) == (1, "printed")
    assert Story.objects.get(headline=HEADLINE).latest_revision >= 1
