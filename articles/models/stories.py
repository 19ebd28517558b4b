"""What editors edit. Readers never see these rows: the press prints them into articles."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from taggit.managers import TaggableManager, _TaggableManager
from taggit.models import ItemBase

from articles.models.media import Image
from articles.models.people import Author
from articles.models.topics import InEdition, Section, Tag, unicode_slug


class Genre(models.TextChoices):
    """What kind of journalism it is; the words of schema.org's subtypes of NewsArticle."""

    REPORT = "report", _("report")
    BACKGROUNDER = "backgrounder", _("backgrounder")
    ANALYSIS = "analysis", _("analysis")
    OPINION = "opinion", _("opinion")


class Status(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("story", "draft")
    SUBMITTED = "submitted", pgettext_lazy("story", "submitted")
    PRINTED = "printed", pgettext_lazy("story", "printed")
    WITHDRAWN = "withdrawn", pgettext_lazy("story", "withdrawn")

    def may_become(self, other: Status) -> bool:
        return other in _NEXT[self]


_NEXT = {
    Status.DRAFT: {Status.SUBMITTED, Status.PRINTED},
    Status.SUBMITTED: {Status.DRAFT, Status.PRINTED},
    Status.PRINTED: {Status.PRINTED, Status.WITHDRAWN},
    Status.WITHDRAWN: {Status.PRINTED},
}


class StoryTag(ItemBase):
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="story_items")
    content_object = models.ForeignKey("Story", models.CASCADE, related_name="story_tags")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tag", "content_object"], name="story_has_a_tag_once"),
        ]


class EditionTags(_TaggableManager):
    """Names are looked up and made among the tags of the story's own edition."""

    def _in_edition(self, given: dict[str, Any]) -> dict[str, Any]:
        return {**given, "tag_kwargs": {"edition": self.instance.edition, **(given.get("tag_kwargs") or {})}}

    def add(self, *tags: Tag | str, **given: Any) -> None:
        super().add(*tags, **self._in_edition(given))

    def set(self, tags: Any, **given: Any) -> None:
        super().set(tags, **self._in_edition(given))


class Story(InEdition):
    section = models.ForeignKey(Section, models.PROTECT, related_name="stories", verbose_name=_("section"))
    genre = models.CharField(_("genre"), max_length=20, choices=Genre.choices, default=Genre.REPORT)
    kicker = models.CharField(
        _("kicker"), max_length=60, blank=True, help_text=_("One or two words above the headline.")
    )
    headline = models.CharField(_("headline"), max_length=200)
    standfirst = models.CharField(
        _("standfirst"), max_length=500, blank=True, help_text=_("One or two sentences under the headline.")
    )
    dateline = models.CharField(
        _("dateline"), max_length=80, blank=True, help_text=_("Where it is reported from.")
    )
    slug = models.CharField(
        _("address"),
        max_length=100,
        blank=True,
        validators=[unicode_slug],
        help_text=_(
            "The last word of its address. Left empty, it is made from the headline at the first printing."
        ),
    )
    lead_image = models.ForeignKey(
        Image, models.PROTECT, null=True, blank=True, related_name="leads", verbose_name=_("lead image")
    )
    body = models.TextField(_("story"), blank=True)
    authors = models.ManyToManyField(
        Author, through="Byline", related_name="stories", verbose_name=_("authors")
    )
    tags = TaggableManager(
        through=StoryTag, manager=EditionTags, blank=True, verbose_name=_("tags"), help_text=""
    )
    translation_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("translation of"),
        help_text=_("The story in the other edition that this one translates."),
    )
    publish_at = models.DateTimeField(
        _("embargo"), null=True, blank=True, help_text=_("Readers see it from this moment. Empty: at once.")
    )
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=Status.choices,
        default=Status.DRAFT,
        editable=False,
        db_index=True,
    )
    printed_revision = models.PositiveIntegerField(_("printed revision"), null=True, editable=False)
    latest_revision = models.PositiveIntegerField(_("latest revision"), default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="stories",
        verbose_name=_("begun by"),
    )
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False, db_index=True)

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-changed_at", "-pk"]
        permissions = [
            ("publish_story", _("May print stories, update them and take them back")),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(headline=""), name="story_has_a_headline"),
            models.CheckConstraint(
                condition=models.Q(translation_of__isnull=True) | ~models.Q(translation_of=models.F("id")),
                name="story_does_not_translate_itself",
            ),
            models.UniqueConstraint(
                fields=["translation_of", "edition"],
                name="story_has_one_translation_in_an_edition",
                violation_error_message=_("That story has a translation in this edition already."),
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    @property
    def changed_since_print(self) -> bool:
        return self.status == Status.PRINTED and self.latest_revision != self.printed_revision


class Byline(models.Model):
    class Role(models.TextChoices):
        AUTHOR = "author", pgettext_lazy("byline", "author")
        PHOTOGRAPHER = "photographer", pgettext_lazy("byline", "photographer")
        TRANSLATOR = "translator", pgettext_lazy("byline", "translator")
        CONTRIBUTOR = "contributor", pgettext_lazy("byline", "contributor")

    story = models.ForeignKey(Story, models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, models.PROTECT, related_name="bylines", verbose_name=_("author"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.AUTHOR)
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("byline")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "author", "role"],
                name="byline_names_an_author_once_in_a_role",
                violation_error_message=_("This author stands in the byline already."),
            )
        ]

    def __str__(self) -> str:
        return self.author.name


class Revision(models.Model):
    """A story as it stood when somebody saved it: every field that editors edit, with byline and tags."""

    class Kind(models.TextChoices):
        SAVE = "save", pgettext_lazy("revision", "saved")
        PRINT = "print", pgettext_lazy("revision", "printed")

    story = models.ForeignKey(Story, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.SAVE)
    data = models.JSONField(_("manuscript"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["story", "number"], name="revision_number_is_unique_in_its_story")
        ]

    def __str__(self) -> str:
        return f"{self.story_id}/{self.number}"


class Correction(models.Model):
    """A public note that a printed story was wrong, unclear, or has been brought up to date."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", pgettext_lazy("note to readers", "Correction")
        CLARIFICATION = "clarification", pgettext_lazy("note to readers", "Clarification")
        UPDATE = "update", pgettext_lazy("note to readers", "Update")
        EDITORS_NOTE = "editors-note", pgettext_lazy("note to readers", "Editor’s note")

    story = models.ForeignKey(Story, models.CASCADE, related_name="corrections")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.CORRECTION)
    text = models.TextField(_("what readers are told"), max_length=1000)
    at = models.DateTimeField(_("date"), default=timezone.now)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="correction_says_something")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"
