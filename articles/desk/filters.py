"""How the filters of the story list look: status as chips, the others as menus in one line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count

from articles.models import Story


class ByChoice(admin.ChoicesFieldListFilter):
    template = "desk/filters/bar.html"


class ByDate(admin.DateFieldListFilter):
    template = "desk/filters/bar.html"


class ByRelated(admin.RelatedOnlyFieldListFilter):
    template = "desk/filters/bar.html"


class ByStatus(admin.ChoicesFieldListFilter):
    """Every status with its number, whatever else is filtered."""

    template = "desk/filters/chips.html"

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        counted = dict(Story.objects.order_by().values_list("status").annotate(Count("pk")))
        values = ["", *(value for value, _label in self.field.flatchoices)]
        for choice, value in zip(super().choices(changelist), values, strict=False):
            number = counted.get(value, 0) if value else sum(counted.values())
            yield {**choice, "number": number, "status": value}
