"""The moderators' pages. They list, filter and call the verbs of `moderation`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.models import Comment
from articles.models.articles import HEAVY
from articles.talk import moderation
from articles.text.words import excerpt

# Each button, and the state in which it would change nothing.
MAKES: dict[str, str] = {
    "show": Comment.Status.SHOWN,
    "reject": Comment.Status.REJECTED,
    "spam": Comment.Status.SPAM,
    "feature": "feature",
    "unfeature": "unfeature",
}
WAITING_FIRST = Case(When(status=Comment.Status.WAITING, then=Value(0)), default=Value(1))


class ByStatus(admin.ChoicesFieldListFilter):
    """The chips: every state with its number, whatever else is filtered."""

    template = "desk/filters/chips.html"

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        counted = dict(Comment.objects.order_by().values_list("status").annotate(Count("pk")))
        states = ["", *Comment.Status.values]
        numbers = [sum(counted.values()), *(counted.get(state, 0) for state in Comment.Status.values)]
        for choice, state, number in zip(super().choices(changelist), states, numbers, strict=True):
            yield {**choice, "status": state, "number": number}


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    change_form_template = "desk/comment.html"
    list_display = ["comment", "by", "under", "state", "when"]
    list_display_links = None  # the comment's own words are the link
    list_filter = [("status", ByStatus)]
    list_per_page = 25
    show_full_result_count = False
    search_fields = ["name", "email", "body", "article__headline"]
    ordering = [WAITING_FIRST.asc(), "-written_at", "-pk"]
    actions = tuple(MAKES)
    readonly_fields = ("said", "by", "answer_to", "under", "when", "state", "decided")
    fields = readonly_fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        heavy = [f"article__{name}" for name in HEAVY]
        return super().get_queryset(request).select_related("article", "parent", "decided_by").defer(*heavy)

    # -- what stands in the list and on the page

    @admin.display(description=_("comment"))
    def comment(self, comment: Comment) -> SafeString:
        page = reverse("admin:articles_comment_change", args=[comment.pk])
        return format_html('<a href="{}" dir="auto">{}</a>', page, excerpt(comment.body, 200) or "…")

    @admin.display(description=_("comment"))
    def said(self, comment: Comment) -> SafeString:
        return format_html('<div class="said" dir="auto">{}</div>', comment.html)

    @admin.display(description=_("by"), ordering="name")
    def by(self, comment: Comment) -> SafeString:
        return format_html('<bdi>{}</bdi><br><bdi class="quiet">{}</bdi>', comment.name, comment.email)

    @admin.display(description=_("article"))
    def under(self, comment: Comment) -> SafeString:
        article = comment.article
        return format_html(
            '<a href="{}" lang="{}" dir="auto">{}</a>',
            comment.get_absolute_url(),
            article.edition,
            article.headline,
        )

    @admin.display(description=_("in reply to"))
    def answer_to(self, comment: Comment) -> SafeString | str:
        parent = comment.parent
        return (
            format_html("<bdi>{}</bdi>: <bdi>{}</bdi>", parent.name, excerpt(parent.body)) if parent else "–"
        )

    @admin.display(description=_("status"), ordering="status")
    def state(self, comment: Comment) -> SafeString:
        pick = format_html(" · {}", _("editors’ pick")) if comment.featured else ""
        word = comment.get_status_display()
        return format_html('<span class="state" data-state="{}">{}</span>{}', comment.status, word, pick)

    @admin.display(description=_("written"), ordering="written_at")
    def when(self, comment: Comment) -> SafeString:
        at = timezone.localtime(comment.written_at)
        said = date_format(at, "SHORT_DATETIME_FORMAT")
        return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="seconds"), said)

    @admin.display(description=_("decided"))
    def decided(self, comment: Comment) -> str:
        if comment.decided_at is None:
            return "–"
        at = date_format(timezone.localtime(comment.decided_at), "SHORT_DATETIME_FORMAT")
        return f"{at}, {comment.decided_by}" if comment.decided_by else at

    # -- decisions

    @admin.action(description=_("Show"), permissions=["change"])
    def show(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        changed = moderation.show(comments, by=self._moderator(request))
        self._say(
            request, ngettext("%d comment is shown now.", "%d comments are shown now.", changed), changed
        )

    @admin.action(description=_("Reject"), permissions=["change"])
    def reject(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        changed = moderation.reject(comments, by=self._moderator(request))
        self._say(request, ngettext("%d comment is rejected.", "%d comments are rejected.", changed), changed)

    @admin.action(description=_("Mark as spam"), permissions=["change"])
    def spam(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        changed = moderation.mark_spam(comments, by=self._moderator(request))
        self._say(
            request,
            ngettext("%d comment is marked as spam.", "%d comments are marked as spam.", changed),
            changed,
        )

    @admin.action(description=_("Show as editors’ pick"), permissions=["change"])
    def feature(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        changed = moderation.feature(comments, by=self._moderator(request))
        self._say(
            request,
            ngettext("%d comment is an editors’ pick.", "%d comments are editors’ picks.", changed),
            changed,
        )

    @admin.action(description=_("No longer an editors’ pick"), permissions=["change"])
    def unfeature(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        changed = moderation.unfeature(comments, by=self._moderator(request))
        said = ngettext(
            "%d comment is no longer an editors’ pick.", "%d comments are no longer editors’ picks.", changed
        )
        self._say(request, said, changed)

    def _moderator(self, request: HttpRequest) -> User | None:
        return request.user if isinstance(request.user, User) else None

    def _say(self, request: HttpRequest, said: str, changed: int) -> None:
        if changed:
            self.message_user(request, said % changed, messages.SUCCESS)
        else:
            self.message_user(
                request, gettext("Nothing changed: that had been decided before."), messages.INFO
            )

    def get_urls(self) -> list[URLPattern]:
        decide = self.admin_site.admin_view(self.decide)
        return [path("<int:pk>/decide/", decide, name="articles_comment_decide"), *super().get_urls()]

    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The buttons of one comment's page: the same verbs as in the list."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        comment = get_object_or_404(Comment, pk=pk)
        if not self.has_change_permission(request, comment):
            raise PermissionDenied
        verdict = request.POST.get("verdict", "")
        if verdict in MAKES:
            getattr(self, verdict)(request, Comment.objects.filter(pk=pk))
        return redirect("admin:articles_comment_change", pk)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Comment | None = None,
    ) -> HttpResponse:
        mine = {"title": _("Comment"), "verdicts": self._verdicts(request, obj) if obj else []}
        return super().render_change_form(request, {**context, **mine}, add, change, form_url, obj)

    def _verdicts(self, request: HttpRequest, comment: Comment) -> list[tuple[str, str]]:
        """The decisions that would change this comment, with the words on their buttons."""
        moot = {comment.status, "feature" if comment.featured else "unfeature"}
        actions = self.get_actions(request)
        moves = [(word, actions.get(word)) for word, makes in MAKES.items() if makes not in moot]
        return [(word, str(action[2])) for word, action in moves if action]

    def delete_model(self, request: HttpRequest, obj: Comment) -> None:
        moderation.remove([obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        moderation.remove(queryset)
