"""The press: the only door between stories and what readers see.

Each verb is one function in one transaction. It locks the story first and looks at its state only then,
so of two editors who press a button at the same moment one prints and the other is told what happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from articles.models import (
    Article,
    ArticleAuthor,
    ArticleTag,
    Byline,
    Correction,
    Edition,
    FormerAddress,
    Revision,
    Status,
    Story,
)
from articles.press import related
from articles.press.counts import counted
from articles.press.lock import take_turns
from articles.press.manuscripts import keep
from articles.press.pictures import as_printed, from_library, portrait
from articles.press.turning import turn_site
from articles.text.render import pictured, render
from articles.text.words import excerpt, one_line, slug_of, without_controls

# What printing writes in an article's row; the rest (its comments' number) others write at the same moment.
OURS = [
    field.name
    for field in Article._meta.concrete_fields
    if field.name not in {"id", "comment_count", "comments_open"}
]


class PressError(Exception):
    """The press refused. `problems` says why, one sentence each, fit to be shown to an editor."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def publish(story: Story, *, by: AbstractBaseUser | None, at: datetime | None = None) -> Article:
    """Print a story for the first time, or again after it was withdrawn.

    Readers see it from `at`, else from the story's embargo, else now. An embargo that has passed means now:
    the paper does not back-date (only importers give an `at` in the past).
    """
    story = _locked(story)
    status = Status(story.status)
    if status == Status.PRINTED or not status.may_become(Status.PRINTED):
        raise PressError(
            gettext("This story is printed already. To print your changes, choose “Print update”.")
        )
    now = timezone.now()
    article = Article.including_unpublished.filter(story=story).first() or Article(story=story)
    was_public = article.was_public
    article.withdrawn_at, article.withdrawn_reason = None, ""
    if was_public:
        article.updated_at = now
    else:
        article.published_at = at or max(story.publish_at or now, now)
    return _print(story, article, by=by, was_public=was_public)


@transaction.atomic
def update(story: Story, *, by: AbstractBaseUser | None, at: datetime | None = None) -> Article:
    """Print a printed story again, as it stands now (only importers give another moment)."""
    story, article = _printed(story)
    now = timezone.now()
    was_public = article.was_public
    if was_public:
        article.updated_at = at or now
    else:
        article.published_at = max(story.publish_at or now, now)
    return _print(story, article, by=by, was_public=was_public)


@transaction.atomic
def correct(
    story: Story, *, by: AbstractBaseUser | None, kind: Correction.Kind, text: str, at: datetime | None = None
) -> Article:
    """Print a printed story again with a labelled note to readers."""
    if not text.strip():
        raise PressError(gettext("Say what was wrong: the note to readers is empty."))
    story, _article = _printed(story)
    Correction.objects.create(story=story, kind=kind, text=text.strip(), at=at or timezone.now())
    return update(story, by=by, at=at)


@transaction.atomic
def withdraw(story: Story, *, by: AbstractBaseUser | None, reason: str) -> Article:
    """Take a printed story back. Its address answers 410 with the reason, which readers can see."""
    if not reason.strip():
        raise PressError(gettext("Give a reason: readers who look for the story will see it."))
    story, article = _printed(story)
    article.withdrawn_at, article.withdrawn_reason = timezone.now(), without_controls(reason.strip())
    with counted(article):
        article.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        _unfile(article)
    story.status = Status.WITHDRAWN
    story.save(update_fields=["status"])
    related.refresh_neighbours(article)
    turn_site(taken_back=True)
    return article


def unfit(story: Story, bylines: Sequence[Byline] | None = None) -> list[str]:
    """Why this story cannot be printed as it stands; empty when it can."""
    lines = list(story.bylines.select_related("author")) if bylines is None else bylines
    rules = [
        (not story.headline.strip(), gettext("It has no headline.")),
        (not render(story.body, pictures={}).words, gettext("It has no text.")),
        (not lines, gettext("Nobody stands in the byline.")),
        (story.section.edition != story.edition, gettext("Its section belongs to another edition.")),
        (
            any(line.author.edition != story.edition for line in lines),
            gettext("An author in its byline belongs to another edition."),
        ),
        (
            story.tags.exclude(edition=story.edition).exists(),
            gettext("A tag belongs to another edition."),
        ),
    ]
    return [said for is_so, said in rules if is_so]


def _locked(story: Story) -> Story:
    locked = (
        Story.objects.select_for_update(of=("self",)).select_related("section", "lead_image").get(pk=story.pk)
    )
    take_turns()
    return locked


def _printed(story: Story) -> tuple[Story, Article]:
    story = _locked(story)
    if story.status != Status.PRINTED:
        raise PressError(gettext("This story is not in print."))
    return story, Article.including_unpublished.get(story=story)


