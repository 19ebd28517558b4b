"""The ground the newsroom stands on: settings that refuse nonsense, files for readers, a start that works."""

from __future__ import annotations

import io
import os
import shutil
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client

from articles.management.commands import prepare
from articles.models import Article
from newsroom import checks, start
from newsroom.checks import ALONE
from newsroom.compression import is_text
from newsroom.staticfiles import bundled, smaller
from tests.factories import an_article, an_image

HOUSE = Path(settings.BASE_DIR)
once = pytest.mark.once


# -- settings


ASK = "import newsroom.settings as s; print(s.DEBUG, s.DATABASES, s.CACHES)"


def settings_with(ask: str = ASK, /, **given: str) -> subprocess.CompletedProcess[str]:
    """What happens when a fresh Python reads the settings with nothing but these values given."""
    clean = {name: os.environ[name] for name in ("PATH", "HOME", "VIRTUAL_ENV") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", ask],
        env={**clean, **given},
        cwd=HOUSE,
        capture_output=True,
        text=True,
    )


@once
def test_without_a_secret_the_newsroom_does_not_start_and_says_what_to_do() -> None:
    refused = settings_with()
    assert refused.returncode != 0
    last = refused.stderr.strip().splitlines()[-1]
    assert "SECRET_KEY is not set" in last
    assert "DEBUG=1" in last


@once
def test_debug_is_off_unless_it_is_asked_for() -> None:
    assert settings_with(SECRET_KEY="x").stdout.startswith("False")
    assert settings_with(DEBUG="yes").stdout.startswith("True")


@once
@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("DEBUG", "perhaps", "neither yes nor no"),
        ("SITE_URL", "news.example.org", "is not an http address"),
        ("MEDIA_URL", "pictures.example.org/", "neither a path nor an http address"),
        ("TRUSTED_PROXIES", "proxy.example.org", "no address and no network"),
    ],
)
def test_a_wrong_value_is_refused_with_its_name_its_fault_and_an_example(
    name: str, value: str, fault: str
) -> None:
    refused = settings_with(**{"SECRET_KEY": "x", name: value})
    assert refused.returncode != 0
    last = refused.stderr.strip().splitlines()[-1]
    assert f"{name} is '{value}'" in last
    assert fault in last
    assert f"Example: {name}=" in last


