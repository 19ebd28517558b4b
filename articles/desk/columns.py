"""The columns of the story list. Every cell explains itself: on a phone a row is read as a card."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Edition, Status, Story
from articles.models.articles import HEAVY
from articles.text.words import count_words


def moment(at: datetime, words: str) -> SafeString:
    local = timezone.localtime(at).replace(microsecond=0)
    full = date_format(local, "DATETIME_FORMAT")
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), full, words)


def state_of(story: Story, article: Article | None) -> tuple[str, str]:
    """The state as a key for the style sheet and in words: the status, or “scheduled”."""
    if article and story.status == Status.PRINTED and article.published_at > timezone.now():
        return "scheduled", pgettext("story", "scheduled")
    return story.status, story.get_status_display()


def _told(article: Article, state: str) -> datetime | None:
    """The moment that belongs beside a state."""
    moments = {"scheduled": article.published_at, Status.PRINTED: article.changed_at}
    return moments.get(state, article.withdrawn_at)


class StoryColumns(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["story", "state", "section_name", "byline", "length", "changed"]
    list_display_links = (
        None  # `story` makes its own link: kicker above, the headline as the link's whole text
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Story]:
        heavy = [f"article__{name}" for name in HEAVY]
        stories: QuerySet[Story] = super().get_queryset(request)
        return stories.select_related("section", "article").defer(*heavy).prefetch_related("bylines__author")

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        found: ChangeList = super().get_changelist_instance(request)
        found.title = str(_("Stories"))
        return found

    @admin.display(description=_("story"), ordering="headline")
    def story(self, story: Story) -> SafeString:
        return format_html(
            '<div lang="{}" dir="auto"><span class="kicker">{}</span> <a href="{}">{}</a></div>',
            *(Edition.of(story.edition).language, story.kicker),
            *(reverse("admin:articles_story_change", args=[story.pk]), story.headline),
        )

    @admin.display(description=_("status"), ordering="status")
    def state(self, story: Story) -> SafeString:
        article: Article | None = getattr(story, "article", None)
        name, words = state_of(story, article)
        at = _told(article, name) if article else None
        when = moment(at, date_format(timezone.localtime(at), "j M H:i")) if at else ""
        pending = format_html('<span class="pending">{}</span>', gettext("changed since print"))
        return format_html(
            '<span class="state" data-state="{}">{}</span> {} {}',
            *(name, words, when, pending if story.changed_since_print else ""),
        )

    @admin.display(description=_("section"), ordering="section__name")
    def section_name(self, story: Story) -> str:
        return story.section.name

    @admin.display(description=_("byline"))
    def byline(self, story: Story) -> SafeString | str:
        names: list[tuple[Any]] = [(line.author.name,) for line in story.bylines.all()]
        return format_html_join(gettext(", "), "<bdi>{}</bdi>", names) or "–"

    @admin.display(description=_("length"))
    def length(self, story: Story) -> str:
        words = count_words(strip_tags(story.body))
        return ngettext("%d word", "%d words", words) % words

    @admin.display(description=_("changed"), ordering="changed_at")
    def changed(self, story: Story) -> SafeString:
        return moment(story.changed_at, gettext("%s ago") % timesince(story.changed_at, depth=1))
