"""Everything that can be clicked can be reached with the Tab key."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.factories import a_comment, an_article

pytestmark = pytest.mark.django_db(transaction=True)

MOST_STOPS = 200
VISIBLE = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter(one => one.tabIndex >= 0 && one.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}))
    .map((one, number) => { one.dataset.stop = number; return one.outerHTML.slice(0, 120) })"""
HERE = "() => document.activeElement.dataset.stop ?? null"


def reached(page: Page) -> set[int]:
    found: set[int] = set()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(HERE)
        if stop is None or int(stop) in found:
            return found
        found.add(int(stop))
    return found


@pytest.mark.parametrize("width", [1280, 390])
def test_every_control_is_reached_by_tab(page: Page, live_server: LiveServer, width: int) -> None:
    for n in range(9):
        article = an_article(tags=["Water", f"Tag {n}"])
    a_comment(on=article)
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("/en/", "/en/stories/", "/en/stories/?tags=water", article.get_absolute_url()):
        page.goto(live_server.url + path)
        there = page.evaluate(VISIBLE)
        stops = reached(page)
        assert [html for number, html in enumerate(there) if number not in stops] == [], path
