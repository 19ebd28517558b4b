"""The reader's filter over all stories: section, author, tags (all of them), genre and months."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django_filters.filters import ChoiceFilter, Filter
from django_filters.filterset import FilterSet

from articles.models import Article, ArticleAuthor, Author, Edition, Genre, Section

SLUG = re.compile(r"[-\w]{1,100}")
FIRST_YEAR, LAST_YEAR = 1800, 2200  # as in addresses
MOST_TAGS = 8  # in one filter; each costs one look into an index for each row


class TagsField(forms.Field):
    """Slugs, given as ?tags=a,b or as ?tags=a&tags=b."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[str]:
        words = [word.strip() for given in value or [] for word in str(given).split(",")]
        return list(dict.fromkeys(word for word in words if SLUG.fullmatch(word)))[:MOST_TAGS]


class TagsFilter(Filter):
    field_class = TagsField

    def filter(self, queryset: Any, value: list[str]) -> Any:
        return queryset.tagged(value)


class MonthField(forms.CharField):
    """A month (2026-11) or a day (2026-11-22): its first moment on the reader's edition's clock."""

    def to_python(self, value: Any) -> Any:
        word = super().to_python(value)
        if not word:
            return None
        for form in ("%Y-%m", "%Y-%m-%d"):
            try:
                begin = datetime.strptime(word, form)
            except ValueError:
                continue
            if FIRST_YEAR <= begin.year <= LAST_YEAR:
                return begin, form
        raise forms.ValidationError(_("Write a month such as 2026-11, or a day such as 2026-11-22."), "date")


class MonthFilter(Filter):
    """From the beginning of a month or day, or (`end=True`) up to the end of it."""

    field_class: type[forms.Field] = MonthField
    parent: StoriesFilter

    def __init__(self, *, end: bool = False, **given: Any) -> None:
        super().__init__(**given)
        self.end = end

    def filter(self, queryset: Any, value: tuple[datetime, str] | None) -> Any:
        if not value:
            return queryset
        begin, form = value
        zone = self.parent.edition.zone
        if not self.end:
            return queryset.filter(published_at__gte=begin.replace(tzinfo=zone))
        return queryset.filter(published_at__lt=_after(begin, form).replace(tzinfo=zone))


def _after(begin: datetime, form: str) -> datetime:
    """The first moment after that day or month."""
    if form == "%Y-%m-%d":
        return begin + timedelta(days=1)
    return (begin.replace(day=28) + timedelta(days=4)).replace(day=1)


class StoriesFilter(FilterSet):
    section = ChoiceFilter(label=_("Section"), empty_label=_("All sections"), method="in_section")
    author = ChoiceFilter(label=_("Author"), empty_label=_("Anyone"), method="by_author")
    tags = TagsFilter(label=_("Tags"))
    genre = ChoiceFilter(choices=Genre.choices, label=_("Kind"), empty_label=_("All kinds"))
    # "from" is a word of Python's and cannot be written as an attribute
    vars()["from"] = MonthFilter(label=_("From"))
    to = MonthFilter(label=_("To"), end=True)

    class Meta:
        model = Article
        fields: list[str] = []

    def __init__(
        self, asked: QueryDict, queryset: QuerySet[Article], *, edition: Edition, sections: Sequence[Section],
        authors: Sequence[Author],
    ) -> None:  # fmt: skip
        super().__init__(asked, queryset)
        self.edition = edition
        self.sections = {section.slug: section for section in sections}
        self.authors = {author.slug: author for author in authors}
        self.filters["section"].extra["choices"] = [(s.slug, s.name) for s in sections]
        self.filters["author"].extra["choices"] = [(a.slug, a.name) for a in authors]
        self.form.full_clean()  # what is chosen and what is wrong are asked before the list is

    def in_section(self, queryset: Any, name: str, slug: str) -> Any:
        return queryset.in_section(self.sections[slug])

    def by_author(self, queryset: Any, name: str, slug: str) -> Any:
        return queryset.filter(
            pk__in=ArticleAuthor.objects.filter(author=self.authors[slug]).values("article")
        )

    genres = Genre.choices

    @property
    def faults(self) -> list[tuple[str, str]]:
        """What of the address could not be understood: (label, why)."""
        return [(str(self.form.fields[name].label), str(why[0])) for name, why in self.errors.items()]

    @property
    def genre_label(self) -> str:
        return str(Genre(self.form.cleaned_data["genre"]).label).capitalize()

    @property
    def months(self) -> dict[str, str]:
        """The dates chosen, in words: {"from": "October 2026"}."""
        given = {name: self.form.cleaned_data.get(name) for name in ("from", "to")}
        return {
            name: date_format(value[0], "YEAR_MONTH_FORMAT" if value[1] == "%Y-%m" else "DATE_FORMAT")
            for name, value in given.items()
            if value
        }

    @property
    def narrows(self) -> bool:
        return any(self.form.cleaned_data.values())

    def chosen(self) -> dict[str, Any]:
        """What is filtered by, as valid values by name; "tags" is always there."""
        return {"tags": []} | {name: value for name, value in self.form.cleaned_data.items() if value}
