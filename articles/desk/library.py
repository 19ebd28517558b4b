"""The pages of what stories are made with (sections, authors, tags, pictures) and of what is in print."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import partial
from typing import Any

import taggit.admin  # registers the stock tags, which the paper does not use, before we take them away
import taggit.models
from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow

from articles.desk.filters import ByChoice, ByDate, ByRelated
from articles.desk.site import typed_in
from articles.models import Article, ArticleTag, Author, Image, Section, Tag
from articles.models.articles import HEAVY
from articles.models.media import FORMATS
from articles.press.bylines import reprint
from articles.press.pictures import UNREADABLE, as_printed, develop, portrait
from articles.press.turning import turn_site

PICKED = 24
NAMED = 20  # of the articles that keep a tag from being deleted

admin.site.unregister(taggit.models.Tag)


class Public(admin.ModelAdmin):  # type: ignore[type-arg]
    """Pages whose rows have an address on the site. Once anything refers to a row, its address stays."""

    def in_use(self, row: Any) -> bool:
        """Whether a story or an article refers to it."""
        raise NotImplementedError

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Links in print lead to the address, and no story may hang on what is in another edition."""
        return ["edition", "slug"] if obj and self.in_use(obj) else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if self.get_readonly_fields(request, obj) else dict(self.prepopulated_fields)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        stays = _("Stories refer to it: its edition and address stay as they are.")
        said = stays if self.get_readonly_fields(request, obj) else ""
        return [(None, {"fields": self.fields, "description": said})]

    def view_on_site(self, row: Any) -> str:
        address: str = row.get_absolute_url()
        return address

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        turn_site()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        turn_site()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        super().delete_queryset(request, queryset)
        turn_site()


def _where_to_change(article: Article) -> SafeString:
    """An article's headline, with a link to its story; what came without one has its page only."""
    story = article.story_id
    address = reverse("admin:articles_story_change", args=[story]) if story else article.get_absolute_url()
    return format_html('<a href="{}">{}</a>', address, article.headline)


@admin.register(Section)
class SectionAdmin(Public):
    list_display = ["name", "slug", "edition", "position"]
    list_filter = [("edition", ByChoice)]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["edition", "name", "slug", "description", "position"]

    def in_use(self, row: Section) -> bool:
        return row.stories.exists() or Article.including_unpublished.filter(section=row).exists()


class TagForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean_slug(self) -> str:
        """Made from the name whenever it is left empty; taggit does so for new tags only."""
        typed: str = self.cleaned_data["slug"]
        name = self.cleaned_data.get("name")
        return typed if typed or not name else self._free_slug(name)

    def _free_slug(self, name: str) -> str:
        others = Tag.objects.filter(edition=self.cleaned_data.get("edition")).exclude(pk=self.instance.pk)
        numbers = itertools.chain([None], itertools.count(2))
        made: Iterator[str] = (self.instance.slugify(name, number) for number in numbers)
        return next(slug for slug in made if not others.filter(slug=slug).exists())


@admin.register(Tag)
class TagAdmin(Public):
    form = TagForm
    list_display = ["name", "slug", "edition"]
    list_filter = [("edition", ByChoice)]
    search_fields = ["name", "slug"]
    fields = ["edition", "name", "slug", "description"]

    def in_use(self, row: Tag) -> bool:
        return row.story_items.exists() or row.article_tags.exists()

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """A tag that stands in print is protected, alone and among others, by the articles that carry it."""
        carrying = ArticleTag.objects.filter(tag__in=[tag.pk for tag in objs]).values("article")
        articles = Article.including_unpublished.filter(pk__in=carrying).newest_first().defer(*HEAVY)
        if protected := [_where_to_change(article) for article in articles[:NAMED]]:
            return [], {}, set(), protected
        return super().get_deleted_objects(objs, request)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "slug":
            field.required = False  # a tag makes its own
            field.help_text = _("Left empty, it is made from the name.")
        return field