@once
@pytest.mark.parametrize(
    ("name", "value", "shown", "fault"),
    [
        (
            "DATABASE_URL",
            "mysql://root:hunter2@db.example/news",
            "mysql://db.example/…",
            "starts with none of",
        ),
        ("DATABASE_URL", "root:hunter2@db.example", "…", "starts with none of"),
        ("DATABASE_URL", "newsroom", "…", "starts with none of"),
        ("DATABASE_URL", "postgres://u:hunter2@h:port/db", "postgres://h/…", "its port is no number"),
        ("DATABASE_URL", "postgres://u:hunter2/x@h:5432/db", "postgres://u/…", "its port is no number"),
        ("CACHE_URL", "memcache://:hunter2@127.0.0.1:11211", "memcache://127.0.0.1/…", "starts with none of"),
        ("CACHE_URL", "redis://:hunter2@127.0.0.1:port/0", "redis://127.0.0.1/…", "its port is no number"),
        ("CACHE_URL", "redis://:hunter2@[::1/0", "…", "its port is no number"),
        ("DATABASE_REPLICA_URL", "sqlite:///var/hunter2.sqlite3", "…", "starts with none of"),
        ("DATABASE_REPLICA_URL", "postgres://u:hunter2@h:port/db", "postgres://h/…", "its port is no number"),
        ("STORAGE_URL", "var/media", "…", "starts with none of"),
        ("STORAGE_URL", "s3://key:hunter2@s3.example.org", "s3://s3.example.org/…", "names no bucket"),
        (
            "STORAGE_URL",
            "s3://key:hunter2@s3.example.org/b?public=1",
            "s3://s3.example.org/…",
            "asks for more",
        ),
        (
            "STORAGE_URL",
            "s3://key:hunter2@s3.example.org:port/b",
            "s3://s3.example.org/…",
            "port is no number",
        ),
        ("EMAIL_URL", "smtp", "…", "starts with none of"),
        ("EMAIL_URL", "desk:hunter2@mail.example.org", "…", "starts with none of"),
        ("EMAIL_URL", "smtp://desk:hunter2@mail:port", "smtp://mail/…", "its port is no number"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_password(
    name: str, value: str, shown: str, fault: str
) -> None:
    refused = settings_with(**{"SECRET_KEY": "x", name: value})
    assert refused.returncode != 0
    assert "hunter2" not in refused.stderr
    assert "During handling" not in refused.stderr
    last = refused.stderr.strip().splitlines()[-1]
    assert f"{name} is '{shown}'" in last
    assert fault in last
    assert f"Example: {name}=" in last


@once
def test_postgresql_is_reached_through_a_pool_and_sqlite_is_the_default() -> None:
    assert "'pool'" in settings_with(SECRET_KEY="x", DATABASE_URL="postgres://news@127.0.0.1/news").stdout
    assert "newsroom.sqlite3" in settings_with(SECRET_KEY="x").stdout


@once
def test_a_replica_shares_the_pool_but_not_the_patience_of_its_primary() -> None:
    ask = (
        "import newsroom.settings as s; p, r = (s.DATABASES[n] for n in ('default', 'replica')); "
        "print(p['HOST'], r['HOST'], *(d['OPTIONS']['pool'] for d in (p, r)), r['OPTIONS']['connect_timeout'])"
    )
    urls = {"DATABASE_URL": "postgres://n@10.0.0.5/n", "DATABASE_REPLICA_URL": "postgres://n@10.0.0.6/n"}
    said = settings_with(ask, SECRET_KEY="x", **urls).stdout
    assert said.startswith("10.0.0.5 10.0.0.6 {'min_size': 1, 'max_size': 8, 'timeout': 3} ")
    assert said.endswith("{'min_size': 1, 'max_size': 8, 'timeout': 1} 2\n")


@once
def test_a_replica_of_no_postgresql_is_refused() -> None:
    refused = settings_with(SECRET_KEY="x", DATABASE_REPLICA_URL="postgres://news:hunter2@10.0.0.6/news")
    assert refused.returncode != 0
    assert "hunter2" not in refused.stderr
    last = refused.stderr.strip().splitlines()[-1]
    assert "DATABASE_REPLICA_URL is set, but DATABASE_URL names no PostgreSQL" in last
    assert "Example: DATABASE_REPLICA_URL=" in last


@once
def test_a_cache_address_is_used_as_it_was_given() -> None:
    assert (
        "redis://127.0.0.1:6379/3"
        in settings_with(SECRET_KEY="x", CACHE_URL="redis://127.0.0.1:6379/3").stdout
    )


@once
def test_every_server_of_a_cache_may_have_its_own_address() -> None:
    two = "redis://127.0.0.1:6379/3,redis://127.0.0.1:6380/3"
    assert two in settings_with(SECRET_KEY="x", CACHE_URL=two).stdout


@once
@pytest.mark.parametrize(
    ("proxy", "visitor"), [("127.0.0.1", "203.0.113.9"), ("::1", "203.0.113.9"), ("10.0.0.7", "10.0.0.7")]
)
def test_only_a_known_proxy_says_who_its_visitor_is(proxy: str, visitor: str) -> None:
    ask = f"""
import io
from newsroom.wsgi import application
asked = {{
    "REQUEST_METHOD": "GET", "PATH_INFO": "/robots.txt", "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80",
    "wsgi.input": io.BytesIO(), "wsgi.url_scheme": "http",
    "REMOTE_ADDR": "{proxy}", "HTTP_X_FORWARDED_FOR": "198.51.100.1, 203.0.113.9",
}}
application(asked, lambda status, headers: print(status, asked["REMOTE_ADDR"]))
"""
    clean = {name: os.environ[name] for name in ("PATH", "HOME", "VIRTUAL_ENV") if name in os.environ}
    answered = subprocess.run(
        [sys.executable, "-c", ask], env={**clean, "DEBUG": "1"}, cwd=HOUSE, capture_output=True, text=True
    )
    assert answered.stdout.strip() == f"200 OK {visitor}", answered.stderr


@once
@pytest.mark.parametrize(
    ("databases", "storage", "cache", "said"),
    [
        ({"default"}, "django.core.files.storage.FileSystemStorage", ALONE, []),
        ({"default", "replica"}, "django.core.files.storage.FileSystemStorage", ALONE, ["newsroom.W001"]),
        ({"default"}, "newsroom.storage.Bucket", ALONE, ["newsroom.W001"]),
        (
            {"default", "replica"},
            "newsroom.storage.Bucket",
            "django.core.cache.backends.redis.RedisCache",
            [],
        ),
    ],
)
def test_several_machines_without_a_common_cache_are_told_so_before_they_serve(
    databases: set[str], storage: str, cache: str, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = SimpleNamespace(
        DATABASES=databases,
        STORAGES={"default": {"BACKEND": storage}},
        CACHES={"default": {"BACKEND": cache}},
    )
    monkeypatch.setattr(checks, "settings", given)
    assert [doubt.id for doubt in checks.one_count_for_all_machines(None)] == said


MEDIA = "import newsroom.settings as s; print(s.STORAGES['default'], s.MEDIA_ROOT)"


@once
@pytest.mark.parametrize("name", ["STORAGE_URL", "MEDIA_ROOT"])
def test_pictures_are_in_a_folder_by_its_new_name_and_by_its_old_one(name: str) -> None:
    said = settings_with(MEDIA, SECRET_KEY="x", **{name: "/srv/media"}).stdout
    assert "FileSystemStorage" in said
    assert said.endswith("/srv/media\n")


@once
def test_a_bucket_is_read_from_one_address() -> None:
    said = settings_with(
        MEDIA, SECRET_KEY="x", STORAGE_URL="s3://key:a%2Fb@s3.example.org:9000/paper?region=eu-central-1"
    ).stdout
    assert "'newsroom.storage.Bucket'" in said
    for part in ("'https://s3.example.org:9000'", "'paper'", "'key'", "'a/b'", "'eu-central-1'"):
        assert part in said


@once
def test_a_bucket_without_its_packages_is_refused_with_the_command_that_brings_them() -> None:
    hide = "import importlib.util as u; u.find_spec = lambda name: None; import newsroom.settings"
    refused = settings_with(hide, SECRET_KEY="x", STORAGE_URL="s3://key:hunter2@s3.example.org/paper")
    last = refused.stderr.strip().splitlines()[-1]
    assert "requirements-s3.txt" in last
    assert "hunter2" not in refused.stderr


@once
def test_the_policy_lets_pictures_come_from_where_they_are() -> None:
    ask = "import newsroom.settings as s; print(s.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src'])"
    policy = settings_with(ask, SECRET_KEY="x", MEDIA_URL="https://pictures.example.org/paper").stdout
    assert "'https://pictures.example.org'" in policy
    assert "http" not in settings_with(ask, SECRET_KEY="x").stdout


# -- style sheets and pictures


@once
def test_a_sheet_is_bundled_with_all_that_it_imports() -> None:
    sheets = {
        "css/front.css": '@import url("base.css");@import url("parts/card.css");@import url("p.css") print;',
        "css/base.css": "body { margin: 0 }",
        "css/parts/card.css": '@import url("deep.css");.card { color: red }',
        "css/parts/deep.css": "/* kept apart */ a { color: blue }",
        "css/p.css": "nav { display: none }",
    }
    whole = smaller(bundled("css/front.css", sheets.__getitem__))
    assert whole == "body{margin: 0}a{color: blue}.card{color: red}@media print{nav{display: none}}"


@once
def test_making_a_sheet_smaller_keeps_the_spaces_that_mean_something() -> None:
    assert (
        smaller("a { width: calc(1rem + 2px) ; margin: 0 auto }")
        == "a{width: calc(1rem + 2px);margin: 0 auto}"
    )
    assert smaller("a :is(b) > i , u{ x: 1 ; }") == "a :is(b)>i,u{x: 1}"


@once
@pytest.mark.filterwarnings("ignore:No directory at")
def test_the_sheets_of_the_paper_are_collected_whole_and_hashed(tmp_path: Path, settings: Any) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    storage = {"BACKEND": "newsroom.staticfiles.BundledStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": storage}
    call_command(
        "collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin", "django_prose_editor"]
    )
    sheets = list((tmp_path / "static" / "css").glob("*.css"))
    assert sheets
    assert all("@import" not in sheet.read_text() for sheet in sheets)


@pytest.mark.django_db
def test_the_media_door_gives_printed_pictures_for_good(client: Client) -> None:
    image = an_image()
    for kind in ("avif", "webp", "jpeg"):
        given = client.get(f"/media/{image.renditions[kind]['240']}")
        assert (given.status_code, given["Content-Type"]) == (200, f"image/{kind}")
        given.close()
    assert "immutable" in given["Cache-Control"]
    assert given["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.django_db
def test_a_browser_that_has_a_picture_is_not_sent_it_again(client: Client) -> None:
    path = f"/media/{an_image().renditions['webp']['240']}"
    given = client.get(path)
    assert client.get(path, headers={"if-none-match": given["ETag"]}).status_code == 304
    given.close()


@pytest.mark.parametrize(
    "path", ["pictures/", "pictures/ab/none-480.webp", "pictures/ab/../../x.webp", "x.webp"]
)
@pytest.mark.django_db
def test_the_media_door_knows_no_other_files(client: Client, path: str) -> None:
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.django_db
def test_a_picture_is_not_compressed_again(client: Client) -> None:
    image = an_image()
    given: Any = client.get(f"/media/{image.renditions['avif']['240']}", headers={"accept-encoding": "gzip"})
    sent = b"".join(given.streaming_content)
    assert "Content-Encoding" not in given
    assert int(given["Content-Length"]) == len(sent)
    assert "Accept-Encoding" not in given.get("Vary", "")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/", "/en/feed.rss", "/en/feed.json", "/robots.txt"])
def test_what_is_text_is_compressed_when_it_is_long_enough(client: Client, path: str) -> None:
    an_article(standfirst="The river rose in the night. " * 10)
    plain, given = client.get(path), client.get(path, headers={"accept-encoding": "gzip"})
    assert given.status_code == 200
    assert given.get("Content-Encoding") == ("gzip" if len(plain.content) >= 200 else None)


@once
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("text/html; charset=utf-8", True),
        ("application/json", True),
        ("application/feed+json; charset=utf-8", True),
        ("application/rss+xml", True),
        ("application/xml", True),
        ("application/javascript", True),
        ("image/svg+xml", True),
        ("image/webp", False),
        ("image/jpeg", False),
        ("application/zip", False),
        ("application/octet-stream", False),
        ("", False),
    ],
)
def test_pictures_and_archives_are_not_text(kind: str, text: bool) -> None:
    assert is_text(kind) is text


@pytest.mark.django_db
def test_the_media_door_refuses_originals(client: Client) -> None:
    image = an_image()
    assert Path(image.file.path).exists()
    assert client.get(f"/media/{image.file.name}").status_code == 404
    assert client.get(f"/media/pictures/../{image.file.name}").status_code == 404


# -- the start


@once
@pytest.mark.parametrize("given", ["http", "0", "65536", "-1", "80.5", "٨٠"])
def test_a_port_that_is_none_is_refused(given: str) -> None:
    with pytest.raises(start.CannotStart, match="PORT is"):
        start.free_port(given)


@once
def test_a_taken_port_is_named_with_another_to_try() -> None:
    with closing(socket.socket()) as taken:
        taken.bind((start.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(start.CannotStart, match=f"port {port} .*PORT={port + 1}"):
            start.free_port(str(port))


@once
def test_the_secret_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    first = start.kept_secret(path)
    assert len(first) > 50
    assert start.kept_secret(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.django_db
def test_the_editor_of_the_first_start_edits_and_moderates_but_does_not_operate(tmp_path: Path) -> None:
    kept = tmp_path / "editor"
    said = prepare.editor_account(kept)
    editor = get_user_model().objects.get(username="editor")
    assert kept.read_text() in said
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert editor.is_staff
    assert not editor.is_superuser
    assert editor.has_perms(["articles.publish_story", "articles.change_comment"])
    assert prepare.editor_account(kept) == said


@pytest.mark.django_db
def test_a_password_that_the_editor_changed_is_not_printed(tmp_path: Path) -> None:
    kept = tmp_path / "editor"
    prepare.editor_account(kept)
    editor = get_user_model().objects.get(username="editor")
    editor.set_password("my own words")
    editor.save()
    assert kept.read_text() not in prepare.editor_account(kept)


@pytest.mark.django_db
def test_a_database_with_an_article_gets_no_demo(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path
    an_article()
    before = Article.objects.count()
    call_command("prepare", static=False, verbosity=0, stdout=io.StringIO())
    assert Article.objects.count() == before


@contextmanager
def a_started_newsroom(house: Path, port: int) -> Iterator[str]:
    """`make run` in a copy of the house; gives what the start printed, once the front page is there."""
    log = house / "log"
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "newsroom.start"],
            cwd=house,
            env={**clean, "PORT": str(port)},
            stdout=out,
            stderr=out,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/en/", process)
        yield log.read_text()
    except OSError as silent:
        raise AssertionError(log.read_text()) from silent
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(address: str, process: subprocess.Popen[bytes], patience: float = 120) -> None:
    end = time.monotonic() + patience
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.05)


@once
def test_two_starts_of_a_new_newsroom(tmp_path: Path) -> None:
    """The first makes everything and prints the editor’s password; the second prints it again, soon."""
    for name in ("articles", "newsroom", "templates", "static", "locale"):
        shutil.copytree(HOUSE / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    with closing(socket.socket()) as free:
        free.bind((start.HOST, 0))
        port = free.getsockname()[1]
    with a_started_newsroom(tmp_path, port) as said:
        password = (tmp_path / "var/editor").read_text()
        assert f"the password {password}" in said
        front = urllib.request.urlopen(f"http://127.0.0.1:{port}/en/", timeout=10).read().decode()
        assert "/static/css/" in front
    begun = time.monotonic()
    with a_started_newsroom(tmp_path, port) as said:
        assert f"the password {password}" in said
        assert "Collecting" not in said
        assert time.monotonic() - begun < 10  # under 3 s on a machine at rest
