"""From a flat list in thread order to the conversation that readers see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.models import Comment


@dataclass
class Branch:
    """A comment and the answers to it that are on this page, oldest first."""

    comment: Comment
    replies: list[Branch] = field(default_factory=list)

    @property
    def number(self) -> str:
        """Its number as a word: a template would ask the language how to write every figure of it."""
        return str(self.comment.pk)


def nest(comments: Iterable[Comment]) -> list[Branch]:
    """The tree of comments that come in the order of their `path`.

    An answer whose parent is not among them (rejected since, or on another page) hangs under the nearest
    ancestor that is, else it stands on its own.
    """
    roots: list[Branch] = []
    above: list[Branch] = []  # the line from a root down to the comment placed last
    for comment in comments:
        while above and not comment.path.startswith(f"{above[-1].comment.path}/"):
            above.pop()
        branch = Branch(comment)
        (above[-1].replies if above else roots).append(branch)
        above.append(branch)
    return roots
