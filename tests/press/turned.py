"""Which pages a deed has turned."""

from __future__ import annotations

from collections.abc import Callable

from articles.models import Turn

SITE, SITE_TAKEN_BACK = {"site": False}, {"site": True}


def numbers() -> dict[str, tuple[int, int]]:
    return {turn.name: (turn.number, turn.floor) for turn in Turn.objects.all()}


def turned(deed: Callable[[], object]) -> dict[str, bool]:
    """The numbers that a deed raises, and for each whether something was taken back."""
    before = numbers()
    deed()
    after = numbers()
    assert all(after[name] >= pair for name, pair in before.items()), "no number ever falls"
    changed = {name: pair for name, pair in after.items() if pair != before.get(name)}
    return {name: floor > before.get(name, (0, 0))[1] for name, (_number, floor) in changed.items()}
