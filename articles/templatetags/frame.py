"""What frames every page: the menu, and the way to the other editions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.utils import timezone
from jinja2 import pass_context
from jinja2.runtime import Context

from articles.models import Edition, Section
from articles.models.addresses import address
from articles.site.context import sections_of


class Switch(NamedTuple):
    """Another edition, and where it has this page (`same`), else its front page."""

    edition: Edition
    href: str
    same: bool


@pass_context
def switches(context: Context) -> list[Switch]:
    known: dict[str, str] = context.get("alternates") or {}
    return [
        Switch(one, known.get(one.code) or address("front", one.code), one.code in known)
        for one in context["edition"].others()
    ]


@pass_context
def menu(context: Context) -> Sequence[Section]:
    """The sections, as the view has them already, else asked for. A page for a jam gives none and asks nothing."""
    given: Sequence[Section] | None = context.get("sections")
    return sections_of(context["edition"]) if given is None else given


def this_year() -> int:
    return timezone.localdate().year


WORDS: dict[str, Callable[..., Any]] = {"menu": menu, "switches": switches, "this_year": this_year}
