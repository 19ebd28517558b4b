import datetime

import pytest

from articles.exchange.dates import date_line


@pytest.mark.parametrize(
    "text",
    [
        "10 Nov 2025", "10 November 2025", "10th November, 2025", "Nov 10, 2025", "Nov. 10 2025", "2025-11-10",
        "Monday, November 10, 2025", "Published: 10 Nov 2025", "Posted on 10-Nov-2025", "10 Nov 2025, 09:00",
        "۱۰ نومبر ۲۰۲۵ء", "پیر، 10 نومبر 2025", "شائع شدہ: 10 نومبر 2025",
    ],
)  # fmt: skip
def test_a_day_is_read_as_papers_print_it(text):
    found = date_line(text)
    assert found is not None
    assert found.date == datetime.date(2025, 11, 10)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("10 Nov 2025 at 2:30 pm", datetime.time(14, 30)),
        ("10 Nov 2025, 12:05 a.m.", datetime.time(0, 5)),
        ("2025-11-10T09:30:00+05:00", datetime.time(9, 30)),
        ("10 Nov 2025 14:30 PKT", datetime.time(14, 30)),
        ("10 Nov 2025 14:30 GMT", None),
        ("10 Nov 2025", None),
    ],
)
def test_an_hour_is_kept_when_it_is_on_our_clock(text, time):
    found = date_line(text)
    assert found is not None
    assert found.time == time


@pytest.mark.parametrize(
    "text",
    [
        "31 Feb 2025",
        "10 Nov 2025 was a Monday",
        "12/2/2024",
        "10 Nov",
        "0 Nov 2025",
        "10 Nov 2025 25:10",
        "9 May 0001",
    ],
)
def test_what_is_no_date_is_not_guessed(text):
    assert date_line(text) is None


def test_a_date_of_change_says_so():
    assert date_line("Last updated: 11 Nov 2025").label == "updated"
    assert date_line("First published 10 Nov 2025").label == "published"
