"""Bring pictures up to date that were developed and printed before there were so many formats.

What is printed names its pictures by the addresses of their WebP renditions, and those stay as they are. A picture
counts as done only when all articles that show it have been printed again, so an interrupted run is simply repeated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from articles.models import Article, Image
from articles.press.again import print_again
from articles.press.pictures import UNREADABLE, as_printed, catch_up, portrait
from articles.press.turning import turn_site
from articles.text.render import Picture, pictured_again

FIELDS = ["picture", "body_html", "byline"]

Tell = Callable[[str, int, int], None]  # what is being done, how many are, of how many


@dataclass
class Renewed:
    pictures: int = 0
    articles: int = 0
    unreadable: list[str] = field(default_factory=list)  # titles of those whose originals are lost


def behind() -> QuerySet[Image]:
    """The pictures that lack a format."""
    return Image.objects.exclude(renditions={}).exclude(renditions__has_key="avif").order_by("pk")


def renew(tell: Tell) -> Renewed:
    renewed, done = Renewed(), []
    late = list(behind())
    for place, image in enumerate(late, start=1):
        try:
            catch_up(image)
        except UNREADABLE:
            renewed.unreadable.append(image.title)
        else:
            done.append(image)
        tell("pictures", place, len(late))
    if done:
        renewed.articles = print_again(Article.including_unpublished.all(), _Album(done).renew, FIELDS)
        with transaction.atomic():
            Image.objects.bulk_update(done, ["width", "height", "renditions"], batch_size=500)
            turn_site()
    renewed.pictures = len(done)
    return renewed


class _Album:
    """Pictures and faces by the address of their smallest WebP, which all that is printed of them names."""

    def __init__(self, images: list[Image]) -> None:
        self.pictures: dict[str, Picture] = {}
        self.faces: dict[str, dict[str, Any]] = {}
        for image in images:
            picture, face = as_printed(image), portrait(image)
            if picture and face:
                smallest = picture.srcset.partition(" ")[0]
                self.pictures[smallest], self.faces[smallest] = picture, face

    def renew(self, article: Article) -> bool:
        """Whether anything was changed. Words stay as they were printed: only the files are others."""
        before = [getattr(article, name) for name in FIELDS]
        article.picture = self._lead(article.picture)
        article.body_html = pictured_again(article.body_html, self.pictures)
        article.byline = [
            {**line, "photo": self._face(line["photo"])} if line.get("photo") else line
            for line in article.byline
        ]
        return before != [getattr(article, name) for name in FIELDS]

    def _lead(self, printed: dict[str, Any] | None) -> dict[str, Any] | None:
        found = self.pictures.get(printed["srcset"].partition(" ")[0]) if printed else None
        if not printed or not found:
            return printed
        words = {name: printed[name] for name in ("alt", "caption", "credit", "focus") if name in printed}
        return replace(found, **words).as_dict()

    def _face(self, printed: dict[str, Any]) -> dict[str, Any]:
        return self.faces.get(printed["src"], printed)
