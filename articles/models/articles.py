"""What readers read: the printed record of a story, complete in one row, and the ways to find it.

`Article.objects` is the one place that says what the public may see now. Everything a page shows was
rendered when the story was printed; only the press writes these rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.models.addresses import dated_address
from articles.models.people import Author
from articles.models.prepared import Slot
from articles.models.stories import Genre, Story
from articles.models.topics import InEdition, Section, Tag, unicode_slug
from articles.text.html import printed

# What a card, a list or a feed never shows; a page of cards must not carry thirty bodies.
SHOWN_RECENT = 5
EVERYWHERE = Q()
LISTED = (
    "edition", "section_id", "slug", "published_on", "published_at", "kicker", "headline", "excerpt", "picture",
    "byline", "topics",
)  # fmt: skip
HEAVY = ("body_html", "body_text", "contents", "corrections")


class ArticleQuerySet(models.QuerySet["Article"]):
    """Words of the newsroom, to be chained."""

    def visible(self, at: datetime | Slot | None = None) -> Self:
        """What the public may see at that moment (now): printed, its hour come, not taken back."""
        return self.filter(published_at__lte=at or timezone.now(), withdrawn_at__isnull=True)

    def in_edition(self, code: str | Slot) -> Self:
        return self.filter(edition=code)

    def in_section(self, section: Section | Slot) -> Self:
        return self.filter(section=section)

    def tagged(self, slugs: Iterable[str]) -> Self:
        """About all of these tags of the article's own edition."""
        rows = ArticleTag.objects.filter(article=OuterRef("pk"), tag__edition=OuterRef("edition"))
        return self.filter(*[Exists(rows.filter(tag__slug=slug)) for slug in slugs])

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def about(self, tag: Tag | Slot, where: Q = EVERYWHERE, *, at: datetime | Slot | None = None) -> Self:
        """About this tag at that moment (now), newest first: one walk along the index of the tag's dates.

        What `where` says of `article_tags` is said of the same row: a second filter() would join the table again.
        The moment stands there too, so that the walk begins behind what is under embargo.
        """
        filed = Q(article_tags__tag=tag, article_tags__published_at__lte=at or timezone.now())
        return self.filter(filed & where).order_by("-article_tags__published_at", "-article_tags__article_id")

    def signed_by(
        self, author: Author | Slot, where: Q = EVERYWHERE, *, at: datetime | Slot | None = None
    ) -> Self:
        """With this author in the byline, newest first, walked like `about`."""
        filed = Q(article_authors__author=author, article_authors__published_at__lte=at or timezone.now())
        return self.filter(filed & where).order_by(
            "-article_authors__published_at", "-article_authors__article_id"
        )

    def for_cards(self) -> Self:
        """With all that a teaser shows, and nothing heavy."""
        return self.select_related("section").defer(*HEAVY)

    def for_lists(self) -> Self:
        """With what a line of a list shows. Its section is not there: pages have the sections in their menu."""
        return self.only(*LISTED)

    def addressed(self, code: str | Slot, day: date | Slot, slug: str | Slot) -> Self:
        return self.filter(edition=code, published_on=day, slug=slug)


class TakenBack(models.Manager.from_queryset(ArticleQuerySet)):  # type: ignore[misc]
    """What readers could once see and was withdrawn: enough for a notice that says why, and no more."""

    def get_queryset(self) -> ArticleQuerySet:
        queryset: ArticleQuerySet = super().get_queryset()
        notice = ("edition", "slug", "published_on", "withdrawn_at", "withdrawn_reason")
        return queryset.filter(withdrawn_at__gte=F("published_at")).only(*notice)


class Published(models.Manager.from_queryset(ArticleQuerySet)):  # type: ignore[misc]
    """What readers may see now."""

    def get_queryset(self) -> ArticleQuerySet:
        queryset: ArticleQuerySet = super().get_queryset()
        return queryset.visible()


def _newest_first(*fields: str) -> models.Index:
    """A list of articles, newest first, as readers walk it: without what is taken back, however much that is."""
    return models.Index(
        *fields,
        F("published_at").desc(),
        F("id").desc(),
        name=f"article_{'_'.join(fields)}_newest",
        condition=Q(withdrawn_at=None),
    )


