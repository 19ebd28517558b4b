"""How often the paper has turned: the numbers that kept pages are compared with.

A page that was drawn is kept for many readers (press/pagecache). Whatever changes what readers see raises a number
here, in the same transaction, so a kept page is current exactly while its numbers are. One row counts for the
whole site, and one for the talk under each article that was ever discussed.

A number is at least the time in milliseconds: it is never given twice, not even after an older copy of the database
was restored or another database took its place, so what was kept before cannot pass for current.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Greatest, Now

SITE = "site"
TALK = "talk-"


class TurnQuerySet(models.QuerySet["Turn"]):
    def turn(self, names: Iterable[str], *, taken_back: bool) -> None:
        """Raise these numbers. `taken_back`: something that readers have seen may not be shown again, even stale."""
        wanted = sorted(set(names))
        self.bulk_create([self.model(name=name) for name in wanted], ignore_conflicts=True)
        # locked in one order, so that two transactions cannot wait for each other
        rows = self.filter(name__in=wanted).order_by("name").select_for_update()
        locked = list(rows.values_list("name", flat=True))
        raised = Greatest(F("number") + 1, Value(time.time_ns() // 1_000_000))
        floor = {"floor": raised} if taken_back else {}
        self.filter(name__in=locked).update(number=raised, turned_at=Now(), **floor)


class Turn(models.Model):
    name = models.CharField(primary_key=True, max_length=40)
    number = models.PositiveBigIntegerField(default=0)
    floor = models.PositiveBigIntegerField(
        default=0, help_text="what was drawn under a lower number may hold what was taken back since"
    )
    turned_at = models.DateTimeField(db_default=Now(), help_text="by the database's clock")

    objects = TurnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(floor__lte=F("number")), name="turn_is_not_below_its_floor"
            )
        ]
        indexes = [models.Index(fields=["turned_at"], name="turn_newest")]

    def __str__(self) -> str:
        return f"{self.name}: {self.number}"
