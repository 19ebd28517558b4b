"""Counting, cutting and naming with words, in any script that puts spaces between them."""

from __future__ import annotations

import re

from django.utils.text import slugify

SPACES = re.compile(r"\s+")
WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
STRAY_END = " ,;:–—-(،؛"


def one_line(text: str) -> str:
    return SPACES.sub(" ", text).strip()


def count_words(text: str) -> int:
    return len(WORD.findall(text))


def excerpt(text: str, limit: int = 160) -> str:
    """The beginning of a text on one line, at most `limit` characters, cut between words and then marked with “…”."""
    line = one_line(text)
    if len(line) <= limit:
        return line
    cut = line[:limit].rpartition(" ")[0] or line[: limit - 1]
    return cut.rstrip(STRAY_END) + "…"


def slug_of(text: str, *, limit: int = 80) -> str:
    """Letters, figures and hyphens of either script, cut between words at `limit` characters; may be empty."""
    slug = slugify(text, allow_unicode=True)
    if len(slug) <= limit:
        return slug
    return slug[: limit + 1].rpartition("-")[0] or slug[:limit]
