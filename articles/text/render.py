"""A story's body as readers get it: sanitised, headings addressable, pictures from the library, tables scrollable."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from html import escape, unescape
from html.parser import HTMLParser
from typing import Any

from articles.text.html import sanitised
from articles.text.words import count_words, one_line, slug_of, without_controls

HEADINGS = {"h2", "h3", "h4"}
VOID = {"br", "hr", "img"}
BREAKS = HEADINGS | {"p", "li", "tr", "figcaption", "caption", "blockquote", "td", "th", "footer", "br"}
BODY_SIZES = "(min-width: 72rem) 41rem, calc(100vw - 2rem)"
CENTRE = "f-2-2"
# a figure's picture as it was printed while there was WebP only
IN_WEBP = re.compile(r'<figure>(?:<picture><source type="image/webp"[^>]*>)?<img [^>]*>(?:</picture>)?')
SMALLEST = re.compile(r'srcset="([^ "]+)')
ALT = re.compile(r' alt="([^"]*)"')


@dataclass(frozen=True)
class Picture:
    """What a page needs to show a picture. Addresses are below the site's root; sizes in pixels.

    What was printed before there was AVIF has WebP in `src` too, and neither `avif` nor `share`.
    """

    src: str  # JPEG, for old browsers
    srcset: str  # WebP
    width: int
    height: int
    alt: str = ""
    caption: str = ""
    credit: str = ""
    focus: str = CENTRE  # a class of base.css: quarters across and down
    avif: str = ""  # its srcset
    share: str = ""  # a large JPEG for feeds and shared links

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Rendered:
    html: str = ""
    text: str = ""
    words: int = 0
    contents: list[dict[str, Any]] = field(default_factory=list)  # {"id", "text", "level"} of each h2 and h3


def render(body: str, *, pictures: Mapping[int, Picture], table_label: str = "Table") -> Rendered:
    """Print an editor's HTML. Figures whose `data-image-id` is not in `pictures` are left out."""
    page = _Page(pictures, table_label)
    page.feed(sanitised(without_controls(body)))
    page.close()
    text = "\n".join(line for line in map(one_line, "".join(page.text).split("\n")) if line)
    return Rendered("".join(page.out).strip(), text, count_words(text), page.contents)


def pictured(body: str) -> set[int]:
    """The library numbers of the pictures that a body's figures name."""
    finder = _Figures()
    finder.feed(body)
    return finder.found


def pictured_again(html: str, pictures: Mapping[str, Picture]) -> str:
    """A printed body in which pictures that were WebP only have all their formats, and the words they had.

    `pictures` are known by the address of their smallest WebP.
    """

    def renewed(found: re.Match[str]) -> str:
        smallest, alt = SMALLEST.search(found[0]), ALT.search(found[0])
        picture = pictures.get(unescape(smallest[1])) if smallest else None
        if picture is None or alt is None:
            return found[0]
        return f"<figure>{_in_a_body(replace(picture, alt=unescape(alt[1])))}"

    return IN_WEBP.sub(renewed, html)


def _number(attributes: Mapping[str, str | None]) -> int | None:
    value = attributes.get("data-image-id") or ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None