class Article(InEdition):
    story = models.OneToOneField(Story, models.PROTECT, null=True, blank=True, related_name="article")
    section = models.ForeignKey(Section, models.PROTECT, related_name="articles", verbose_name=_("section"))
    genre = models.CharField(_("genre"), max_length=20, choices=Genre.choices, default=Genre.REPORT)
    slug = models.CharField(_("address"), max_length=100, validators=[unicode_slug])
    published_on = models.DateField(
        _("day in its address"),
        help_text="the day in its address: first publication, on the edition's calendar",
    )
    published_at = models.DateTimeField(_("published"))
    updated_at = models.DateTimeField(
        _("updated"), null=True, blank=True, help_text="last printed again, if it was"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_reason = models.TextField(_("reason for withdrawal"), blank=True)

    kicker = models.CharField(_("kicker"), max_length=60, blank=True)
    headline = models.CharField(_("headline"), max_length=200)
    standfirst = models.CharField(_("standfirst"), max_length=500, blank=True)
    excerpt = models.CharField(max_length=240, blank=True, help_text="cut at a word, for cards")
    dateline = models.CharField(max_length=80, blank=True)
    body_html = models.TextField(blank=True)
    body_text = models.TextField(blank=True)
    words = models.PositiveIntegerField(default=0)
    contents = models.JSONField(default=list, help_text='[{"id", "text", "level"}], its sub-headings')
    picture = models.JSONField(null=True, blank=True, help_text="text.render.Picture as a dict")
    byline = models.JSONField(
        default=list, help_text='[{"slug", "name", "role", "as", "bio", "photo"}], in order'
    )
    topics = models.JSONField(default=list, help_text='[{"slug", "name"}], its tags')
    corrections = models.JSONField(default=list, help_text='[{"kind", "text", "at"}], newest first')
    translation_key = models.BigIntegerField(
        null=True, blank=True, help_text="the first story's number, on every translation of it"
    )
    comment_count = models.PositiveIntegerField(_("comments"), default=0)
    comments_open = models.BooleanField(default=True)

    tags = models.ManyToManyField(Tag, through="ArticleTag", related_name="articles")
    authors = models.ManyToManyField(Author, through="ArticleAuthor", related_name="articles")

    objects = Published()
    taken_back = TakenBack()
    including_unpublished = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "published_on", "slug"],
                name="article_slug_is_unique_in_its_edition_and_day",
            ),
            models.CheckConstraint(
                condition=~Q(headline="") & ~Q(slug="") & Q(published_at__isnull=False),
                name="printed_article_has_headline_address_and_date",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                name="withdrawn_article_gives_a_reason",
            ),
        ]
        indexes = [
            _newest_first("edition"),
            _newest_first("section"),
            _newest_first("edition", "genre"),
            _newest_first("section", "genre"),
            models.Index(
                "edition",
                F("comment_count").desc(),
                F("published_at").desc(),
                name="article_most_discussed",
                condition=Q(comment_count__gt=0, withdrawn_at=None),
            ),
            models.Index(
                "translation_key", name="article_translation", condition=Q(translation_key__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def _address(self, name: str) -> str:
        return dated_address(name, self.edition, self.published_on, self.slug)

    def get_absolute_url(self) -> str:
        return self._address("article")

    def discussion_url(self) -> str:
        return self._address("discussion")

    @property
    def body(self) -> SafeString:
        """The body as it was printed: sanitised by `text` then, hence safe now."""
        return printed(self.body_html)

    @property
    def label(self) -> str:
        """The word above the headline: its kicker, else its section."""
        return self.kicker or self.section.name

    @property
    def signed(self) -> list[str]:
        """The names a reader sees first: authors, without photographers and translators."""
        return [line["name"] for line in self.byline if line["as"] == "author"] or [
            line["name"] for line in self.byline
        ]

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Its main sub-headings, for the table of contents."""
        return [part for part in self.contents if part["level"] == 2]

    @property
    def minutes(self) -> int:
        """Reading time at 220 words a minute, at least one."""
        return max(1, round(self.words / 220))

    @property
    def changed_at(self) -> datetime:
        return self.updated_at or self.published_at

    @property
    def was_public(self) -> bool:
        """Whether readers could ever have seen it: its hour had come before now, and before it was taken back."""
        return self.pk is not None and self.published_at <= (self.withdrawn_at or timezone.now())

    @property
    def withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class ArticleTag(models.Model):
    """A tag of an article, carrying the article's date so that a tag's page is one walk along one index.

    What is taken back is filed under no tag and no author.
    """

    # no index of their own: those below begin with the article and with the tag
    article = models.ForeignKey(Article, models.CASCADE, related_name="article_tags", db_index=False)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="article_tags", db_index=False)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "tag"], name="article_has_a_tag_once")]
        indexes = [
            models.Index("tag", F("published_at").desc(), F("article_id").desc(), name="article_tag_newest")
        ]


class ArticleAuthor(models.Model):
    """An author of an article, carrying the article's date, like ArticleTag."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="article_authors", db_index=False)
    author = models.ForeignKey(Author, models.PROTECT, related_name="article_authors", db_index=False)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "author"], name="article_has_an_author_once")
        ]
        indexes = [
            models.Index(
                "author", F("published_at").desc(), F("article_id").desc(), name="article_author_newest"
            )
        ]


class Recent(models.Model):
    """One related read of an article, computed when either was printed."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="recent_rows")
    to = models.ForeignKey(Article, models.CASCADE, related_name="recent_in")
    position = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=60)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["article", "to"], name="recent_names_an_article_once"),
            models.CheckConstraint(condition=~Q(article=F("to")), name="recent_is_another_article"),
        ]


class FormerAddress(InEdition):
    """Where an article used to be; it redirects for good."""

    published_on = models.DateField()
    slug = models.CharField(max_length=100)
    article = models.ForeignKey(Article, models.CASCADE, related_name="former_addresses")

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "published_on", "slug"], name="former_address_is_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition}/{self.published_on}/{self.slug}"
