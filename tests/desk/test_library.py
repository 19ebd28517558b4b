"""Pictures that may come in and those that may not; authors whose printed lines stay true."""

from __future__ import annotations

import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import Article, Author, Image
from articles.press.bylines import reprint
from articles.press.publishing import update
from tests.desk.typed import at_the_desk
from tests.factories import a_picture_file, an_article, an_author, an_editor, an_image

pytestmark = pytest.mark.django_db
ADD_IMAGE = "/admin/articles/image/add/"
FOCUS = {"focal_x": "0.5", "focal_y": "0.5"}


@pytest.fixture
def editor() -> Client:
    return at_the_desk(an_editor())


def a_picture(width: int, height: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("canal.jpg", a_picture_file(width, height).read(), "image/jpeg")


def a_bomb(side: int = 30_000) -> bytes:
    """A PNG of a few bytes that would unfold to hundreds of millions of pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(b"\0" * 64))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + data + chunk(b"IEND", b"")


def test_a_new_picture_is_developed_in_the_same_request(editor: Client) -> None:
    answer = editor.post(ADD_IMAGE, {"title": "Canal", "file": a_picture(width=800, height=600), **FOCUS})
    image = Image.objects.get()
    assert answer.status_code == 302
    assert (image.width, image.height, set(image.renditions)) == (800, 600, {"240", "480", "720", "800"})
    page = editor.get("/admin/articles/image/").content.decode()
    assert image.renditions["240"] in page
    assert "originals/" not in page


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


def test_the_picker_offers_developed_pictures_by_their_words(editor: Client) -> None:
    an_image(title="Canal at dusk")
    an_image(title="Market", alt="Stalls", caption="Stalls.")
    page = editor.get("/admin/articles/image/pick/?q=canal").content.decode()
    assert "Canal at dusk" in page
    assert "Market" not in page


def test_a_figure_in_the_editor_finds_its_picture_by_number(editor: Client) -> None:
    image = an_image()
    assert editor.get(f"/admin/articles/image/{image.pk}/face/")["Location"].endswith(".webp")
    assert editor.get("/admin/articles/image/999/face/").status_code == 404


def profile(author: Author, **changes: str) -> dict[str, str]:
    names = ("edition", "name", "slug", "role", "bio", "email", "link")
    return {**{name: getattr(author, name) for name in names}, "photo": "", **changes}


def test_an_authors_new_profile_stands_in_every_printed_byline(editor: Client) -> None:
    author, other = an_author(name="Hina Q."), an_author(name="Other")
    article = an_article(by=[other, author])
    changed = profile(author, name="Hina Qureshi", slug="hina-qureshi")
    editor.post(f"/admin/articles/author/{author.pk}/change/", changed)
    article.refresh_from_db()
    assert [(line["name"], line["slug"]) for line in article.byline] == [
        ("Other", other.slug),
        ("Hina Qureshi", "hina-qureshi"),
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
    monkeypatch.setattr("articles.press.bylines.BATCH", 2)
    author = an_author()
    for _number in range(5):
        an_article(by=author)
    author.name = "New name"
    author.save()
    assert reprint(author) == 5
    names = {article.byline[0]["name"] for article in Article.including_unpublished.all()}
    assert names == {"New name"}
