"""What nginx keeps of the pages, for how long, and from whom."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.deploy.front import Front, Reply
from tests.deploy.upstream import SHARED, Page, Upstream

SHARED_PAGE = Page("the front page", headers=SHARED, etag='"one"')
EXPIRED = 2.1  # X-Accel-Expires: 1, counted by nginx in whole seconds


def in_a_moment(front: Front, path: str) -> Iterator[Reply]:
    """What nginx says while it writes down what it has just answered; until then a renewal counts as under way."""
    for _ in range(20):
        yield front.ask(path)
        time.sleep(0.02)


def test_a_page_is_fetched_once_and_kept_for_a_second(front: Front, upstream: Upstream) -> None:
    upstream.pages["/en/"] = SHARED_PAGE
    replies = [front.ask("/en/") for _ in range(5)]
    assert {reply.body for reply in replies} == {b"|the front page"}
    assert len(upstream.asked) == 1
    assert replies[-1].cache == "HIT"
    upstream.pages["/en/"] = SHARED_PAGE.but(text="turned", etag='"two"')
    time.sleep(EXPIRED)
    assert front.ask("/en/").body == b"|turned"


def test_after_its_second_a_page_that_has_not_turned_is_not_sent_again(
    front: Front, upstream: Upstream
) -> None:
    upstream.pages["/en/"] = SHARED_PAGE
    front.ask("/en/")
    time.sleep(EXPIRED)
    again = front.ask("/en/")
    assert (again.status, again.body, again.cache) == (200, b"|the front page", "REVALIDATED")
    assert [asked.answered for asked in upstream.asked] == [200, 304]
    assert upstream.asked[1].headers["if-none-match"] == '"one"'
    assert "HIT" in (reply.cache for reply in in_a_moment(front, "/en/"))
    assert len(upstream.asked) == 2


def test_a_reader_who_has_the_page_is_told_so_without_asking_the_application(
    front: Front, upstream: Upstream
) -> None:
    upstream.pages["/en/"] = SHARED_PAGE
    front.ask("/en/")
    assert front.ask("/en/", If_None_Match='"one"').status == 304
    assert len(upstream.asked) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_story_that_is_taken_back_is_never_shown_again(
    front: Front, upstream: Upstream, status: int
) -> None:
    upstream.pages["/en/story/"] = SHARED_PAGE
    front.ask("/en/story/")
    upstream.pages["/en/story/"] = Page("taken back", status, headers=SHARED)
    time.sleep(EXPIRED)
    assert front.ask("/en/story/").status == status
    upstream.go()
    time.sleep(EXPIRED)
    away = front.ask("/en/story/")
    assert (away.status, away.cache) == (status, "STALE")


def test_readers_get_the_last_good_copy_while_the_application_is_away(
    front: Front, upstream: Upstream
) -> None:
    upstream.pages["/en/"] = SHARED_PAGE
    front.ask("/en/")
    upstream.go()
    time.sleep(EXPIRED)
    stale = front.ask("/en/")
    assert (stale.status, stale.body, stale.cache) == (200, b"|the front page", "STALE")


def test_readers_get_the_last_good_copy_while_the_application_fails(front: Front, upstream: Upstream) -> None:
    upstream.pages["/en/"] = SHARED_PAGE
    front.ask("/en/")
    upstream.pages["/en/"] = Page("a fault", 500)
    time.sleep(EXPIRED)
    assert (front.ask("/en/").status, front.ask("/en/").body) == (200, b"|the front page")
    upstream.pages["/en/"] = SHARED_PAGE.but(text="mended", etag='"two"')
    assert b"|mended" in (reply.body for reply in in_a_moment(front, "/en/"))


def test_a_page_that_nobody_has_read_is_excused_when_the_application_is_away(
    front: Front, upstream: Upstream
) -> None:
    upstream.go()
    reply = front.ask("/en/unread/")
    assert reply.status == 502
    assert b"Back in a moment" in reply.body
    assert reply.headers["cache-control"] == "no-store"


def test_one_request_renews_a_page_however_many_readers_come(front: Front, upstream: Upstream) -> None:
    upstream.pages["/en/"] = SHARED_PAGE
    front.ask("/en/")
    upstream.pages["/en/"] = SHARED_PAGE.but(text="turned", etag='"two"', seconds=0.5)
    time.sleep(EXPIRED)
    with ThreadPoolExecutor(50) as readers:
        replies = list(readers.map(front.ask, ["/en/"] * 50))
    assert len(upstream.asked) == 2
    assert {reply.body for reply in replies} <= {b"|the front page", b"|turned"}
    assert sum(reply.body == b"|turned" for reply in replies) >= 1
    assert front.ask("/en/").body == b"|turned"


def test_one_request_fetches_a_page_that_is_not_there_however_many_readers_come(
    front: Front, upstream: Upstream
) -> None:
    upstream.pages["/en/"] = SHARED_PAGE.but(seconds=0.3)
    with ThreadPoolExecutor(50) as readers:
        replies = list(readers.map(front.ask, ["/en/"] * 50))
    assert {reply.body for reply in replies} == {b"|the front page"}
    assert len(upstream.asked) == 1


@pytest.mark.parametrize(
    ("asked_for", "given"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=1.0, gzip;q=0.8", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.000,gzip;q=0.5", "gzip"),
        ("br; q=0.1", "br"),
        ("deflate, gzip;q=1.0, *;q=0.5", "gzip"),
        ("GZIP", "gzip"),
        ("gzip;q=0", ""),
        ("vibration, notgzip", ""),
        ("identity", ""),
        ("", ""),
    ],
)
def test_however_a_browser_words_it_there_are_three_encodings(
    front: Front, upstream: Upstream, asked_for: str, given: str
) -> None:
    upstream.pages["/en/"] = SHARED_PAGE
    assert front.ask("/en/", Accept_Encoding=asked_for).body == f"{given}|the front page".encode()


def test_the_encodings_of_a_page_are_kept_apart_and_once_each(front: Front, upstream: Upstream) -> None:
    upstream.pages["/en/"] = SHARED_PAGE
    spellings = ["br", "br, gzip", "gzip", "gzip, deflate", "identity", "deflate"]
    for _ in range(2):
        bodies = [front.ask("/en/", Accept_Encoding=words).body for words in spellings]
        assert [body.partition(b"|")[0] for body in bodies] == [b"br", b"br", b"gzip", b"gzip", b"", b""]
    assert len(upstream.asked) == 3
    assert front.ask("/en/", Accept_Encoding="br").headers["vary"] == "Accept-Encoding"


def not_kept(front: Front, upstream: Upstream, path: str, **headers: str) -> bool:
    for _ in range(2):
        front.ask(path, **headers)
    return len(upstream.asked_for(path)) == 2


@pytest.mark.parametrize(
    "differing",
    [
        {"Cache-Control": "no-store", "X-Accel-Expires": "0"},
        {"Cache-Control": "private, max-age=60", "X-Accel-Expires": "0"},
        {"Set-Cookie": "sessionid=hers"},
        {"Vary": "Accept-Encoding, Cookie"},
        {"Vary": "Accept-Language"},
    ],
)
def test_a_page_that_is_not_for_everybody_is_not_kept(
    front: Front, upstream: Upstream, differing: dict[str, str]
) -> None:
    upstream.pages["/en/"] = SHARED_PAGE.but(headers=SHARED | differing)
    assert not_kept(front, upstream, "/en/")


@pytest.mark.parametrize("control", ["no-store", "private", "no-cache", "max-age=0"])
def test_a_page_without_a_time_for_nginx_is_not_kept(front: Front, upstream: Upstream, control: str) -> None:
    upstream.pages["/en/"] = Page(headers={"Cache-Control": control})
    assert not_kept(front, upstream, "/en/")


def test_an_error_and_a_page_that_says_nothing_are_not_kept(front: Front, upstream: Upstream) -> None:
    upstream.pages |= {"/en/": Page("a fault", 500), "/ur/": Page()}
    assert not_kept(front, upstream, "/en/")
    assert not_kept(front, upstream, "/ur/")


@pytest.mark.parametrize("sign", [{"Cookie": "a=b; sessionid=hers"}, {"Authorization": "Token hers"}])
def test_a_person_who_is_signed_in_neither_gets_a_kept_page_nor_leaves_one(
    front: Front, upstream: Upstream, sign: dict[str, str]
) -> None:
    upstream.pages["/en/"] = SHARED_PAGE.but(text="hers")
    assert not_kept(front, upstream, "/en/", **sign)
    upstream.pages["/en/"] = SHARED_PAGE
    assert front.ask("/en/").body == b"|the front page"
    upstream.pages["/en/"] = SHARED_PAGE.but(text="hers")
    assert front.ask("/en/", **sign).body == b"|hers"
    assert front.ask("/en/").body == b"|the front page"


def test_another_cookie_does_not_keep_a_reader_from_the_kept_page(front: Front, upstream: Upstream) -> None:
    upstream.pages["/en/"] = SHARED_PAGE
    assert not not_kept(front, upstream, "/en/", Cookie="csrftoken=x; theme=dark")


def test_a_posting_reaches_the_application_and_leaves_nothing(front: Front, upstream: Upstream) -> None:
    upstream.pages["/en/comments/"] = SHARED_PAGE
    for _ in range(2):
        front.ask("/en/comments/", "POST", body="body=words")
    assert [asked.method for asked in upstream.asked] == ["POST", "POST"]
    assert front.ask("/en/comments/").cache == "MISS"


def test_the_desk_is_never_kept(front: Front, upstream: Upstream) -> None:
    upstream.pages["/admin/"] = SHARED_PAGE
    assert not_kept(front, upstream, "/admin/")


def test_a_question_about_a_page_is_a_page_of_its_own(front: Front, upstream: Upstream) -> None:
    for path in ("/en/stories/", "/en/stories/?q=a", "/en/stories/?q=b"):
        upstream.pages[path] = SHARED_PAGE.but(text=path)
    for path in ("/en/stories/", "/en/stories/?q=a", "/en/stories/?q=b"):
        assert front.ask(path).body == f"|{path}".encode()


@pytest.mark.parametrize("trick", ["/en/%2e%2e/ur/", "/en/../ur/", "//ur/", "/%75r/"])
def test_two_spellings_of_an_address_ask_for_the_same_page(
    front: Front, upstream: Upstream, trick: str
) -> None:
    """Were the spelling sent on, its 404 would be kept in the place of the page."""
    upstream.pages["/ur/"] = SHARED_PAGE
    front.ask(trick)
    assert upstream.asked[0].address == "/ur/"
    assert front.ask("/ur/").body == b"|the front page"


def test_a_question_mark_in_a_name_is_not_a_question(front: Front, upstream: Upstream) -> None:
    upstream.pages["/ur/?q=a"] = SHARED_PAGE
    upstream.pages["/ur/%3Fq=a"] = Page("nothing here", 404, headers=SHARED)
    assert front.ask("/ur/%3Fq=a").status == 404
    assert front.ask("/ur/?q=a").status == 200


def test_an_address_in_urdu_arrives_as_it_was_sent(front: Front, upstream: Upstream) -> None:
    front.ask("/ur/2026/05/04/%D8%AF%D9%88%D8%A2%D8%A8/?before=2%2F3")
    assert upstream.asked[0].address == "/ur/2026/05/04/%D8%AF%D9%88%D8%A2%D8%A8/?before=2%2F3"


def test_the_application_learns_who_asks_from_nginx_and_not_from_the_visitor(
    front: Front, upstream: Upstream
) -> None:
    forged = {"X_Forwarded_For": "203.0.113.9", "X_Forwarded_Proto": "https", "X_Request_ID": "mine"}
    front.ask("/en/", Host="news.example.org:81", **forged)
    told = upstream.asked[0].headers
    assert (told["x-forwarded-for"], told["x-forwarded-proto"]) == ("127.0.0.1", "http")
    assert told["host"] == "news.example.org:81"
    assert len(told["x-request-id"]) == 32


def test_the_log_holds_the_request_id_that_the_application_got(front: Front, upstream: Upstream) -> None:
    front.ask("/en/")
    end = time.monotonic() + 10  # it is written every 5 s
    while not (written := front.log()) and time.monotonic() < end:
        time.sleep(0.1)
    assert upstream.asked[0].headers["x-request-id"] in written


def test_connections_to_the_application_are_kept_open(front: Front, upstream: Upstream) -> None:
    for number in range(20):
        front.ask(f"/en/{number}/")
    assert len(upstream.doors) <= 4  # one for each of nginx's processes, and some to spare


def test_a_flood_of_postings_is_stopped_and_reading_is_not(front: Front, upstream: Upstream) -> None:
    with ThreadPoolExecutor(10) as flood:
        posted = list(flood.map(lambda _: front.ask("/en/", "POST", body="x=y").status, range(60)))
        read = list(flood.map(lambda _: front.ask("/en/").status, range(60)))
    assert posted.count(429) >= 30
    assert 429 not in read


def test_nobody_posts_more_than_a_comment_but_the_desk_takes_pictures(
    front: Front, upstream: Upstream
) -> None:
    upstream.pages["/admin/articles/image/add/"] = Page()
    large = "x" * 2**20
    assert front.ask("/en/comments/", "POST", body=large).status == 413
    assert front.ask("/admin/articles/image/add/", "POST", body=large).status == 200
