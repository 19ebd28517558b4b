"""One press: of two printings at the same moment one waits.

What is printed touches its neighbours' related reads and needs an address that nobody else takes meanwhile; in
whatever order two printings did that, they could stop each other for good. A newsroom prints a few times a minute
and a printing takes some milliseconds, so they simply take turns.
"""

from django.db import connection

PRESS = 0x70726573  # any number, the same for every process: "pres"


def take_turns() -> None:
    """Wait until no other transaction prints; ours has the press until it ends. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PRESS])
