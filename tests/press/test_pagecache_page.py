"""A kept page comes back as it was kept, or not at all; and knows whether it may be shown."""

from __future__ import annotations

import gzip
import hashlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.press.pagecache.page import OLDEST, SEAL, Page
from articles.press.pagecache.watch import Count, Numbers

pytestmark = pytest.mark.once

NOW = 1_800_000_000.0
BODY = b'<p>The river rose.</p><p class="notice" data-away hidden>Comments are paused.</p>' * 40
HEADERS = (("Content-Type", "text/html; charset=utf-8"), ("Content-Language", "ur"))


def a_page(
    numbers: Numbers | None = None, *, talk: int = 0, body: bytes = BODY, longest: float = 300
) -> Page:
    numbers = numbers or Numbers(Count(10))
    return Page.drawn(HEADERS, body, numbers=numbers, talk=talk, now=NOW, longest=longest)


def fields(page: Page) -> list[object]:
    names = ("headers", "packed", "site", "talk", "talk_number", "drawn_at", "until", "tag", "length")
    return [getattr(page, name) for name in names]


def test_a_page_comes_back_as_it_was_kept() -> None:
    page = a_page(Numbers(Count(10), {7: Count(9)}), talk=7)
    again = Page.from_bytes(page.to_bytes())
    assert fields(again) == fields(page)
    assert again.body("") == BODY


@given(st.binary(max_size=200))
def test_no_other_bytes_are_a_page(kept: bytes) -> None:
    with pytest.raises(ValueError, match="no kept page"):
        Page.from_bytes(kept)


@given(st.data())
def test_a_page_that_was_torn_or_has_a_wrong_bit_is_none(data: st.DataObject) -> None:
    kept = bytearray(KEPT)
    place = data.draw(st.integers(0, len(kept) - 1))
    if data.draw(st.booleans()):
        kept[place] ^= 1 << data.draw(st.integers(0, 7))
    else:
        del kept[place:]
    with pytest.raises(ValueError, match="no kept page"):
        Page.from_bytes(bytes(kept))


KEPT = a_page().to_bytes()


def test_a_page_that_another_release_kept_is_none() -> None:
    said = b'[1, {"of": "an older form"}]\n'
    sealed = hashlib.blake2b(said, digest_size=SEAL).digest() + said
    with pytest.raises(ValueError, match="in form 1"):
        Page.from_bytes(sealed)


def test_a_page_is_current_until_the_site_turns() -> None:
    page = a_page()
    assert page.current(Numbers(Count(10)), NOW + 1)
    assert not page.current(Numbers(Count(11)), NOW + 1)
    assert not page.current(Numbers(Count(9)), NOW + 1), "another database has taken its place"


def test_a_page_is_current_until_its_own_talk_turns() -> None:
    page = a_page(Numbers(Count(10), {7: Count(5)}), talk=7)
    assert page.current(Numbers(Count(10), {7: Count(5), 8: Count(99)}), NOW)
    assert not page.current(Numbers(Count(10), {7: Count(6)}), NOW)


def test_who_does_not_know_of_a_talk_takes_the_page_of_who_does() -> None:
    assert a_page(Numbers(Count(10), {7: Count(5)}), talk=7).current(Numbers(Count(10)), NOW)


def test_a_page_is_current_for_a_while_only() -> None:
    assert not a_page(longest=300).current(Numbers(Count(10)), NOW + 300)


@pytest.mark.parametrize(("moment", "until"), [(5.0, 5.0), (900.0, 300.0), (-1.0, 0.25), (0.0, 0.25)])
def test_a_page_does_not_outlive_the_next_scheduled_publication(moment: float, until: float) -> None:
    page = a_page(Numbers(Count(10), next_moment=NOW + moment))
    assert page.until == pytest.approx(NOW + until)


def test_what_was_taken_back_is_not_shown_even_in_need() -> None:
    page = a_page(Numbers(Count(10), {7: Count(5)}), talk=7)
    assert page.presentable(Numbers(Count(12, floor=10)), NOW)
    assert not page.presentable(Numbers(Count(12, floor=11)), NOW)
    assert page.presentable(Numbers(Count(12), {7: Count(6, floor=5)}), NOW)
    assert not page.presentable(Numbers(Count(12), {7: Count(6, floor=6)}), NOW)
    assert page.presentable(Numbers(Count(12), {8: Count(99, floor=99)}), NOW), "another article's talk"


def test_without_numbers_nobody_knows_what_was_taken_back() -> None:
    assert not a_page().presentable(None, NOW)


def test_nothing_older_than_a_day_is_shown() -> None:
    assert a_page().presentable(Numbers(Count(10)), NOW + OLDEST)
    assert not a_page().presentable(Numbers(Count(10)), NOW + OLDEST + 1)


def test_a_page_is_old_since_the_first_turn_that_it_missed() -> None:
    page = a_page()
    assert page.old_since(Numbers(Count(11, since=NOW + 9, before=10))) == NOW + 9
    assert page.old_since(Numbers(Count(12, since=NOW + 9, before=11))) == 0.0, "it missed another before"
    assert page.old_since(Numbers(Count(10))) == NOW + 300
    assert page.old_since(Numbers(Count(11, since=NOW + 400, before=10))) == NOW + 300
    talked = a_page(Numbers(Count(10), {7: Count(5)}), talk=7)
    assert talked.old_since(Numbers(Count(10), {7: Count(6, since=NOW + 3, before=5)})) == NOW + 3


@pytest.mark.parametrize("away", [False, True])
def test_a_body_travels_in_three_forms_and_says_when_comments_are_paused(away: bool) -> None:
    page = a_page()
    forms = [
        brotli.decompress(page.body("br", away=away)),
        gzip.decompress(page.body("gzip", away=away)),
        page.body("", away=away),
    ]
    wanted = BODY.replace(b"data-away hidden>", b"data-away>") if away else BODY
    assert forms == [wanted] * 3
    assert page.body("gzip", away=away) is page.body("gzip", away=away)


def test_a_reader_who_writes_the_words_of_the_notice_changes_nothing() -> None:
    page = a_page(body=b"<p>I wrote data-away hidden&gt; in my comment</p>")
    assert page.body("", away=True) == page.body("")


def test_a_page_weighs_at_least_what_it_holds() -> None:
    page = a_page(body=b"<p>All the same.</p>" * 50_000)
    held = [page.packed, *(page.body(encoding) for encoding in ("", "gzip", "br"))]
    assert page.weight >= sum(map(len, held))
