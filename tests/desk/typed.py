"""What a browser would send from a story's form."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser
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


class _Fields(HTMLParser):
    """What a browser sends of a form that nobody has touched."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.open = ""  # the name of the textarea or select that is being read
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.inside = self.inside or given.get("id") == "story_form"
        name, value = given.get("name") or "", given.get("value") or ""
        if not self.inside or "disabled" in given:
            return
        if tag == "input" and name and given.get("type") not in ("submit", "checkbox", "file", "button"):
            self.found[name] = value
        elif tag in ("textarea", "select") and name:
            self.open, self.found[name] = name, ""
        elif tag == "option" and self.open and "selected" in given:
            self.found[self.open] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.open:  # its first line break is not the writer's
            self.found[self.open] = self.found[self.open].removeprefix("\r").removeprefix("\n")
        if tag in ("textarea", "select"):
            self.open = ""
        self.inside = self.inside and tag != "form"

    def handle_data(self, data: str) -> None:
        if self.open and self.get_starttag_text().startswith("<textarea"):
            self.found[self.open] += data


def as_it_stands(client: Client, story: Story) -> dict[str, str]:
    """The story's form as this person's browser shows it, field for field."""
    reader = _Fields()
    reader.feed(client.get(page_of(story)).content.decode())
    return reader.found
