"""Who signs stories."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.addresses import address
from articles.models.topics import InEdition, unicode_slug


class Author(InEdition):
    """A profile on bylines. It needs no login: "Web Desk" is one too. One row for each edition a person signs in."""

    slug = models.CharField(_("address"), max_length=80, validators=[unicode_slug])
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(
        _("role"), max_length=120, blank=True, help_text=_("Such as “Correspondent, Quetta”.")
    )
    bio = models.TextField(
        _("about"), blank=True, help_text=_("Plain text; an empty line starts a paragraph.")
    )
    photo = models.ForeignKey(
        "Image", models.SET_NULL, null=True, blank=True, related_name="portrait_of", verbose_name=_("photo")
    )
    email = models.EmailField(_("public e-mail"), blank=True)
    link = models.URLField(_("web page"), blank=True)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="author_slug_is_unique_in_its_edition",
                violation_error_message=_("This edition has an author of that address already."),
            ),
            models.CheckConstraint(condition=~models.Q(slug=""), name="author_has_an_address"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("author", self.edition, self.slug)
