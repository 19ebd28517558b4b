"""Form widgets. Each renders plain, working HTML; the scripts in static/desk only make them pleasanter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.templatetags.static import static
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django_prose_editor.config import expand_extensions
from django_prose_editor.widgets import AdminProseEditorWidget
from taggit.forms import TagWidget

from articles.models import Image
from articles.press.pictures import portrait

# What the press prints (articles.text.html) and nothing it would throw away; the last four are ours: prose.js
EXTENSIONS: dict[str, Any] = {
    "NoSpellCheck": False,  # a newsroom wants to be told
    "Bold": True,
    "Italic": True,
    "Subscript": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3, 4]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "PullQuote": True,
    "LibraryFigure": True,
    "Embed": True,
    "OfficePaste": True,
}


class StoryBody(AdminProseEditorWidget):
    """The prose editor with the paper's own nodes. Without scripts it is a text area of HTML."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, preset="configurable")

    def get_config(self) -> dict[str, Any]:
        picture = reverse("admin:articles_image_face", args=[0])
        own = {"LibraryFigure": {"picture": picture}}
        return {
            "extensions": expand_extensions({**EXTENSIONS, **own}),
            "js_modules": [static("desk/prose.js")],
        }


class Growing(forms.Textarea):
    """A one-line text that wraps and grows, with a guide: how many characters read best."""

    template_name = "desk/widgets/growing.html"

    def __init__(self, low: int, high: int, attrs: dict[str, Any] | None = None) -> None:
        self.low, self.high = low, high
        super().__init__({"rows": 1, "class": "grow", "dir": "auto", **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        return {**context, "low": self.low, "high": self.high, "length": len(value or "")}


class LocalDateTime(forms.DateTimeInput):
    """The browser's own date and time box, keyboard and phone ready, in place of AdminSplitDateTime."""

    input_type = "datetime-local"

    def format_value(self, value: Any) -> str | None:
        if not isinstance(value, datetime):
            return str(value) if value else None
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.isoformat(timespec="seconds" if local.second else "minutes").partition("+")[0]


class ImagePicker(forms.HiddenInput):
    """A picture of the library, chosen in a dialog. Without scripts its number can be seen, not changed."""

    template_name = "desk/widgets/image_picker.html"
    is_hidden = False  # so that the admin draws the row
    url = reverse_lazy("admin:articles_image_pick")

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return ""  # the label names a group, not one input

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        chosen = Image.objects.filter(pk=value).first() if str(value or "").isdigit() else None
        return {
            **super().get_context(name, value, attrs),
            "image": chosen,
            "face": portrait(chosen),
            "url": self.url,
        }


class Tags(TagWidget):
    """A list with commas, of either script; the script draws it as chips with suggestions."""

    template_name = "desk/widgets/tags.html"
    url = reverse_lazy("admin:articles_story_tags")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "url": self.url}

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name)
        if not isinstance(typed, str) or not typed.strip():
            return typed
        typed = typed.replace("،", ",")
        # taggit cuts a list without a comma at its spaces; two words are one tag here
        return typed if "," in typed or '"' in typed else f"{typed},"
