"""Words that the templates of the discussion need."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from articles.models import Comment
from articles.talk.threads import Branch, nest

register = template.Library()


@register.filter
def threads(comments: Iterable[Comment]) -> list[Branch]:
    """The conversation, from comments in thread order."""
    return nest(comments)
