"""What a start needs, made where it lacks: tables, static files, demo content, an editor's account."""

from __future__ import annotations

import hashlib
import os
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from articles.management.progress import progress
from articles.models import Article, Story
from articles.press.formats import behind, renew

EDITOR = "editor"
GROUPS = ("Editor", "Moderator")


class Command(BaseCommand):
    help = "Make what a start needs: migrations, static files, demo content in an empty database, an editor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--no-static", dest="static", action="store_false", help="leave the static files alone"
        )

    def handle(self, *args: Any, static: bool, **options: Any) -> None:
        if unmigrated():
            self.stdout.write("Preparing the database…")
            call_command("migrate", verbosity=0)
        if static and (now := static_as_it_stands()) != collected():
            self.stdout.write("Collecting the static files…")
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            _stamp().write_text(now)
        if not (Story.objects.exists() or Article.objects.exists()):
            self.stdout.write("Writing the demo edition…")
            call_command("demo", verbosity=0)
        if behind().exists():
            self.stdout.write("Developing the pictures in new formats…")
            renew(progress(self.stdout))
        self.stdout.write(editor_account(settings.VAR_DIR / "editor"))


def unmigrated() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def static_as_it_stands() -> str:
    """One word for all static files: it changes when a file comes, goes or is written."""
    seen = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            known = os.stat(storage.path(path))
            seen.update(f"{path} {known.st_size} {known.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def collected() -> str:
    """That word as it was when the files were last collected."""
    there = Path(settings.STATIC_ROOT).is_dir() and _stamp().exists()
    return _stamp().read_text() if there else ""


def _stamp() -> Path:
    return Path(settings.VAR_DIR) / "static.stamp"


def editor_account(kept: Path) -> str:
    """What to tell about the editor's account, which is made when the database has none."""
    editor = get_user_model().objects.filter(username=EDITOR).first()
    password = kept.read_text().strip() if kept.exists() else ""
    if editor is None:
        password = password or _new_password(kept)
        editor = get_user_model().objects.create_user(EDITOR, password=password, is_staff=True)
        editor.groups.set(Group.objects.filter(name__in=GROUPS))
    elif not password or not editor.check_password(password):
        return f"Sign in as {EDITOR} with your own password (forgotten: manage.py changepassword {EDITOR})"
    return f"Sign in as {EDITOR} with the password {password}"


def _new_password(kept: Path) -> str:
    password = secrets.token_urlsafe(12)
    kept.parent.mkdir(exist_ok=True)
    with open(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(password)
    return password
