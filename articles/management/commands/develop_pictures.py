"""Make the formats that older pictures lack, and print them where they are shown."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.management.progress import progress
from articles.press.formats import renew


class Command(BaseCommand):
    help = "Develop pictures that lack a format and print them again where they are shown. Again, it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        renewed = renew(progress(self.stdout))
        self.stdout.write(
            f"Developed {renewed.pictures} pictures and printed {renewed.articles} articles again."
        )
        if renewed.unreadable:
            raise CommandError(
                f"These originals cannot be read: {', '.join(renewed.unreadable)}. Their pictures stay as they were."
                " Save each one's file again in the library."
            )
