"""The reader's filter over all stories: section, author, tags (all of them), genre and months."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_filters.filters import ChoiceFilter, Filter
from django_filters.filterset import FilterSet

from articles.models import (
    ABOUT,
    IN_EDITION,
    IN_SECTION,
    SIGNED_BY,
    Article,
    Edition,
    Genre,
    Section,
    authors_in_print,
    first_month,
    kept_for,
    most_used_tags,
)
from articles.models.counts import MOST_TAGS, TAGS_OFFERED
from articles.models.shelves import Shelf
from articles.site.pages import Page, page_of, screen_of
from articles.site.walks import Walk, shortest, walks_of

SLUG = re.compile(r"[-\w]{1,100}")
FIRST_YEAR, LAST_YEAR = 1800, 2200  # as in addresses
MONTHS_OFFERED = 120  # a ten-year-old story is found by its month's page, or by a date in the address


class TagsField(forms.Field):
    """Slugs, given as ?tags=a,b or as ?tags=a&tags=b."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[str]:
        words = [word.strip() for given in value or [] for word in str(given).split(",")]
        return list(dict.fromkeys(word for word in words if SLUG.fullmatch(word)))[:MOST_TAGS]


class TagsFilter(Filter):
    field_class = TagsField


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
    field_class: type[forms.Field] = MonthField


def _after(begin: datetime, form: str) -> datetime:
    """The first moment after that day or month."""
    if form == "%Y-%m-%d":
        return begin + timedelta(days=1)
    return (begin.replace(day=28) + timedelta(days=4)).replace(day=1)


class Asked(FilterSet):
    """What a reader may ask for, and what is said of what cannot be understood."""

    section = ChoiceFilter(label=_("Section"), empty_label=_("All sections"))
    author = ChoiceFilter(label=_("Author"), empty_label=_("Anyone"))
    tags = TagsFilter(label=_("Tags"))
    genre = ChoiceFilter(choices=Genre.choices, label=_("Kind"), empty_label=_("All kinds"))
    # "from" is a word of Python's and cannot be written as an attribute
    vars()["from"] = MonthFilter(label=_("From"))
    to = MonthFilter(label=_("To"))

    class Meta:
        model = Article
        fields: list[str] = []


FIELDS = frozenset(Asked.get_filters())


