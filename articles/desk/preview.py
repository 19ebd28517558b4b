"""How a working copy would look in print. For the desk only; nothing of it is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext

from articles.models import Author, Edition, Story
from articles.press.pictures import as_printed, from_library
from articles.text.html import printed
from articles.text.render import picture_html, pictured, render

LEAD_SIZES = "(min-width: 72rem) 58rem, calc(100vw - 2rem)"


def proof(request: HttpRequest, story: Story, *, authors: list[Author], saved: bool) -> TemplateResponse:
    """The story in the site's own clothes. `saved` tells whether it is what stands in the database."""
    edition = Edition.of(story.edition)
    with translation.override(edition.language):
        table = gettext("Table")
    body = render(story.body, pictures=from_library(pictured(story.body)), table_label=table)
    picture = as_printed(story.lead_image)
    context: dict[str, Any] = {
        "story": story,
        "own_edition": edition,
        "authors": authors,
        "picture": picture,
        "shown": printed(picture_html(picture.as_dict(), LEAD_SIZES, alt=picture.alt, first=True))
        if picture
        else "",
        "body": printed(body.html),
        "words": body.words,
        "saved": saved,
    }
    answer = TemplateResponse(request, "desk/preview.html", context)
    answer["Cache-Control"] = "no-store, private"
    answer["X-Robots-Tag"] = "noindex"
    return answer
