"""What frames every page: the masthead and the foot.

They depend on the edition, its sections and little else, so a process draws each variant once and remembers it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from articles.models import Edition, Section
from articles.models.addresses import address

register = template.Library()


class Door(NamedTuple):
    """A link of the menu."""

    href: str
    name: str
    here: bool


class Switch(NamedTuple):
    """Another edition, and where it has this page (`same`), else its front page."""

    edition: Edition
    href: str
    same: bool


@register.simple_tag(takes_context=True)
def switches(context: template.Context) -> tuple[Switch, ...]:
    known: dict[str, str] = context.get("alternates") or {}
    return tuple(
        Switch(one, known.get(one.code) or address("front", one.code), one.code in known)
        for one in context["edition"].others()
    )


@register.simple_tag(takes_context=True)
def masthead(context: template.Context) -> SafeString:
    """The name, the menu and the way to the other editions. A front page (with `today`) has the large one."""
    doors = _doors(context["sections"], context.get("section"))
    return _masthead(context["edition"], doors, switches(context), context.get("today"))


@register.simple_tag(takes_context=True)
def foot(context: template.Context) -> SafeString:
    return _foot(context["edition"], _doors(context["sections"]), timezone.localdate().year)


def _doors(sections: Iterable[Section], here: Any = None) -> tuple[Door, ...]:
    return tuple(Door(one.get_absolute_url(), one.name, one == here) for one in sections)


@lru_cache(maxsize=512)
def _masthead(
    edition: Edition, doors: tuple[Door, ...], others: tuple[Switch, ...], today: date | None
) -> SafeString:
    words = {"edition": edition, "doors": doors, "others": others, "today": today}
    return render_to_string("site/parts/masthead.html", words)


@lru_cache(maxsize=64)
def _foot(edition: Edition, doors: tuple[Door, ...], year: int) -> SafeString:
    return render_to_string("site/parts/foot.html", {"edition": edition, "doors": doors, "year": year})
