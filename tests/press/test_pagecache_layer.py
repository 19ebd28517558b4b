"""The layer round a stub application: what is kept, for whom, until when, and what readers get when all goes wrong."""

from __future__ import annotations

import gzip
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import brotli
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.press.pagecache import layer
from articles.press.pagecache.answers import Environ
from articles.press.pagecache.keeping import MARK
from articles.press.pagecache.layer import AWAY, PageCache
from articles.press.pagecache.page import Page
from articles.press.pagecache.shelves import STATE, Folder
from articles.press.pagecache.watch import Count, Numbers
from tests.press.kept import BODY, Paper, Said, Told, a_cache, asked

pytestmark = pytest.mark.once


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def watch() -> Told:
    return Told()


@pytest.fixture
def cache(paper: Paper, watch: Told, tmp_path: Path) -> PageCache:
    return a_cache(paper, watch, tmp_path)


def read(cache: PageCache, path: str = "/en/", **given: Any) -> Said:
    return Said.by(cache, asked(path, **given))


def turn(watch: Told, **more: Any) -> None:
    """The site turns, and that is a while ago."""
    watch.tell(Numbers(Count(watch.numbers.site.number + 1, **more)))


# -- a page is drawn once and read often


def test_the_second_reader_gets_the_same_bytes_and_the_application_is_not_asked(
    cache: PageCache, paper: Paper
) -> None:
    first, second = read(cache), read(cache)
    assert (first.headers.pop("x-cache"), second.headers.pop("x-cache")) == ("miss", "hit")
    assert first == second
    assert second.body == BODY
    assert MARK.lower() not in second.headers
    assert len(paper.asked) == 1


def test_what_is_drawn_is_drawn_for_everybody(cache: PageCache, paper: Paper) -> None:
    read(
        cache, method="HEAD", cookie="theme=dark", if_none_match='"x"', accept_encoding="br", query="utm_id=7"
    )
    [environ] = paper.asked
    assert environ["REQUEST_METHOD"] == "GET"
    assert environ["QUERY_STRING"] == ""
    assert not {"HTTP_COOKIE", "HTTP_IF_NONE_MATCH", "HTTP_ACCEPT_ENCODING"} & environ.keys()


def test_a_reader_of_headers_only_gets_no_body_and_the_next_one_does(cache: PageCache) -> None:
    for _word in ("miss", "hit"):
        head = read(cache, method="HEAD")
        assert (head.status, head.body, head.headers["content-length"]) == ("200 OK", b"", str(len(BODY)))
    assert read(cache).body == BODY


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("BR;q=1.0, gzip;q=0.8", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.000, gzip;q=0.", ""),
        ("identity", ""),
        ("*", ""),
        ("*;q=0", ""),
        ("brotli, gzipped, ;;;,,q=0", ""),
        ("br;level=4", "br"),
        ("", ""),
    ],
)
def test_a_body_travels_as_the_browser_takes_it(cache: PageCache, accepted: str, encoding: str) -> None:
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[encoding]
    for _each in range(2):
        said = read(cache, accept_encoding=accepted)
        assert said.headers.get("content-encoding", "") == encoding
        assert said.headers["content-length"] == str(len(said.body))
        assert unpack(said.body) == BODY
        assert said.headers["vary"] == "Accept-Encoding"


def test_each_encoding_has_its_own_etag(cache: PageCache) -> None:
    etags = {read(cache, accept_encoding=one).headers["etag"] for one in ("br", "gzip", "")}
    assert len(etags) == 3
    assert not any(etag.startswith("W/") for etag in etags)


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', 'W/"other" , W/{}', "*", " * "])
def test_who_has_the_page_is_told_so(cache: PageCache, form: str) -> None:
    etag = read(cache).headers["etag"]
    said = read(cache, if_none_match=form.format(etag))
    assert (said.status, said.body) == ("304 Not Modified", b"")
    assert said.headers["etag"] == etag
    assert "cache-control" in said.headers
    assert "content-length" not in said.headers


