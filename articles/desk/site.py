"""The desk is an AdminSite: its walls, its navigation, its first page. Rules live elsewhere."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.models import Group, User
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from articles.desk.dashboard import today
from articles.models import Article, Author, Comment, Edition, Image, Section, Story, Tag

MAIN = [(Story, _("Stories")), (Comment, _("Comments")), (Image, _("Images"))]
MORE = [
    (Article, _("In print")),
    (Author, _("Authors")),
    (Section, _("Sections")),
    (Tag, _("Tags")),
    (User, _("People")),
    (Group, _("Roles")),
]

within_the_walls = csp_replace(settings.DESK_CONTENT_SECURITY_POLICY)


def typed_in(request: HttpRequest, name: str) -> str:
    """What stands in a search box. PostgreSQL takes no text with a NUL in it."""
    return request.GET.get(name, "").replace("\0", "")


class DeskSite(admin.AdminSite):
    site_header = _("The Desk")
    site_title = _("The Desk")
    index_title = _("Today")
    index_template = "desk/dashboard.html"
    enable_nav_sidebar = False  # one line of navigation in the masthead instead

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return within_the_walls(super().admin_view(view, cacheable))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        view: Any = within_the_walls(super().login)
        answer: HttpResponse = view(request, extra_context)
        return answer

    def i18n_javascript(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The words of our own scripts too, and of the prose editor; the stock view has only the admin's."""
        view: Any = JavaScriptCatalog.as_view()
        answer: HttpResponse = view(request)
        return answer

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        view: Any = DeskAutocomplete.as_view(admin_site=self)
        answer: HttpResponse = view(request)
        return answer

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {
            **super().each_context(request),
            "paper": settings.SITE_NAME,
            "desk_nav": self._entries(request, MAIN),
            "desk_more": self._entries(request, MORE),
        }

    def _entries(self, request: HttpRequest, models: list[tuple[type[Model], Any]]) -> list[dict[str, Any]]:
        """Links to the lists that this person may open."""
        return [self._entry(request, model, label) for model, label in models if self._opens(request, model)]

    def _opens(self, request: HttpRequest, model: type[Model]) -> bool:
        page = self._registry.get(model)
        return bool(self.has_permission(request) and page and page.has_view_or_change_permission(request))

    def _entry(self, request: HttpRequest, model: type[Model], label: Any) -> dict[str, Any]:
        address = reverse(f"{self.name}:{model._meta.app_label}_{model._meta.model_name}_changelist")
        return {
            "url": address,
            "label": label,
            "current": request.path.startswith(address),
            "count": Comment.objects.waiting().count() if model is Comment else 0,
        }

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {**today(request.user), **(extra_context or {})})


class DeskAutocomplete(AutocompleteJsonView):
    """Suggestions from the edition that stands in the form (`edition=`): bylines do not mix editions."""

    def process_request(self, request: HttpRequest) -> Any:
        _term, *rest = super().process_request(request)
        return typed_in(request, "term"), *rest

    def get_queryset(self) -> QuerySet[Any]:
        found: QuerySet[Any] = super().get_queryset()
        code = self.request.GET.get("edition", "")
        if code not in {one.code for one in Edition.all()}:
            return found
        if self.source_field.name == "translation_of":
            return found.exclude(edition=code)
        return found.filter(edition=code) if hasattr(found.model, "edition") else found
