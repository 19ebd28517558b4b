"""The pages of what stories are made with (sections, authors, tags, pictures) and of what is in print."""

from __future__ import annotations

from typing import Any

import taggit.admin  # registers the stock tags, which the paper does not use, before we take them away
import taggit.models
from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow

from articles.desk.filters import ByChoice, ByDate, ByRelated
from articles.models import Article, Author, Image, Section, Tag
from articles.models.articles import HEAVY
from articles.models.media import FORMATS
from articles.press.bylines import reprint
from articles.press.pictures import as_printed, develop, portrait

PICKED = 24

admin.site.unregister(taggit.models.Tag)


class Public(admin.ModelAdmin):  # type: ignore[type-arg]
    """Pages whose rows have an address on the site."""

    def view_on_site(self, row: Any) -> str:
        address: str = row.get_absolute_url()
        return address


@admin.register(Section)
class SectionAdmin(Public):
    list_display = ["name", "slug", "edition", "position"]
    list_filter = [("edition", ByChoice)]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["edition", "name", "slug", "description", "position"]


@admin.register(Tag)
class TagAdmin(Public):
    list_display = ["name", "slug", "edition"]
    list_filter = [("edition", ByChoice)]
    search_fields = ["name", "slug"]
    fields = ["edition", "name", "slug", "description"]

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

    def save_model(self, request: HttpRequest, obj: Author, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and form.changed_data:
            reprint(obj, formerly=form.initial["slug"])


class ImageForm(forms.ModelForm):  # type: ignore[type-arg]
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
        """A file that begins like a picture must also be one to its end: the press is about to develop it."""
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file  # the one that is in the library already
        Image._meta.get_field("file").run_validators(file)  # refuses what is too large to be opened below
        try:
            with Pillow.open(file, formats=FORMATS) as picture:
                picture.load()
        except (OSError, ValueError, SyntaxError) as error:
            said = _("The picture is damaged: it cannot be read to its end. Save it anew.")
            raise ValidationError(said, "damaged") from error
        file.seek(0)
        return file


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

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "file" in form.changed_data:
            develop(obj)
        obj.file.close()  # validating opens the original

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
        images, _may_repeat = self.get_search_results(request, wanted, request.GET.get("q", ""))
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
