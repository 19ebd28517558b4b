"""Count all that is printed anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from articles.press import counts


class Command(BaseCommand):
    help = (
        "Count anew what is printed, by tag, author, month and section. The press keeps these numbers; this is for "
        "after a load that went past it, or when an edition has moved to another time zone."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        counts.recount()
        self.stdout.write("Counted anew.")
