"""Pictures in all their formats, and those of papers that knew only one."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from PIL import Image as Pillow

from articles.models import Article, Image
from articles.press.formats import behind, renew
from articles.press.pictures import as_printed, develop, portrait
from articles.press.publishing import publish
from tests.factories import a_picture_file, a_story, an_article, an_author, an_image

pytestmark = pytest.mark.django_db

FIGURE = (
    '<p>Before.</p><figure data-image-id="{}"><figcaption>In the body.</figcaption></figure><p>After.</p>'
)


def untold(what: str, done: int, of: int) -> None:
    """No progress is shown."""


def of_the_first_edition(image: Image) -> Image:
    """A picture as it was kept before there was AVIF: {"480": path of a WebP}."""
    image.renditions = image.renditions["webp"]
    image.save()
    return image


def in_old_print(image: Image, **given: Any) -> Article:
    """An article as it was printed then: an <img> with a srcset of WebP, a byline with a small WebP."""
    article = an_article(
        lead_image=image,
        body=FIGURE.format(image.pk),
        by=an_author(photo=image, bio="Writes on water."),
        **given,
    )
    shown = as_printed(image)
    assert article.picture
    assert shown
    for name in ("avif", "share"):
        del article.picture[name]
    old = f'<figure><img src="{shown.src}" srcset="{shown.srcset}" sizes="94vw" width="1" height="1" alt="Old alt">'
    article.body_html = f"<p>Before.</p>{old}<figcaption>In the body.</figcaption></figure><p>After.</p>"
    photo = article.byline[0]["photo"]
    article.byline[0]["photo"] = {name: photo[name] for name in ("src", "width", "height")}
    article.save()
    return article


def test_every_width_is_there_in_each_format_and_is_what_it_says() -> None:
    image = an_image(file=a_picture_file(2000, 1000))
    assert set(image.renditions) == {"avif", "webp", "jpeg"}
    for kind, by_width in image.renditions.items():
        for width, path in by_width.items():
            with default_storage.open(path) as file, Pillow.open(file) as picture:
                assert (picture.format, picture.width, picture.height) == (
                    kind.upper(),
                    int(width),
                    int(width) // 2,
                )


def test_no_picture_is_blown_up() -> None:
    image = an_image(file=a_picture_file(100, 50))
    made = [path for by_width in image.renditions.values() for path in by_width.values()]
    assert [path.rpartition("-")[2] for path in made] == ["100.avif", "100.webp", "100.jpeg"]


def test_all_files_of_a_picture_bear_one_name_which_other_pixels_change() -> None:
    one, same, other = an_image(), an_image(), an_image(file=a_picture_file(colour="#123456"))
    names = [
        {path.rpartition("-")[0] for by_width in image.renditions.values() for path in by_width.values()}
        for image in (one, same, other)
    ]
    assert len(names[0]) == len(names[2]) == 1
    assert names[0] == names[1] != names[2]


def test_what_is_clear_in_a_picture_is_paper_in_its_jpeg() -> None:
    held = io.BytesIO()
    Pillow.new("RGBA", (300, 200), (0, 0, 0, 0)).save(held, "PNG")
    file = a_picture_file()
    file.file = held
    image = an_image(file=file)
    with default_storage.open(image.renditions["jpeg"]["240"]) as made, Pillow.open(made) as picture:
        assert picture.getpixel((5, 5)) == (255, 255, 255)


def test_a_shared_link_has_the_large_jpeg_and_a_face_only_small_files() -> None:
    image = an_image(file=a_picture_file(2000, 1000))
    shown, face = as_printed(image), portrait(image)
    assert shown
    assert face
    assert (shown.src.endswith("-720.jpeg"), shown.share.endswith("-1200.jpeg")) == (True, True)
    assert (shown.width, shown.height) == (720, 360)
    assert (face["width"], face["avif"].count("w"), "1080" in face["srcset"]) == (240, 2, False)


def test_a_page_offers_avif_first_and_hurries_only_with_its_lead(client: Client) -> None:
    image = an_image()
    article = an_article(
        lead_image=image,
        body=FIGURE.format(image.pk),
        by=an_author(photo=image, bio="Writes on water."),
        tags=["A", "B"],
    )
    for _ in range(3):
        an_article(lead_image=image, tags=["A", "B"])
    for address in ("/en/", article.get_absolute_url()):
        page = client.get(address).content.decode()
        pictures = page.split("<picture>")[1:]
        assert len(pictures) > 1, address
        for one in pictures:
            assert one.index("image/avif") < one.index("image/webp") < one.index("<img"), address
            assert 'width="' in one
            assert 'height="' in one
        hurried = [one for one in pictures if 'fetchpriority="high"' in one]
        assert len(hurried) == 1, address
        assert all('loading="lazy"' in one for one in pictures if one not in hurried), address


def test_what_was_printed_in_webp_only_is_still_shown(client: Client) -> None:
    article = in_old_print(of_the_first_edition(an_image()))
    page = client.get(article.get_absolute_url()).content.decode()
    assert page.count("<img") == 4  # above the text, in it, and its author's face beside and below
    assert page.count("image/avif") == 0
    assert page.count("image/webp") == 1
    assert 'class=""' not in page
    assert client.get("/en/feed.json").json()["items"][0]["image"].endswith(".webp")


def test_an_old_picture_is_printed_again_in_all_formats_wherever_it_is_shown(client: Client) -> None:
    image = of_the_first_edition(an_image())
    article = in_old_print(image, headline="Old print")
    assert article.picture
    Image.objects.filter(pk=image.pk).update(alt="New alt", caption="New caption")
    renewed = renew(untold)
    assert (renewed.pictures, renewed.articles, renewed.unreadable) == (1, 1, [])
    page = client.get(article.get_absolute_url()).content.decode()
    assert page.count("image/avif") == page.count("<img") == 4
    assert "Old alt" in page
    assert "New alt" not in page
    article.refresh_from_db()
    assert article.updated_at is None
    image.refresh_from_db()
    assert set(image.renditions) == {"avif", "webp", "jpeg"}
    assert not behind().exists()


def test_renewing_again_changes_nothing() -> None:
    in_old_print(of_the_first_edition(an_image()))
    renew(untold)
    before = list(Article.objects.values())
    assert renew(untold).pictures == 0
    assert list(Article.objects.values()) == before


def test_a_run_that_was_broken_off_is_repeated_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    in_old_print(of_the_first_edition(an_image()))

    def broken(*given: Any) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("articles.press.formats.print_again", broken)
        with pytest.raises(KeyboardInterrupt):
            renew(untold)
    assert behind().exists()
    assert renew(untold).articles == 1


def test_what_was_printed_while_a_picture_was_behind_is_found_too() -> None:
    image = of_the_first_edition(an_image())
    article = publish(a_story(lead_image=image, body=FIGURE.format(image.pk)), by=None)
    assert article.picture
    assert article.picture["avif"] == ""
    renew(untold)
    article.refresh_from_db()
    assert article.picture["avif"]
    assert "image/avif" in article.body_html


def test_a_lost_original_is_named_and_the_others_are_renewed(capsys: pytest.CaptureFixture[str]) -> None:
    lost, kept = (
        of_the_first_edition(an_image(title="The lost canal", file=a_picture_file(500, 300))),
        of_the_first_edition(an_image()),
    )
    article = in_old_print(lost)
    lost.file.storage.delete(lost.file.name)
    with pytest.raises(CommandError, match="The lost canal"):
        call_command("develop_pictures")
    assert "Developed 1 pictures" in capsys.readouterr().out
    kept.refresh_from_db()
    assert "avif" in kept.renditions
    article.refresh_from_db()
    assert article.picture
    assert "avif" not in article.picture


def test_a_new_file_leaves_nothing_of_the_old_picture() -> None:
    image = of_the_first_edition(an_image())
    image.file = a_picture_file(500, 500)
    image.save()
    develop(image)
    assert set(image.renditions["webp"]) == {"240", "480", "500"}
