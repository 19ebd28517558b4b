"""What pages say in their headers, and what their files weigh and say on the way to a reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.core.management import call_command
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.test import Client
from pytest_django import Settings

from articles.site.hints import needed
from newsroom.staticfiles import bundled, smaller
from tests.factories import a_comment, an_article, an_editor

STATIC = Path(__file__).resolve().parents[2] / "static"
COLLECTED = {"BACKEND": "newsroom.staticfiles.BundledStaticFilesStorage"}


def read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def forget_addresses() -> None:
    """Of static files; templates and headers have worked them out for the storage that was there."""
    engine = engines["jinja2"]
    assert isinstance(engine, Jinja2)
    engine.env.cache.clear()
    needed.cache_clear()


@pytest.fixture
def collected(settings: Settings, tmp_path: Path) -> Iterator[Client]:
    """The paper's door as it is in production: files collected, and given out from there."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES = {**settings.STORAGES, "staticfiles": COLLECTED}
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = False
    call_command(
        "collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin", "django_prose_editor"]
    )
    forget_addresses()
    yield Client()
    forget_addresses()


def files_of(page: Any) -> list[str]:
    """The addresses that a page's Link header names."""
    return [part.partition(">")[0].strip(" <") for part in page["Link"].split(", ")]


@pytest.mark.django_db
def test_a_page_names_its_own_sheet_and_its_editions_fonts(client: Client) -> None:
    article = an_article()
    an_article(edition="ur")
    sheets = {
        "/en/": "front",
        article.get_absolute_url(): "article",
        "/en/stories/": "lists",
        "/en/none/": "lists",
    }
    for address, sheet in sheets.items():
        named = files_of(client.get(address))
        latin = [f"/static/fonts/newsreader-{face}.woff2" for face in ("display", "text")]
        assert named == [f"/static/css/{sheet}.css", *latin], address
    assert files_of(client.get("/ur/")) == ["/static/css/front.css", "/static/fonts/naskh-urdu.woff2"]
    assert 'rel="preload"' not in client.get("/en/").content.decode()


@pytest.mark.django_db
def test_headers_are_the_same_for_everybody_and_only_on_readers_pages(client: Client) -> None:
    article = an_article()
    a_comment(on=article)
    editor = Client()
    editor.force_login(an_editor())
    for address in ("/en/", article.get_absolute_url(), article.discussion_url()):
        guest, signed_in = client.get(address), editor.get(address)
        for name in ("Link", "Speculation-Rules"):
            assert guest[name] == signed_in[name], address
    for address in ("/admin/", "/en/feed.rss", "/robots.txt", "/speculation-rules.json"):
        assert not {"Link", "Speculation-Rules"} & set(editor.get(address).headers), address
    assert "Speculation-Rules" not in client.get("/en/none/")


def test_the_rules_are_ones_that_a_browser_takes(client: Client) -> None:
    given = client.get("/speculation-rules.json")
    assert given["Content-Type"] == "application/speculationrules+json"
    assert "max-age" in given["Cache-Control"]
    assert set(json.loads(given.content)) == {"prefetch"}


@pytest.mark.once
@pytest.mark.parametrize("sheet", ["front", "article", "lists"])
def test_a_page_has_one_sheet_of_less_than_20_kb(sheet: str) -> None:
    assert len(brotli.compress(smaller(bundled(f"css/{sheet}.css", read)).encode())) < 20_000


@pytest.mark.once
def test_all_scripts_for_readers_are_less_than_10_kb() -> None:
    scripts = list((STATIC / "js").glob("*.js"))
    assert scripts
    assert sum(len(brotli.compress(script.read_bytes())) for script in scripts) < 10_000


@pytest.mark.once
def test_every_own_font_swaps_and_has_a_stand_in_of_its_measure() -> None:
    faces = [face for name in ("tokens", "urdu") for face in read(f"css/{name}.css").split("@font-face")[1:]]
    fetched = [face for face in faces if "url(" in face]
    assert fetched
    assert all("font-display: swap" in face for face in fetched)
    measured = [face for face in faces if "ascent-override" in face and "size-adjust" in face]
    assert {face.split('"')[1].split()[0] for face in measured} == {
        "Text",
        "Display",
        "Sans",
        "Nastaliq",
        "Naskh",
    }


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore:No directory at")
def test_what_a_page_names_is_hashed_packed_and_kept_for_good(collected: Client) -> None:
    an_article()
    page = collected.get("/en/")
    sheet, *fonts = files_of(page)
    assert f'<link rel="stylesheet" href="{sheet}">' in page.content.decode()
    for encoding in ("br", "gzip"):
        given = collected.get(sheet, headers={"accept-encoding": encoding})
        assert given["Content-Encoding"] == encoding
        assert "immutable" in given["Cache-Control"]
        assert "Accept-Encoding" in given["Vary"]
        given.close()
    for font in fonts:
        given = collected.get(font, headers={"accept-encoding": "br"})
        assert (given.status_code, given["Content-Type"]) == (200, "font/woff2")
        assert "immutable" in given["Cache-Control"]
        assert "Content-Encoding" not in given
        given.close()