def _print(story: Story, article: Article, *, by: AbstractBaseUser | None, was_public: bool) -> Article:
    bylines = list(story.bylines.select_related("author__photo"))
    if problems := unfit(story, bylines):
        raise PressError(*problems)
    if article.pk and article.edition != story.edition:
        raise PressError(
            gettext("A printed story cannot move to another edition. Begin a translation instead.")
        )
    before = (article.edition, article.published_on, article.slug)
    _set(article, story, bylines)
    _address(article, story, was_public=was_public)
    with counted(article):
        article.save(update_fields=OURS if article.pk else None)
        _file(article, story, bylines)
    if was_public:
        _forward(article, *before)
    story.status, story.slug = Status.PRINTED, article.slug
    story.save(update_fields=["status", "slug"])
    story.printed_revision = keep(story, by=by, kind=Revision.Kind.PRINT).number
    story.save(update_fields=["printed_revision"])
    related.refresh(article)
    turn_site()
    return article


def _set(article: Article, story: Story, bylines: Sequence[Byline]) -> None:
    """Everything of the article's row that comes from the manuscript."""
    for name in ("edition", "section", "genre"):
        setattr(article, name, getattr(story, name))
    for name in ("kicker", "headline", "standfirst", "dateline"):
        setattr(article, name, one_line(getattr(story, name)))
    with translation.override(Edition.of(story.edition).language):
        table = gettext("Table")
    body = render(story.body, pictures=from_library(pictured(story.body)), table_label=table)
    article.body_html, article.body_text = body.html, body.text
    article.words, article.contents = body.words, body.contents
    article.excerpt = excerpt(article.standfirst or body.text, 200)
    picture = as_printed(story.lead_image)
    article.picture = picture.as_dict() if picture else None
    article.byline = [line_of(line) for line in bylines]
    article.topics = [{"slug": tag.slug, "name": one_line(tag.name)} for tag in story.tags.all()]
    article.corrections = [
        {"kind": note.kind, "text": without_controls(note.text), "at": note.at.isoformat()}
        for note in story.corrections.all()
    ]
    article.translation_key = _translation_key(story)


def line_of(line: Byline) -> dict[str, object]:
    """One author of a byline, as an article keeps it."""
    author = line.author
    return {
        "slug": author.slug,
        "name": one_line(author.name),
        "role": one_line(author.role),
        "as": line.role,
        "bio": without_controls(author.bio),
        "photo": portrait(author.photo),
    }


def _translation_key(story: Story) -> int | None:
    """The number that a story and its translations share."""
    if story.translation_of_id:
        return story.translation_of_id
    return story.pk if story.translations.exists() else None


def _address(article: Article, story: Story, *, was_public: bool) -> None:
    """Give the article its day and slug. Once readers could have seen it, the day stays."""
    if not was_public:
        article.published_on = Edition.of(story.edition).day(article.published_at)
    printed = article.slug if was_public else ""  # emptied on the desk, a printed address stays
    wanted = slug_of(story.slug) or printed or slug_of(story.headline) or f"story-{story.pk}"
    article.slug = _free_slug(article, wanted)


def _forward(article: Article, code: str, day: date, slug: str) -> None:
    """Let an address at which readers could have found the article lead to where it is now."""
    if slug != article.slug:
        FormerAddress.objects.get_or_create(
            edition=code, published_on=day, slug=slug, defaults={"article": article}
        )
    FormerAddress.objects.filter(edition=code, published_on=day, slug=article.slug).delete()


def _free_slug(article: Article, wanted: str) -> str:
    here = {"edition": article.edition, "published_on": article.published_on}
    taken = set(
        Article.including_unpublished.filter(**here, slug__startswith=wanted)
        .exclude(pk=article.pk)
        .values_list("slug", flat=True)
    ) | set(
        FormerAddress.objects.filter(**here, slug__startswith=wanted)
        .exclude(article=article.pk)
        .values_list("slug", flat=True)
    )
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def _unfile(article: Article) -> None:
    """What is taken back is filed under no tag and no author, so that counting them needs no look at the articles."""
    article.article_tags.all().delete()
    article.article_authors.all().delete()


def _file(article: Article, story: Story, bylines: Sequence[Byline]) -> None:
    """File the article under its tags and authors, and its translations under the same key."""
    _unfile(article)
    at = article.published_at
    ArticleTag.objects.bulk_create(
        ArticleTag(article=article, tag=tag, published_at=at) for tag in story.tags.all()
    )
    ArticleAuthor.objects.bulk_create(
        ArticleAuthor(article=article, author=author, published_at=at)
        for author in dict.fromkeys(line.author for line in bylines)
    )
    if story.translation_of_id:
        Article.including_unpublished.filter(story=story.translation_of_id, translation_key=None).update(
            translation_key=story.translation_of_id
        )
