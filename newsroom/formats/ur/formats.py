"""Dates as the Urdu edition writes them: 22 نومبر 2026 (Western figures, as Pakistani papers print)."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y، H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "j F Y"
SHORT_DATETIME_FORMAT = "j F Y، H:i"
TIME_FORMAT = "H:i"
FIRST_DAY_OF_WEEK = 1