class _Figures(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[int] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        number = _number(dict(attrs)) if tag == "figure" else None
        if number is not None:
            self.found.add(number)


class _Page(HTMLParser):
    """Writes the printed body while reading the sanitised one, which is well formed."""

    def __init__(self, pictures: Mapping[int, Picture], table_label: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pictures, self.table_label = pictures, table_label
        self.out: list[str] = []
        self.text: list[str] = []
        self.contents: list[dict[str, Any]] = []
        self.ids: set[str] = set()
        # the figures being read, one in the caption of another at the worst: where each begins in `out`, its picture
        self.figures: list[tuple[int, int | None]] = []
        self.captions: list[bool] = []  # whether each open <figcaption> stands in a figure
        self.divs: list[str] = []  # how each open <div> is printed
        self.heading: tuple[int, int] | None = None  # where it begins in `out` and in `text`

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        opened = getattr(self, f"open_{tag}", None)
        if opened:
            opened(given)
        elif tag in HEADINGS:
            self.heading = (len(self.out), len(self.text))
        elif tag != "img":
            self.out.append(_start(tag, given))
        if tag in BREAKS:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        closed = getattr(self, f"close_{tag}", None)
        if closed:
            closed()
        elif tag in HEADINGS:
            self.close_heading(tag)
        elif tag not in VOID:
            self.out.append(f"</{tag}>")
        if tag in BREAKS:
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        self.out.append(escape(data, quote=False))
        if not self.figures:  # a caption is not the story's text
            self.text.append(data)

    # -- headings

    def close_heading(self, tag: str) -> None:
        if self.heading is None:
            return
        at, text_at = self.heading
        self.heading = None
        inner = "".join(self.out[at:])
        words = one_line("".join(self.text[text_at:]))
        del self.out[at:]
        if not words:
            return
        place = self._place(words)
        self.out.append(f'<{tag} id="{place}">{inner}</{tag}>')
        if tag != "h4":
            self.contents.append({"id": place, "text": words, "level": int(tag[1])})

    def _place(self, words: str) -> str:
        wanted = place = f"s-{slug_of(words, limit=50) or 'part'}"
        number = 1
        while place in self.ids:
            number += 1
            place = f"{wanted}-{number}"
        self.ids.add(place)
        return place

    # -- figures: only the caption is the editor's, the picture is the library's

    def open_figure(self, given: Mapping[str, str | None]) -> None:
        self.figures.append((len(self.out), _number(given)))

    def close_figure(self) -> None:
        begin, number = self.figures.pop()
        caption = "".join(self.out[begin:])
        del self.out[begin:]
        picture = self.pictures.get(number) if number is not None else None
        if picture:
            self.out.append(_figure(picture, caption))

    def open_figcaption(self, given: Mapping[str, str | None]) -> None:
        self.captions.append(bool(self.figures))
        if not self.figures:
            self.out.append("<p>")

    def close_figcaption(self) -> None:
        if not self.captions.pop():
            self.out.append("</p>")

    # -- the paper's own shapes

    def open_aside(self, given: Mapping[str, str | None]) -> None:
        self.out.append('<blockquote class="pull margin">')

    def close_aside(self) -> None:
        self.out.append("</blockquote>")

    def open_table(self, given: Mapping[str, str | None]) -> None:
        label = escape(self.table_label)
        self.out.append(f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table>')

    def close_table(self) -> None:
        self.out.append("</table></div>")

    def open_div(self, given: Mapping[str, str | None]) -> None:
        """An embedded post is printed as a plain link to it: nothing of a third party loads with the page."""
        self.divs.append("p" if given.get("data-embed-url") else "div")
        self.out.append('<p class="embed">' if self.divs[-1] == "p" else "<div>")

    def close_div(self) -> None:
        self.out.append(f"</{self.divs.pop()}>")


def _start(tag: str, given: Mapping[str, str | None]) -> str:
    words = "".join(f' {name}="{escape(value or "")}"' for name, value in given.items())
    return f"<{tag}{words}>"


def _figure(picture: Picture, caption: str) -> str:
    words = caption.strip() or escape(picture.caption, quote=False)
    credit = f' <span class="credit">{escape(picture.credit, quote=False)}</span>' if picture.credit else ""
    below = f"<figcaption>{words}{credit}</figcaption>" if words or credit else ""
    return f"<figure>{_in_a_body(picture)}{below}</figure>"


def _in_a_body(picture: Picture) -> str:
    """Whole, whatever its focus: there it is not cut."""
    return picture_html(picture.as_dict() | {"focus": CENTRE}, BODY_SIZES, alt=picture.alt)


def picture_html(picture: Mapping[str, Any], sizes: str, *, alt: str = "", first: bool = False) -> str:
    """A picture as pages show it, from Picture.as_dict. `first`: the page's largest, to be fetched before all else."""
    sources = "".join(
        f'<source type="image/{kind}" srcset="{escape(srcset)}" sizes="{escape(sizes)}">'
        for kind, srcset in (("avif", picture.get("avif")), ("webp", picture.get("srcset")))
        if srcset
    )
    focus = picture.get("focus") or CENTRE
    look = f' class="{escape(focus)}"' if focus != CENTRE else ""
    haste = ' fetchpriority="high"' if first else ' loading="lazy" decoding="async"'
    return (
        f'<picture>{sources}<img src="{escape(picture["src"])}" width="{picture["width"]}"'
        f' height="{picture["height"]}" alt="{escape(alt)}"{look}{haste}></picture>'
    )
