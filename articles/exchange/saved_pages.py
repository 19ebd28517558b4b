"""Reader of a web page saved as HTML: bytes → Manuscript. Pure. Read like a capture, with its marks."""

from __future__ import annotations

from html.parser import HTMLParser

from articles.exchange.captures import a_line, text_of, told
from articles.exchange.manuscripts import Line, Manuscript

UNREAD = {
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "head",
    "nav",
    "form",
    "button",
    "select",
    "iframe",
    "footer",
}
LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}
BREAKS = LEVELS.keys() | {
    "p", "div", "li", "ul", "ol", "br", "hr", "tr", "td", "th", "section", "article", "main", "header",
    "aside", "blockquote", "figure", "figcaption", "time", "address", "table", "body", "dt", "dd", "pre",
}  # fmt: skip


def read_html(data: bytes) -> Manuscript:
    """The story of a saved page. Line numbers are those of the file. Raises Unreadable."""
    page = _Page()
    page.feed(text_of(data))
    page.close()
    page.end_line()
    return told(page.lines)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self.words: list[str] = []
        self.begun = 1  # the line of the file in which the words began
        self.level = 0
        self.unread: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNREAD:
            self.unread.append(tag)
        if tag in BREAKS:
            self.end_line()
        if tag in LEVELS:
            self.level = LEVELS[tag]
        if tag == "time" and (moment := dict(attrs).get("datetime")):
            self.handle_data(moment)  # what the page shows instead is often “1 hour ago”
            self.end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in self.unread:
            del self.unread[self.unread.index(tag) :]
        if tag in BREAKS:
            self.end_line()
        if tag in LEVELS:
            self.level = 0

    def handle_data(self, data: str) -> None:
        if self.unread:
            return
        if not self.words and data.strip():
            self.begun = self.getpos()[0]
        self.words.append(data)

    def end_line(self) -> None:
        text = " ".join("".join(self.words).split())
        self.words.clear()
        if text:
            self.lines.append(a_line(self.begun, text, level=self.level))
