from hypothesis import given
from hypothesis import strategies as st

from articles.text.words import excerpt, slug_of


def test_an_excerpt_is_cut_between_words_and_marked():
    assert excerpt("The river rose in the night, and fell.", 30) == "The river rose in the night…"


def test_a_short_text_is_its_own_excerpt():
    assert excerpt(" Short \n enough. ") == "Short enough."


def test_an_urdu_excerpt_does_not_end_in_a_comma():
    assert excerpt("دریا چڑھا، پھر اترا، پھر ٹھہرا", 21) == "دریا چڑھا، پھر اترا…"


@given(st.text(max_size=400), st.integers(min_value=5, max_value=200))
def test_an_excerpt_is_one_line_and_never_longer_than_asked(text, limit):
    cut = excerpt(text, limit)
    assert len(cut) <= limit
    assert "\n" not in cut


@given(st.text(max_size=200))
def test_a_slug_is_made_of_letters_figures_and_hyphens(text):
    slug = slug_of(text)
    assert len(slug) <= 80
    assert all(sign.isalnum() or sign in "-_" or sign.isidentifier() or not sign.isspace() for sign in slug)


def test_a_long_slug_ends_with_a_whole_word():
    assert slug_of("word " * 40, limit=23) == "word-word-word-word"