@pytest.mark.parametrize("form", ["", '"other"', "{bare}", '"{bare}', '"x{bare}"'])
def test_who_has_something_else_gets_the_page(cache: PageCache, form: str) -> None:
    bare = read(cache).headers["etag"].strip('"')
    assert read(cache, if_none_match=form.format(bare=bare)).body == BODY


def test_who_has_the_page_as_it_was_gets_the_new_one(cache: PageCache, paper: Paper, watch: Told) -> None:
    etag = read(cache).headers["etag"]
    paper.body = BODY.replace(b"rose", b"fell")
    turn(watch)
    assert read(cache, if_none_match=etag).body == paper.body
    assert read(cache, accept_encoding="gzip", if_none_match=etag).status == "200 OK"


# -- what is asked for


def test_words_that_nobody_knows_make_no_other_page_and_do_not_reach_it(
    cache: PageCache, paper: Paper
) -> None:
    for query in ("", "utm_source=x", "fbclid=%00%ff&&&=", "tags=", "&", "x" * 900):
        assert read(cache, query=query).body == BODY
    assert len(paper.asked) == 1
    assert len(cache.memory) == 1


def test_words_that_pages_know_make_another_page(cache: PageCache, paper: Paper) -> None:
    paths = [("/en/stories/", query) for query in ("", "tags=a", "tags=b", "section=a", "tags=a&section=a")]
    for path, query in paths:
        assert read(cache, path, query=query).headers["x-cache"] == "miss"
    for path, query in paths:
        assert read(cache, path, query=f"utm_id=1&{query}").headers["x-cache"] == "hit"
    assert [environ["QUERY_STRING"] for environ in paper.asked[:3]] == ["", "tags=a", "tags=b"]


def test_their_order_makes_no_other_page_unless_it_matters(cache: PageCache, paper: Paper) -> None:
    read(cache, query="tags=b&section=x&tags=a")
    assert paper.asked[-1]["QUERY_STRING"] == "section=x&tags=b&tags=a"
    assert read(cache, query="section=x&tags=b&tags=a").headers["x-cache"] == "hit"
    assert read(cache, query="section=x&tags=a&tags=b").headers["x-cache"] == "miss", "the last one counts"


def test_a_query_typed_in_urdu_is_read_as_it_was_typed(cache: PageCache, paper: Paper) -> None:
    typed = "tags=سندھ".encode().decode("latin-1")
    read(cache, query=typed)
    assert paper.asked[-1]["QUERY_STRING"] == "tags=%D8%B3%D9%86%D8%AF%DA%BE"
    assert read(cache, query="tags=%D8%B3%D9%86%D8%AF%DA%BE").headers["x-cache"] == "hit"


def test_a_question_mark_in_a_path_is_no_query(cache: PageCache, paper: Paper) -> None:
    read(cache, "/en/stories/", query="tags=a")
    paper.status = "404 Not Found"
    assert read(cache, "/en/stories/?tags=a").status == "404 Not Found"
    assert read(cache, "/en/stories/", query="tags=a").headers["x-cache"] == "hit"


@pytest.mark.parametrize("query", ["&".join(f"tags={n}" for n in range(51)), "tags=" + "x" * 1000])
def test_what_asks_for_more_than_anybody_asks_is_not_kept(cache: PageCache, paper: Paper, query: str) -> None:
    for _each in range(2):
        read(cache, query=query)
    assert [environ["QUERY_STRING"] for environ in paper.asked] == [query] * 2
    assert len(cache.memory) == 0


NOBODYS = [
    asked(method="POST"),
    asked(method="OPTIONS"),
    asked(method="PROPFIND"),
    asked("/admin/"),
    asked("/accounts/login/"),
    asked("/"),
    asked("/ens/"),
    asked("/static/x.css"),
    asked("/healthz/live"),
    asked(authorization="Basic eDp5"),
    asked(cookie="theme=dark; sessionid=abc"),
]


@pytest.mark.parametrize("environ", NOBODYS, ids=lambda environ: environ["PATH_INFO"])
def test_what_is_not_every_readers_is_neither_answered_from_here_nor_kept(
    cache: PageCache, paper: Paper, environ: Environ
) -> None:
    for path in ("/en/", environ["PATH_INFO"]):
        read(cache, path)
    known, before = len(paper.asked), len(cache.memory)
    paper.body = b"of this visitor"
    assert Said.by(cache, dict(environ)).body == b"of this visitor"
    assert len(paper.asked) == known + 1
    assert len(cache.memory) == before
    assert read(cache).body == BODY


