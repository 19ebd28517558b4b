"""Load the demo: stories, authors, pictures and comments of an invented paper."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from articles.exchange import demo
from articles.exchange.demo_files import DemoError
from articles.management.progress import progress


class Command(BaseCommand):
    help = "Load the demo content. What is there already stays as it is; run it as often as you like."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--flush", action="store_true", help="remove the demo's own stories first and load afresh"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["flush"]:
            self.stdout.write(f"Removed {demo.flush()} stories of the demo.")
        try:
            loaded = demo.load(now=timezone.now(), tell=progress(self.stdout))
        except DemoError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Demo: {loaded.stories} new stories and {loaded.comments} new comments.")
        if loaded.missing:
            self.stdout.write(f"No picture file yet for: {', '.join(sorted(loaded.missing))}.")
