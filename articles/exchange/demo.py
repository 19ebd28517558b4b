"""The demo: the paper's own invented content, loaded through the verbs that editors use.

A story with its pictures, notes and comments is loaded in one transaction, so that an interrupted load leaves
whole stories only and the next run goes on from there. What is here already is never touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import transaction

from articles.exchange.demo_files import DemoFiles, DemoStory, age_of, ago, with_numbers
from articles.exchange.sources import arrived, keep_arrived
from articles.models import Article, Author, Byline, Comment, Correction, Edition, Image, Section, Story, Tag
from articles.press import pictures, publishing, related
from articles.press.counts import recount, recount_comments
from articles.press.turning import turn_site
from articles.text.render import pictured
from articles.text.words import slug_of

FOLDER = Path(__file__).with_name("demo")
FORMAT = "demo"
CREDITS = {"en": "Illustration: The Doab", "ur": "خاکہ: دوآب"}
A_MINUTE = timedelta(minutes=1)

Tell = Callable[[str, int, int], None]  # what is being done, how many are, of how many


@dataclass
class Loaded:
    stories: int = 0
    comments: int = 0
    missing: set[str] = field(default_factory=set)  # pictures that are named but not drawn


def load(*, now: datetime, tell: Tell, files: DemoFiles | None = None) -> Loaded:
    """Bring in whatever of the demo is not here yet."""
    files = files or DemoFiles(FOLDER)
    loading = _Loading(files, now)
    loading.cast()
    loading.portraits()
    loading.stories(tell)
    return loading.loaded


def make_sections(code: str, files: DemoFiles | None = None) -> None:
    """The demo's sections of an edition, where they are not there yet."""
    for place, section in enumerate((files or DemoFiles(FOLDER)).cast()["sections"], start=1):
        given = {**section[code], "position": place * 10}
        Section.objects.get_or_create(edition=code, slug=section["slug"], defaults=given)


@transaction.atomic
def flush(files: DemoFiles | None = None) -> int:
    """Remove the demo's stories with their articles, comments and pictures, and the portraits of its cast."""
    files = files or DemoFiles(FOLDER)
    numbers = [story for edition in Edition.all() for story in arrived(edition.code, FORMAT).values()]
    stories = Story.objects.filter(pk__in=numbers)
    cast = [author["slug"] for author in files.cast()["authors"]]
    images = {
        number for story in stories for number in (story.lead_image_id, *pictured(story.body)) if number
    }
    images |= set(
        Author.objects.filter(slug__in=cast, photo__credit__in=CREDITS.values()).values_list(
            "photo", flat=True
        )
    )
    Article.including_unpublished.filter(story__in=numbers).delete()
    stories.delete()
    _throw_away(Image.objects.filter(pk__in=images, leads=None))
    recount()
    turn_site(taken_back=True)
    return len(numbers)


def _throw_away(images: Iterable[Image]) -> None:
    """Remove pictures and their originals. Renditions stay: others may use the same."""
    for image in images:
        transaction.on_commit(partial(image.file.storage.delete, str(image.file.name)))
        image.delete()