def test_a_host_that_is_not_ours_is_not_answered_from_here(paper: Paper, watch: Told, tmp_path: Path) -> None:
    cache = a_cache(paper, watch, tmp_path, admits=lambda environ: environ["HTTP_HOST"] == "ours")
    read(cache, host="ours")
    paper.status, paper.body = "400 Bad Request", b"no such host"
    assert read(cache, host="evil.example").body == b"no such host"
    assert read(cache, host="ours").body == BODY


@pytest.mark.parametrize(
    "headers",
    [
        {"Set-Cookie": "csrftoken=1"},
        {"Vary": "Accept-Encoding, Cookie"},
        {"Vary": "*"},
        {"Cache-Control": "private, max-age=60"},
        {"Cache-Control": "no-store"},
        {MARK: ""},
    ],
    ids=str,
)
def test_a_page_that_is_for_one_visitor_is_not_kept(
    cache: PageCache, paper: Paper, headers: dict[str, str]
) -> None:
    paper.headers |= headers
    for _each in range(2):
        said = read(cache)
        assert said.body == BODY
        assert MARK.lower() not in said.headers
    assert len(paper.asked) == 2
    assert len(cache.memory) == 0


@pytest.mark.parametrize("status", ["201 Created", "204 No Content", "404 Not Found", "500 Oops"])
def test_no_other_answer_is_kept(cache: PageCache, paper: Paper, status: str) -> None:
    paper.status = status
    assert [read(cache).status for _each in range(2)] == [status] * 2
    assert len(cache.memory) == 0


environs = st.fixed_dictionaries(
    {
        "REQUEST_METHOD": st.sampled_from(["GET", "HEAD", "POST", "PUT", "", "get"]) | st.text(max_size=5),
        "PATH_INFO": st.text(max_size=60) | st.text(max_size=40).map("/en/{}".format) | st.just("/en/"),
        "wsgi.url_scheme": st.just("http"),
    },
    optional={
        "QUERY_STRING": st.text(max_size=120)
        | st.lists(st.tuples(st.sampled_from(["tags", "utm", ""]), st.text(max_size=9))).map(
            lambda pairs: "&".join(map("=".join, pairs))
        ),
        "HTTP_COOKIE": st.text(max_size=30) | st.just("sessionid=1"),
        "HTTP_ACCEPT_ENCODING": st.text(max_size=30),
        "HTTP_IF_NONE_MATCH": st.text(max_size=30),
        "HTTP_HOST": st.text(max_size=20),
    },
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(environ=environs)
def test_whatever_is_asked_is_answered(cache: PageCache, paper: Paper, environ: Environ) -> None:
    before, known = len(paper.asked), len(cache.memory)
    said = Said.by(cache, dict(environ))
    assert said.status in ("200 OK", "304 Not Modified")
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "sessionid=" in environ.get("HTTP_COOKIE", ""):
        assert len(paper.asked) == before + 1
        assert len(cache.memory) == known


# -- what is gone, moved or broken


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_what_is_gone_is_forgotten_everywhere_and_known_to_be_gone_for_a_second(
    cache: PageCache, paper: Paper, watch: Told, status: str
) -> None:
    read(cache)
    turn(watch)
    paper.status, paper.body = status, b"gone " * 500
    paper.headers = {"Content-Type": "text/html", "Cache-Control": "no-store", "ETag": '"x"'}
    said = read(cache, accept_encoding="br;q=1, gzip")
    assert (said.status, gzip.decompress(said.body)) == (status, paper.body)
    assert said.headers["cache-control"] == "public, max-age=0, s-maxage=1"
    assert said.headers["x-accel-expires"] == "1"
    assert "etag" not in said.headers, "it was another body's"
    assert (cache.memory.get("/en/"), cache.shared.get("/en/")) == (None, None)
    assert read(cache, accept_encoding="br").body == paper.body, "who takes no gzip gets none"


def test_a_notice_for_one_visitor_is_not_for_a_cache_in_front(cache: PageCache, paper: Paper) -> None:
    paper.status = "404 Not Found"
    paper.headers = {"Content-Type": "text/html", "Cache-Control": "no-store", "Set-Cookie": "csrftoken=1"}
    assert read(cache).headers["cache-control"] == "no-store"


def test_a_page_that_fails_is_shown_as_it_was_with_a_notice(
    cache: PageCache, paper: Paper, watch: Told
) -> None:
    read(cache)
    turn(watch)
    paper.status, paper.body = "500 Internal Server Error", b"broken"
    said = read(cache)
    assert said.status == "200 OK"
    assert b"data-away>" in said.body
    assert said.headers["x-cache"] == "stale"
    paper.status, paper.body = "200 OK", b"mended"
    assert read(cache).body == b"mended"


def test_a_page_that_fails_and_was_never_read_fails(cache: PageCache, paper: Paper) -> None:
    paper.status, paper.body = "500 Internal Server Error", b"broken"
    assert read(cache).body == b"broken"


def test_an_application_that_raises_is_heard_and_the_next_reader_is_not_held(
    cache: PageCache, paper: Paper
) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    paper.meanwhile = fail
    with pytest.raises(ZeroDivisionError):
        read(cache)
    paper.meanwhile = lambda: None
    assert read(cache).body == BODY


def test_a_redirect_takes_along_what_was_typed(cache: PageCache, paper: Paper) -> None:
    paper.status = "301 Moved Permanently"
    read(cache, "/en/world", query="utm_id=1&tags=a")
    assert [environ["QUERY_STRING"] for environ in paper.asked] == ["tags=a", "utm_id=1&tags=a"]
    read(cache, "/en/world")
    assert len(paper.asked) == 3, "once is enough when nothing was typed"


# -- one draws


@pytest.fixture
def crowd(paper: Paper, watch: Told, tmp_path: Path) -> PageCache:
    """The layer with real threads to draw in."""
    return a_cache(paper, watch, tmp_path, painters=ThreadPoolExecutor(4))


def readers(cache: PageCache, number: int = 16) -> list[Said]:
    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(lambda _n: read(cache), range(number)))


