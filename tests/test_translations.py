"""The catalogues hold every word that the code shows, in Urdu too, and the compiled ones are in step.

`make messages` collects and compiles; only the translating is left to people.
"""

from __future__ import annotations

import gettext
import os
import shutil
import subprocess
import sys
from ast import literal_eval
from pathlib import Path

import pytest
from django.conf import settings
from jinja2.ext import extract_from_ast

from newsroom.templates import environment

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(shutil.which("msgfmt") is None, reason="needs GNU gettext: apt install gettext"),
]

HOUSE = Path(settings.BASE_DIR)
READ = ("articles", "newsroom", "templates", "static/js", "locale", "manage.py")
CATALOGUES = sorted((HOUSE / "locale").glob("*/LC_MESSAGES/*.po"))


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the catalogues with today's words collected into it."""
    copy = tmp_path_factory.mktemp("words")
    for name in READ:
        source, target = HOUSE / name, copy / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.exists():
            shutil.copy(source, target)
    domains = {path.stem for path in CATALOGUES}
    for domain in sorted(domains):
        words = ["makemessages", "--locale", "ur", "--domain", domain, "--no-obsolete", "--verbosity", "0"]
        environment = {**os.environ, "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        subprocess.run([sys.executable, "manage.py", *words], cwd=copy, env=environment, check=True)
    return copy


def entries(*options: str, of: Path) -> str:
    """What GNU msgattrib finds in a catalogue: empty when nothing is of that kind."""
    done = subprocess.run(
        ["msgattrib", "--no-wrap", *options, of], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_there_is_an_urdu_catalogue() -> None:
    assert HOUSE / "locale/ur/LC_MESSAGES/django.po" in CATALOGUES


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_every_word_is_translated(collected: Path, path: Path) -> None:
    assert not entries("--untranslated", of=collected / path.relative_to(HOUSE))


def test_what_a_page_for_readers_says_stands_where_it_is_collected(collected: Path) -> None:
    """Collecting knows Django's templates: a word in `{{ … }}` must come first there, or stand in `{% … %}`."""
    draws = environment()
    said = {
        words
        for path in (HOUSE / "templates").rglob("*.html")
        if path.relative_to(HOUSE).parts[1] in {"site", "talk"}
        for _line, _function, words in extract_from_ast(draws.parse(path.read_text(encoding="utf-8")), ["_"])
    }
    known = words_of(entries(of=collected / "locale/ur/LC_MESSAGES/django.po"))
    assert len(said) > 50
    assert not said - known


def words_of(catalogue: str) -> set[str]:
    return {
        literal_eval(line.removeprefix("msgid "))
        for line in catalogue.splitlines()
        if line.startswith("msgid ")
    }


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_no_translation_is_a_guess(collected: Path, path: Path) -> None:
    assert not entries("--only-fuzzy", of=collected / path.relative_to(HOUSE))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_what_was_compiled_is_what_is_written(tmp_path: Path, path: Path) -> None:
    fresh = tmp_path / "fresh.mo"
    subprocess.run(["msgfmt", "--check", path, "-o", fresh], check=True)
    assert words_in(path.with_suffix(".mo")) == words_in(fresh), "compile the catalogue: make messages"


def words_in(path: Path) -> dict[str, str]:
    with path.open("rb") as file:
        catalogue: dict[str, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return catalogue
