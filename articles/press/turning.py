"""Turning the page: what every verb does that changes what readers see. Called last in its transaction."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from articles.models import SITE, TALK, Turn
from articles.press.lock import take_turns
from articles.press.pagecache.watch import watch


@transaction.atomic(savepoint=False)
def turn_site(*, taken_back: bool = False) -> None:
    """Any page may have changed. `taken_back`: what stood there before may not be shown again, not even stale.

    The press is taken before the number, as every printing does: in the other order two could stop each other.
    """
    take_turns()
    _turn([SITE], taken_back=taken_back)


def turn_talks(article_ids: Iterable[int], *, taken_back: bool = False) -> None:
    """What is shown under these articles has changed."""
    _turn([f"{TALK}{number}" for number in article_ids], taken_back=taken_back)


@transaction.atomic(savepoint=False)
def _turn(names: Iterable[str], *, taken_back: bool) -> None:
    Turn.objects.turn(names, taken_back=taken_back)
    transaction.on_commit(watch.soon)