def test_sixteen_readers_of_a_new_page_have_it_drawn_once(crowd: PageCache, paper: Paper) -> None:
    paper.meanwhile = lambda: time.sleep(0.1)
    assert [said.body for said in readers(crowd)] == [BODY] * 16
    assert len(paper.asked) == 1
    assert crowd._drawing == {}


def test_sixteen_readers_of_an_old_page_have_it_drawn_once_and_hardly_wait(
    crowd: PageCache, paper: Paper, watch: Told
) -> None:
    read(crowd)
    turn(watch, since=time.time(), before=10)
    paper.body = b"new"
    paper.meanwhile = lambda: time.sleep(0.2)
    began = time.monotonic()
    assert {said.body for said in readers(crowd)} == {BODY}
    assert time.monotonic() - began < 0.2
    time.sleep(0.3)
    assert read(crowd).body == b"new"
    assert len(paper.asked) == 2


def test_the_first_reader_after_a_while_gets_the_new_page(
    crowd: PageCache, paper: Paper, watch: Told
) -> None:
    read(crowd)
    turn(watch, since=time.time() - 5, before=10)
    paper.body = b"new"
    assert read(crowd).body == b"new"


def test_a_page_that_missed_two_turns_is_not_shown_in_the_grace_of_the_second(
    crowd: PageCache, paper: Paper, watch: Told
) -> None:
    read(crowd)
    watch.tell(Numbers(Count(12, since=time.time(), before=11)))
    paper.body = b"new"
    assert read(crowd).body == b"new"


def test_a_page_that_hangs_holds_no_reader_who_can_have_the_old_one(
    crowd: PageCache, paper: Paper, watch: Told
) -> None:
    read(crowd)
    turn(watch)
    go_on = threading.Event()
    paper.meanwhile = lambda: go_on.wait(10)
    began = time.monotonic()
    said = readers(crowd)
    assert time.monotonic() - began < layer.PATIENCE + 0.5
    assert {one.body for one in said} == {BODY}
    go_on.set()