class StoriesFilter:
    """The list as an address asks for it: read and checked by `Asked`, walked as articles/site/walks.py says."""

    faults: Sequence[tuple[str, str]] = ()  # what of the address could not be understood: (label, why)

    def __init__(self, asked: QueryDict, *, edition: Edition, sections: Sequence[Section]) -> None:
        self.data, self.edition = asked, edition
        self.sections = {section.slug: section for section in sections}
        tags, author = TagsField().to_python(asked.getlist("tags")), asked.get("author", "")
        wanted = author if SLUG.fullmatch(author) else ""
        self.known = kept_for(edition.code, tags=tags, author=wanted) if tags or wanted else []
        self.authors = dict(authors_in_print(edition.code))
        self.authors |= {one.slug: one.name for one in self.known if one.kind == "author"}
        self.cleaned = self._cleaned() if FIELDS & asked.keys() else {}

    def _cleaned(self) -> dict[str, Any]:
        """What is asked for, by name. Where nothing is, the form need not be made."""
        read = Asked(self.data, Article.objects.none())
        choices = {"section": self.sections_offered(), "author": self.authors_offered()}
        for name in choices.keys() & self.data.keys():
            read.filters[name].extra["choices"] = choices[name]
        for name in read.filters.keys() - self.data.keys():
            del read.filters[name]  # a field that nobody asks for costs as much as one that is filled
        read.form.full_clean()
        self.faults = [
            (str(read.form.fields[name].label), str(why[0])) for name, why in read.form.errors.items()
        ]
        return dict(read.form.cleaned_data)

    # -- what the page says

    @property
    def genre_label(self) -> str:
        return str(Genre(self.cleaned["genre"]).label).capitalize()

    @property
    def months(self) -> dict[str, str]:
        """The dates chosen, in words: {"from": "October 2026"}."""
        given = {name: self.cleaned.get(name) for name in ("from", "to")}
        return {
            name: date_format(value[0], "YEAR_MONTH_FORMAT" if value[1] == "%Y-%m" else "DATE_FORMAT")
            for name, value in given.items()
            if value
        }

    @property
    def tag_names(self) -> dict[str, str]:
        return {one.slug: one.name for one in self.known if one.kind == "tag"}

    @property
    def narrows(self) -> bool:
        return any(self.cleaned.values())

    def chosen(self) -> dict[str, Any]:
        """What is filtered by, as valid values by name; "tags" is always there."""
        return {"tags": []} | {name: value for name, value in self.cleaned.items() if value}

    def tags_offered(self, page: Page) -> list[dict[str, Any]]:
        """Of all stories, the most used tags with their numbers. Of some, what else those on the screen are about:

        to count the rest would be to read an archive; each of these leads to a story at least.
        """
        if not self.narrows:
            return most_used_tags(self.edition.code)
        about = Counter((topic["slug"], topic["name"]) for one in page.articles for topic in one.topics)
        others = [one for one, _times in about.most_common() if one[0] not in self.chosen()["tags"]]
        return [{"slug": slug, "name": name} for slug, name in others[:TAGS_OFFERED]]

    def genres_offered(self) -> tuple[tuple[str, str], ...]:
        return tuple((value, str(capfirst(label))) for value, label in Genre.choices)

    def authors_offered(self) -> tuple[tuple[str, str], ...]:
        return tuple(self.authors.items())

    def sections_offered(self) -> tuple[tuple[str, str], ...]:
        return tuple((one.slug, one.name) for one in self.sections.values())

    def months_offered(self) -> tuple[tuple[str, str], ...]:
        """(value, name) of the months since the paper began, newest first."""
        first = first_month(self.edition)
        return _months(first, timezone.localdate().replace(day=1), get_language()) if first else ()

    # -- the list

    def page(self) -> Page:
        """The screen of the list that the address names."""
        if prepared := self._prepared():
            shelf, which = prepared
            return screen_of(shelf, self.data, **which)
        walk = self.walk

        def cards(where: Q) -> QuerySet[Article]:
            return walk.articles(where).for_cards()

        return page_of(cards, self.data, along=walk.along, among=walk.among)

    def _prepared(self) -> tuple[Shelf, dict[str, Any]] | None:
        """The list as it stands on a page of its own, where no more than one thing is asked for."""
        match {name: value for name, value in self.chosen().items() if value}:
            case {} as chosen if not chosen:
                return IN_EDITION, {"edition": self.edition.code}
            case {"section": slug, **more} if not more:
                return IN_SECTION, {"section": self.sections[slug].pk}
            case {"tags": [slug], **more} if not more and slug in self.tag_names:
                return ABOUT, {"tag": next(one.pk for one in self.known if one.kind == "tag")}
            case {"author": _slug, **more} if not more:
                return SIGNED_BY, {"author": next(one.pk for one in self.known if one.kind == "author")}
        return None

    @cached_property
    def walk(self) -> Walk:
        chosen = self.chosen()
        named = [one for one in self.known if one.kind != "section"]
        if len(chosen["tags"]) > len(self.tag_names):  # nothing is printed about one of them
            return Walk(0, "", None, Q(), Article.objects.none().filter)
        given: dict[str, Any] = {
            "section": self.sections.get(chosen.get("section", "")),
            "genre": chosen.get("genre"),
        }
        where = {name: value for name, value in given.items() if value}
        # a section is of one edition; to say so as well would only lead the database to the edition's longer index
        in_edition = Article.objects.in_edition(self.edition.code)
        printed = Article.objects.all() if "section" in where else in_edition
        many = self._of_sections(**given)
        return shortest(walks_of(printed, named, where, many), self._span(**chosen))

    def _of_sections(self, section: Section | None, genre: str | None) -> int:
        """How many stories there are in that section and of that genre, of any when none is asked for."""
        here = (one for one in self.known if one.kind == "section" and section in (None, Section(pk=one.pk)))
        return sum(one.n for one in here if genre in (None, one.slug))

    def _span(self, to: Any = None, **chosen: Any) -> dict[str, datetime]:
        since = chosen.get("from")
        bounds = {"published_at__gte": since and since[0], "published_at__lt": to and _after(*to)}
        return {name: at.replace(tzinfo=self.edition.zone) for name, at in bounds.items() if at}


@lru_cache(maxsize=64)
def _months(first: date, this: date, language: str | None) -> tuple[tuple[str, str], ...]:
    last = this.year * 12 + this.month - 1
    number = min(last - (first.year * 12 + first.month - 1) + 1, MONTHS_OFFERED)
    months = (date((last - back) // 12, (last - back) % 12 + 1, 1) for back in range(number))
    return tuple((f"{month:%Y-%m}", date_format(month, "F Y")) for month in months)
