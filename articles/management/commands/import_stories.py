"""Bring stories in from files of one format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from articles.exchange.intake import READERS, IntakeError, Outcome, read_files, section_for, take_in
from articles.models import Edition

FORMATS = ", ".join(READERS)
SAID = {
    "draft": "new draft",
    "printed": "printed",
    "unchanged": "here already, unchanged",
    "differs": "here already, and different",
}


class Command(BaseCommand):
    help = "Bring stories in from files. Running it twice changes nothing; an unreadable file stops it all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("format", metavar="FORMAT", help=f"what the files are: {FORMATS}")
        parser.add_argument("paths", metavar="PATH", nargs="+", type=Path)
        parser.add_argument("--edition", default="en", help="the edition they are for (en)")
        parser.add_argument(
            "--section", default="", help="the section they run in (news, else the edition’s first)"
        )
        printing = parser.add_mutually_exclusive_group()
        printing.add_argument(
            "--publish", action="store_true", help="print them, with the date of their source"
        )
        printing.add_argument("--draft", action="store_true", help="leave them on the desk (the default)")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and store nothing")
        parser.add_argument(
            "--report", type=Path, metavar="FILE.json", help="write every line’s fate into this file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.take_in(options)
        except (IntakeError, LookupError) as error:
            self.report(options, {"errors": str(error).splitlines(), "stories": []})
            raise CommandError(f"{error}\nNothing was stored.") from error

    def take_in(self, options: dict[str, Any]) -> None:
        if options["format"] not in READERS:
            raise IntakeError(f"“{options['format']}” is no format that can be read. There are: {FORMATS}.")
        edition = Edition.of(options["edition"])
        arrivals = read_files(options["format"], options["paths"])
        with transaction.atomic():  # a report that cannot be written takes everything back
            section = section_for(edition, options["section"])
            outcomes = take_in(
                arrivals,
                edition=edition,
                section=section,
                to_print=options["publish"],
                dry_run=options["dry_run"],
            )
            self.report(options, {"errors": [], "stories": [outcome.as_dict() for outcome in outcomes]})
            transaction.set_rollback(options["dry_run"])  # a section made for the first stories too
        for outcome in outcomes:
            self.say(outcome)
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was stored.")

    def report(self, options: dict[str, Any], found: dict[str, Any]) -> None:
        if options["report"]:
            about = {name: options[name] for name in ("format", "edition", "dry_run")}
            written = json.dumps({**about, **found}, ensure_ascii=False, indent=2)
            try:
                options["report"].write_text(written + "\n", "utf-8")
            except OSError as error:
                said = f"The report {options['report']} cannot be written ({error.strerror})"
                raise CommandError(f"{said}. Nothing was stored.") from error

    def say(self, outcome: Outcome) -> None:
        manuscript = outcome.arrival.manuscript
        by = ", ".join(manuscript.authors) or "nobody named"
        self.stdout.write(
            f"{outcome.arrival.file}: {SAID[outcome.state]}: “{manuscript.headline}”, by {by},"
            f" {manuscript.date or 'no date'}; {len(manuscript.body) - len(manuscript.headings)} paragraphs,"
            f" {len(manuscript.headings)} sub-headings, {len(manuscript.related)} related titles"
        )
        for problem in outcome.problems:
            self.stdout.write(f"  {problem}")
        for line in manuscript.receipt.dropped:
            self.stdout.write(f"  line {line.number} dropped, {line.dropped}: {line.text[:60]}")
        for line in manuscript.receipt.repaired:
            self.stdout.write(f"  line {line.number} repaired, {', '.join(line.repairs)}: {line.text[:60]}")