@admin.register(Author)
class AuthorAdmin(Public):
    list_display = ["name", "role", "edition"]
    list_filter = [("edition", ByChoice)]
    search_fields = ["name", "role"]
    autocomplete_fields = ["photo"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    prepopulated_fields = {"slug": ["name"]}
    fields = ["edition", "name", "slug", "role", "bio", "photo", "email", "link"]

    def in_use(self, row: Author) -> bool:
        return row.bylines.exists() or row.article_authors.exists()

    def save_model(self, request: HttpRequest, obj: Author, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and form.changed_data:
            reprint(obj)


def fault_of(file: UploadedFile[Any]) -> ValidationError | None:
    """Why the press could not develop a file. What begins like a picture must be one to its end."""
    try:
        Image._meta.get_field("file").run_validators(file)  # refuses what is too large to be opened below
        with Pillow.open(file, formats=FORMATS) as picture:
            picture.load()
    except ValidationError as refused:
        return refused
    except UNREADABLE:
        said = _("The picture is damaged: it cannot be read to its end. Save it anew.")
        return ValidationError(said, "damaged")
    finally:
        file.seek(0)
    return None


class ImageForm(forms.ModelForm):  # type: ignore[type-arg]
    fault: ValidationError | None = None  # of the new file, if it has one; ImageAdmin.get_form sets it

    class Meta:
        model = Image
        fields = ["title", "file", "alt", "caption", "credit", "focal_x", "focal_y"]
        widgets = {
            "file": forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"}),
            "alt": forms.Textarea({"rows": 2, "class": "grow", "dir": "auto"}),
            "caption": forms.Textarea({"rows": 2, "class": "grow", "dir": "auto"}),
        }

    class Media:
        js = [forms.Script("desk/focus.js", type="module")]

    def clean_file(self) -> Any:
        if self.fault:
            raise self.fault
        return self.cleaned_data["file"]


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = ImageForm
    list_display = ["face", "title", "alt", "credit", "added_at"]
    list_display_links = ["title"]
    list_filter = [("added_at", ByDate)]
    search_fields = ["title", "alt", "caption", "credit"]
    readonly_fields = ["as_it_is"]
    list_per_page = 40
    show_full_result_count = False

    @admin.display(description=_("picture"))
    def face(self, image: Image) -> SafeString | str:
        small = portrait(image)
        if small is None:
            return "–"
        return format_html(
            '<img class="thumb" src="{}" alt="" loading="lazy" width="96" height="64">', small["src"]
        )

    @admin.display(description=_("As readers get it"))
    def as_it_is(self, image: Image) -> SafeString | str:
        shown = as_printed(image)
        if shown is None:
            return gettext("Not developed yet. Save its file again.")
        size = f"{image.width} × {image.height}"
        return format_html(
            '<img class="as-it-is" src="{}" alt="{}" width="{}" height="{}"> <bdi dir="ltr">{}</bdi>',
            *(shown.src, shown.alt, shown.width, shown.height, size),
        )

    # A large picture takes seconds to read and to develop. Neither is done inside the admin's transaction, which
    # on SQLite would let nobody else write: it is read before, and developed after, but before the answer.

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        may = self.has_add_permission(request) or self.has_change_permission(request)
        file = request.FILES.get("file") if may else None
        request.fault = fault_of(file) if file else None  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.fault = getattr(request, "fault", None)  # type: ignore[attr-defined]
        return form

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "file" in form.changed_data:
            transaction.on_commit(partial(develop, obj))  # closes the file
        else:
            obj.file.close()  # validating opens the original
        if change and obj.portrait_of.exists():  # a portrait is shown as it is in the library
            transaction.on_commit(turn_site)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("pick/", view(self.pick), name="articles_image_pick"),
            path("<int:pk>/face/", view(self.printed_face), name="articles_image_face"),
            *super().get_urls(),
        ]

    def pick(self, request: HttpRequest) -> TemplateResponse:
        """The dialog's list: pictures that can be printed, newest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        wanted = self.get_queryset(request).exclude(renditions={})
        images, _may_repeat = self.get_search_results(request, wanted, typed_in(request, "q"))
        pictures = [{"image": image, "face": portrait(image)} for image in images[:PICKED]]
        return TemplateResponse(request, "desk/parts/pick.html", {"pictures": pictures})

    def printed_face(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The picture of a figure in the editor, which knows only its number."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        shown = as_printed(Image.objects.filter(pk=pk).first())
        if shown is None:
            raise Http404("No printed picture has that number.")
        return HttpResponseRedirect(shown.src)


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What is in print, to look up. Only the press writes it."""

    list_display = ["headline", "section", "edition", "readers_see_it", "page"]
    list_filter = [
        ("edition", ByChoice),
        ("section", ByRelated),
        ("genre", ByChoice),
        ("published_at", ByDate),
    ]
    search_fields = ["headline", "standfirst"]
    fields = [
        "headline",
        "standfirst",
        "section",
        "edition",
        "genre",
        "slug",
        "published_at",
        "updated_at",
        "words",
    ]
    list_per_page = 40
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return Article.including_unpublished.select_related("section").defer(*HEAVY)

    @admin.display(description=_("readers see it"), ordering="published_at")
    def readers_see_it(self, article: Article) -> SafeString | str:
        if article.withdrawn:
            return gettext("withdrawn")
        moment = localtime(article.published_at)
        return format_html(
            '<time datetime="{}">{}</time>', moment.isoformat(), date_format(moment, "SHORT_DATETIME_FORMAT")
        )

    @admin.display(description=_("page"))
    def page(self, article: Article) -> SafeString:
        words = gettext("Read")
        return format_html(
            '<a href="{}">{}<span class="visually-hidden">: {}</span></a>',
            *(article.get_absolute_url(), words, article.headline),
        )

    def view_on_site(self, article: Article) -> str:
        return article.get_absolute_url()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
