"""How a command says how far it is."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management.base import OutputWrapper


def progress(out: OutputWrapper) -> Callable[[str, int, int], None]:
    """A counter that runs on a terminal; elsewhere one line when a step is done."""

    def tell(what: str, done: int, of: int) -> None:
        if out.isatty():
            out.write(f"\r{what}: {done} of {of}", ending="\n" if done == of else "")
            out.flush()
        elif done == of:
            out.write(f"{what}: {of}")

    return tell