def test_a_new_page_that_hangs_is_given_up_when_the_database_is_known_to_be_away(
    crowd: PageCache, paper: Paper, watch: Told
) -> None:
    go_on = threading.Event()
    paper.meanwhile = lambda: None if paper.asked[-1].get(AWAY) else go_on.wait(10)
    threading.Timer(0.1, lambda: setattr(watch, "is_away", True)).start()
    began = time.monotonic()
    read(crowd)
    assert time.monotonic() - began < 1
    assert paper.asked[-1][AWAY], "Django says so, and asks nobody"
    go_on.set()


def test_what_was_begun_before_something_was_taken_back_is_not_shown(
    crowd: PageCache, paper: Paper, watch: Told
) -> None:
    read(crowd)
    turn(watch)

    def withdrawn() -> None:
        paper.meanwhile = lambda: None
        paper.body = b"without it"
        watch.tell(Numbers(Count(99, floor=99)))

    paper.meanwhile = withdrawn
    assert read(crowd).body == b"without it"
    assert read(crowd).body == b"without it"


def test_while_another_process_draws_readers_have_the_old_copy(
    cache: PageCache, paper: Paper, watch: Told, tmp_path: Path
) -> None:
    read(cache)
    turn(watch)
    other = Folder(tmp_path, "paper")
    assert other.claim("/en/")
    assert read(cache).headers["x-cache"] == "stale"
    assert len(paper.asked) == 1
    other.release("/en/")
    assert read(cache).headers["x-cache"] == "miss"


def test_what_another_process_has_drawn_is_taken_over(cache: PageCache, watch: Told, tmp_path: Path) -> None:
    read(cache)
    turn(watch)
    another = Paper()
    another.body = b"drawn by another"
    read(a_cache(another, watch, tmp_path))
    said = read(cache)
    assert (said.body, said.headers["x-cache"]) == (b"drawn by another", "hit")


def test_a_page_is_kept_under_the_numbers_from_before_it_was_drawn(
    cache: PageCache, paper: Paper, watch: Told
) -> None:
    def published_meanwhile() -> None:
        turn(watch)
        paper.body, paper.meanwhile = b"newer", lambda: None

    paper.meanwhile = published_meanwhile
    assert read(cache).body == BODY
    assert read(cache).body == b"newer"


def test_a_broken_page_on_the_shelf_is_drawn_anew(cache: PageCache, paper: Paper) -> None:
    cache.shared.put("/en/", b"torn", 60)
    assert read(cache).body == BODY


# -- the database is away


def test_while_the_database_is_away_readers_get_the_last_good_copy_with_its_age_and_a_notice(
    cache: PageCache, paper: Paper, watch: Told
) -> None:
    read(cache)
    cache.memory.get("/en/").drawn_at -= 100
    cache.shared.forget("/en/")
    watch.is_away = True
    for encoding, unpack in (("", bytes), ("gzip", gzip.decompress), ("br", brotli.decompress)):
        said = read(cache, accept_encoding=encoding)
        assert unpack(said.body) == BODY.replace(b"data-away hidden>", b"data-away>")
        assert int(said.headers["age"]) in (100, 101)
        assert said.headers["x-cache"] == "stale"
        assert "s-maxage=1," in said.headers["cache-control"]
    assert len(paper.asked) == 1
    watch.is_away = False
    assert read(cache).body == BODY


def test_then_who_has_the_page_without_the_notice_gets_it_with_it(cache: PageCache, watch: Told) -> None:
    etag = read(cache).headers["etag"]
    watch.is_away = True
    said = read(cache, if_none_match=etag)
    assert said.status == "200 OK"
    assert read(cache, if_none_match=said.headers["etag"]).status == "304 Not Modified"


def test_then_who_is_signed_in_reads_what_everybody_reads(cache: PageCache, watch: Told) -> None:
    read(cache)
    watch.is_away = True
    assert b"data-away>" in read(cache, cookie="sessionid=1").body


