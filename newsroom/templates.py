"""Readers' pages are Jinja templates: they draw several times faster than Django's, which draw the desk.

Here stands all that they may say beyond what a view hands them. Whatever they print is escaped.
"""

from __future__ import annotations

from typing import Any

import jinja2
from django.conf import settings
from django.templatetags.static import static
from django.utils.encoding import iri_to_uri
from django.utils.text import capfirst
from django.utils.translation import gettext

from articles.models.addresses import absolute
from articles.templatetags import frame, lists, newsroom, talk
from articles.text.html import paragraphs

ROOMS = ("site", "talk")  # the folders of templates/ that hold readers' pages; Django draws all others


def environment(**given: Any) -> jinja2.Environment:
    folders = {room: jinja2.FileSystemLoader(settings.BASE_DIR / "templates" / room) for room in ROOMS}
    # a word that a page was not given is empty, and so is what would stand under it
    given |= {"loader": jinja2.PrefixLoader(folders), "undefined": jinja2.ChainableUndefined}
    made = jinja2.Environment(**given)  # noqa: S701  (Django's backend turns autoescape on)
    made.globals |= {"_": gettext} | newsroom.WORDS | frame.WORDS | lists.WORDS | talk.WORDS
    made.filters |= {
        "absolute": absolute,
        "capfirst": capfirst,
        "iriencode": iri_to_uri,
        "paragraphs": paragraphs,
        "static": static,  # of a name in quotes it is worked out once, when its template is compiled
    }
    made.filters |= newsroom.FILTERS | talk.FILTERS
    return made
