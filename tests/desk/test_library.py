"""Pictures that may come in and those that may not; authors whose printed lines stay true."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Model
from django.test import Client
from pytest_django import Settings

from articles.desk import library
from articles.models import Article, Author, Image, Section, Story, Tag
from articles.press import publishing
from articles.press.bylines import reprint
from articles.press.publishing import update
from tests.desk.typed import at_the_desk
from tests.factories import (
    a_picture_file,
    a_section,
    a_story,
    a_tag,
    an_article,
    an_author,
    an_editor,
    an_image,
)

pytestmark = pytest.mark.django_db
CAST = [a_section, an_author, a_tag]
ADD_IMAGE = "/admin/articles/image/add/"
FOCUS = {"focal_x": "0.5", "focal_y": "0.5"}


@pytest.fixture
def editor() -> Client:
    return at_the_desk(an_editor())


def a_picture(width: int, height: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("canal.jpg", a_picture_file(width, height).read(), "image/jpeg")


def page_of(row: Model) -> str:
    return f"/admin/articles/{row._meta.model_name}/{row.pk}/change/"


def filled(row: Section | Author | Tag, **changes: str) -> dict[str, Any]:
    """The form of a section, an author or a tag as it is opened, with these changes."""
    names = {"edition", "name", "slug", "description", "position", "role", "bio", "email", "link"}
    here = names & {field.name for field in row._meta.fields}
    return {**{name: getattr(row, name) for name in here}, **changes}


def delete(client: Client, *rows: Model, bulk: bool) -> str:
    """Press the last button of the page that asks, for the first of them or for all that are selected."""
    name = rows[0]._meta.model_name
    if not bulk:
        return client.post(f"/admin/articles/{name}/{rows[0].pk}/delete/", {"post": "yes"}).content.decode()
    asked = {"action": "delete_selected", "_selected_action": [row.pk for row in rows], "post": "yes"}
    return client.post(f"/admin/articles/{name}/", asked).content.decode()


def a_bomb(side: int = 30_000) -> bytes:
    """A PNG of a few bytes that would unfold to hundreds of millions of pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(b"\0" * 64))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + data + chunk(b"IEND", b"")


@pytest.mark.django_db(transaction=True)
def test_a_new_picture_is_developed_before_the_answer_and_holds_no_transaction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inside: list[bool] = []

    def watched(do: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def done(what: Any) -> Any:
            inside.append(connection.in_atomic_block)
            return do(what)

        return done

    for slow in ("fault_of", "develop"):
        monkeypatch.setattr(library, slow, watched(getattr(library, slow)))
    editor = at_the_desk(an_editor())
    answer = editor.post(ADD_IMAGE, {"title": "Canal", "file": a_picture(width=800, height=600), **FOCUS})
    image = Image.objects.get()
    assert answer.status_code == 302
    assert (image.width, image.height) == (800, 600)
    assert set(image.renditions["avif"]) == {"240", "480", "720", "800"}
    page = editor.get("/admin/articles/image/").content.decode()
    assert image.renditions["jpeg"]["240"] in page
    assert "originals/" not in page
    assert inside == [False, False]


@pytest.mark.django_db(transaction=True)
def test_a_large_picture_that_waits_on_the_disk_is_developed_too(settings: Settings) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1
    editor = at_the_desk(an_editor())
    editor.post(ADD_IMAGE, {"title": "Canal", "file": a_picture(width=800, height=600), **FOCUS})
    image = Image.objects.get()
    assert image.width == 800
    address = f"/admin/articles/image/{image.pk}/change/"
    editor.post(address, {"title": "Canal", "file": a_picture(width=500, height=300), **FOCUS})
    image.refresh_from_db()
    assert (image.width, set(image.renditions["avif"])) == (500, {"240", "480", "500"})


@pytest.mark.parametrize("bulk", [False, True])
def test_a_picture_in_use_stays_and_the_page_names_the_story(bulk: bool, editor: Client) -> None:
    image, story = an_image(), a_story(headline="Shows the canal")
    Story.objects.filter(pk=story.pk).update(lead_image=image)
    page = delete(editor, image, bulk=bulk)
    assert "protected related objects" in page
    assert "Shows the canal" in page
    assert Image.objects.filter(pk=image.pk).exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.jpg", b"Interview notes, Sukkur, Monday."),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("drawing.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("bomb.png", a_bomb()),
        ("page.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n"),
        ("empty.jpg", b""),
    ],
)
def test_what_is_not_a_picture_we_can_print_is_refused(name: str, content: bytes, editor: Client) -> None:
    answer = editor.post(ADD_IMAGE, {"title": "Canal", "file": SimpleUploadedFile(name, content), **FOCUS})
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["file"]
    assert not Image.objects.exists()


