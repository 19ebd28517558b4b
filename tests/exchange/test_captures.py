"""Captures of invented pages: each has its own furniture, and each says what its story is."""

import contextlib
import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.exchange.captures import is_heading, read_text
from articles.exchange.lines import furniture, is_name, meta
from articles.exchange.manuscripts import Unreadable

FERRY = """\
Skip to content
Home > Coast > Harbours
Ferry to the salt islands sails again
Share
WhatsApp
Passengers queued from four in the morning for the first crossing since spring.
By Mehreen Talpur and Jawad ul Haq
Published: Monday, March 3, 2025 at 2:30 pm PKT
Updated: 4 March 2025
3 min read

The ferry left the jetty at Sandhi Goth on Monday with ninety people, eleven goats and a wardrobe on board.
Advertisement
Its engine had been in pieces since the storm of last April, and the part came from a shipyard in another country.
A wardrobe for a bride

The wardrobe belongs to a family that moved its wedding twice because the furniture could not cross the water.
“We have waited,” said the father of the bride, “and so has the wardrobe.”
© 2025 The Salt Herald. All rights reserved.
"""

MILL = (
    "\ufeffThe mill that grinds by moonlight\r\n\r\nA water mill above Sawat Dara runs at night only, when the orchards\r\n"
    "have shut their gates and the stream is left to itself.   \r\n\r\n\r\nIts owner sleeps beside the stone.  \r\n"
)

URDU = """\
صفحہ اول
نہر کا پل ایک دن پہلے کھل گیا
نہر کا پل ایک دن پہلے کھل گیا
ٹھیکے دار کا کہنا ہے کہ آخری تختہ رات کو لگا۔
ویب ڈیسک
|
۱۰ نومبر ۲۰۲۵
2 گھنٹے پہلے
گاؤں کے لوگ صبح دودھ کے برتن لے کر نکلے تو پل پر رکاوٹ نہیں تھی اور چوکیدار نے سب کو گزرنے دیا۔
پل پر پہلا دن

اسکول کے بچوں نے پہلی بار گھنٹی بجنے سے پہلے حاضری لگوائی اور استاد نے رجسٹر میں یہ بات لکھ لی۔
تبصرے
0 تبصرے
پہلا تبصرہ آپ کریں
"""

BOX = """\
Why the clock tower runs slow
Nadia Rafiq
|
12/2/2024
9 Jan 2024
11 Jan 2024

The tower in the market has lost four minutes a day since the pigeons came back to its upper window in the autumn.
A keeper climbs to it each Friday with a feather and a tin of oil, and sets the hands by the radio.

About the author
Nadia Rafiq
Nadia Rafiq writes about small machines and the people who keep them going.

Related stories
A bell without a rope
Three engineers and a ladder, in a town where nobody had wound anything for forty years or more.
Oil for the old lift
Continue reading →
The sundial in the car park
Comments
Anwar
My uncle kept that clock. He would not have used a feather.
Latest news
A last title
"""

DIRTY = (
    "Bakers&#8217; strike ends  in Toba Gali\n1 hour ago\nBakers’ strike ends in Toba Gali\n"
    "The ovens of Toba\\’s  lower bazaar were lit on Sunday after nine days. \n"
    "Customersâ€™ queues reached the mosque by seven o’clock in the morning.\t\n"
    "No bread was left at eight.\n\\\n"
)

SIGNED_BELOW = """\
A well is dug in a courtyard
Masons found water at forty feet, and a jar of copper coins at thirty-eight, in the yard of a house in Pirwala.
The coins went to the museum and the water stays.
10 Nov 2025
Published on 11 November 2025
News Desk
"""


def told(text: str):
    return read_text(text.encode())


def kinds(manuscript):
    return [block.kind[0] for block in manuscript.body]


