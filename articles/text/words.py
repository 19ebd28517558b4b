"""Counting, cutting and naming with words, in any script that puts spaces between them."""

from __future__ import annotations

import re

from django.utils.text import slugify

SPACES = re.compile(r"\s+")
WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
# What no page, feed or address may hold: control characters that pasting brings along, and what XML has no sign for.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
STRAY_END = " ,;:–—-(،؛"


def without_controls(text: str) -> str:
    return CONTROLS.sub("", text)


def one_line(text: str) -> str:
    return SPACES.sub(" ", without_controls(text)).strip()


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
