"""What a browser does before a page is whole: fonts that come late move nothing, and the next story is fetched ahead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from tests.factories import a_comment, an_article, an_author, an_image

pytestmark = pytest.mark.django_db(transaction=True)

SHIFTS = """
    window.shifts = 0
    new PerformanceObserver(list => {
        for (const shift of list.getEntries()) window.shifts += shift.value
    }).observe({type: 'layout-shift', buffered: true})
"""
FETCHED = "() => [...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)"
OWN_NASTALIQ = re.compile(r'("Nastaliq"; src: )(?:local\("[^"]+"\), )+')
WORDS = {
    "en": "The gauge at the bridge was read at dawn by two people who did not agree on what it said",
    "ur": "پل پر لگے پیمانے کو صبح دو آدمیوں نے پڑھا اور دونوں نے الگ الگ نشان بتائے",
}


@pytest.fixture
def story() -> Callable[[str], Article]:
    """A story of an edition with everything that stands on its first screen, and others to read next."""

    def printed(code: str) -> Article:
        words = WORDS[code]
        given: dict[str, Any] = {
            "edition": code,
            "standfirst": f"{words}. {words}.",
            "tags": ["Indus", "Sindh"],
        }
        author = an_author(edition=code, photo=an_image())
        body = f"<p>{words}. </p>" * 5
        for _ in range(6):
            an_article(headline=words, by=author, body=body, lead_image=an_image(), **given)
        return an_article(headline=words, by=author, body=body, lead_image=an_image(), **given)

    return printed


class Held:
    """Fonts that a slow line keeps back until the page has been painted without them."""

    def __init__(self, page: Page) -> None:
        self.waiting: list[Route] = []
        page.route("**/*.woff2", lambda route: self.waiting.append(route))

    def let_go(self, page: Page) -> int:
        """What is asked for when others have come goes through at once; how many fonts were kept back."""
        kept_back = len(self.waiting)
        page.route("**/*.woff2", lambda route: route.continue_())
        for route in self.waiting:
            route.continue_()
        while page.evaluate("document.fonts.status") != "loaded":
            page.wait_for_timeout(50)
        page.wait_for_timeout(300)
        return kept_back


@pytest.fixture(params=[390, 1280])
def screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 860})
    page = context.new_page()
    page.add_init_script(SHIFTS)
    yield page
    context.close()


@pytest.mark.parametrize("where", ["front", "article"])
@pytest.mark.parametrize("code", ["en", "ur"])
def test_fonts_that_come_late_move_nothing(
    screen: Page, live_server: LiveServer, story: Callable[[str], Article], code: str, where: str
) -> None:
    address = story(code).get_absolute_url() if where == "article" else f"/{code}/"
    held = Held(screen)
    screen.goto(live_server.url + address, wait_until="domcontentloaded")
    screen.wait_for_timeout(500)
    assert not {"Newsreader Display", "Naskh"} & set(screen.evaluate(FETCHED))
    assert held.let_go(screen) > 0
    assert {"en": "Newsreader Display", "ur": "Naskh"}[code] in screen.evaluate(FETCHED)
    assert round(screen.evaluate("window.shifts"), 3) == 0


def test_where_nastaliq_is_not_on_the_device_its_coming_is_hardly_seen(
    screen: Page, live_server: LiveServer, story: Callable[[str], Article]
) -> None:
    """Its words are wider or narrower than those of any other hand, so that a line may break elsewhere."""

    def without_the_devices_own(route: Route) -> None:
        given = route.fetch()
        route.fulfill(response=given, body=OWN_NASTALIQ.sub(r"\1", given.text()))

    screen.route("**/*.css", without_the_devices_own)
    held = Held(screen)
    screen.goto(live_server.url + story("ur").get_absolute_url(), wait_until="domcontentloaded")
    screen.wait_for_timeout(500)
    assert "Nastaliq" not in screen.evaluate(FETCHED)
    held.let_go(screen)
    assert "Nastaliq" in screen.evaluate(FETCHED)
    assert screen.evaluate("window.shifts") < 0.1  # what browsers' makers call good


def test_a_story_is_fetched_while_the_pointer_rests_on_its_link_and_nothing_else_is(
    page: Page, live_server: LiveServer
) -> None:
    next_read, article = an_article(headline="Next read", tags=["Indus"]), an_article(tags=["Indus"])
    a_comment(on=article)
    heard: list[dict[str, Any]] = []
    browser = page.context.new_cdp_session(page)
    for event in ("ruleSetUpdated", "preloadingAttemptSourcesUpdated", "prefetchStatusUpdated"):
        browser.on(f"Preload.{event}", lambda fact: heard.append(fact))
    browser.send("Preload.enable")
    page.goto(live_server.url + article.get_absolute_url())
    page.wait_for_timeout(500)
    assert not [
        one["ruleSet"].get("errorMessage") for one in heard if "errorMessage" in one.get("ruleSet", {})
    ]
    candidates = [one["key"]["url"] for fact in heard for one in fact.get("preloadingAttemptSources", [])]
    assert set(candidates) == {live_server.url + next_read.get_absolute_url()}

    link = page.get_by_role("link", name=re.compile("Read more.*Next read"))
    link.hover()
    expect(link).to_be_visible()
    page.wait_for_timeout(1000)
    assert {fact["status"] for fact in heard if "prefetchUrl" in fact} >= {"Ready"}
    link.click()
    page.wait_for_url(f"**{next_read.get_absolute_url()}")
    arrived = page.evaluate("performance.getEntriesByType('navigation')[0].deliveryType")
    assert arrived == "navigational-prefetch"


def test_the_headers_fonts_and_sheet_are_those_that_the_page_uses(
    page: Page, live_server: LiveServer
) -> None:
    """A browser says so when it has fetched in vain."""
    an_article(headline="Rain", lead_image=an_image())
    an_article(edition="ur", headline="بارش")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for code in ("en", "ur"):
        page.goto(f"{live_server.url}/{code}/")
        page.wait_for_timeout(4500)  # it says so some seconds after the page
    assert said == []
