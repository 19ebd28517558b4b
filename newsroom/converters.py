"""What may stand in a reader's address."""

from __future__ import annotations

from django.urls import register_converter

from articles.models import Edition


class EditionConverter:
    regex = "[a-z]{2,3}(?:-[a-z]+)?"

    def to_python(self, value: str) -> Edition:
        try:
            return Edition.of(value)
        except LookupError as unknown:
            raise ValueError(str(unknown)) from unknown

    def to_url(self, value: Edition | str) -> str:
        return str(value)


class _Number:
    regex = "[0-9]+"
    lowest, highest, digits = 0, 0, 0

    def to_python(self, value: str) -> int:
        number = int(value)
        if not self.lowest <= number <= self.highest:
            raise ValueError(f"{value} is not between {self.lowest} and {self.highest}")
        return number

    def to_url(self, value: int | str) -> str:
        return f"{int(value):0{self.digits}}"


class YearConverter(_Number):
    regex = "[0-9]{4}"
    lowest, highest, digits = 1800, 2200, 4


class MonthConverter(_Number):
    regex = "[0-9]{2}"
    lowest, highest, digits = 1, 12, 2


class DayConverter(_Number):
    regex = "[0-9]{2}"
    lowest, highest, digits = 1, 31, 2


class WordConverter:
    """A slug in any script."""

    regex = r"[-\w]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def register() -> None:
    """Make the words edition, yyyy, mm, dd and word known to `path()`."""
    register_converter(EditionConverter, "edition")
    register_converter(YearConverter, "yyyy")
    register_converter(MonthConverter, "mm")
    register_converter(DayConverter, "dd")
    register_converter(WordConverter, "word")
