"""What a browser would send from a story's form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.models import Author, Story

ADD = "/admin/articles/story/add/"


def at_the_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(story: Story) -> str:
    return reverse("admin:articles_story_change", args=[story.pk])


def seen_of(story: Story) -> int:
    """The revision that the page which asks for words to readers carries with it."""
    story.refresh_from_db()
    return story.latest_revision


def lines(rows: Sequence[tuple[Author, str]], *, initial: int = 0) -> dict[str, Any]:
    """The byline part of the form."""
    data: dict[str, Any] = {
        "bylines-TOTAL_FORMS": len(rows),
        "bylines-INITIAL_FORMS": initial,
        "bylines-MIN_NUM_FORMS": 0,
        "bylines-MAX_NUM_FORMS": 1000,
    }
    for place, (author, role) in enumerate(rows):
        data[f"bylines-{place}-author"] = author.pk
        data[f"bylines-{place}-role"] = role
        data[f"bylines-{place}-position"] = place + 1
        data[f"bylines-{place}-id"] = ""
    return data


def typed(story: Story, **changes: Any) -> dict[str, Any]:
    """The form of a story as it is opened, with these changes; `byline` takes [(author, role), …]."""
    story.refresh_from_db()
    stands = [(line.author, line.role) for line in story.bylines.select_related("author")]
    rows = changes.pop("byline", stands)
    data = {
        "edition": story.edition,
        "section": story.section_id,
        "genre": story.genre,
        "kicker": story.kicker,
        "headline": story.headline,
        "standfirst": story.standfirst,
        "dateline": story.dateline,
        "slug": story.slug,
        "lead_image": story.lead_image_id or "",
        "body": story.body,
        "translation_of": story.translation_of_id or "",
        "publish_at": "",
        "tags": ", ".join(f'"{name}"' for name in story.tags.names()),
        "based_on": story.latest_revision,
        "_story": story.pk,
        **lines(rows),
    }
    return {**data, **changes}
