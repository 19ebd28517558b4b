"""The story's other pages: proof, tag suggestions, history, and the two that ask for words to readers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from articles.desk import revisions, workflow
from articles.desk.forms import CorrectionForm, WithdrawalForm, name_of, who_was_first
from articles.desk.preview import proof
from articles.desk.site import typed_in
from articles.desk.workflow import Verb
from articles.models import Author, Edition, Revision, Story, Tag
from articles.press import publishing
from articles.press.publishing import PressError

SUGGESTED = 8
ASKED = {Verb.CORRECT: _("Correct a printed story"), Verb.WITHDRAW: _("Withdraw a printed story")}
DONE = {
    Verb.CORRECT: pgettext_lazy("story", "Corrected and printed again, with your note to readers."),
    Verb.WITHDRAW: pgettext_lazy("story", "Withdrawn. Readers who look for it see your reason."),
}


def _number(typed: str | None) -> int:
    """A row's number as a page sends it; 0, which no row has, for anything else."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


def _byline_of(post: QueryDict) -> list[int]:
    """The authors' numbers in a posted form, in the order of its rows."""
    rows = sorted(
        int(found[1]) for name in post if (found := re.fullmatch(r"bylines-([0-9]{1,4})-author", name))
    )
    return [_number(post.get(f"bylines-{row}-author")) for row in rows]


def _two_revisions(story: Story, asked: QueryDict) -> dict[str, Any]:
    """What the history page shows: all revisions, and the difference of two."""
    newest: QuerySet[Revision] = story.revisions.select_related("by")
    listed = list(newest[: revisions.LISTED])
    before, after = revisions.two_of(listed, before=asked.get("from", ""), after=asked.get("to", ""))
    return {
        "title": _("History"),
        "subtitle": None,
        "revisions": [{"revision": one, "who": name_of(one.by)} for one in listed],
        "before": before,
        "after": after,
        "changes": revisions.compared(before, after) if before and after else [],
        "language": Edition.of(story.edition).language,
    }


class Overtaken(Exception):
    """Somebody saved the story after the page was opened. `revision` is what they saved."""

    def __init__(self, revision: Revision) -> None:
        super().__init__(str(revision))
        self.revision = revision


@transaction.atomic
def _as_seen(pk: int, seen: int, deed: Callable[[Story], object]) -> None:
    """Do something with a story while nobody can save it, if it stands as the editor saw it."""
    story = get_object_or_404(Story.objects.select_for_update(of=("self",)), pk=pk)
    newest = story.revisions.select_related("by").first()
    if newest and newest.number != seen:
        raise Overtaken(newest)
    deed(story)


class StoryPages(admin.ModelAdmin):  # type: ignore[type-arg]
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("tags/", view(self.suggest_tags), name="articles_story_tags"),
            path("proof/", view(require_POST(self.proof_of_typed)), name="articles_story_proof"),
            path("<int:pk>/proof/", view(self.proof_of_saved), name="articles_story_saved_proof"),
            path("<int:pk>/correct/", view(self.correct), name="articles_story_correct"),
            path("<int:pk>/withdraw/", view(self.withdraw), name="articles_story_withdraw"),
            *super().get_urls(),
        ]

    def suggest_tags(self, request: HttpRequest) -> JsonResponse:
        """Tags of one edition whose name holds what was typed, most used first."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        asked, code = (typed_in(request, name).strip() for name in ("q", "edition"))
        tags = Tag.objects.filter(name__icontains=asked)
        if code:
            tags = tags.filter(edition=code)
        found = tags.annotate(uses=Count("article_tags")).order_by("-uses", "name")[:SUGGESTED]
        return JsonResponse({"tags": [{"name": tag.name, "count": tag.uses} for tag in found]})

    def proof_of_saved(self, request: HttpRequest, pk: int) -> TemplateResponse:
        story = get_object_or_404(Story.objects.select_related("lead_image", "section"), pk=pk)
        if not self.has_view_or_change_permission(request, story):
            raise PermissionDenied
        authors = [line.author for line in story.bylines.select_related("author")]
        return proof(request, story, authors=authors, saved=True)

    def proof_of_typed(self, request: HttpRequest) -> TemplateResponse:
        """The story as it stands in the browser; nothing is saved."""
        story = Story.objects.filter(pk=_number(request.POST.get("_story"))).first()
        may = self.has_change_permission(request, story) if story else self.has_add_permission(request)
        if not may:
            raise PermissionDenied
        form = self.get_form(request, story, change=story is not None)(request.POST, instance=story)
        form.is_valid()  # what is valid so far lands in the instance
        found = Author.objects.in_bulk(_byline_of(request.POST))
        authors = [found[number] for number in _byline_of(request.POST) if number in found]
        return proof(request, form.instance, authors=authors, saved=False)

    def correct(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = CorrectionForm(request.POST or None, label_suffix="")
        return self._ask(
            request,
            pk,
            Verb.CORRECT,
            form,
            lambda story, given, by: publishing.correct(story, by=by, **given),
        )

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = WithdrawalForm(request.POST or None, label_suffix="")
        return self._ask(
            request,
            pk,
            Verb.WITHDRAW,
            form,
            lambda story, given, by: publishing.withdraw(story, by=by, **given),
        )

    def _ask(self, request: HttpRequest, pk: int, verb: Verb, form: Any, deed: Any) -> HttpResponse:
        """Ask for the words to the readers; when they are given, do it."""
        workflow.permitted(verb, request.user)
        story = get_object_or_404(Story, pk=pk)
        seen = _number(request.POST.get("seen")) if request.method == "POST" else story.latest_revision
        meanwhile = ""
        if request.method == "POST" and form.is_valid():
            try:
                _as_seen(pk, seen, lambda locked: deed(locked, form.cleaned_data, request.user))
            except PressError as refused:
                for problem in refused.problems:
                    form.add_error(None, problem)
            except Overtaken as other:
                seen, meanwhile = other.revision.number, who_was_first(other.revision, request.user)
            else:
                messages.success(request, DONE[verb])
                return HttpResponseRedirect(reverse("admin:articles_story_change", args=[pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": ASKED[verb],
            "subtitle": story.headline,
            "opts": self.opts,
            "story": story,
            "verb": verb,
            "form": form,
            "seen": seen,
            "meanwhile": meanwhile,
        }
        return TemplateResponse(request, "desk/ask.html", context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        story = self.get_object(request, unquote(object_id))
        own = _two_revisions(story, request.GET) if story else {}
        return super().history_view(request, object_id, {**own, **(extra_context or {})})
