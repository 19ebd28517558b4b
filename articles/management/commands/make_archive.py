"""Make a large archive of invented articles, to measure with."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from articles.exchange import archive
from articles.exchange.loading import settle
from articles.management.progress import progress

SIZES = {
    "--stories": (20_000, "how many articles in all; every fifth is in Urdu"),
    "--comments-per-story": (2, "comments under each; the newest has 2,000"),
    "--tags": (200, "tags of each edition"),
    "--authors": (40, "authors of each edition"),
    "--words": (500, "words of each article"),
    "--seed": (1, "the same seed gives the same archive"),
}
AT_LEAST_ONE = ("stories", "tags", "authors", "words")


class Command(BaseCommand):
    help = "Add a large archive of invented articles to the printed record. For measuring, never for readers."

    def add_arguments(self, parser: CommandParser) -> None:
        for name, (default, said) in SIZES.items():
            parser.add_argument(name, type=int, default=default, help=f"{said} ({default})")

    def handle(self, *args: Any, **options: Any) -> None:
        given = {name: options[name] for name in archive.Size.__dataclass_fields__}
        small = [name for name in AT_LEAST_ONE if given[name] < 1]
        if small or given["comments_per_story"] < 0:
            raise CommandError(
                f"--{(small or ['comments-per-story'])[0]} is too small. Example: --stories 1000."
            )
        archive.make(archive.Size(**given), end=timezone.now(), tell=progress(self.stdout))
        settle(archive.WRITTEN)
        self.stdout.write(f"Archive: {given['stories']} articles added.")
