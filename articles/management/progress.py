"""How a command says how far it is."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.core.management.base import OutputWrapper

WIDTH = 30  # signs of the bar


def progress(out: OutputWrapper) -> Callable[[str, int, int], None]:
    """A bar that grows on a terminal; elsewhere one line when a step is done."""
    begun: dict[str, float] = {}

    def tell(what: str, done: int, of: int) -> None:
        if out.isatty():
            passed = time.monotonic() - begun.setdefault(what, time.monotonic())
            out.write(f"\r\033[K{bar(what, done, of, passed)}", ending="\n" if done == of else "")
            out.flush()
        elif done == of:
            out.write(f"{what}: {of}")

    return tell


def bar(what: str, done: int, of: int, passed: float) -> str:
    """`passed`: seconds since the first word of this step, from which those to come are guessed."""
    share = done / of if of else 1.0
    full = int(share * WIDTH)
    left = "" if done == of or not passed else f", {passed / share - passed:.0f} s left"
    return f"{what} [{'█' * full}{'░' * (WIDTH - full)}] {share:4.0%}, {done:,} of {of:,}{left}"
