"""Words of no language, for archives that only have to be large: the same for the same seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from random import Random

VOCABULARY = 800
SHORTEST, LONGEST = 6, 20  # words of a sentence; what is left at an end may be shorter
OF_EACH_LENGTH = 400  # sentences in stock; drawing a whole one costs no more than drawing a word
SYLLABLES: Mapping[str, tuple[list[str], list[str], list[str]]] = {  # beginnings, middles, ends
    "en": (
        ["b", "br", "ch", "d", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "r", "s", "sh", "st", "t", "v"],
        ["a", "e", "i", "o", "u", "ai", "oo"],
        ["", "", "l", "m", "n", "nd", "r", "s", "t"],
    ),
    "ur": (
        ["ب", "پ", "ت", "ج", "چ", "خ", "د", "ر", "ز", "س", "ش", "ف", "ک", "گ", "ل", "م", "ن", "ہ"],
        ["ا", "و", "ی", "و", ""],
        ["", "ر", "ن", "ل", "م", "ت", "ک"],
    ),
}  # fmt: skip
FULL_STOP = {"en": ".", "ur": "۔"}


@dataclass
class Language:
    """Invented prose in the script of one edition; frequent words are frequent, as in real prose."""

    code: str
    rng: Random

    def __post_init__(self) -> None:
        found: dict[str, None] = {}
        while len(found) < VOCABULARY:
            found[self._word()] = None
        self.words = list(found)
        self.weights = list(accumulate(1 / (rank + 8) for rank in range(VOCABULARY)))
        self.sentences = [
            [self.title(length) + FULL_STOP[self.code] for _ in range(OF_EACH_LENGTH)]
            for length in range(LONGEST + 1)
        ]

    def _word(self) -> str:
        syllables = (self._syllable() for _ in range(self.rng.choice((1, 2, 2, 2, 3))))
        return "".join(syllables)

    def _syllable(self) -> str:
        return "".join(self.rng.choice(part) for part in SYLLABLES[self.code])

    def pick(self, count: int) -> list[str]:
        return self.rng.choices(self.words, cum_weights=self.weights, k=count)

    def title(self, count: int) -> str:
        return " ".join(self.pick(count)).capitalize()

    def name(self) -> str:
        return " ".join(self.rng.choices(self.words, k=2)).title()

    def prose(self, count: int) -> str:
        """So many words, in sentences from the stock."""
        draw, said = self.rng.random, []
        while count > 0:
            # int() of a share, because randint() takes several times as long
            length = min(count, SHORTEST + int(draw() * (LONGEST - SHORTEST + 1)))
            said.append(self.sentences[length][int(draw() * OF_EACH_LENGTH)])
            count -= length
        return " ".join(said)
