"""What a line of a captured page is, judged by itself: furniture of the site, a name, a date, a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.exchange.dates import Dated, date_line
from articles.text.words import count_words, one_line

_NUMBER = r"(?:\d[\d,.]*|no|an?|one|two|few)"
_AGO = (
    rf"(?:about )?{_NUMBER} ?(?:sec(?:ond)?|min(?:ute)?|hr|hour|day|week|month|year)s? ago|just now|yesterday"
    r"|\d+ ?(?:سیکنڈ|منٹ|گھنٹ[ےہ]|دن|ہفت[ےہ]|ماہ|مہین[ےہ]|سال) (?:پہلے|قبل)"
)
_READ_ON = r"(?:read|show|view|see|load) (?:more|full story|all)|continue reading|مزید پڑھیں|مزید پڑھیے|مزید"
_FIRST_COMMENT = (
    r"(?:write|be|post|leave|add|join)\b[^.]{0,20}\b(?:comment|reply|discussion|conversation)\b.{0,20}"
    r"|(?:log|sign) in to comment|comments are closed|پہلا تبصرہ.{0,20}|تبصرہ کریں|اپنی رائے دیں"
)
_BUTTONS = (
    r"share(?: this(?: (?:article|story|post))?)?|tweet|print|save|copy link|follow us.{0,30}"
    r"|(?:share on )?(?:facebook|twitter|x|whatsapp|linkedin|telegram|e-?mail)"
    r"|listen(?: to this (?:article|story))?|شیئر(?: کریں)?|پرنٹ|محفوظ کریں"
)
_NAVIGATION = (
    r"home|menu|search|login|log in|sign in|sign up|register|subscribe(?: now)?|back to top|e-?paper"
    r"|skip to (?:main )?content|(?:home|صفحہ اول) ?[>»›/].*|صفحہ اول|تلاش|لاگ ان|سبسکرائب"
)
_LEGAL = (
    r"©.*|copyright\b.*|all rights reserved.?|privacy policy|terms(?: of (?:use|service))?|contact us"
    r"|about us|جملہ حقوق.*"
)

FURNITURE = {
    reason: re.compile(pattern, re.IGNORECASE)
    for reason, pattern in {
        "how long ago, seen from the day of the capture": _AGO,
        "a separator": r"[\W_]+",
        "an address by itself": r"(?:https?://|www\.)\S+",
        "number of comments": rf"{_NUMBER} (?:comments?|replies|reply)|comments? ?\(\d+\)|\d+ تبصر[ےہ]",
        "invitation to comment": _FIRST_COMMENT,
        "link to read on": rf"(?:{_READ_ON}) ?[»›>→…«‹.]*",
        "button": _BUTTONS,
        "navigation": _NAVIGATION,
        "advertisement": r"advertise?ments?|ads? by .*|sponsored|promoted|اشتہار",
        "reading time": r"\d+[ -]min(?:ute)?s?(?: read)?|reading time:? .*|\d+ منٹ(?: کا مطالعہ)?",
        "number of views": rf"{_NUMBER}k? (?:views?|shares?|reads?|likes?)",
        "small print": _LEGAL,
    }.items()
}
AGO, SEPARATOR, READ_ON = (
    FURNITURE[reason]
    for reason in ("how long ago, seen from the day of the capture", "a separator", "link to read on")
)

COMMENTS = re.compile(r"(?:reader )?comments?:?|leave a reply|تبصرے|آپ کے تبصرے", re.IGNORECASE)
RELATED = re.compile(
    r"(?:recent|related|latest|popular|more|other|trending)"
    r"(?: (?:posts?|stories|articles|news|reads?|content|on this))?:?"
    r"|read (?:next|also)|also read|you (?:may|might) (?:also )?like|more from .{1,40}"
    r"|مزید خبریں|متعلقہ خبریں|تازہ ترین(?: خبریں)?|یہ بھی پڑھیں",
    re.IGNORECASE,
)
ABOUT_AUTHOR = re.compile(
    r"(?:about|written by) the (?:author|writer|reporter)s?:?|(?:مصنف|مصنفہ|لکھاری) کے بارے میں",
    re.IGNORECASE,
)

_SIGNED = re.compile(
    r"(?:(?:reported |written |story )?by:?|author:|تحریر:|رپورٹ:|از:?|مصنف:)\s+(.+)", re.IGNORECASE
)
_DESK = re.compile(
    r"(?:[^\W\d]+ ){0,3}(?:desk|bureau|newsroom|monitoring|ڈیسک|بیورو)"
    r"|(?:our |a |the )?(?:staff|special|foreign) (?:report(?:er)?|correspondent|writer)|our correspondent"
    r"|اسٹاف رپورٹر|نمائندہ خصوصی|نامہ نگار",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\s*(?:,|،| and | & | اور )\s*")
_PARTICLES = {"al", "ul", "ur", "ud", "bin", "bint", "ibn", "e", "de", "der", "van", "von", "la", "da"}
_NAME_SIGNS = re.compile(r"[^\W\d_](?:[^\W\d_]|[.’'\-\u200c\u064b-\u0656])*")

STOPS = ".!:;,…۔،؛"
CLOSERS = "”’\"')]»› "


@dataclass(frozen=True)
class Meta:
    """A line about the story: who, when, and what else stands beside it."""

    names: tuple[str, ...] = ()
    dates: tuple[Dated, ...] = ()


def furniture(text: str) -> str:
    """Why this line is no part of a story; empty when it may be."""
    return next((reason for reason, pattern in FURNITURE.items() if pattern.fullmatch(text)), "")


def meta(text: str) -> Meta | None:
    """Byline, date or both (“Web Desk | 10 Nov 2025 | 2 min read”); None for any other line."""
    pieces = [piece for piece in re.split(r"\s*[|•·]\s*", text) if piece]
    dates = [dated for dated in map(date_line, pieces) if dated]
    others = [piece for piece in pieces if not date_line(piece) and not furniture(piece)]
    loose = bool(dates) or any(AGO.fullmatch(piece) for piece in pieces)
    names = [signed(piece) or (one_name(piece) if loose else ()) for piece in others]
    if not all(names) or not (names or dates):
        return None
    return Meta(tuple(name for some in names for name in some), tuple(dates))


def signed(text: str) -> tuple[str, ...]:
    """The names of a line that says whose work it is: “By A and B”, “News Desk”."""
    if found := _SIGNED.fullmatch(text):
        names = [name for name in _SEVERAL.split(found[1]) if name]
        return tuple(names) if all(is_name(name) or _DESK.fullmatch(name) for name in names) else ()
    return (text,) if _DESK.fullmatch(text) else ()


def one_name(text: str) -> tuple[str, ...]:
    return (text,) if is_name(text) else ()


def is_name(text: str) -> bool:
    """Two to five words that may be a person's name. In a script without capitals every short line may be."""
    words = text.split()
    return (
        2 <= len(words) <= 5
        and len(text) <= 60
        and all(_NAME_SIGNS.fullmatch(word) for word in words)
        and all(not word[0].islower() or word.lower() in _PARTICLES for word in words)
    )


def is_finished(text: str) -> bool:
    """It ends as sentences end. A question mark does not tell: headings ask, too."""
    bare = text.rstrip(CLOSERS)
    return bare.endswith(tuple(STOPS)) or (bare != text and bare.endswith(("?", "؟")))


def is_short(text: str) -> bool:
    return len(text) <= 100 and count_words(text) <= 12 and not is_finished(text)


def is_long(text: str) -> bool:
    return count_words(text) > 12 or is_finished(text)


def folded(text: str) -> str:
    """What two printings of the same words have in common."""
    return one_line(re.sub(r"[\W_]+", " ", text)).casefold()