def test_then_a_page_that_nobody_has_read_is_djangos_to_answer(
    cache: PageCache, paper: Paper, watch: Told
) -> None:
    watch.is_away = True
    read(cache, "/en/unread/")
    read(cache, method="POST")
    assert [environ[AWAY] for environ in paper.asked] == [True, True]


def test_then_what_was_taken_back_is_not_shown(cache: PageCache, paper: Paper, watch: Told) -> None:
    read(cache)
    watch.tell(Numbers(Count(12, floor=12)))
    watch.is_away = True
    paper.body = b"not at hand"
    assert read(cache).body == b"not at hand"


def test_a_process_that_starts_then_learns_from_the_shelf_what_may_be_shown(
    cache: PageCache, paper: Paper, watch: Told, tmp_path: Path
) -> None:
    for path in ("/en/", "/en/talked/"):
        paper.headers[MARK] = "7" if "talked" in path else "0"
        read(cache, path)
    watch.tell(Numbers(Count(10), {7: Count(11, floor=11)}))
    late = Told()
    late.numbers, late.is_away = None, True
    new = a_cache(paper, late, tmp_path)
    paper.body = b"not at hand"
    assert b"The river rose" in read(new).body
    assert read(new, "/en/talked/").body == b"not at hand"


@pytest.mark.parametrize("state", [b"", b"torn", b"[1]", b'[["x", 1], []]', b"[[1, 2], [3]]"])
def test_a_process_that_starts_then_and_finds_no_numbers_shows_nothing_but_answers(
    cache: PageCache, paper: Paper, tmp_path: Path, state: bytes
) -> None:
    read(cache)
    cache.shared.put(STATE, state, 60)
    late = Told()
    late.numbers, late.is_away = None, True
    paper.body = b"not at hand"
    assert read(a_cache(paper, late, tmp_path)).body == b"not at hand"


def test_the_numbers_stay_on_the_shelf_though_nothing_turns(
    cache: PageCache, watch: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch.tell(watch.numbers)
    cache.shared.forget(STATE)
    watch.tell(watch.numbers)
    assert cache.shared.get(STATE) is None
    monkeypatch.setattr(layer, "STATE_KEPT", 1e-6)
    watch.tell(watch.numbers)
    assert Numbers.from_bytes(cache.shared.get(STATE)).site.number == 10


def test_before_the_paper_has_numbers_nothing_is_kept(cache: PageCache, paper: Paper, watch: Told) -> None:
    watch.numbers = Numbers()
    read(cache)
    read(cache)
    assert len(paper.asked) == 2


# -- how long a page is current


@pytest.mark.parametrize(
    ("left", "shared", "accel"),
    [
        (300, "s-maxage=10, stale-while-revalidate=20", "1"),
        (7.5, "s-maxage=7, stale-while-revalidate=0", "1"),
        (0.9, "s-maxage=0, stale-while-revalidate=0", "0"),
    ],
)
def test_a_lifetime_ends_at_the_next_scheduled_publication(
    cache: PageCache, watch: Told, left: float, shared: str, accel: str
) -> None:
    watch.numbers = Numbers(Count(10), next_moment=time.time() + left)
    for _word in ("miss", "hit"):
        said = read(cache)
        assert shared in said.headers["cache-control"]
        assert said.headers["x-accel-expires"] == accel


def test_at_its_second_a_scheduled_story_is_there(cache: PageCache, paper: Paper, watch: Told) -> None:
    watch.numbers = Numbers(Count(10), next_moment=time.time() + 0.2)
    assert read(cache).body == BODY
    paper.body = b"with the new story"
    assert read(cache).body == BODY
    time.sleep(0.25)
    assert read(cache).body in (BODY, b"with the new story"), "drawn beside this reader"
    assert read(cache).body == b"with the new story"


def test_a_page_remembers_no_more_headers_than_there_are_ways_to_send_it(cache: PageCache) -> None:
    page = None
    for n in range(200):
        read(cache, accept_encoding=("br", "gzip", "")[n % 3])
        page = cache.memory.get("/en/")
        page.until = time.time() + n % 12
    assert isinstance(page, Page)
    assert len(page.sent) <= 12
