"""The desk's pages: complete, of constant cost, and behind their own walls."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.desk.typed import ADD, at_the_desk, page_of
from tests.factories import (
    a_comment,
    a_moderator,
    a_reporter,
    a_story,
    ahead,
    an_article,
    an_author,
    an_editor,
    an_image,
)

pytestmark = pytest.mark.django_db
STORIES = "/admin/articles/story/"
FIELDS = ("headline", "standfirst", "body", "section", "tags", "lead_image", "publish_at", "based_on")
PARTS = ("bylines-group", "image-dialog", "id_body", "id_headline")
LEANED_ON = ("header", "branding", "user-tools", "toolbar", "changelist", "result_list")


@pytest.fixture
def editor() -> Client:
    return at_the_desk(an_editor())


def queries(client: Client, address: str) -> int:
    client.get(address)  # warms what is kept from one request to the next
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def some_of_everything(number: int) -> None:
    author = an_author()
    for place in range(number):
        a_story(by=[author, an_author()], tags=["canals", f"tag {place}"])
        article = an_article(by=author, lead_image=an_image() if place < 2 else None)
        an_article(by=author, at=ahead(days=1))
        a_comment(on=article, status="waiting")


@pytest.mark.parametrize(
    "address",
    ["", "articles/story/", "articles/article/", "articles/author/", "articles/tag/", "articles/image/"],
)
def test_a_page_costs_the_same_for_three_of_everything_and_for_thirty(address: str, editor: Client) -> None:
    some_of_everything(3)
    few = queries(editor, f"/admin/{address}")
    some_of_everything(27)
    assert queries(editor, f"/admin/{address}") == few


def test_the_form_is_on_the_page_and_so_are_its_parts(editor: Client) -> None:
    """A missing variable inside `block.super` makes a form vanish without an error."""
    story = a_story(lead_image=an_image())
    for address in (ADD, page_of(story)):
        page = editor.get(address).content.decode()
        for name in FIELDS:
            assert f'name="{name}"' in page, (address, name)
        for part in PARTS:
            assert f'id="{part}"' in page, (address, part)
        assert 'type="importmap"' in page
        assert 'class="action-bar"' in page


def test_the_stock_admin_still_has_what_our_styles_lean_on(editor: Client) -> None:
    a_story()
    page = editor.get(STORIES).content.decode()
    for name in LEANED_ON:
        assert f'id="{name}"' in page, name


def test_the_import_map_carries_the_nonce_of_the_policy(editor: Client) -> None:
    answer = editor.get(ADD)
    policy = answer["Content-Security-Policy"]
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert f'nonce="{nonce}"' in answer.content.decode()
    assert "script-src 'self' 'nonce-" in policy
    assert "unsafe-eval" not in policy


def test_only_the_desk_has_the_desks_policy(editor: Client) -> None:
    assert "style-src 'self' 'unsafe-inline'" in editor.get(STORIES)["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in Client().get("/admin/login/")["Content-Security-Policy"]
    assert "unsafe-inline" not in Client().get("/robots.txt")["Content-Security-Policy"]


@pytest.mark.parametrize("language", ["en", "ur"])
def test_the_desk_speaks_the_language_of_the_visitor(language: str, editor: Client) -> None:
    page = editor.get("/admin/", headers={"accept-language": language}).content.decode()
    assert f'<html lang="{language}" dir="{"rtl" if language == "ur" else "ltr"}"' in page


def test_the_list_is_filtered_by_status_section_author_and_edition(editor: Client) -> None:
    author = an_author(name="Hina")
    wanted = a_story(headline="Wanted", by=author)
    a_story(headline="Other", by=an_author(), edition="en")
    for asked in (
        f"authors__id__exact={author.pk}",
        f"section__id__exact={wanted.section_id}&q=Wanted",
        "status__exact=draft&q=Hina",
    ):
        page = editor.get(f"{STORIES}?{asked}").content.decode()
        assert "Wanted" in page, asked
        assert ">Other</a>" not in page, asked
    assert ">Wanted</a>" not in editor.get(f"{STORIES}?status__exact=printed").content.decode()
    assert ">Wanted</a>" not in editor.get(f"{STORIES}?edition__exact=ur").content.decode()
    assert ">Wanted</a>" not in editor.get(f"{STORIES}?genre__exact=opinion").content.decode()


def test_the_dashboard_shows_an_editor_what_waits_and_what_comes(editor: Client) -> None:
    submitted = a_story(headline="Waits for an editor")
    submitted.status = "submitted"
    submitted.save()
    a_story(headline="Somebody’s draft")
    article = an_article(headline="In print")
    an_article(headline="Comes tomorrow", at=ahead(days=1))
    a_comment(on=article, status="waiting", body="Who was told?")
    page = editor.get("/admin/").content.decode()
    for words in ("Waits for an editor", "Comes tomorrow", "In print", "Who was told?", "Write a story"):
        assert words in page, words
    assert "Somebody’s draft" not in page


def test_the_dashboard_shows_a_reporter_their_own_drafts_and_no_comments() -> None:
    reporter = a_reporter()
    a_story(headline="Mine", created_by=reporter)
    a_story(headline="Not mine")
    page = at_the_desk(reporter).get("/admin/").content.decode()
    assert "Mine" in page
    assert "Not mine" not in page
    assert "Comments waiting" not in page


def test_a_moderator_finds_comments_and_no_stories() -> None:
    client = at_the_desk(a_moderator())
    page = client.get("/admin/").content.decode()
    assert "Comments waiting" in page
    assert "Write a story" not in page
    assert client.get(STORIES).status_code == 403


def test_people_and_roles_are_managed_by_the_chief_alone(editor: Client) -> None:
    chief = at_the_desk(User.objects.create_superuser("chief", "chief@example.org", "a long secret"))
    for address in ("auth/user/", "auth/group/"):
        assert chief.get(f"/admin/{address}").status_code == 200
        assert editor.get(f"/admin/{address}").status_code == 403
