"""What changed between two versions of a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from html import unescape
from typing import Literal

Run = tuple[Literal["same", "added", "taken"], str]

TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
BLOCK_END = re.compile(r"</(?:p|h[2-4]|li|blockquote|figcaption|td|th)>|<br ?/?>")
TAG = re.compile(r"<[^>]+>")
ALIKE = 0.4  # share of words that two paragraphs have in common when one is a new version of the other


def paragraphs(html: str) -> list[str]:
    plain = TAG.sub("", BLOCK_END.sub("\n", html))
    return [line.strip() for line in unescape(plain).split("\n") if line.strip()]


def words(old: str, new: str) -> list[Run]:
    """One line against another."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    runs: list[Run] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(("same", "".join(before[i:j])))
            continue
        if i < j:
            runs.append(("taken", "".join(before[i:j])))
        if k < m:
            runs.append(("added", "".join(after[k:m])))
    return runs


def blocks(old: str, new: str) -> list[list[Run]]:
    """Two bodies, paragraph by paragraph: unchanged ones are one run, changed pairs are compared by words."""
    before, after = paragraphs(old), paragraphs(new)
    out: list[list[Run]] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            out += [[("same", text)] for text in before[i:j]]
        else:
            out += _paired(before[i:j], after[k:m])
    return out


def _paired(old: list[str], new: list[str]) -> list[list[Run]]:
    """Within a changed stretch, put together the paragraphs that resemble each other, in order."""
    out: list[list[Run]] = []
    start = 0
    for text in old:
        likeness, place = max(
            ((_likeness(text, other), -number) for number, other in enumerate(new[start:])), default=(0.0, 0)
        )
        if likeness < ALIKE:
            out.append([("taken", text)])
            continue
        found = start - place
        out += [[("added", skipped)] for skipped in new[start:found]]
        out.append(words(text, new[found]))
        start = found + 1
    out += [[("added", text)] for text in new[start:]]
    return out


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def count(compared: Iterable[list[Run]]) -> dict[str, int]:
    """How many words were added and how many taken out."""
    total = {"added": 0, "taken": 0}
    for runs in compared:
        for kind, text in runs:
            if kind != "same":
                total[kind] += len(text.split())
    return total