def test_a_picture_that_ends_too_early_is_refused(editor: Client) -> None:
    whole = a_picture_file(width=800, height=600, kind="PNG").read()
    half = SimpleUploadedFile("c.png", whole[:400])
    answer = editor.post(ADD_IMAGE, {"title": "Canal", "file": half, **FOCUS})
    assert "damaged" in str(answer.context["adminform"].form.errors["file"])


def test_new_words_for_a_picture_do_not_change_what_was_printed(editor: Client) -> None:
    image = an_image(caption="As printed.")
    article = an_article(lead_image=image)
    words = {"title": "Canal", "alt": "New", "caption": "New.", "credit": "New", **FOCUS}
    assert editor.post(f"/admin/articles/image/{image.pk}/change/", words).status_code == 302
    article.refresh_from_db()
    image.refresh_from_db()
    assert (image.caption, article.picture and article.picture["caption"]) == ("New.", "As printed.")
    assert image.renditions


def test_a_search_with_a_nul_finds_as_if_it_were_not_there(editor: Client) -> None:
    an_image(title="Canal at dusk")
    a_tag("Canals")
    an_author(name="Canal Desk")
    author = {"app_label": "articles", "model_name": "byline", "field_name": "author", "term": "can\0al"}
    assert "Canal at dusk" in editor.get("/admin/articles/image/pick/?q=can%00al").content.decode()
    tags = editor.get("/admin/articles/story/tags/?q=can%00al&edition=en%00").json()["tags"]
    assert [tag["name"] for tag in tags] == ["Canals"]
    assert [one["text"] for one in editor.get("/admin/autocomplete/", author).json()["results"]] == [
        "Canal Desk"
    ]
    assert editor.get("/admin/articles/image/pick/?q=%00").status_code == 200


def test_the_picker_offers_developed_pictures_by_their_words(editor: Client) -> None:
    an_image(title="Canal at dusk")
    an_image(title="Market", alt="Stalls", caption="Stalls.")
    page = editor.get("/admin/articles/image/pick/?q=canal").content.decode()
    assert "Canal at dusk" in page
    assert "Market" not in page


def test_a_figure_in_the_editor_finds_its_picture_by_number(editor: Client) -> None:
    image = an_image()
    assert editor.get(f"/admin/articles/image/{image.pk}/face/")["Location"].endswith(".jpeg")
    assert editor.get("/admin/articles/image/999/face/").status_code == 404


def test_an_authors_new_profile_stands_in_every_printed_byline(editor: Client) -> None:
    author, other = an_author(name="Hina Q."), an_author(name="Other")
    article = an_article(by=[other, author])
    editor.post(f"/admin/articles/author/{author.pk}/change/", filled(author, name="Hina Qureshi"))
    article.refresh_from_db()
    assert [(line["name"], line["slug"]) for line in article.byline] == [
        ("Other", other.slug),
        ("Hina Qureshi", author.slug),
    ]
    assert article.updated_at is None


def test_reprinting_keeps_the_role_in_the_line_and_touches_only_what_changed() -> None:
    author = an_author()
    article = an_article(by=author)
    article.story.bylines.update(role="photographer")
    update(article.story, by=None)
    assert reprint(author) == 0
    author.bio = "Has covered water for ten years."
    author.save()
    assert reprint(author) == 1
    article.refresh_from_db()
    assert (article.byline[0]["as"], article.byline[0]["bio"]) == ("photographer", author.bio)


