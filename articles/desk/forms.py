"""The forms of a story: the story itself, its byline, and the words to readers when it was wrong."""

from __future__ import annotations

import json
import re
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.desk.widgets import Growing, ImagePicker, StoryBody
from articles.models import Byline, Correction, Edition, Image, Revision, Section, Story, Tag
from articles.models.editions import default_edition
from articles.text.words import one_line

LINES = ("kicker", "headline", "standfirst", "dateline")
SCRIPTS = ("writing", "tags", "picker", "bylines")
EMPTY = re.compile(r"<p></p>\n?")  # what pressing Enter twice leaves behind; never meant for print
PICTURE = re.compile(r"<img\b[^>]*>")  # the press takes a figure's picture from the library, by its number


class SectionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Sections under the name of their edition."""

    def __init__(self, **given: Any) -> None:
        super().__init__(Section.objects.all(), **given)
        self.choices = self._grouped

    def _grouped(self) -> list[Any]:
        found: dict[str, list[tuple[int, str]]] = {one.code: [] for one in Edition.all()}
        for section in (
            Section.objects.all()
        ):  # asked anew for every form: the field itself lives as long as the process
            found.setdefault(section.edition, []).append((section.pk, section.name))
        groups = [(Edition.of(code).label, listed) for code, listed in found.items() if listed]
        return [("", "---------"), *groups]


class OneLine(forms.CharField):
    """A text of one line, without the control characters that pasting from a PDF brings along.

    They go before anything is asked of the text: what holds nothing else is empty.
    """

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")


class StoryForm(forms.ModelForm):  # type: ignore[type-arg]
    section = SectionChoice(label=_("Section"))
    lead_image = forms.ModelChoiceField(
        Image.objects.all(), required=False, widget=ImagePicker, label=_("Lead image")
    )
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)  # the revision that was opened

    user: User  # who types; StoryAdmin.get_form sets it
    overtaken: Revision | None = None  # what somebody saved in the meantime

    class Meta:
        model = Story
        fields: list[str] = []  # StoryAdmin names them
        field_classes = dict.fromkeys(LINES, OneLine)
        widgets = {
            "headline": Growing(30, 80, {"maxlength": 200}),
            "standfirst": Growing(80, 200, {"maxlength": 500}),
            "body": StoryBody,
        }

    class Media:
        js = [forms.Script(f"desk/{name}.js", type="module") for name in SCRIPTS]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.initial["based_on"] = self.instance.latest_revision
        code = self.initial.get("edition") or default_edition()
        for name in set(LINES) & set(self.fields):
            self.fields[name].widget.attrs.update({"lang": Edition.of(code).language, "dir": "auto"})
        if "edition" in self.fields:
            languages = {one.code: one.language for one in Edition.all()}
            self.fields["edition"].widget.attrs["data-languages"] = json.dumps(languages)

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"].replace("\r\n", "\n")
        return PICTURE.sub("", EMPTY.sub("", body))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._refuse_an_overtaken_save(cleaned.get("based_on"))
        code = cleaned.get("edition") or self.instance.edition
        original = cleaned.get("translation_of")
        if original and original.edition == code:
            self.add_error("translation_of", _("A translation is of a story in another edition."))
        self._refuse_new_tags(code, cleaned.get("tags") or [])
        return cleaned

    def _refuse_an_overtaken_save(self, based_on: int | None) -> None:
        """Not to overwrite what somebody else saved, unless the editor has read so and insists."""
        now = self.instance.latest_revision
        if (
            not self.instance.pk
            or based_on is None
            or based_on == now
            or self.data.get("_anyway") == str(now)
        ):
            return
        self.overtaken = Revision.objects.select_related("by").get(story=self.instance, number=now)
        kept = gettext("What you typed is still on this page and is not saved yet.")
        said = f"{who_was_first(self.overtaken, self.user)} {kept}"
        self.add_error(None, ValidationError(said, "overtaken"))

    def _refuse_new_tags(self, code: str, names: list[str]) -> None:
        """The vocabulary is the editors': a reporter chooses from it."""
        if not names or self.user.has_perm("articles.add_tag"):
            return
        known = {name.casefold() for name in Tag.objects.filter(edition=code).values_list("name", flat=True)}
        new = [name for name in names if name.casefold() not in known]
        if new:
            said = ngettext(
                "There is no tag %(names)s. Ask an editor to add it, or take it out.",
                "There are no tags %(names)s. Ask an editor to add them, or take them out.",
                len(new),
            )
            quoted = gettext(", ").join(f"“{name}”" for name in new)
            self.add_error("tags", ValidationError(said % {"names": quoted}, "new_tag"))


def name_of(user: User | None) -> str:
    """How colleagues call somebody; the byline is another matter."""
    return (user.get_full_name() or user.get_username()) if user else gettext("Somebody")


def who_was_first(revision: Revision, user: User | AnonymousUser) -> str:
    """What to tell somebody on whose open page this revision is missing."""
    at = date_format(timezone.localtime(revision.at), "DATETIME_FORMAT")
    if revision.by == user:
        said = gettext("You saved this story in another window on %(at)s, after you had opened it here.")
    else:
        said = gettext("%(who)s saved this story on %(at)s, after you had opened it.")
    return said % {"who": name_of(revision.by), "at": at}


class BylineForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Byline
        fields = ["author", "role", "position"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_permitted = True  # the first row too: a draft need not say yet who wrote it

    def has_changed(self) -> bool:
        """A line without an author is no line, whatever its number."""
        return bool(self["author"].data)

    def validate_constraints(self) -> None:
        """The rows in the database are about to be replaced; the formset compares the new ones."""


class BylineFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """A byline is written as a whole: what was typed takes the place of what stood there.

    So two editors' additions never mix, authors can change places in spite of the unique constraint, and
    "Save mine anyway" works when the other editor has removed a row.
    """

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        prefix = kwargs.get("prefix") or self.get_default_prefix()
        super().__init__(self._as_new(data, prefix) if data is not None else None, *args, **kwargs)

    @staticmethod
    def _as_new(data: Any, prefix: str) -> QueryDict:
        copy: QueryDict = data.copy()
        copy[f"{prefix}-INITIAL_FORMS"] = "0"
        for name in [name for name in copy if re.fullmatch(rf"{re.escape(prefix)}-\d+-id", name)]:
            copy[name] = ""
        return copy

    def save(self, commit: bool = True) -> list[Any]:
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        stood = list(Byline.objects.filter(story=self.instance).values_list("author", "role", "position"))
        wanted = [
            (form.cleaned_data["author"].pk, form.cleaned_data["role"], form.cleaned_data["position"])
            for form in self.extra_forms
            if form.has_changed() and not self._should_delete_form(form)  # type: ignore[attr-defined]
        ]
        if sorted(stood) == sorted(wanted):
            return []
        Byline.objects.filter(story=self.instance).delete()
        return super().save(commit)


class CorrectionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Correction
        fields = ["kind", "text"]
        widgets = {"text": forms.Textarea({"rows": 4, "dir": "auto"})}


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
        help_text=_("Readers who look for the story will see it."),
    )
