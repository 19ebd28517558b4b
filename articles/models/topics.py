"""Where a story runs (a section) and what it is about (tags)."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from articles.models.addresses import address
from articles.models.editions import default_edition, edition_choices
from articles.text.words import slug_of

# First words under /<edition>/ that are pages of their own (docs/addresses in README), or would look like a year.
RESERVED_SLUGS = (
    "tag", "author", "stories", "search", "archive", "corrections", "comments", "page", "feed", "newsletter",
    "about", "api", "accounts", "admin", "static", "media", "sitemap", "robots", "healthz", "metrics",
)  # fmt: skip

unicode_slug = RegexValidator(
    r"^[-\w]+\Z", _("Write letters, figures and hyphens only, such as “floods-in-sindh”."), "slug"
)


class InEdition(models.Model):
    """A row that belongs to one edition."""

    edition = models.CharField(_("edition"), max_length=10, choices=edition_choices, default=default_edition)

    class Meta:
        abstract = True


class Section(InEdition):
    slug = models.CharField(_("address"), max_length=60, validators=[unicode_slug])
    name = models.CharField(_("name"), max_length=60)
    description = models.CharField(_("description"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(
        _("place in the menu"), default=100, help_text=_("Sections are listed from the lowest number.")
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["edition", "position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="section_slug_is_unique_in_its_edition",
                violation_error_message=_("This edition has a section of that address already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(slug__in=["", *RESERVED_SLUGS]) & ~models.Q(slug__regex=r"^[0-9]+$"),
                name="section_slug_is_not_a_reserved_word",
                violation_error_message=_(
                    "The site needs that word for a page of its own. Choose another address."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("section", self.edition, self.slug)


class Tag(InEdition, TagBase):
    name = models.CharField(_("name"), max_length=100)
    slug = models.CharField(_("address"), max_length=100, validators=[unicode_slug])
    description = models.CharField(_("description"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="tag_slug_is_unique_in_its_edition",
                violation_error_message=_("This edition has a tag of that address already."),
            ),
            models.UniqueConstraint(
                fields=["edition", "name"],
                name="tag_name_is_unique_in_its_edition",
                violation_error_message=_("This edition has a tag of that name already."),
            ),
            models.CheckConstraint(condition=~models.Q(slug=""), name="tag_has_an_address"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("tag", self.edition, self.slug)

    def slugify(self, tag: str, i: int | None = None) -> str:
        slug = slug_of(tag) or "tag"
        return slug if i is None else f"{slug}-{i}"
