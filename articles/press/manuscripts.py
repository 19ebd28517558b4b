"""A story's manuscript as plain data, and the revisions that keep every version of it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.models import Revision, Story

FIELDS = (
    "edition", "section_id", "genre", "kicker", "headline", "standfirst", "dateline", "slug", "lead_image_id", "body",
    "translation_of_id",
)  # fmt: skip


def manuscript(story: Story) -> dict[str, Any]:
    """Everything editors write: the fields, the byline in order, the tags' names."""
    bylines = story.bylines.select_related("author")
    return {
        **{name: getattr(story, name) for name in FIELDS},
        "publish_at": story.publish_at.isoformat() if story.publish_at else None,
        "byline": [
            {"author": line.author.slug, "name": line.author.name, "role": line.role} for line in bylines
        ],
        "tags": sorted(story.tags.names()),
    }


@transaction.atomic
def keep(story: Story, *, by: AbstractBaseUser | None, kind: Revision.Kind = Revision.Kind.SAVE) -> Revision:
    """Write the next revision of a story as it stands in the database."""
    Story.objects.filter(pk=story.pk).update(
        latest_revision=F("latest_revision") + 1, changed_at=timezone.now()
    )
    story.refresh_from_db(fields=["latest_revision", "changed_at"])
    return Revision.objects.create(
        story=story,
        number=story.latest_revision,
        kind=kind,
        by_id=by.pk if by else None,
        data=manuscript(story),
    )
