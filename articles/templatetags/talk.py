"""Words that the templates of the discussion need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from articles.talk.forms import CommentForm
from articles.talk.threads import nest


def typed(form: CommentForm | None, name: str) -> str:
    """What a reader typed into a field of the form, if there was a form."""
    return (form[name].value() or "") if form else ""


def not_sent(problems: int) -> str:
    said = ngettext(
        "Your comment was not sent. Please correct one thing.",
        "Your comment was not sent. Please correct %(n)s things.",
        problems,
    )
    return said % {"n": problems}


def never_shown(email: str) -> SafeString:
    """An address reads from the left in every language, hence apart from the words around it."""
    return format_html(gettext("Your address, <bdi>{}</bdi>, is never shown to readers."), email)


WORDS: dict[str, Callable[..., Any]] = {"never_shown": never_shown}
FILTERS: dict[str, Callable[..., Any]] = {"not_sent": not_sent, "threads": nest, "typed": typed}