def test_a_page_with_much_furniture_gives_its_story_alone():
    manuscript = told(FERRY)
    assert manuscript.headline == "Ferry to the salt islands sails again"
    assert manuscript.standfirst.startswith("Passengers queued")
    assert manuscript.authors == ("Mehreen Talpur", "Jawad ul Haq")
    assert (manuscript.date, manuscript.time) == (datetime.date(2025, 3, 3), datetime.time(14, 30))
    assert kinds(manuscript) == ["p", "p", "h", "p", "p"]
    assert manuscript.headings == ["A wardrobe for a bride"]
    dropped = {line.number: line.dropped for line in manuscript.receipt.dropped}
    assert dropped == {
        1: "navigation",
        2: "navigation",
        4: "button",
        5: "button",
        9: "another date than that of publication",
        10: "reading time",
        13: "advertisement",
        19: "small print",
    }


def test_a_page_without_byline_and_date_gets_neither_invented():
    manuscript = read_text(MILL.encode())
    assert manuscript.headline == "The mill that grinds by moonlight"
    assert manuscript.authors == ()
    assert manuscript.date is None
    assert manuscript.time is None
    assert manuscript.standfirst == ""
    assert {line.number for line in manuscript.receipt.repaired} == {4, 7}


def test_an_urdu_page_is_read_by_the_same_rules():
    manuscript = told(URDU)
    assert manuscript.headline == "نہر کا پل ایک دن پہلے کھل گیا"
    assert manuscript.standfirst.startswith("ٹھیکے دار")
    assert manuscript.authors == ("ویب ڈیسک",)
    assert manuscript.date == datetime.date(2025, 11, 10)
    assert manuscript.headings == ["پل پر پہلا دن"]
    assert kinds(manuscript) == ["p", "h", "p"]


def test_an_author_box_gives_the_author_a_bio_and_a_list_gives_related_reads():
    manuscript = told(BOX)
    assert manuscript.authors == ("Nadia Rafiq",)
    assert manuscript.author_box.bio.startswith("Nadia Rafiq writes")
    assert manuscript.date == datetime.date(2024, 1, 9)
    assert kinds(manuscript)[-2:] == ["p", "p"]
    assert [(read.title, bool(read.excerpt)) for read in manuscript.related] == [
        ("A bell without a rope", True),
        ("Oil for the old lift", False),
        ("The sundial in the car park", False),
        ("A last title", False),
    ]
    assert not any("feather." in block.text for block in manuscript.body)


def test_an_ambiguous_date_of_figures_is_not_taken_for_a_date():
    assert told(BOX).date != datetime.date(2024, 2, 12)
    assert meta("12/2/2024") is None


def test_words_that_the_capture_broke_are_mended_line_by_line():
    manuscript = told(DIRTY)
    assert manuscript.headline == "Bakers’ strike ends in Toba Gali"
    assert manuscript.body[0].text.startswith("The ovens of Toba’s lower bazaar")
    assert manuscript.body[1].text.startswith("Customers’ queues")
    repairs = {line.number: line.repairs for line in manuscript.receipt.repaired}
    assert repairs[1] == ("signs written as HTML codes", "several spaces for one")
    assert set(repairs) == {1, 4, 5}
    assert [line.dropped for line in manuscript.receipt.dropped if line.number in (3, 7)] == [
        "headline printed again",
        "a separator",
    ]


def test_a_byline_and_a_labelled_date_below_the_story_count():
    manuscript = told(SIGNED_BELOW)
    assert manuscript.authors == ("News Desk",)
    assert manuscript.date == datetime.date(2025, 11, 10)


