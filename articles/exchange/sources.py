"""Where a story came from: a mark on its first revision, by which a second run knows what is already here."""

from __future__ import annotations

from typing import Any

from django.db.models.fields.json import KT

from articles.models import Revision, Story
from articles.press.manuscripts import keep


def keep_arrived(story: Story, *, format: str, key: str) -> Revision:
    """Keep the story as it arrived: its first revision, marked with the format and the key of its source."""
    revision = keep(story, by=None)
    revision.data["source"] = {"format": format, "key": key}
    revision.save(update_fields=["data"])
    return revision


def arrived(edition: str, *formats: str) -> dict[str, int]:
    """The stories of an edition that came in these formats: key → the story's number."""
    first = Revision.objects.filter(number=1, story__edition=edition, data__source__format__in=formats)
    return dict(first.annotate(key=KT("data__source__key")).values_list("key", "story"))


def as_it_arrived(story_id: int) -> dict[str, Any]:
    """The manuscript of a story as its source gave it."""
    return dict(Revision.objects.get(story=story_id, number=1).data)
