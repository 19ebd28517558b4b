"""The one door through which words become HTML that a page may print unescaped."""

from __future__ import annotations

import re

import nh3
from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe

STORY_TAGS = {
    "p", "br", "h2", "h3", "h4", "strong", "em", "b", "i", "s", "sub", "sup", "a", "ul", "ol", "li", "blockquote",
    "aside", "div", "figure", "figcaption", "img", "table", "caption", "thead", "tbody", "tr", "th", "td", "hr", "bdi",
    "cite", "footer",
}  # fmt: skip
STORY_ATTRIBUTES = {
    "a": {"href", "hreflang"},
    "figure": {"data-image-id"},
    "div": {"data-embed-url", "data-provider"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "*": {"lang", "dir"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
COMMENT_LINK = "nofollow ugc noopener"

ADDRESS = re.compile(r"https?://[^\s<>\"'”“]+")
NOT_THE_ADDRESS = ".,;:!?)]’”۔،؟"


def printed(html: str) -> SafeString:
    """Mark what the press rendered (`render`) as fit to stand in a page."""
    return mark_safe(html)


def sanitised(html: str) -> str:
    """An editor's HTML with nothing in it but the paper's own elements; scripts, handlers and styles are gone."""
    return nh3.clean(
        html,
        tags=STORY_TAGS,
        attributes=STORY_ATTRIBUTES,
        allowed_classes={"aside": {"pullquote"}},
        url_schemes=SCHEMES,
        link_rel="noopener",
    )


def paragraphs(text: str) -> SafeString:
    """Plain text that we wrote ourselves, such as an author's bio: an empty line starts a paragraph."""
    return mark_safe(linebreaks(text, autoescape=True))


def comment_html(body: str) -> SafeString:
    """A reader's plain text as paragraphs, with its web addresses as links that lend no weight."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", body.replace("\r\n", "\n")) if part.strip()]
    return mark_safe("".join(f'<p dir="auto">{_linked(part)}</p>' for part in paragraphs))


def _linked(text: str) -> str:
    done, at = [], 0
    for found in ADDRESS.finditer(text):
        address = found[0].rstrip(NOT_THE_ADDRESS)
        done += [_lines(text[at : found.start()]), _link(address)]
        at = found.start() + len(address)
    return "".join([*done, _lines(text[at:])])


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _link(address: str) -> str:
    return f'<a href="{escape(address)}" rel="{COMMENT_LINK}" dir="ltr">{escape(address)}</a>'
