"""Addresses of lists (this one's own, and this one with a filter less) and the choices of their filters."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from jinja2 import pass_context
from jinja2.runtime import Context

from articles.models.addresses import absolute
from articles.site.pages import ASKED


@pass_context
def canonical(context: Context) -> str:
    """The one address of this page: what others hang on an address (campaigns, counters) is left out."""
    asked: QueryDict = context["request"].GET
    words = QueryDict(mutable=True)
    for name in sorted(set(asked) & ASKED):
        words.setlist(name, [",".join(filter(None, asked.getlist(name)))])
    query = words.urlencode(safe=",")
    return absolute(iri_to_uri(context["request"].path) + (f"?{query}" if query else ""))


@pass_context
def without(context: Context, name: str, value: str = "") -> str:
    """This page's address without one filter, or without one of the values of a filter."""
    words: QueryDict = context["request"].GET.copy()
    kept = [
        word for given in words.getlist(name) for word in given.split(",") if value and word and word != value
    ]
    for gone in (name, "before", "after"):
        words.pop(gone, None)
    if kept:
        words[name] = ",".join(kept)
    return "?" + words.urlencode(safe=",")


@lru_cache(maxsize=256)
def options(choices: tuple[tuple[str, str], ...], chosen: str | None = None) -> SafeString:
    """The lines of a select, from (value, name). Hundreds stand in a filter, and hardly ever change."""
    lines = (format_html(CHOSEN if value == chosen else CHOICE, value, name) for value, name in choices)
    return format_html_join("", "{}", ((line,) for line in lines))


CHOICE, CHOSEN = '<option value="{}">{}</option>', '<option value="{}" selected>{}</option>'
WORDS: dict[str, Callable[..., Any]] = {"canonical": canonical, "options": options, "without": without}