def test_a_short_line_under_the_headline_is_the_standfirst():
    manuscript = told(
        "Rain at noon\nStreets empty in the old town\nThe rain began before the sirens did, and it was over by one."
    )
    assert manuscript.standfirst == "Streets empty in the old town"
    assert kinds(manuscript) == ["p"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n\xef\xbb\xbf", "empty"),
        (b"Only a headline", "no text under it"),
        (b"Only a headline\nBy Nadia Rafiq\n9 Jan 2024\n0 comments", "no text under it"),
        (b"Home\nMenu\n|\n", "only furniture"),
        (b"\xff\xfe\x00P", "not UTF-8"),
        (b"A page\0with zeros", "zero bytes"),
        (b"word " * 60 + b"\nMore of it.", "no headline"),
    ],
)
def test_what_tells_no_story_is_refused_with_what_to_do(data, said):
    with pytest.raises(Unreadable, match=said) as refused:
        read_text(data)
    assert "\n" not in str(refused.value)
    assert str(refused.value).endswith(".")
    assert "again" in str(refused.value)


@pytest.mark.parametrize(
    ("line", "following", "so"),
    [
        (
            "What the river took",
            "It took the lower road, two sheds and the stall of a man who mends radios.",
            True,
        ),
        (
            "Who pays for the bridge?",
            "Nobody has said so far who pays for it, and nobody has asked aloud.",
            True,
        ),
        ("He waited.", "It took the lower road, two sheds and the stall of a man who mends radios.", False),
        (
            "“Is it true?”",
            "It took the lower road, two sheds and the stall of a man who mends radios.",
            False,
        ),
        ("Rice", "Wheat", False),
        (
            "A long line about many things that goes on and on and on past twelve words",
            "It took the road.",
            False,
        ),
    ],
)
def test_a_sub_heading_is_short_unfinished_and_before_a_longer_paragraph(line, following, so):
    assert is_heading(line, following) is so


@pytest.mark.parametrize(
    "text",
    [
        "1 hour ago",
        "Just now",
        "12 comments",
        "Read More »",
        "مزید پڑھیں",
        "* * *",
        "https://a.example/x.jpg",
    ],
)
def test_furniture_is_known_on_sight(text):
    assert furniture(text)


@pytest.mark.parametrize(
    "text", ["Ten comments were made.", "Home rule", "Share of wheat falls", "She said: read more."]
)
def test_words_of_a_story_are_no_furniture(text):
    assert not furniture(text)


@pytest.mark.parametrize(
    ("text", "so"), [("Jawad ul Haq", True), ("Jawad", False), ("the old man", False), ("Ward 7 East", False)]
)
def test_a_name_looks_like_a_name(text, so):
    assert is_name(text) is so


LINES = st.one_of(
    st.sampled_from(
        [
            "Comments", "Recent", "Read More »", "|", "1 hour ago", "By Nadia Rafiq", "News Desk", "10 Nov 2025",
            "Updated: 11 Nov 2025", "A short line", "About the author", "0 comment", "", "  ", "نیوز ڈیسک", "\u200b",
            "It was a long day for everybody at the weir, and the evening was longer still.", "Nadia Rafiq",
            "Nadia Rafiq | 9 Jan 2024 | 2 min read",
        ]
    ),
    st.text(max_size=60),
)  # fmt: skip


def check(data: bytes) -> None:
    try:
        manuscript = read_text(data)
    except Unreadable as refused:
        assert "\n" not in str(refused)  # noqa: PT017  (either way out is right)
        return
    lines = manuscript.receipt.lines
    assert all(bool(line.kept) != bool(line.dropped) for line in lines)
    assert manuscript.headline
    assert manuscript.body
    assert len(manuscript.headline) <= 200
    assert len(manuscript.standfirst) <= 500
    assert all(0 < len(name) <= 80 for name in manuscript.authors)
    kept = sum(line.kept in {"heading", "paragraph"} for line in lines)
    assert kept == len(manuscript.body)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=14), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_any_text_is_read_or_refused_and_every_line_accounted_for(lines, between):
    text = between.join(lines)
    check(text.encode())
    present = {
        n
        for n, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1)
        if line.strip()
    }
    with contextlib.suppress(Unreadable):
        assert {line.number for line in told(text).receipt.lines} == present


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    check(data)
