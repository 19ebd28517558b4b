"""A reader's comment, as it is typed: what is taken out of it silently, and what is asked for again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Comment
from articles.text.words import one_line

# For every fault: the line of the summary, and what stands beside the field.
FAULTS: dict[str, dict[str, tuple[Promise, Promise]]] = {
    "name": {
        "required": (_("Your name is missing"), _("Write the name that readers will see.")),
        "min_length": (_("The name is too short"), _("Write at least two letters.")),
        "max_length": (_("The name is too long"), _("Write at most 60 characters.")),
        "letters": (_("The name has no letters"), _("Write a name, not only figures and signs.")),
    },
    "email": {
        "required": (_("Your e-mail address is missing"), _("Write your address. Readers never see it.")),
        "invalid": (
            _("The e-mail address is not complete"),
            _("Write the whole address, such as name@example.org."),
        ),
        "max_length": (_("The e-mail address is too long"), _("Write an address of at most 254 characters.")),
    },
    "body": {
        "required": (_("The comment is empty"), _("Write something first.")),
        "min_length": (_("The comment is too short"), _("Write at least two characters.")),
        "max_length": (
            _("The comment is too long"),
            _("Write at most 5,000 characters, or send the rest as a second comment."),
        ),
        "cut": (
            _("The comment is much too long"),
            _("Write at most 5,000 characters. Of what you sent, only the first 20,000 are kept here."),
        ),
    },
    "parent": {
        "gone": (
            _("The comment you answer is not here any more"),
            _("Send yours again and it will stand on its own, or answer another comment."),
        ),
    },
}

KEPT = 20_000  # characters of a field; what comes after them is neither looked at nor given back
DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # they could turn around the words after a name
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # but for tab and line feed


def beside(field: str) -> dict[str, Any]:
    return {code: words for code, (_summary, words) in FAULTS[field].items()}


def printable(text: str) -> str:
    """Without control characters; every line ends in a line feed."""
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def kept(typed: Mapping[str, str]) -> dict[str, str]:
    """What was typed into the form, as it can be shown again: without control characters and not endless."""
    return {name: printable(typed.get(name, "")[:KEPT]) for name in CommentForm.base_fields}


def says_something(text: str) -> bool:
    """Whether any of it can be seen: not only spaces and joiners."""
    return any(unicodedata.category(char)[0] not in "CZ" for char in text)


class Words(forms.CharField):
    """Plain text over several lines. Control characters are out of it already: see `kept`."""

    def to_python(self, value: Any) -> str:
        text = str(value or "").strip()
        return text if says_something(text) else ""


class Line(Words):
    """Plain text on one line that cannot change the direction of what stands beside it."""

    def to_python(self, value: Any) -> str:
        return one_line(DIRECTIONS.sub("", super().to_python(value)))


@dataclass(frozen=True)
class Problem:
    place: str  # id of the control it is about
    summary: str
    words: str


class CommentForm(forms.Form):
    name = Line(min_length=2, max_length=60, error_messages=beside("name"))
    email = forms.EmailField(max_length=254, error_messages=beside("email"))
    body = Words(min_length=2, max_length=5000, error_messages=beside("body"))
    parent = forms.CharField(required=False)
    website = forms.CharField(required=False)  # no reader sees it; machines fill it in

    def __init__(self, typed: Mapping[str, str], *, article: Article) -> None:
        """What is asked for again is shown as it was typed, but for the control characters."""
        super().__init__(kept(typed))
        self.article = article
        self.cut = len(typed.get("body", "")) > KEPT
        self.answered: Comment | None = None

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not any(char.isalpha() for char in name):
            raise ValidationError(beside("name")["letters"], "letters")
        return name

    def clean_parent(self) -> Comment | None:
        """The comment that is answered; when it cannot be, the next sending stands on its own."""
        given: str = self.cleaned_data["parent"]
        if not given:
            return None
        self.answered = answerable(self.article, given)
        if self.answered is None:
            raise ValidationError(beside("parent")["gone"], "gone")
        return self.answered

    def clean(self) -> None:
        """Of a comment that was cut, nothing else is said than that."""
        if self.cut:
            self.errors.pop("body", None)
            self.add_error("body", ValidationError(beside("body")["cut"], "cut"))

    @property
    def from_a_machine(self) -> bool:
        return bool(self.cleaned_data["website"])

    def problems(self) -> list[Problem]:
        """What is asked for again, in the order of the fields, one for each."""
        return [
            Problem(
                place="f-body" if field == "parent" else f"f-{field}",
                summary=str(FAULTS[field][faults[0].code or "required"][0]),
                words=str(faults[0].messages[0]),
            )
            for field, faults in ((name, self.errors.as_data().get(name)) for name in FAULTS)
            if faults
        ]


def answerable(article: Article, number: str) -> Comment | None:
    """The shown comment of this article with that number, if a reader may answer it."""
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return Comment.objects.shown().filter(article=article, pk=int(number)).select_related("parent").first()