class _Loading:
    """One run of the loader: what it has read and made so far."""

    def __init__(self, files: DemoFiles, now: datetime) -> None:
        self.files, self.now = files, now
        self.loaded = Loaded()
        self.threads = files.comments()
        self.developed: dict[str, Image] = {}  # picture name → the first image made of it

    # -- the cast

    @transaction.atomic
    def cast(self) -> None:
        """Sections, authors and tags of every edition, where they are not there yet."""
        cast = self.files.cast()
        for code in (edition.code for edition in Edition.all()):
            make_sections(code, self.files)
            for author in cast["authors"]:
                Author.objects.get_or_create(edition=code, slug=author["slug"], defaults=author[code])
            for tag in cast["tags"][code]:
                given = {"description": tag["description"]}
                Tag.objects.get_or_create(edition=code, name=tag["name"], defaults=given)

    @transaction.atomic
    def portraits(self) -> None:
        """One picture for each face, shared by its editions. Those drawn since the last run come in now."""
        for author in self.files.cast()["authors"]:
            faceless = Author.objects.filter(slug=author["slug"], photo=None)
            if author["portrait"] and faceless.exists():
                name = author["en"]["name"]
                faceless.update(
                    photo=self.image(author["portrait"], title=name, alt=name, credit=CREDITS["en"])
                )

    # -- pictures

    def image(self, name: str, **words: str) -> Image | None:
        """A new image in the library from a picture of the demo; None while nobody has drawn it."""
        path = self.files.picture(name)
        if not path.is_file():
            self.loaded.missing.add(name)
            return None
        image = Image(**words)
        with path.open("rb") as picture:
            image.file.save(path.name, File(picture))
        if twin := self.developed.get(name):
            image.width, image.height, image.renditions = twin.width, twin.height, twin.renditions
            image.save(update_fields=["width", "height", "renditions"])
        else:
            pictures.develop(image)
            self.developed[name] = image
        return image

    def lead(self, given: DemoStory) -> Image | None:
        words = {"alt": given["alt"], "caption": given["caption"], "credit": CREDITS[given.edition]}
        return self.image(given["image"], title=given["headline"], **words) if given["image"] else None

    def in_body(self, given: DemoStory, name: str) -> int | None:
        words = {"alt": given.figures.get(name, ""), "credit": CREDITS[given.edition]}
        image = self.image(name, title=given["headline"], **words)
        return image.pk if image else None

    # -- stories

    def stories(self, tell: Tell) -> None:
        """Oldest first, so that numbers follow dates, and originals before their translations."""
        here = {edition.code: arrived(edition.code, FORMAT) for edition in Edition.all()}
        known = [(code, slug) for code in here for slug in self.files.slugs(code)]
        new = [self.files.story(code, slug) for code, slug in known if slug not in here[code]]
        new.sort(key=lambda story: (bool(story["translation-of"]), self.printed_at(story)))
        with related.put_off():
            for done, story in enumerate(new, start=1):
                self.story(story)
                tell("stories", done, len(new))

    def printed_at(self, given: DemoStory) -> datetime:
        return given.printed_at(self.now, Edition.of(given.edition).zone)

    @transaction.atomic
    def story(self, given: DemoStory) -> None:
        at = self.printed_at(given)
        story = self.manuscript(given, at)
        article = publishing.publish(story, by=None, at=at)
        for note in given.notes:
            noted = max(ago(self.now, note.age), at + A_MINUTE)
            article = publishing.correct(
                story, by=None, kind=Correction.Kind(note.kind), text=note.text, at=noted
            )
        self.talk(article, self.threads.get(f"{given.edition}/{given.slug}", []), after=at)
        recount_comments([article.pk])
        self.loaded.stories += 1

    def manuscript(self, given: DemoStory, at: datetime) -> Story:
        code = given.edition
        story = Story.objects.create(
            edition=code,
            section=Section.objects.get(edition=code, slug=given["section"]),
            slug=slug_of(given.slug),
            lead_image=self.lead(given),
            body=with_numbers(given.body, partial(self.in_body, given)),
            translation_of=self.original(given),
            created_at=at,
            **{name: given[name] for name in ("genre", "kicker", "headline", "standfirst", "dateline")},
        )
        for place, slug in enumerate(given.authors):
            author = Author.objects.get(edition=code, slug=slug)
            Byline.objects.create(story=story, author=author, position=place)
        story.tags.set(given.tags)
        keep_arrived(story, format=FORMAT, key=given.slug)
        return story

    def original(self, given: DemoStory) -> Story | None:
        number = arrived("en", FORMAT).get(given["translation-of"]) if given["translation-of"] else None
        return Story.objects.get(pk=number) if number else None

    # -- comments

    def talk(
        self,
        article: Article,
        threads: list[dict[str, Any]],
        *,
        after: datetime,
        parent: Comment | None = None,
    ) -> None:
        """Threads as they are given; nobody answers before there is something to answer."""
        for given in threads:
            wanted = ago(self.now, age_of(given["age"]))
            status = Comment.Status(given.get("status", "shown"))
            comment = Comment.objects.create(
                article=article,
                parent=parent,
                name=given["name"],
                email="reader@example.org",
                body=given["body"],
                status=status,
                featured=given.get("featured", False),
                written_at=min(max(wanted, after + A_MINUTE), self.now),
                decided_at=None if status == Comment.Status.WAITING else self.now,
            )
            self.loaded.comments += 1
            self.talk(article, given.get("replies", []), after=comment.written_at, parent=comment)
