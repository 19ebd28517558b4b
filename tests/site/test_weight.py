"""What a story costs a reader on a slow line: bytes on the wire, headers and pictures left out."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings

from newsroom.staticfiles import bundled, smaller
from tests.factories import a_comment, an_article, an_author, an_image

STATIC = Path(settings.BASE_DIR) / "static"
LATIN = ("newsreader-text", "newsreader-display", "public-sans")
SENTENCE = (
    "The {} reading was taken at dawn by two people who did not agree, and both figures were written down. "
)


def read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def sheet() -> int:
    return len(brotli.compress(smaller(bundled("css/article.css", read)).encode()))


def scripts(page: str) -> int:
    return sum(
        len(brotli.compress(read(name).encode())) for name in re.findall(r'src="/static/(js/[^"]+)"', page)
    )


def font(name: str) -> int:
    return (STATIC / "fonts" / f"{name}.woff2").stat().st_size


def a_long_read(client, edition):
    words = "".join(f"<h2>Part {n}</h2><p>{SENTENCE.format(n) * 9}</p>" for n in range(5))
    article = an_article(
        edition=edition,
        body=words,
        lead_image=an_image(),
        tags=["A", "B", "C", "D"],
        by=an_author(edition=edition, bio="x " * 90),
    )
    for n in range(12):
        a_comment(on=article, body=f"{n} " + SENTENCE.format(n) * 2)
        an_article(edition=edition, lead_image=an_image(), tags=["A", "B"])
    return client.get(article.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_a_long_story_is_under_60_kb_before_pictures(client):
    page = a_long_read(client, "en")
    assert len(gzip.compress(page.encode(), 6)) + sheet() + scripts(page) + sum(map(font, LATIN)) < 60_000


@pytest.mark.django_db
def test_in_urdu_the_nastaliq_comes_on_top_and_is_under_120_kb(client):
    page = a_long_read(client, "ur")
    assert len(gzip.compress(page.encode(), 6)) + sheet() + scripts(page) + font("naskh-urdu") < 60_000
    assert font("nastaliq-urdu") < 120_000


def test_every_font_has_its_licence_beside_it():
    licences = {path.name for path in (STATIC / "fonts").glob("OFL-*.txt")}
    assert licences == {
        f"OFL-{name}.txt" for name in ("newsreader", "public-sans", "noto-naskh-arabic", "noto-nastaliq-urdu")
    }
