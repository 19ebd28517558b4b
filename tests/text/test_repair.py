import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.repair import repaired


@pytest.mark.parametrize(
    ("broken", "whole", "what"),
    [
        ("Quetta\\’s trains", "Quetta’s trains", "backslash before a quotation mark"),
        ('He said \\"wait\\".', 'He said "wait".', "backslash before a quotation mark"),
        ("two  spaces   here", "two spaces here", "several spaces for one"),
        ("a\u00a0hard\u2009space", "a hard space", "unusual spaces"),
        ("  at both ends ", "at both ends", "space at its beginning or end"),
        ("bread &amp; salt", "bread & salt", "signs written as HTML codes"),
        ("bread &amp;amp; salt", "bread & salt", "signs written as HTML codes"),
        ("Lahore&#8217;s", "Lahore’s", "signs written as HTML codes"),
        ("Lahoreâ€™s", "Lahore’s", "letters read in a wrong encoding"),
        ("cafÃ© Â£5", "café £5", "letters read in a wrong encoding"),
        ("Ù¾Ø§Ù†ÛŒ", "پانی", "letters read in a wrong encoding"),
        ("the no\u00adrth\ufeff", "the north", "invisible signs"),
        (unicodedata.normalize("NFD", "آب"), "آب", "letters written in two parts"),
    ],
)
def test_what_a_capture_broke_is_mended_and_named(broken, whole, what):
    found = repaired(broken)
    assert found.text == whole
    assert what in found.repairs


@pytest.mark.parametrize(
    "words",
    [
        "“CAFÉ” and «CAFÉ»",
        "C:\\Temp is a path",
        "AT&T; and R&D",
        "می\u200cخواهم",
        "São Paulo – Ünal’s naïve plan",
        "یہ جملہ ٹھیک ہے۔",
        "",
    ],
)
def test_sound_words_are_left_alone(words):
    assert repaired(words).text == words
    assert repaired(words).repairs == ()


@settings(deadline=None)
@given(st.text())
def test_a_second_repair_finds_nothing(text):
    once = repaired(text)
    assert repaired(once.text).text == once.text
    assert repaired(once.text).repairs == ()
    assert bool(once.repairs) == (once.text != text)


@settings(deadline=None)
@given(st.text(alphabet="Ââ€™Ã©&amp;#8217\\’ \u00a0Ø§Ùx"))
def test_broken_words_of_any_kind_come_to_rest(text):
    once = repaired(text)
    assert repaired(once.text).text == once.text