def test_reprinting_goes_on_until_the_last_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.press.again.BATCH", 2)
    author = an_author()
    for _number in range(5):
        an_article(by=author)
    author.name = "New name"
    author.save()
    assert reprint(author) == 5
    names = {article.byline[0]["name"] for article in Article.including_unpublished.all()}
    assert names == {"New name"}


def test_an_emptied_address_of_a_tag_is_made_from_its_name_again(editor: Client) -> None:
    tag = a_tag("Water crisis", slug="wc")
    a_tag("Water (crisis)", slug="water-crisis")
    a_tag("In Urdu", slug="water-crisis-2", edition="ur")
    assert editor.post(page_of(tag), filled(tag, slug=" ")).status_code == 302
    tag.refresh_from_db()
    assert tag.slug == "water-crisis-2"
    assert editor.get(page_of(tag)).status_code == 200


def test_a_tag_whose_name_has_no_letters_has_an_address_all_the_same(editor: Client) -> None:
    for name in ("!!!", "???"):
        editor.post("/admin/articles/tag/add/", {"edition": "en", "name": name, "slug": ""})
    assert set(Tag.objects.values_list("slug", flat=True)) == {"tag", "tag-2"}


@pytest.mark.parametrize("make", [a_section, an_author])
def test_a_section_and_an_author_cannot_be_without_an_address(
    make: Callable[[], Any], editor: Client
) -> None:
    row = make()
    answer = editor.post(page_of(row), filled(row, slug=" "))
    assert answer.context["adminform"].form.errors["slug"]


def used(row: Section | Author | Tag, *, in_print: bool) -> Story:
    story = a_story(
        section=row if isinstance(row, Section) else a_section(),
        by=row if isinstance(row, Author) else an_author(),
        tags=[row.name] if isinstance(row, Tag) else [],
    )
    if in_print:
        publishing.publish(story, by=None)
    return story


@pytest.mark.parametrize("state", ["a draft", "in print", "printed, and out of the next version"])
@pytest.mark.parametrize("make", CAST)
def test_what_stories_refer_to_keeps_its_address_and_its_edition(
    make: Callable[[], Any], state: str, editor: Client
) -> None:
    row = make()
    story = used(row, in_print=state != "a draft")
    if "out" in state:
        story.tags.clear()
        story.bylines.all().delete()
        Story.objects.filter(pk=story.pk).update(section=a_section())
    before = row.slug, row.edition
    page = editor.get(page_of(row)).content.decode()
    answer = editor.post(page_of(row), filled(row, slug="elsewhere", edition="ur", name="New name"))
    row.refresh_from_db()
    assert answer.status_code == 302
    assert ("its edition and address stay as they are" in page, 'name="slug"' in page) == (True, False)
    assert (row.slug, row.edition, row.name) == (*before, "New name")


@pytest.mark.parametrize("make", CAST)
def test_what_no_story_refers_to_may_still_move(make: Callable[[], Any], editor: Client) -> None:
    row = make()
    editor.post(page_of(row), filled(row, slug="elsewhere", edition="ur"))
    row.refresh_from_db()
    assert (row.slug, row.edition) == ("elsewhere", "ur")


@pytest.mark.parametrize("bulk", [False, True])
def test_a_tag_in_print_stays_and_the_page_names_the_stories_that_carry_it(
    bulk: bool, editor: Client
) -> None:
    tag, idle = a_tag("Canals"), a_tag("Idle")
    article = an_article(headline="The canal is dry", tags=["Canals"])
    page = delete(editor, tag, idle, bulk=bulk)
    assert "Articles in print carry what you want to delete" in page
    assert f'<a href="/admin/articles/story/{article.story_id}/change/">The canal is dry</a>' in page
    assert set(Tag.objects.all()) == {tag, idle}


@pytest.mark.parametrize("bulk", [False, True])
def test_a_tag_that_only_drafts_carry_can_be_deleted(bulk: bool, editor: Client) -> None:
    tag = a_tag("Canals")
    a_story(tags=["Canals"])
    delete(editor, tag, bulk=bulk)
    assert not Tag.objects.exists()
