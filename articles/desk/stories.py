"""The story's form: who may do what with it, its buttons, and what a save does."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import connection, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from js_asset.media import Media
from taggit.managers import TaggableManager

from articles.desk import revisions, workflow
from articles.desk.columns import StoryColumns, state_of
from articles.desk.filters import ByChoice, ByDate, ByRelated, ByStatus
from articles.desk.forms import BylineForm, BylineFormSet, StoryForm
from articles.desk.pages import StoryPages
from articles.desk.widgets import LocalDateTime, Tags
from articles.desk.workflow import Verb
from articles.models import Article, Byline, Edition, Story
from articles.models.editions import default_edition
from articles.press import publishing
from articles.press.publishing import PressError


def _person(request: HttpRequest) -> Any:
    """Who is signed in; nobody else comes past `admin_view`."""
    return request.user


def unwrapped(field: Any) -> Any:
    """Without the green cross and pencil: one chooses an author here, one does not manage them."""
    if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
        field.widget = field.widget.widget
    return field


class BylineInline(admin.StackedInline):  # type: ignore[type-arg]
    model = Byline
    form = BylineForm
    formset = BylineFormSet
    autocomplete_fields = ["author"]
    fields = ["author", "role", "position"]
    extra = 0
    min_num = 1

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return unwrapped(super().formfield_for_dbfield(db_field, request, **kwargs))

    # whoever may write a story may say who wrote it

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_write(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_write(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_write(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def _may_write(self, request: HttpRequest) -> bool:
        return any(request.user.has_perm(f"articles.{deed}_story") for deed in ("add", "change"))


def with_nonce(media: Any, request: Any) -> Any:
    """The editor's import map is an inline script: the page's policy lets it run by its nonce."""
    return Media.from_media(media).with_nonce(str(request.csp_nonce))


@admin.register(Story)
class StoryAdmin(StoryColumns, StoryPages, admin.ModelAdmin):  # type: ignore[type-arg]
    form = StoryForm
    formfield_overrides = {
        models.DateTimeField: {"form_class": forms.DateTimeField, "widget": LocalDateTime},
        TaggableManager: {"widget": Tags},
    }
    inlines = [BylineInline]
    autocomplete_fields = ["translation_of"]
    list_filter = [
        ("status", ByStatus),
        ("section", ByRelated),
        ("authors", ByRelated),
        ("edition", ByChoice),
        ("genre", ByChoice),
        ("changed_at", ByDate),
    ]
    search_fields = ["headline", "standfirst", "kicker", "bylines__author__name"]
    actions = None  # stories are decided on one by one
    list_per_page = 25
    show_full_result_count = False
    save_on_top = True  # gives the block where the action bar stands

    # -- who may

    def has_delete_permission(self, request: HttpRequest, obj: Story | None = None) -> bool:
        """What was once in print stays on record; it can be withdrawn."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.printed_revision is None)

    def get_readonly_fields(self, request: HttpRequest, obj: Story | None = None) -> list[str]:
        """What printing has settled: the edition, and once readers could see it, from when they could."""
        if obj is None or obj.printed_revision is None:
            return []
        return ["edition", "publish_at"] if obj.article.was_public else ["edition"]

    # -- the form

    def get_fieldsets(self, request: HttpRequest, obj: Story | None = None) -> list[Any]:
        text = [("kicker", "dateline"), "headline", "standfirst", "body"]
        settled = "publish_at" in self.get_readonly_fields(request, obj)
        when = (_("Publishing"), {"fields": ["publish_at"], "classes": ["first"]})
        return [
            (None, {"fields": text, "classes": ["write"]}),
            *([] if settled else [when]),
            (_("Placement"), {"fields": [("edition", "genre"), "section", "slug"], "classes": ["side"]}),
            (_("Lead image"), {"fields": ["lead_image"], "classes": ["side"]}),
            (_("Tags"), {"fields": ["tags"], "classes": ["side"]}),
            (_("Translation"), {"fields": ["translation_of"], "classes": ["side"]}),
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user  # type: ignore[attr-defined]
        return form

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return unwrapped(super().formfield_for_dbfield(db_field, request, **kwargs))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new story is in the edition of the desk's language, until the writer says otherwise."""
        here = next((one.code for one in Edition.all() if one.language == get_language()), default_edition())
        return {"edition": here, **super().get_changeform_initial_data(request)}

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Locked while it is being written, so that two saves of one moment see each other."""
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST" or not connection.in_atomic_block:
            return found  # nothing is saved; the history, for one, opens no transaction
        Story.objects.select_for_update(of=("self",)).get(pk=found.pk)
        return super().get_object(request, object_id, from_field)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        self._verb(request)  # refuses a forged one before anything is written
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: Any, add: bool = False, change: bool = False, form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:  # fmt: skip
        story = obj or Story()
        form = context["adminform"].form
        verbs = workflow.offered(story, request.user)
        article = Article.including_unpublished.filter(story=obj).first() if obj else None
        last = obj.revisions.select_related("by").first() if obj else None
        overtaken = getattr(form, "overtaken", None)
        context.update(
            title=_("Edit story") if obj else _("Write a story"),
            subtitle=None,
            verbs=[verb for verb in verbs if not verb.is_forward or verb is not verbs[-1]],
            main_verb=next((verb for verb in verbs[-1:] if verb.is_forward), None),
            unfit=publishing.unfit(obj) if obj else [],
            article=article,
            state=state_of(obj, article) if obj else None,
            last=last,
            overtaken=overtaken,
            edition_code=story.edition,
            translations=(translations := _translations(obj)),
            other_editions=_untranslated(story, translations),
            media=with_nonce(context["media"], request),
        )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request: HttpRequest, obj: Story, form: Any, change: bool) -> None:
        if not change:
            obj.created_by_id = request.user.pk
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        # the answer, which comes next and has no form, tells whether anything was kept
        request.kept = revisions.record(form.instance, by=_person(request))  # type: ignore[attr-defined]

    def response_add(
        self, request: HttpRequest, obj: Story, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._answer(request, obj)

    def response_change(self, request: HttpRequest, obj: Story) -> HttpResponse:
        return self._answer(request, obj)

    # -- the buttons

    def _verb(self, request: HttpRequest) -> Verb | None:
        asked = request.POST.get("_verb")
        if asked is None:
            return None
        if asked not in Verb.values:
            raise PermissionDenied
        return workflow.permitted(Verb(asked), request.user)

    def _answer(self, request: HttpRequest, story: Story) -> HttpResponse:
        """The story is saved; now do what the button says, and tell how it went."""
        verb = self._verb(request)
        if verb and verb.asks_first:
            return HttpResponseRedirect(reverse(f"admin:articles_story_{verb.value}", args=[story.pk]))
        if verb is None:
            kept = getattr(request, "kept", True)
            self.message_user(
                request, gettext("Saved.") if kept else gettext("Nothing had changed."), messages.SUCCESS
            )
        else:
            self._carry_out(request, verb, story)
        return self._back_to(story)

    def _carry_out(self, request: HttpRequest, verb: Verb, story: Story) -> None:
        try:
            said = workflow.carry_out(verb, story, by=_person(request))
        except PressError as refused:
            self.message_user(request, gettext("Saved, but not printed:"), messages.WARNING)
            for problem in refused.problems:
                self.message_user(request, problem, messages.ERROR)
        else:
            self.message_user(request, said, messages.SUCCESS)

    @staticmethod
    def _back_to(story: Story) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:articles_story_change", args=[story.pk]))

    def view_on_site(self, story: Story) -> str | None:
        article = Article.objects.filter(story=story).first()
        return article.get_absolute_url() if article else None


def _translations(story: Story | None) -> list[Story]:
    """The same story in other editions: what it translates, and what translates it."""
    if story is None:
        return []
    original = [story.translation_of] if story.translation_of else []
    return [*original, *story.translations.all()]


def _untranslated(story: Story, translations: list[Story]) -> list[Edition]:
    taken = {one.edition for one in translations}
    return [one for one in Edition.of(story.edition).others() if one.code not in taken]
