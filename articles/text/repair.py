"""Mends what copying and exporting break in words, and says what was mended. Changes no wording."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

ESCAPED_QUOTE = re.compile(r"""\\+(?=['"‘’“”«»])""")
ENTITY = re.compile(r"&(?:[A-Za-z]{2,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
# UTF-8 that somebody read as Windows-1252: “â€™” where an apostrophe stood. Only beginnings that no language
# writes before such a sign: “CAFÉ” with its closing quotation mark has the same shape.
_REST = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
MISREAD = re.compile(f"Â[\u00a0-\u00bf]|Ã{_REST}|â{_REST}{{2}}|(?:[Ø-Û]{_REST}){{2,}}")
# control signs, soft hyphens, byte order marks, zero width spaces; not the (non-)joiners, which Urdu needs
INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff]")
UNUSUAL_SPACE = re.compile(r"[^\S \n]")
SPACES = re.compile(r" {2,}")


@dataclass(frozen=True)
class Repaired:
    text: str
    repairs: tuple[str, ...] = ()  # what was mended, one short phrase for each kind


def repaired(text: str) -> Repaired:
    """One line or paragraph, mended. A second repair finds nothing."""
    done: dict[str, None] = {}
    before = None
    while text != before:
        before = text
        for what, mend in REPAIRS.items():
            mended = mend(text)
            if mended != text:
                done[what] = None
            text = mended
    return Repaired(text, tuple(done))


def _as_it_was_meant(found: re.Match[str]) -> str:
    try:
        return b"".join(map(_byte, found[0])).decode("utf-8")
    except UnicodeError:
        return found[0]


def _byte(sign: str) -> bytes:
    """The byte that was read as this sign: Windows-1252, whose gaps are read as they stand."""
    try:
        return sign.encode("cp1252")
    except UnicodeError:
        return sign.encode("latin-1")


REPAIRS: dict[str, Callable[[str], str]] = {
    "letters read in a wrong encoding": lambda text: MISREAD.sub(_as_it_was_meant, text),
    "signs written as HTML codes": lambda text: ENTITY.sub(lambda found: html.unescape(found[0]), text),
    "backslash before a quotation mark": lambda text: ESCAPED_QUOTE.sub("", text),
    "invisible signs": lambda text: INVISIBLE.sub("", text),
    "unusual spaces": lambda text: UNUSUAL_SPACE.sub(" ", text),
    "several spaces for one": lambda text: SPACES.sub(" ", text),
    "space at its beginning or end": lambda text: text.strip(),
    "letters written in two parts": lambda text: unicodedata.normalize("NFC", text),
}
