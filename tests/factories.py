"""A small newsroom for tests: every maker has good defaults and takes what the test is about."""

from __future__ import annotations

import io
import itertools
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Pillow

from articles.models import Article, Author, Byline, Comment, Image, Section, Story, Tag
from articles.press.pictures import develop
from articles.press.publishing import publish

BODY = "<p>The river rose in the night and was back in its bed by noon.</p><p>Nobody was hurt.</p>"

_numbers = itertools.count(1)


def ago(**spell: float) -> datetime:
    return timezone.now() - timedelta(**spell)


def ahead(**spell: float) -> datetime:
    return timezone.now() + timedelta(**spell)


def a_section(**given: Any) -> Section:
    n = next(_numbers)
    return Section.objects.create(
        **{"edition": "en", "slug": f"section-{n}", "name": f"Section {n}", **given}
    )


def an_author(**given: Any) -> Author:
    n = next(_numbers)
    fields = {"edition": "en", "slug": f"author-{n}", "name": f"Author {n}", "role": "Correspondent", **given}
    return Author.objects.create(**fields)


def a_tag(name: str = "", **given: Any) -> Tag:
    tag: Tag = Tag.objects.create(**{"edition": "en", "name": name or f"Tag {next(_numbers)}", **given})
    return tag


def a_picture_file(
    width: int = 600, height: int = 400, kind: str = "JPEG", colour: str = "#9a2b17"
) -> ContentFile[bytes]:
    held = io.BytesIO()
    Pillow.new("RGB", (width, height), colour).save(held, kind)
    return ContentFile(held.getvalue(), name=f"picture.{kind.lower()}")


def an_image(**given: Any) -> Image:
    fields = {
        "title": "A canal",
        "alt": "A canal at dusk",
        "caption": "The canal.",
        "credit": "Desk",
        **given,
    }
    fields.setdefault("file", a_picture_file())
    image = Image.objects.create(**fields)
    develop(image)
    return image


def a_story(*, by: Author | list[Author] | None = None, tags: list[str] | None = None, **given: Any) -> Story:
    """A story ready to be printed, not printed."""
    n = next(_numbers)
    code = given.get("edition", "en")
    fields = {
        "edition": code,
        "headline": f"Headline {n}",
        "standfirst": f"Standfirst {n}.",
        "body": BODY,
        **given,
    }
    if "section" not in fields:
        fields["section"] = Section.objects.filter(edition=code).first() or a_section(edition=code)
    story = Story.objects.create(**fields)
    authors = (
        by
        if isinstance(by, list)
        else [by or Author.objects.filter(edition=code).first() or an_author(edition=code)]
    )
    for place, author in enumerate(authors):
        Byline.objects.create(story=story, author=author, position=place)
    if tags:
        story.tags.set(tags)
    return story


def an_article(*, at: datetime | None = None, **given: Any) -> Article:
    """A printed story; an hour ago unless `at` says otherwise (ahead of now: an embargo)."""
    return publish(a_story(**given), by=None, at=at or ago(hours=1))


def a_comment(*, on: Article, **given: Any) -> Comment:
    n = next(_numbers)
    fields = {
        "article": on, "name": f"Reader {n}", "email": f"reader{n}@example.org", "body": f"Thought {n}.",
        "status": Comment.Status.SHOWN, **given,
    }  # fmt: skip
    comment = Comment.objects.create(**fields)
    shown = Comment.objects.filter(article=on).shown().count()
    Article.including_unpublished.filter(pk=on.pk).update(comment_count=shown)
    return comment


def a_group(name: str) -> Group:
    """The group that a migration made; made again where a transactional test has emptied the tables."""
    group, new = Group.objects.get_or_create(name=name)
    if new:
        words = import_module("articles.migrations.0003_groups_of_the_newsroom").GROUPS[name]
        group.permissions.set(
            Permission.objects.filter(content_type__app_label="articles", codename__in=words)
        )
    return group


def _staff(role: str) -> User:
    n = next(_numbers)
    user = User.objects.create_user(
        f"{role.lower()}-{n}", f"{role.lower()}{n}@example.org", "a long secret", is_staff=True
    )
    user.groups.add(a_group(role))
    return user


def a_reporter() -> User:
    return _staff("Reporter")


def an_editor() -> User:
    return _staff("Editor")


def a_moderator() -> User:
    return _staff("Moderator")
