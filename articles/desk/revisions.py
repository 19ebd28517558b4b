"""Every save of a story leaves a revision; two of them can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.models import Byline, Genre, Image, Revision, Section, Story
from articles.press.manuscripts import keep, manuscript
from articles.text import diff
from articles.text.diff import Run

LISTED = 100
FIELDS = {
    "kicker": _("Kicker"),
    "headline": _("Headline"),
    "standfirst": _("Standfirst"),
    "dateline": _("Dateline"),
    "body": pgettext_lazy("text of a story", "Text"),
    "byline": _("Byline"),
    "tags": _("Tags"),
    "section_id": _("Section"),
    "genre": _("Genre"),
    "edition": _("Edition"),
    "lead_image_id": _("Lead image"),
    "publish_at": _("Embargo"),
    "slug": _("Address"),
    "translation_of_id": _("Translation of"),
}
NAMED = {"section_id": Section, "lead_image_id": Image, "translation_of_id": Story}


def record(story: Story, *, by: AbstractBaseUser) -> bool:
    """Keep a revision, unless the manuscript stands exactly as the last one left it."""
    current = Story.objects.get(pk=story.pk)  # from the database: dates come back in one form
    last = Revision.objects.filter(story=current).first()
    if last and last.data == manuscript(current):
        return False
    keep(current, by=by)
    return True


@dataclass(frozen=True)
class Change:
    """One field that two revisions differ in."""

    name: str
    label: str
    blocks: list[list[Run]]

    @property
    def count(self) -> dict[str, int]:
        return diff.count(self.blocks)


def compared(before: Revision, after: Revision) -> list[Change]:
    changes = []
    for name, label in FIELDS.items():
        old, new = _as_text(before, name), _as_text(after, name)
        if old != new:
            runs = diff.blocks(old, new) if name == "body" else [diff.words(old, new)]
            changes.append(Change(name, str(label), runs))
    return changes


def _as_text(revision: Revision, name: str) -> str:
    value: Any = revision.data.get(name)
    if not value:
        return ""
    if name == "byline":
        return gettext(", ").join(f"{line['name']} ({Byline.Role(line['role']).label})" for line in value)
    if name == "tags":
        return gettext(", ").join(value)
    if name == "genre":
        return str(Genre(value).label)
    if name in NAMED:
        return str(NAMED[name]._default_manager.filter(pk=value).first() or value)
    return str(value)


def two_of(revisions: list[Revision], *, before: str, after: str) -> tuple[Revision | None, Revision | None]:
    """The two revisions asked for by number; else the newest and the one before it."""
    by_number = {str(one.number): one for one in revisions}
    newest = revisions[0] if revisions else None
    previous = revisions[1] if len(revisions) > 1 else newest
    return by_number.get(before, previous), by_number.get(after, newest)
